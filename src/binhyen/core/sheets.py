"""Rows of a list somebody uploads or pastes: CSV, Excel, OpenDocument, or lines out of a spreadsheet."""

import codecs
import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from binhyen.core.errors import NotPossible
from binhyen.core.text import nfc, without_marks

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 2_000
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How .xlsx and .ods begin, and .xls of Excel 97-2003."""
_TEXTS = (".csv", ".txt", ".tsv")
_DIVIDERS = ";\t,|"
_TOLD_DIVIDER = re.compile(r"sep=(.)\s*", re.IGNORECASE)
"""First line of files of Excel for other countries: "sep=;"."""
_LOOKED_AT = 50
"""Lines that show what divides the cells."""
_WIDE_GAP = re.compile(r" {2,}")
_SIGN_IN_WORD = re.compile(r"\w[¡-¿×÷]|[¡-¿×÷]\w")
"""What texts of the fonts before Unicode (TCVN3, VNI) look like: "X· Th¹ch B×nh"."""


def read_rows(content: bytes, name: str, most_rows: int = MOST_ROWS, *, from_top: bool = False) -> list[list[Any]]:
    """Cells of the first sheet that holds something; text merged over several rows stands in each of them.

    `from_top` keeps empty rows and columns before the first cell, so that the numbers of rows are those of the sheet.
    Raises NotPossible: import_size(limit_mb), import_type, import_encoding.
    """
    if len(content) > MOST_BYTES:
        raise NotPossible("import_size", limit_mb=MOST_BYTES // (1024 * 1024))
    if content.startswith(_WORKBOOKS):
        return _workbook_rows(content, most_rows, from_top=from_top)
    if name.lower().endswith(_TEXTS):
        return read_lines(_text_of(content), most_rows)
    raise NotPossible("import_type")


def _workbook_rows(content: bytes, most_rows: int, *, from_top: bool) -> list[list[Any]]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_index(number) for number in range(len(book.sheet_names))]
        sheet = next((one for one in sheets if one.height), sheets[0])
        rows = sheet.to_python(skip_empty_area=False, nrows=most_rows + 2)
    except (python_calamine.CalamineError, python_calamine.ZipError, IndexError, ValueError):
        raise NotPossible("import_type") from None
    _spread_down(rows, sheet.merged_cell_ranges or [])
    if from_top or sheet.start is None:
        return rows
    top, left = sheet.start
    return [row[left:] for row in rows[top:]]


def _spread_down(rows: list[list[Any]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Words of a merged cell in each of its rows; numbers stay once, or they would be counted twice."""
    for (top, left), (bottom, _right) in merged:
        if top < len(rows) and left < len(rows[top]) and isinstance(rows[top][left], str):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]


def _text_of(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark (Excel's "Unicode text"), or Windows-1258. Raises NotPossible("import_encoding")."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = "" if is_wide else _windows_1258(content)
    if (not text and content) or "\x00" in text:
        raise NotPossible("import_encoding")
    return text


def _windows_1258(content: bytes) -> str:
    """The text, or nothing when the letters would be none of Vietnamese."""
    try:
        text = nfc(content.decode("cp1258"))
    except UnicodeDecodeError:
        return ""
    letters = {letter for letter in text.lower() if letter.isalpha()}
    return "" if _SIGN_IN_WORD.search(text) or not without_marks("".join(letters)).isascii() else text


def read_lines(text: str, most_rows: int = MOST_ROWS) -> list[list[str]]:
    """Cells of pasted lines. What divides them is told ("sep=;"), else the sign in most lines, else wide gaps."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if told := _TOLD_DIVIDER.fullmatch(lines[0]):
        lines[0] = ""
    looked_at = [line for line in lines if line.strip()][:_LOOKED_AT]
    found = {
        sign: (sum(sign in line for line in looked_at), sum(line.count(sign) for line in looked_at))
        for sign in _DIVIDERS
    }
    mark = told[1] if told else max(_DIVIDERS, key=found.__getitem__)
    if not told and found[mark] == (0, 0):
        return [_WIDE_GAP.split(line.strip()) if line.strip() else [] for line in lines][: most_rows + 2]
    return _cells(lines, mark)[: most_rows + 2]


def _cells(lines: list[str], mark: str) -> list[list[str]]:
    """Quoted cells as spreadsheets write them; where the quotes do not fit they are letters like any other."""
    text = "\n".join(lines)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=mark, strict=True))
    except csv.Error:
        return [line.split(mark) for line in lines]
