"""G23: telephones, ID numbers, accounts, plates and exact addresses are flagged in every outgoing text.

Pictures are the matter of test_g23_faces_in_pictures.py.
"""

import pytest

from binhyen.language.publication import Publisher, check_publication

UNIT = Publisher("Công an xã Thạch Bình", ("0239 3 000 000",))

POSITIVE = [
    *(("phone", f"Liên hệ {number} nhé") for number in (
        "0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "0 9 1 2 3 4 5 6 7 8", "+84 912 345 678",
        "84912345678", "(+84) 912-345-678", "o912 345 678", "0912 34 56 78", "09.1234.5678", "091.234.5678",
        "không chín một hai ba bốn năm sáu bảy tám", "khong chin tam bay sau nam bon ba hai mot", "0234.3.822.123",
        "0909 không hai ba 456", "0912/345/678", "0912_345_678", "0765 432 109",
    )),
    *(("id_number", f"Số căn cước {number} của chủ giấy tờ") for number in (
        "048185012345", "048 185 012 345", "0 4 8 1 8 5 0 1 2 3 4 5", "048.185.012.345", "O48185012345",
    )),
    ("id_number", "CMND 191 234 567 bị rơi"), ("id_number", "hộ chiếu C1234567"),
    ("id_number", "bằng lái số 480123456789"),
    ("id_number", "thẻ BHYT HS4010123456789"), ("id_number", "mã số thuế 8312345678"),
    *(("bank_account", text) for text in (
        "stk 0123 4567 8901 23 BIDV", "số tài khoản 102873456789 ngân hàng Vietinbank", "tk MB 8888 6666 99",
        "thẻ ATM 9704 3668 1234 5678 901", "tài khoản 1903 5678 9012 34 Techcombank", "STK: 4567.8912.3401 Agribank",
    )),
    *(("plate", f"Xe máy biển số {plate} màu đỏ") for plate in (
        "75F1-123.45", "75F1 12345", "73H1-246.80", "59-X3 123.45", "43a 12345", "92 F1 2345", "47m1 - 678.90",
        "77.H1.56789", "51G-678.90", "36C-123.45",
    )),
    *(("exact_address", f"Nhà người đó ở {place}") for place in (
        "số nhà 25", "số 12 ngõ 34 đường Nguyễn Huệ", "25/4 hẻm 12", "kiệt 120 Phan Bội Châu", "K45/12 Điện Biên Phủ",
        "45 đường Lê Lợi", "căn hộ 12.04", "118/7 đường Nguyễn Trãi", "hẻm 45/3", "nhà số 7 hẻm 21", "ngách 12/5",
    )),
]  # fmt: skip
NEGATIVE = [
    "Trực ban 24/24: 0239 3 000 000, khẩn cấp gọi 113, 114, 115, 111.",
    "Tổng đài 1900 0368, đường dây nóng 18001091.",
    "Công an tỉnh: 0239 3 856 789.",
    "Nghị định 282/2025/NĐ-CP, mã thủ tục 1.004222, mẫu CT01.",
    "Lệ phí 20.000 đồng, phạt 4.000.000 - 6.000.000 đồng.",
    "Từ 8 giờ 30 ngày 22/11/2026 đến 30/11/2026.",
    "Hồ sơ 000.00.12.H21-251120-0123 là ví dụ.",
    "Trụ sở: số 12 đường Hùng Vương, thôn Trung Tâm.",
    "Tuyến đường Nguyễn Văn Linh đoạn km 12 đang sửa.",
    "Xe máy 110cc đời 2015, giá 12 triệu đồng.",
    "Thôn 3 có 145 hộ, 612 khẩu.",
]


@pytest.mark.parametrize("kind", ["news", "lost_found"])
def test_recall_on_the_vectors(kind):
    missed = [
        (flag, text)
        for flag, text in POSITIVE
        if flag not in {finding.flag.value for finding in check_publication(text, kind, UNIT)}
    ]
    assert 1 - len(missed) / len(POSITIVE) >= 0.98, missed


@pytest.mark.parametrize("text", NEGATIVE)
def test_what_is_no_private_number_passes(text):
    assert [
        (finding.flag, text[finding.start : finding.end]) for finding in check_publication(text, "news", UNIT)
    ] == []
