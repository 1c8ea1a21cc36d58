"""Every paper: one page a target, tagged, own fonts, readable words, and a QR code that reads back."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from binhyen.printing.orders import order_in, order_out
from binhyen.printing.papers import (
    PACKAGE,
    PER_PAGE,
    Paper,
    SecondLanguage,
    Target,
    Wording,
    template_data,
    template_of,
)
from binhyen.printing.scanning import CodeUnreadable, check_codes, check_sheet, codes_in
from binhyen.printing.tests.factories import ADDRESS, HAMLET, UNIT, make_order
from binhyen.printing.tests.papers import codes_of, facts_of, fonts_of, overlaps_of, text_of
from binhyen.printing.typesetting import first_page_png, qr_png, typeset

LETTERS = (Paper.LETTER_HOUSEHOLD, Paper.LETTER_INSTITUTION)
"""Their second language is a text, not a title."""
CAPITALS = "HTTPS://BINHYEN.EXAMPLE.VN/N/TB06K2"


def made(order):
    return typeset(PACKAGE, template_of(order.paper), template_data(order, order.targets))


@pytest.mark.parametrize("paper", Paper)
def test_a_paper_is_one_tagged_page_whose_code_reads_back(paper, tmp_path: Path):
    pdf = made(make_order(paper))
    facts = facts_of(pdf)
    assert facts["Pages"] == "1"
    assert facts["Tagged"] == "yes"
    assert facts["Title"].endswith("Công an xã Thạch Hà")
    assert set(codes_of(pdf, tmp_path).split()) == {CAPITALS}
    assert set(fonts_of(pdf)) <= {"NotoSans", "LibertinusSerif"}
    assert set(fonts_of(pdf).values()) == {"yes"}
    text = text_of(pdf)
    assert text == unicodedata.normalize("NFC", text)
    assert "Công an xã Thạch Hà" in text or "CÔNG AN XÃ THẠCH HÀ" in text


@pytest.mark.parametrize("paper", [Paper.POSTER_A4, Paper.POSTER_A5, Paper.POSTER_A6, Paper.DOOR_LEAFLET])
def test_letters_of_every_language_stay_intact(paper):
    text = text_of(made(make_order(paper, (Target("Buôn Ñuăl Čư Ƀlang ƀ č", ADDRESS, "TB06K2"),))))
    assert "Buôn Ñuăl Čư Ƀlang ƀ č" in text


def test_words_in_a_second_language_are_those_the_unit_typed():
    wording = Wording(second=SecondLanguage.EDE, second_title="Čuăn mă {thon}: ƀuôn sang ñu")
    text = text_of(made(make_order(wording=wording)))
    assert "Čuăn mă" in text
    assert "ƀuôn sang ñu" in text
    assert "Čuăn mă Buôn Čư M’gar: ƀuôn sang ñu" in " ".join(text.split())
    english = text_of(made(make_order(wording=Wording(second=SecondLanguage.ENGLISH))))
    assert "Scan to ask, report or get warnings" in english


@pytest.mark.parametrize(
    "name",
    [
        "Thôn 4",
        "Tổ dân phố số 12 khu tập thể Xí nghiệp gỗ Đông Tiến – cụm 3",
        "Đăng ký tạm trú cho người thuê, mượn, ở nhờ",
    ],
)
@pytest.mark.parametrize("paper", Paper)
def test_long_and_short_names_stay_on_their_page(paper, name):
    two = replace(UNIT, name="Công an phường Hoàng Liệt – Định Công, thành phố Hà Nội")
    wording = Wording(second=SecondLanguage.EDE, second_title="Čuăn mă {thon}: ƀuôn sang ñu, dôk hăng klei bi êđah")
    for words in (Wording(), wording):
        order = replace(make_order(paper, (replace(HAMLET, name=name),) * 2, wording=words), unit=two)
        pdf = made(order)
        assert facts_of(pdf)["Pages"] == "2"
        assert overlaps_of(pdf) == []
        if words is wording and paper not in (Paper.REPORT_FORM, Paper.DROP_BOX_SLIP, *LETTERS):
            assert "ƀuôn sang ñu" in text_of(pdf)


@pytest.mark.parametrize("length", [40, 230, 600, 1_250, 2_900])
def test_a_notice_is_one_page_and_larger_the_fewer_its_words(length):
    line = "Mấy ngày gần đây có người tự xưng là công an gọi điện cho bà con. "
    body = "\n".join((line * 50)[start : start + 200] for start in range(0, length, 200))
    pdf = made(make_order(Paper.NOTICE, wording=Wording(title="Giả danh công an gọi điện", body=body)))
    assert facts_of(pdf)["Pages"] == "1"
    assert overlaps_of(pdf) == []


def test_many_on_a_page_are_copies_of_one_place():
    assert len(template_data(make_order(Paper.STICKERS), (HAMLET,))["sheets"]) == PER_PAGE[Paper.STICKERS] == 24
    text = text_of(made(make_order(Paper.POSTER_A6)))
    assert text.count("binhyen.example.vn/n/TB06K2") == 4


def test_a_letter_goes_to_each_kind_of_institution():
    words = {"hotel": "cơ sở lưu trú", "school": "Ban giám hiệu", "shop": "cửa hàng", "other": "cơ quan"}
    for kind, word in words.items():
        text = text_of(made(make_order(Paper.LETTER_INSTITUTION, (replace(HAMLET, institution=kind),))))
        assert word in text
        assert "Tham gia là tự nguyện" in text


def test_the_report_form_asks_what_the_portal_asks_and_has_a_stub():
    text = text_of(made(make_order(Paper.REPORT_FORM)))
    for words in (
        "gọi ngay: công an 113",
        "Chuyện gì đã xảy ra?",
        "Ở đâu, khi nào?",
        "Gửi thế nào?",
        "Phần người gửi giữ lại",
        "18 số",
    ):
        assert words in text


def test_nothing_typed_is_read_as_markup():
    wording = Wording(title='#import "x" *đậm* $x$', body='#panic("no")\n[ngoặc]', label="<b>")
    text = text_of(made(make_order(Paper.NOTICE, wording=wording)))
    assert '#import "x" *đậm* $x$' in text
    assert '#panic("no")' in text


def test_the_code_is_black_in_half_grey_and_small(tmp_path: Path):
    """In capitals the address stays in alphanumeric mode: version 3 or 4, 29 to 33 modules, at error level Q."""
    import segno

    symbol = segno.make_qr(CAPITALS, error="q", boost_error=False)
    assert symbol.mode == "alphanumeric"
    assert symbol.error == "Q"
    assert symbol.version <= 4
    from io import BytesIO

    from PIL import Image

    order = make_order()
    with Image.open(BytesIO(first_page_png(PACKAGE, "poster", template_data(order, order.targets), 72))) as page:
        grey = page.convert("L").point(
            lambda value: 128 + value // 2
        )  # a worn-out cartridge: black prints as half grey
        out = BytesIO()
        grey.save(out, "PNG")
    assert codes_in(out.getvalue()) == {CAPITALS}


def test_codes_are_read_back_and_a_wrong_one_is_noticed(monkeypatch):
    check_codes([HAMLET])
    check_sheet(make_order())
    monkeypatch.setattr("binhyen.printing.scanning.qr_png", lambda text, dots: qr_png(text + "X", dots))
    with pytest.raises(CodeUnreadable):
        check_codes([HAMLET])


def test_an_order_survives_the_table():
    order = make_order(
        Paper.LETTER_INSTITUTION, (HAMLET, HAMLET), copies=3, wording=Wording("a", "b", SecondLanguage.EDE)
    )
    assert order_in(order_out(order), b"") == order
