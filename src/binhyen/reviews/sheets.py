"""A review as tables for a spreadsheet; every text is written as text (G33)."""

from binhyen.core import clock
from binhyen.reviews.figures import Figures
from binhyen.reviews.models import Review, Task
from binhyen.reviews.report import state_of
from binhyen.reviews.rules import PARTS, lines_of
from binhyen.units.models import Officer
from binhyen.vault.export_files import Table, Watermark, xlsx_file

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
            ("Chỉ số", "Kỳ này", "So với kỳ trước", "Tháng", "Định nghĩa"),
            [(line.title, line.value, line.change, line.period, line.definition) for line in figures.lines],
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
        tables.insert(1, Table("Theo địa bàn", tuple(figures.annex_titles), figures.annex))
    return xlsx_file(tables, mark)
