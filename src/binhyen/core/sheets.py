"""Rows of a list somebody uploads or pastes: CSV, XLSX, or lines out of a spreadsheet."""

import csv
import io
from typing import Any

from binhyen.core.errors import NotPossible

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 2_000


def read_rows(content: bytes, name: str, most_rows: int = MOST_ROWS) -> list[list[Any]]:
    """Cells of the first sheet. Raises NotPossible: import_size(limit_mb), import_type, import_encoding."""
    if len(content) > MOST_BYTES:
        raise NotPossible("import_size", limit_mb=MOST_BYTES // (1024 * 1024))
    if content.startswith(b"PK\x03\x04"):
        import python_calamine

        try:
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
            return book.get_sheet_by_index(0).to_python(nrows=most_rows + 2)
        except (python_calamine.CalamineError, python_calamine.ZipError, IndexError, ValueError):
            raise NotPossible("import_type") from None
    if name.lower().endswith((".csv", ".txt", ".tsv")) and b"\x00" not in content:
        try:
            return read_lines(content.decode("utf-8-sig"), most_rows)
        except UnicodeDecodeError:
            raise NotPossible("import_encoding") from None
    raise NotPossible("import_type")


def read_lines(text: str, most_rows: int = MOST_ROWS) -> list[list[str]]:
    """Cells of pasted lines; what divides them is the sign found most in the first line. Raises NotPossible."""
    lines = io.StringIO(text, newline=None)
    mark = max(";\t,", key=lines.readline().count)
    lines.seek(0)
    try:
        return list(csv.reader(lines, delimiter=mark))[: most_rows + 2]
    except csv.Error:
        raise NotPossible("import_type") from None
