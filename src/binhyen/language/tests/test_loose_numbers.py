"""Numbers written so that they slip through, and runs of digits that nothing explains."""

import pytest

from binhyen.language.publication import Flag, Publisher, check_publication

UNIT = Publisher("Công an xã Thạch Bình", ("0239 3 000 000",), ("binhyen.example.vn",))


def found(text: str) -> set[Flag]:
    return {finding.flag for finding in check_publication(text, "news", UNIT)}


@pytest.mark.parametrize(
    "text",
    [
        "Xe Wave đỏ, BKS 47 K1 06 352 để quên ở bãi.",
        "Xe con màu bạc, biển tám mốt A, không ba bốn chấm bảy chín.",
        "Xe công nông số 47LA_0452 đậu giữa đường cua.",
        "Ai thấy xe Mazda trắng 51H-730.18 thì báo 113.",
        "Xe đầu kéo BKS: 51C 123-45.",
        "Xe xanh nhớt, đuôi số 591.77, chạy về hướng cầu.",
        "Ô tô đen biển 30K chấm 662 chấm 08 đậu ở bìa rừng.",
        "Xe bỏ bên mương, biển 81v1/2O6.58, có móc khóa.",
        "Tấm biển số bốn bảy e một ba bảy năm tám hai rớt ở ổ gà.",
        "Xe cày biển bốn bảy đê một, chín chín không hai ba.",
        "Xe có 5 số cuối 123.45.",
        "Phần đọc được là 47BB–7 8 1 2 3.",
        "Xe biển đỏ TM 12-34 chạy về hướng đèo.",
        "Xe ngoại giao 80-NG-123-45 dừng ở ngã ba.",
        "Xe máy điện 47MĐ1-123.45 để quên.",
    ],
)
def test_plates_in_loose_writing(text: str) -> None:
    assert found(text) == {Flag.PLATE}


@pytest.mark.parametrize(
    "text",
    ["Đăng ký bơi: inbox O9O5-88I-2З4.", "Gọi O9l2 345 678 nhé.", "sdt em la kh0ng ch1n b0n 77 12 8 sau 5"],
)
def test_telephones_with_letters_for_digits(text: str) -> None:
    assert Flag.PHONE in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Trộm vào nhà số hai mươi chín đường Hùng Vương.",
        "Gia đình ở lô C12, khu tái định cư, chỉ có phụ nữ ở nhà.",
        "Nhà có người bệnh: 77 Phan Bội Châu.",
    ],
)
def test_homes_in_loose_writing(text: str) -> None:
    assert found(text) == {Flag.EXACT_ADDRESS}


@pytest.mark.parametrize(
    "text",
    [
        "Trực ban: không hai ba chín, ba không không không không không không.",
        "Gọi O239 3 OOO OOO.",
        "Gọi +84(0)239 3 000 000 hoặc (0239) 3000000.",
        "Sở Y tế trả lời ở số 0239.3824.444.",
    ],
)
def test_the_own_number_and_offices_pass_in_every_writing(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Xong việc lúc 17h30, 12 tổ.",
        "Từ 20h15-16h30 ngày 18/9.",
        "Lớp 12A 2024-2025.",
        "Phạt 18 đến 20 triệu, điều 21 K 2024.",
    ],
)
def test_hours_forms_and_articles_are_no_plates(text: str) -> None:
    assert found(text) == set()


def test_a_run_of_digits_that_nothing_explains_is_looked_at() -> None:
    assert found("Ghi vào sổ: 1020 0384 7719 nhé.") == {Flag.BANK_ACCOUNT}


@pytest.mark.parametrize(
    "text",
    [
        "Hồ sơ 000.00.12.H21-251120-0123 là ví dụ về mã hồ sơ.",
        "Thu hồi 1.250.000.000 đồng trả lại bà con.",
        "Gọi 0239.3.000.000, 113, tổng đài 1900 1234.",
        "Xử phạt theo Nghị định 168/2024/NĐ-CP, từ ngày 01/01/2025 đến 31/12/2025.",
        "Xem https://binhyen.example.vn/tin/20261128123456789/.",
        "Từ 7 giờ 30 đến 11 giờ 30, giá vé 5.000 đồng.",
        "Diễn tập tại khu B 2024 2025 của trường.",
    ],
)
def test_dates_amounts_laws_and_own_numbers_pass(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Xem ở thuvienphapluat . vn/van-ban/168.",
        "Vào trang nhanqua[.]top nhé.",
        "Gõ vayngay chấm com",
        "Gõ 103.45.67.89/app",
        "Vào bit ly/3abc",
        "Theo dõi tâm bão: s.id/bao-so-7",
        "Mở 103.45.67.89:8080 rồi đăng ký",
        "Tra ở phatnguoi[.]vn nhé",
        "Trang giả: congan-hoabinh chấm site",
    ],
)
def test_links_with_their_dot_set_apart(text: str) -> None:
    assert found(text) == {Flag.LINK_NOT_ALLOWED}


def test_an_own_link_set_apart_and_a_plain_end_of_sentence_pass() -> None:
    assert found("Xem ở dichvucong . gov . vn/bai") == set()
    assert found("Trực ban ghi tin. Vn là chữ viết tắt. Top đầu là thôn 3.") == set()
