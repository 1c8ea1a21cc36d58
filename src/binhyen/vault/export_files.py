"""Tables as CSV and XLSX that no spreadsheet executes, each row and page marked with who took it, when and why."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import islice
from typing import TYPE_CHECKING

from binhyen.core import clock
from binhyen.core.text import clean

if TYPE_CHECKING:
    import xlsxwriter

Cell = str | int | float | bool | datetime | date | None
_EXECUTED = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula."""
MARK_COLUMN = "Dấu xuất"
_WIDEST = 60
"""Characters of a line; longer texts go on below."""
_LINE_PT = 15
_A4 = 9
"""Number of the size in the format."""
ROWS_A_PIECE = 2_000


@dataclass(frozen=True, slots=True)
class Table:
    """One list with fixed columns."""

    name: str
    """Title of the sheet, at most 31 characters."""
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Watermark:
    """Who took the list, for which unit, when and why; the code stands in every row."""

    code: str
    unit: str
    officer: str
    reason: str
    at: datetime


def defused(value: str) -> str:
    """The text as a cell that stays text: cleaned (G52), and never the start of a formula."""
    text = clean(value) if not value.startswith(_EXECUTED) else f"'{clean(value)}"
    return f"'{text}" if text.startswith(_EXECUTED) else text


def about_text(mark: Watermark) -> str:
    """What the file about the archive says."""
    at = f"{mark.at.astimezone(clock.VIETNAM):%H:%M ngày %d/%m/%Y}"
    return (
        f"Danh sách xuất từ hệ thống của {mark.unit}\n"
        f"Người xuất: {mark.officer}\n"
        f"Lúc: {at}\n"
        f"Lý do: {mark.reason}\n"
        f"Dấu xuất: {mark.code} (có ở mọi dòng; cho biết ai đã xuất)\n\n"
        "Danh sách không có tên, số điện thoại hay mã Zalo của người dân.\n"
        "Dùng xong thì xóa. Không gửi qua nhóm Zalo, không đăng lên mạng.\n"
    )


def csv_file(table: Table, mark: Watermark) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads Vietnamese; text cells are defused."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([*table.columns, MARK_COLUMN])
    for row in table.rows:
        writer.writerow([*(_csv_cell(cell) for cell in row), mark.code])
    return buffer.getvalue().encode("utf-8-sig")


def csv_pieces(columns: Sequence[str], rows: Iterable[Sequence[str]], mark: Watermark) -> Iterator[bytes]:
    """The same of rows that are made while they are sent, some thousands in a piece; all cells are text."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([*columns, MARK_COLUMN])
    yield "\ufeff".encode()
    for batch in _batches(rows):
        writer.writerows([*map(defused, row), mark.code] for row in batch)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def _batches(rows: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """At most `ROWS_A_PIECE` at a time; one empty batch for no rows, so that the head is written."""
    waiting = iter(rows)
    yield list(islice(waiting, ROWS_A_PIECE))
    while batch := list(islice(waiting, ROWS_A_PIECE)):
        yield batch


def _csv_cell(cell: Cell) -> str | int | float:
    if isinstance(cell, bool):
        return "có" if cell else "không"
    if isinstance(cell, datetime):
        return f"{cell.astimezone(clock.VIETNAM):%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if cell is None:
        return ""
    return defused(cell) if isinstance(cell, str) else cell


def xlsx_file(tables: Sequence[Table], mark: Watermark) -> bytes:
    """A workbook: a sheet about itself, then one for each table; every text is written as text."""
    import xlsxwriter

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        about = book.add_worksheet("Về tệp này")
        about.set_column(0, 0, 90)
        for number, line in enumerate(about_text(mark).splitlines()):
            about.write_string(number, 0, line)
        for table in tables:
            _add_sheet(book, table, mark, bold)
    return buffer.getvalue()


def _add_sheet(book: "xlsxwriter.Workbook", table: Table, mark: Watermark, bold: object) -> None:
    sheet = book.add_worksheet(table.name[:31])
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    whole, tenths = (book.add_format({"num_format": form}) for form in ("#,##0", "#,##0.0"))
    sheet.set_header(f"&L{_plain(mark.unit)[:60]}&R{_plain(mark.officer)[:60]} {mark.code}")
    sheet.set_footer(f"&L{_plain(mark.reason)[:150]}&R&P/&N")
    for number, title in enumerate([*table.columns, MARK_COLUMN]):
        sheet.write_string(0, number, title, bold)
    widths = [len(title) for title in [*table.columns, MARK_COLUMN]]
    for line, row in enumerate(table.rows, start=1):
        longest = max((len(cell) for cell in row if isinstance(cell, str)), default=0)
        if longest > _WIDEST:
            sheet.set_row(line, _LINE_PT * -(-longest // _WIDEST))
        for number, cell in enumerate([*row, mark.code]):
            if isinstance(cell, datetime):
                sheet.write_datetime(line, number, cell.astimezone(clock.VIETNAM).replace(tzinfo=None), moment)
                widths[number] = max(widths[number], 16)
            elif isinstance(cell, int | float) and not isinstance(cell, bool):
                sheet.write_number(line, number, cell, whole if cell == int(cell) else tenths)
                widths[number] = max(widths[number], len(f"{cell:,.1f}"))
            else:
                words = clean(cell) if isinstance(cell, str) else str(_csv_cell(cell))
                sheet.write_string(line, number, words, wrapped if len(words) > _WIDEST else None)
                widths[number] = max(widths[number], min(len(words), _WIDEST))
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width + 2)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns))


def _plain(words: str) -> str:
    """Words inside a page header, where & begins a command."""
    return clean(words).replace("&", "&&")
