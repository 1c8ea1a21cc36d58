"""A review as tables for a spreadsheet; every text is written as text (G33)."""

import re

from binhyen.core import clock
from binhyen.reviews.figures import COVERAGE, KEPT, Figures, Line
from binhyen.reviews.models import Review, Task
from binhyen.reviews.report import state_of
from binhyen.reviews.rules import PARTS, lines_of
from binhyen.statistics.measures import BY_CODE, MeasureKind
from binhyen.statistics.wording import as_number
from binhyen.units.models import Officer
from binhyen.vault.export_files import Cell, Table, Watermark, xlsx_file

_WHOLE = re.compile(r"\d{1,3}(\.\d{3})*")

PART_NAMES = {
    "number": "Số, ký hiệu",
    "place": "Địa danh",
    "held_on": "Ngày họp",
    "chair": "Chủ trì",
    "well": "Việc làm tốt",
    "late": "Việc chậm, tồn tại",
    "incidents": "Vụ việc nổi bật",
    "lessons": "Bài học",
    "agenda": "Nội dung họp",
    "attendance": "Thành phần dự",
    "recipients": "Nơi nhận",
    "signer_title": "Chức vụ người ký",
    "signer_name": "Người ký",
}


def review_xlsx(review: Review, title: str, figures: Figures, tasks: list[Task], officer: Officer) -> bytes:
    """Figures, figures by area, tasks and texts, a sheet each."""
    mark = Watermark(review.public_id[:8], review.unit.name, officer.full_name, f"Báo cáo {title}", clock.now())
    tables = [
        Table(
            "Số liệu",
            ("Chỉ số", "Kỳ này", "Tính bằng", "So với kỳ trước", "Tháng", "Định nghĩa"),
            [_row(line) for line in figures.lines],
        ),
        Table(
            "Việc",
            ("Việc", "Phụ trách", "Ngày xong", "Kết quả"),
            [(task.what, task.owner, task.due_on, state_of(task)) for task in tasks],
        ),
        Table(
            "Nội dung",
            ("Mục", "Lời"),
            [(PART_NAMES[part], line) for part in PARTS for line in lines_of(review.texts.get(part, ""))],
        ),
    ]
    if figures.annex:
        tables.insert(1, Table("Theo địa bàn", tuple(figures.annex_titles), [_annex_row(row) for row in figures.annex]))
    return xlsx_file(tables, mark)


def _row(line: Line) -> tuple[Cell, ...]:
    """Numbers as numbers, so that the office can go on reckoning; a word where one is hidden."""
    value = line.value if line.number is None else as_number(line.number)
    return line.title, value, _unit(line.code), as_number(line.delta), line.period, line.definition


def _unit(code: str) -> str:
    if code in (COVERAGE, KEPT):
        return "%"
    return "phút" if code in BY_CODE and BY_CODE[code].kind == MeasureKind.SPREAD else ""


def _annex_row(row: list[str]) -> list[Cell]:
    name, *cells = row
    return [name, *(_as_cell(cell) for cell in cells)]


def _as_cell(words: str) -> Cell:
    """1.199 as 1199; shares stay "70,4%", and what is hidden stays a word."""
    return int(words.replace(".", "")) if _WHOLE.fullmatch(words) else words
