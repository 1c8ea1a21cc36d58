"""Lists as they arrive: other dividers, marks of order, old code pages, merged cells, quotes that do not fit."""

import io
import unicodedata

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from binhyen.core.errors import NotPossible
from binhyen.core.sheets import read_lines, read_rows

ROWS = [["Tên thôn", "Số hộ"], ["Đông Tiến", "214"], ["Ấp Mỹ Thượng", "98"]]


def as_text(divider: str) -> str:
    return "\r\n".join(divider.join(row) for row in ROWS)


@pytest.mark.parametrize("divider", [",", ";", "\t", "|", "   "])
def test_every_usual_divider_is_seen(divider):
    assert read_lines(as_text(divider)) == ROWS


def test_a_title_line_does_not_hide_the_divider_and_a_told_one_is_obeyed():
    assert read_lines("Danh sách, năm 2026\n" + as_text(";"))[1:] == ROWS
    assert read_lines("sep=^\n" + as_text("^"))[1:] == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks_and_unicode_text_of_excel(encoding):
    assert read_rows(as_text(";").encode(encoding), "thon.csv") == ROWS


def windows_1258(text: str) -> bytes:
    """As old Windows writes: letter with hat or horn, then the tone."""
    kept = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        rest = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        kept.append(rest + tones)
    return "".join(kept).encode("cp1258")


def test_windows_1258_is_read_and_letters_of_older_fonts_are_refused():
    read = read_rows(windows_1258("Tên thôn;Số hộ\nẤp Mỹ Thượng;98\nBuôn Đắk Lắk;7"), "thon.csv")
    assert [unicodedata.normalize("NFC", row[0]) for row in read] == ["Tên thôn", "Ấp Mỹ Thượng", "Buôn Đắk Lắk"]
    with pytest.raises(NotPossible, match="import_encoding"):
        read_rows("Th«n §«ng TiÕn;214".encode("latin-1"), "thon.csv")


@pytest.mark.parametrize(
    "content", [b"\xff\xfeT", b"T\x00\x01", b"\x81\x8d\x8f", "Tên\x00".encode()], ids=["cut", "zero", "other", "nul"]
)
def test_bytes_that_are_no_text_are_refused(content):
    with pytest.raises(NotPossible, match="import_encoding"):
        read_rows(content, "thon.csv")


def test_quotes_that_do_not_fit_swallow_no_line():
    assert read_lines('Thôn "Đông;1\nThôn Tây;2\nThôn Nam;3') == [
        ['Thôn "Đông', "1"],
        ["Thôn Tây", "2"],
        ["Thôn Nam", "3"],
    ]
    assert read_lines('"Thôn; Đông";1\n"Thôn\nTây";2') == [["Thôn; Đông", "1"], ["Thôn\nTây", "2"]]


def workbook(write) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        write(book)
    return kept.getvalue()


def test_merged_words_stand_in_every_row_and_merged_numbers_once():
    def write(book):
        book.add_worksheet("Bìa")
        sheet = book.add_worksheet("Thôn")
        sheet.merge_range("B2:E2", "DANH SÁCH THÔN")
        sheet.merge_range("C4:C5", "Buôn")
        sheet.merge_range("D4:D5", 300)
        sheet.write("B4", "Ea Nao")
        sheet.write("B5", "Ea Kmat")

    content = workbook(write)
    assert read_rows(content, "x")[2:] == [["Ea Nao", "Buôn", 300.0], ["Ea Kmat", "Buôn", ""]]
    assert read_rows(content, "x", from_top=True)[3][1] == "Ea Nao"


@pytest.mark.parametrize("content", [b"PK\x03\x04nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", b"%PDF-1.7"])
def test_what_is_no_list_is_refused(content):
    with pytest.raises(NotPossible, match="import_type"):
        read_rows(content, "thon.xlsx")


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    for row in read_lines(text):
        assert all(isinstance(cell, str) for cell in row)
