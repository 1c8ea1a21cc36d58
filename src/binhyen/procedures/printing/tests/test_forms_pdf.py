"""Forms as PDF: complete, readable by machines and people, and never anything but paper."""

import logging
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from binhyen.printing.typesetting import LARGEST_FILE_BYTES
from binhyen.procedures.printing.forms_pdf import form_pdf
from binhyen.procedures.printing.layout import MARK, file_name, layout
from binhyen.procedures.printing.tests.reading import (
    ADDRESS,
    codes_of,
    facts_of,
    fonts_of,
    form,
    pages_of,
    text_of,
    tops_of,
)
from binhyen.procedures.queries import catalogue

PHOTOGRAPH_PT = 3.9 * 72 / 2.54
TWO_PAGES = {"CT02", "ĐKX10"}
WORDS = [
    "#set page(fill: red)",
    '#read("/etc/passwd")',
    '#import "paper.typ": *',
    "#panic()",
    "*đậm* _nghiêng_ `mã`",
    "$x^2$ $ sum $",
    "[nội dung] #[x] ]]",
    "= Tiêu đề",
    "- gạch + số / chữ: nghĩa",
    "@tham_chieu <nhan>",
    "\\ \\u{1f600} \\# ~ -- --- ...",
    "// ghi chú /* ghi chú */",
    "\"nháy\" 'đơn' {{ mau }} {% if %} %s ${x}",
    "https://example.vn/#a",
    '{"qr": "x"} </text> <script>',
]


@pytest.mark.parametrize("code", [one.code for one in catalogue().forms])
def test_every_form_is_one_tagged_paper_with_all_its_entries(code: str) -> None:
    one = form(code)
    pdf = form_pdf(one, {}, ADDRESS)
    facts, text = facts_of(pdf), text_of(pdf)
    assert facts["Tagged"] == "yes"
    assert facts["Page size"].endswith("(A4)")
    assert facts["Title"].startswith(f"{code} – ")
    assert int(facts["Pages"]) == (2 if code in TWO_PAGES else 1)
    assert text == unicodedata.normalize("NFC", text)
    assert f"Mẫu {code}" in text
    assert MARK in text
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"):
        assert words in text
    assert len(pdf) < LARGEST_FILE_BYTES


def test_a_form_whose_entries_are_not_known_says_so() -> None:
    assert "Chưa có nội dung các mục" in text_of(form_pdf(replace(form("NA6"), fields=()), {}, ADDRESS))


@pytest.mark.parametrize("code", [one.code for one in catalogue().forms if layout(one, {}).photo])
def test_nothing_is_written_over_the_place_of_the_photograph(code: str) -> None:
    tops = tops_of(form_pdf(form(code), {}, ADDRESS))
    assert tops["1."] > tops["CỘNG"] + PHOTOGRAPH_PT


def test_only_the_two_types_of_the_product_are_on_paper_and_inside_the_file() -> None:
    for one in catalogue().forms:
        fonts = fonts_of(form_pdf(one, {}, ADDRESS))
        assert set(fonts) == {"LibertinusSerif"}, one.code
        assert set(fonts.values()) == {"yes"}, one.code


def test_the_code_on_the_paper_leads_to_the_procedure(tmp_path: Path) -> None:
    assert codes_of(form_pdf(form("CT01"), {}, ADDRESS), tmp_path) == ADDRESS
    long = f"https://cong-an-phuong-nam-tu-liem.example.vn/{'a' * 60}/thu-tuc/xac-nhan-thong-tin-xuat-nhap-canh/"
    assert codes_of(form_pdf(form("ĐKX10"), {}, long), tmp_path, page=2) == long


def test_a_paper_without_address_has_no_code() -> None:
    assert "quét mã" not in text_of(form_pdf(form("CT01"), {}, ""))


def test_answers_stand_on_the_paper() -> None:
    values = {
        "kinh_gui": "Công an xã Thạch Bình",
        "ho_ten": unicodedata.normalize("NFD", "NGUYỄN THỊ HẰNG"),
        "ngay_sinh": "1988-04-03",
        "gioi_tinh": "Nữ",
        "so_dinh_danh": "049 188 001234",
        "dien_thoai": "0912 345 678",
        "thanh_vien_cung_thay_doi": [["", "Y Čuôr Mlô", "01/01/2019", "Nam", "049219002222", "Con"]],
        "ngay_ky": "24.11.2026",
    }
    text = text_of(form_pdf(form("CT01"), values, ADDRESS))
    wanted = ("Công an xã Thạch Bình", "NGUYỄN THỊ HẰNG", "03/04/1988", "0 4 9 1 8 8 0 0 1 2 3 4", "0912345678")
    for words in (*wanted, "Y Čuôr Mlô", "ngày 24 tháng 11 năm 2026"):
        assert words in text
    assert text.count("X Nữ") + text.count("Nữ X") == 1


@pytest.mark.parametrize("words", WORDS)
def test_words_of_people_never_become_markup(words: str) -> None:
    """Every field that takes words shows exactly what was written (G54)."""
    one = form("CT02")
    types = {"text": words, "address": words, "textarea": words, "group": [words] * 4, "table": [[words] * 3]}
    values = {field.name: types[field.type] for field in one.fields if field.type in types}
    text = text_of(form_pdf(one, values, ADDRESS)).replace(" ", "")
    count = sum(len(value) if field.type == "group" else 1 for field in one.fields if (value := values.get(field.name)))
    shown = text.count(words.replace(" ", ""))
    assert shown >= count - 4, "cells of the table and of groups may break inside a word"


def test_the_longest_answers_stay_on_the_paper() -> None:
    unbroken = "w" * 290
    one = form("CT01")
    values = {
        "ho_ten": unbroken,
        "ten_chu_ho": "Nguyễn " * 40,
        "noi_dung_de_nghi": "dòng một\n" * 300 + unbroken,
        "thanh_vien_cung_thay_doi": [["", "m" * 190, "", "", "", ""]] * 30,
    }
    pdf = form_pdf(one, values, ADDRESS)
    text = text_of(pdf)
    assert pages_of(pdf) > 3
    assert text.count("dòng một") == 300
    assert text.count("w") >= 580
    assert text.count("m" * 10) >= 30


def test_every_letter_that_is_let_in_can_be_printed() -> None:
    letters = [
        chr(n)
        for n in (
            *range(0x20, 0x7F),
            *range(0xA0, 0x250),
            *range(0x1E00, 0x1F00),
            *range(0x3B1, 0x3CA),
            *range(0x400, 0x460),
        )
    ]
    letters += [*"–—‘’“”„†‡•…‰′″‹›₫€№™−"]
    printable = "".join(letter for letter in letters if unicodedata.category(letter)[0] not in "CZM")
    chunks = [printable[start : start + 250] for start in range(0, len(printable), 250)]
    for chunk in chunks:
        assert form_pdf(form("CT01"), {"ho_ten": chunk}, "")


def test_nothing_is_logged_or_left_behind(
    caplog: pytest.LogCaptureFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with caplog.at_level(logging.DEBUG):
        form_pdf(form("CT01"), {"ho_ten": "Canary Trần Thị Bí Mật"}, ADDRESS)
    assert "Canary" not in caplog.text
    assert list(tmp_path.iterdir()) == []


def test_the_same_answers_give_the_same_file() -> None:
    values = {"ho_ten": "Trần Văn Ưởng"}
    assert form_pdf(form("CT01"), values, ADDRESS) == form_pdf(form("CT01"), values, ADDRESS)


def test_no_entry_of_a_form_repeats_another_and_every_signer_is_named() -> None:
    for one in catalogue().forms:
        plan = layout(one, {})
        shown = [(item.label, item.names) for row in plan.rows for item in row]
        assert len(set(shown)) == len(shown), one.code
        assert not [title for title in plan.signatures if "ký" in title.lower()], one.code


def test_names_of_files_are_plain() -> None:
    names = [file_name(one) for one in catalogue().forms]
    assert file_name(form("ĐKX10")) == "dkx10-giay-khai-dang-ky-xe"
    assert len(set(names)) == len(names)
    assert all(name.isascii() and name.replace("-", "").isalnum() and len(name) <= 80 for name in names)
