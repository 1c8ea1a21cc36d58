"""Personal data in many shapes is found and covered, and what only looks like it is left alone."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhyen.language.personal_data import find_personal_data, redact
from binhyen.language.personal_data_evaluation import evaluate_personal_data
from binhyen.language.training_rows import data_folder

MARKED = """
số đt của cháu là [PHONE:o912 345 678] nhé
sdt [PHONE:o9o5 773 2l8] nghe
gọi em số [PHONE:không chín một hai ba bốn năm sáu bảy tám]
sdt [PHONE:khong chin tam bay sau nam bon ba hai mot] nha
[PHONE:09-1234-5678] alo gặp Hải
lien he [PHONE:0.9.1.2.3.4.5.6.7.8]
goi [PHONE:+84-912-345-678] dum em
[PHONE:(+84) 912 345 678] là số của tôi
zalo [PHONE:0912_345_678]
sđt: [PHONE:0 9 1 2 3 4 5 6 7 8]
gọi lại số này [PHONE:0912/345/678]
so may [PHONE:oo84 912345678]
[PHONE:0988.77.66.55] em tên [NAME:Hoàng Thị Lan]
ib zalo e [PHONE:0 9 8 7 - 6 5 4 - 3 2 1]
số cố định [PHONE:0234.3.822.123]
[PHONE:024 3825 1234] là số cơ quan
lh [PHONE:0909 không hai ba 456]
hỏi gấp: gọi [PHONE:0977123456], hoặc [PHONE:0366 123 456]
cccd của mẹ tôi [CCCD:079 165 00 1234]
căn cước [CCCD:0 7 9 1 6 5 0 0 1 2 3 4]
[CCCD:001.099.012.345] là cccd của tôi
số định danh cá nhân của bé: [CCCD:048-315-001-234]
CCCD [CCCD:O48085O12345] bị sai
mã định danh [CCCD:037302004567] không tra được
cmnd [CMND:191.234.567]
số chứng minh cũ là [CMND:024 567 890] nhé
chứng minh nhân dân [CMND:2 0 5 1 2 3 4 5 6]
xe [PLATE:75F1-123.45] đậu lấn đường
biển số [PLATE:43a 12345] vượt đèn
bs [PLATE:51g-123.45] màu trắng
xe wave biển [PLATE:92 F1 2345]
[PLATE:29-B1 123.45] tông tôi rồi chạy
mất xe máy [PLATE:47m1 - 678.90]
bien so xe: [PLATE:36 A 123.45]
xe biển [PLATE:60LD-012.34]
xe máy biển số [PLATE:77.H1.56789]
stk [BANK:0123 4567 8901 23] BIDV
chuyển khoản vào [BANK:1903 5678 9012 34] Techcombank chủ TK [NAME:Trần Văn Lừa]
tk mb [BANK:8888 6666 99]
số tài khoản của nó: [BANK:102873456789] ngân hàng viettinbank
[BANK:0071000123456] vietcombank tên [NAME:PHAM VAN GIAN]
số thẻ atm [BANK:9704 3668 1234 5678 901]
em lỡ ck 5tr vào stk [BANK:4567 8912 34]
hộ chiếu [PASSPORT:C 123 4567] hết hạn
passport số [PASSPORT:P01234567]
mất hộ chiếu [PASSPORT:b1234567]
mst [TAX:8312345678]
mã số thuế [TAX:0312345678-001]
mst của hộ kd là [TAX:031 234 5678]
sổ bhxh [SOCIAL:7912345678]
số bảo hiểm xã hội [SOCIAL:48 2012 3456]
thẻ bảo hiểm y tế [SOCIAL:GD 4 79 1234567890]
thẻ bhyt số [SOCIAL:HS4010123456789]
mã bhxh là [SOCIAL:0123456789]
gplx số [LICENCE:480123456789]
bằng lái [LICENCE:79 0123 456789] sắp hết hạn
giấy phép lái xe số [LICENCE:012345678901] hạng B2
bằng lái A1 số [LICENCE:AB 123456]
sinh [DOB:12-3-1990] tại Huế
con em sinh ngày [DOB:5 tháng 9 năm 2015]
sn [DOB:1988]
ngày sinh: [DOB:01/01/2010]
bà sinh năm [DOB:1945] rồi
mẹ em [NAME:nguyễn thị hoa] sinh [DOB:20.11.1965]
nhà số [ADDR:12 ngõ 34 đường Nguyễn Huệ]
tôi ở [ADDR:25/4 hẻm 12]
ở [ADDR:tổ 5 khu phố 3 phường Vỹ Dạ]
nha o [ADDR:kiet 120 Phan Boi Chau]
nhà em ở [ADDR:thôn 7 xã Hòa Bình]
dia chi [ADDR:45 duong le loi]
ong [NAME:le van nam] hay danh vo
anh [NAME:Y Blang Niê] ở [ADDR:buôn Ea Tul]
em tên [NAME:phạm minh đức] cần làm lại giấy
cán bộ [NAME:Nguyễn Văn Hùng] rất tốt
mail [EMAIL:le.thi_hoa99@yahoo.com]
email e la [EMAIL:abc123@gmail.com] a
thư gửi vào [EMAIL:mai.lan a còng gmail chấm com] giúp
mail [EMAIL:quan77 @ yahoo . com] nha
toi la [NAME:tran thi bich ngoc]
con trai tôi [NAME:Đỗ Gia Bảo] bị lạc
hotline [PHONE:024 3765 4321] không ai bắt máy
Nhắn [PHONE:09i2345678] nhé
xe [PLATE:51g 889 12] đậu chắn cổng
xe [PLATE:43 d1 12 345] mất ở chợ
địa chỉ [ADDR:168/3 Lê Văn Sỹ] tầng trệt
thẻ bhyt [SOCIAL:TE1-48-48-2345678901]
""".strip().splitlines()

CLEAN = """
app phiên bản 3 hay lỗi
tôi lấy số thứ tự 145 mà chờ mãi
xe 20h 300 chiếc 45 người
biên bản 12 lập hôm qua, văn bản 5 thì chưa có
ad ơi @ là gì vậy
thủ tục 1.004222 lệ phí bao nhiêu
mã thủ tục 3.000243 là gì
thông tư 116/2026/TT-BCA quy định sao
nghị định 58/2026/NĐ-CP điều 6
lệ phí 20.000 đồng hay 10.000 đồng
hồ sơ 000.00.12.H21-251120-0123 tới đâu rồi
mã hồ sơ G22.99.00-250101-1234
gọi 113 không ai bắt máy
tổng đài 1900 1234 tư vấn
hotline 18001091
hẹn 8h30 ngày 24/11/2026
từ ngày 01/12/2026 đến ngày 15/12/2026
nhà có 5 người, 2 trẻ em dưới 6 tuổi
xóm tôi có 45 hộ 180 khẩu
đóng 1.500.000đ tiền phạt
mất 35 triệu 500 nghìn
giá 12tr5 có bớt không
xe 110cc đời 2015
con tôi đủ 14 tuổi chưa
thuê phòng 1tr8 một tháng
mẫu CT01 tải ở đâu
quyết định số 5230/QĐ-BCA
biên lai số 0012345
luật căn cước 26/2023/QH15
Luật Cư trú 68/2020/QH14 điều 20
cấp đổi CCCD gắn chip
sinh viên năm 3 ở trọ
giấy khai sinh bản chính
trả góp 12 tháng lãi 1.5%
nhiệt độ 38 độ 5
năm 2024 đến 2026
đường dài 12km, kẹt xe
chuyến bay VN1234 trễ
mã giảm giá SALE50
combo 3 món 99k
một hai ba bốn năm người đánh nhau
hai ba bữa nữa mới có ạ
chờ từ 7h đến 11h
cần 4 ảnh 3x4
công an xã ơi cho hỏi
Công an phường làm việc thứ Bảy không
VNeID mức 2 làm ở đâu
Facebook Nguyễn bị khóa là sao
em ở trọ hai năm rồi
bán 10 con bò 50 triệu
đi Đà Nẵng mấy giờ
Xin Chào Cán Bộ
otp 123456 bị lộ
đơn hàng 24112612345678
mã vận đơn SPX0123456789
Cho Tôi Hỏi Thủ Tục Cấp Căn Cước
làm Căn Cước Công Dân mất bao lâu
phạt 4.000.000 - 6.000.000 đồng
Đảng và Nhà nước
""".strip().splitlines()

_LINES = Path(__file__).parent / "personal"
MARKED += (_LINES / "marked.txt").read_text(encoding="utf-8").splitlines()
CLEAN += (_LINES / "clean.txt").read_text(encoding="utf-8").splitlines()
_MARK = re.compile(r"\[([A-Z]+):([^\]]*)\]")


@pytest.mark.parametrize("line", MARKED)
def test_every_marked_stretch_is_found_whole(line: str) -> None:
    text = _MARK.sub(lambda match: match[2], line)
    covered = redact(text)
    for type_, value in _MARK.findall(line):
        assert f"[{type_}]" in covered
        assert value not in covered


@pytest.mark.parametrize("line", CLEAN)
def test_what_only_looks_personal_is_left_alone(line: str) -> None:
    assert find_personal_data(line) == []


def test_the_sample_lines_meet_the_bars() -> None:
    lines = (data_folder() / "language" / "pii_samples.jsonl").read_text(encoding="utf-8").splitlines()
    figures = evaluate_personal_data([json.loads(line) for line in lines])
    assert figures["recall"] >= 0.95
    assert figures["precision"] >= 0.95
    assert figures["leak_rate"] <= 0.02
    assert figures["false_alarm_rate"] <= 0.05


@given(st.text(max_size=120))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for span in find_personal_data(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end


@given(st.integers(300_000_000, 399_999_999), st.sampled_from(["", " ", ".", "-"]), st.integers(1, 8))
def test_no_digit_of_a_phone_number_stays(number: int, sign: str, cut: int) -> None:
    digits = f"0{number}"
    written = f"gọi {digits[:cut]}{sign}{digits[cut:]} nhé"
    assert not any(character.isdigit() for character in redact(written))


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("stk 3817-2946-05 và 6203 8471 95 của nó", "stk [BANK] và [BANK] của nó"),
        ("0328 417 596/0779 512 843", "[PHONE]/[PHONE]"),
        ("gọi 0912345678 hoặc 0987654321 lúc 8h", "gọi [PHONE] hoặc [PHONE] lúc 8h"),
        ("tên Võ Hoàng Nhã, 1987, gửi em", "tên [NAME], [DOB], gửi em"),
        ("chị Hoa (0829 461 730) nhận", "chị [NAME] ([PHONE]) nhận"),
        ("gọi bác hai lâm 0378 291 604 nhé", "gọi bác [NAME] [PHONE] nhé"),
        ("Mẫu CT01 theo 66/2023 và 53/2025", "Mẫu CT01 theo 66/2023 và 53/2025"),
    ],
)
def test_what_stands_beside_stays(text: str, covered: str) -> None:
    assert redact(text) == covered


def test_invisible_characters_hide_nothing() -> None:
    assert redact("sđt 09\u200b12 345\u202e 678 nhé") == "sđt [PHONE] nhé"


def test_decomposed_text_is_covered_at_the_right_place() -> None:
    text = unicodedata.normalize("NFD", "Tôi tên Lê Thị Mơ, số 0912.345.678")
    assert unicodedata.normalize("NFC", redact(text)) == "Tôi tên [NAME], số [PHONE]"


def test_a_number_written_in_words_counts_as_leaked_when_missed() -> None:
    line = {"text": "mot hai nguoi", "spans": [["PHONE", 0, 7]]}
    assert evaluate_personal_data([line])["leak_rate"] == 1.0
