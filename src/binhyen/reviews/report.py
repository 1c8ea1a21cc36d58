"""The report as parts of a page, the same for DOCX and PDF; layout after Decree 30/2020/NĐ-CP, appendix I."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from binhyen.core import clock
from binhyen.reviews import drafting
from binhyen.reviews.figures import Chart, Figures, span_of_review
from binhyen.reviews.models import Review, ReviewState, Task
from binhyen.reviews.rules import lines_of, title_of
from binhyen.statistics.wording import HIDDEN

NO_TEXT = "Không có."
SMALL = "Ẩn vì là số từ 1 đến 4, dễ nhận ra người dân, hoặc có thể làm lộ một số như vậy: {}."
SMALL_ELSEWHERE = "Ở biểu đồ và phụ lục, số như vậy cũng ghi là “ẩn”."
ABOUT_FIGURES = "Số liệu do hệ thống đếm lúc {}; mỗi chỉ số có một định nghĩa, xem trang Số liệu."
IN_ANNEX = "Số liệu từng địa bàn: xem Phụ lục kèm theo."
_SYMBOLS = (("xã", "CAX"), ("phường", "CAP"), ("tỉnh", "CAT"), ("thành phố", "CATP"), ("đặc khu", "CAĐK"))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with lines."""

    titles: list[str]
    widths: list[int]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part: paragraphs, points, tables, charts, in this order."""

    title: str
    paragraphs: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Annex:
    """Stands behind the signature on pages of its own, with numbers of its own (Decree 30, appendix I, part III)."""

    title: str
    belongs_to: str
    """"(Kèm theo Báo cáo số ... ngày ...)"."""
    grid: Grid


@dataclass(frozen=True, slots=True)
class Report:
    """Everything on the paper."""

    above: str
    unit: str
    number: str
    place_and_day: str
    abstract: str
    is_draft: bool
    sections: list[Section]
    recipients: list[str]
    signer_title: str
    signer_name: str
    annex: Annex | None = None


def report_of(review: Review, figures: Figures, back: list[Task], new: list[Task]) -> Report:
    """The report as it stands; nothing is read from the database."""
    texts, unit = review.texts, review.unit
    period = title_of(span_of_review(review))
    number = texts.get("number") or f"Số: ......./BC-{symbol_of(unit.name)}"
    place_and_day = _place_and_day(review)
    return Report(
        above=(unit.parent.name if unit.parent else "BỘ CÔNG AN").upper(),
        unit=unit.name.upper(),
        number=number,
        place_and_day=place_and_day,
        abstract=f"Kết quả công tác kết nối, phục vụ người dân {_after(period)}",
        is_draft=review.state == ReviewState.DRAFT,
        sections=list(_sections(review, figures, back, new, period)),
        recipients=lines_of(texts.get("recipients", "")),
        signer_title=texts.get("signer_title", "").upper(),
        signer_name=texts.get("signer_name", ""),
        annex=_annex(figures, number, place_and_day.rpartition(", ")[2], unit.name),
    )


def _annex(figures: Figures, number: str, day: str, unit_name: str) -> Annex | None:
    if not figures.annex:
        return None
    sign = number.removeprefix("Số:").removeprefix("Số").strip()
    grid = Grid(figures.annex_titles, [5, *[2] * (len(figures.annex_titles) - 1)], figures.annex)
    return Annex("SỐ LIỆU THEO ĐỊA BÀN", f"(Kèm theo Báo cáo số {sign} {day} của {unit_name})", grid)


def symbol_of(unit_name: str) -> str:
    """Short sign of the unit in the paper's number: CAX, CAP, CAT."""
    name = unit_name.casefold()
    return next((sign for words, sign in _SYMBOLS if words in name), "CAX")


def _after(period: str) -> str:
    return period[0].lower() + period[1:]


def _place_and_day(review: Review) -> str:
    """The place without its kind, and the day of the meeting, both in words of the decree."""
    place = review.texts.get("place", "")
    for kind in ("xã ", "phường ", "đặc khu ", "thị trấn "):
        place = place.removeprefix(kind)
    place = place or "................"
    day: date = review.closed_at.astimezone(clock.VIETNAM).date() if review.closed_at else clock.today()
    return f"{place[0].upper()}{place[1:]}, ngày {day:%d} tháng {_month(day)} năm {day.year}"


def _month(day: date) -> str:
    """January and February with a zero before (Decree 30, appendix I, part II.4)."""
    return f"{day.month:02d}" if day.month <= 2 else str(day.month)


def _sections(review: Review, figures: Figures, back: list[Task], new: list[Task], period: str) -> Iterator[Section]:
    texts = review.texts
    meeting = [words for words in (texts.get("held_on", ""), texts.get("chair", "")) if words]
    yield Section(
        "THÀNH PHẦN, CHƯƠNG TRÌNH",
        paragraphs=[f"Họp: {'; chủ trì: '.join(meeting)}."] if meeting else [],
        points=[f"Nội dung {number}: {line}" for number, line in enumerate(lines_of(texts.get("agenda", "")), 1)],
        grids=[_attendance(lines_of(texts.get("attendance", "")))],
    )
    yield Section(
        "KẾT QUẢ",
        paragraphs=[f"{heading}: {text}" for heading, text in _told(review, figures, period)],
        grids=[_figures(figures)],
        charts=figures.charts,
        notes=_notes(figures),
    )
    for title, part in (
        ("VIỆC LÀM TỐT", "well"),
        ("VIỆC CHẬM, TỒN TẠI", "late"),
        ("VỤ VIỆC NỔI BẬT", "incidents"),
        ("BÀI HỌC", "lessons"),
    ):
        lines = lines_of(texts.get(part, ""))
        yield Section(title, paragraphs=[] if lines else [NO_TEXT], points=lines)
    if back:
        yield Section("VIỆC GIAO KỲ TRƯỚC", grids=[_tasks(back, with_state=True)])
    yield Section("NHIỆM VỤ KỲ TỚI", [] if new else [NO_TEXT], grids=[_tasks(new, with_state=False)] if new else [])


def _told(review: Review, figures: Figures, period: str) -> list[tuple[str, str]]:
    return drafting.paragraphs(figures, review.unit.name, _after(period))


def _attendance(names: list[str]) -> Grid:
    rows = [[str(number), name, ""] for number, name in enumerate(names, 1)] or [["1", "", ""]]
    return Grid(["TT", "Họ tên, chức vụ", "Ký tên"], [1, 8, 4], rows)


def _figures(figures: Figures) -> Grid:
    rows = [
        [f"{line.title} ({line.period})" if line.period else line.title, line.value, line.change]
        for line in figures.lines
        if not line.is_nothing
    ]
    return Grid(["Chỉ số", "Kỳ này", "So với kỳ trước"], [7, 3, 4], rows)


def _notes(figures: Figures) -> list[str]:
    found = [ABOUT_FIGURES.format(figures.counted or "chưa đếm")]
    nothing = drafting.nothing_counted(figures)
    if nothing:
        found.append(f"Bằng 0 hoặc chưa có số liệu: {'; '.join(nothing)}.")
    if figures.annex:
        found.append(IN_ANNEX)
    if hidden := drafting.hidden(figures):
        found.append(SMALL.format("; ".join(hidden)))
    if any(None in chart.values for chart in figures.charts) or any(HIDDEN in row for row in figures.annex):
        found.append(SMALL_ELSEWHERE)
    return found


def _tasks(tasks: list[Task], with_state: bool) -> Grid:
    titles = ["TT", "Việc", "Phụ trách", "Ngày xong"]
    rows = [[str(n), task.what, task.owner, f"{task.due_on:%d/%m/%Y}"] for n, task in enumerate(tasks, 1)]
    if not with_state:
        return Grid(titles, [1, 7, 4, 3], rows)
    rows = [[*row, state_of(task)] for row, task in zip(rows, tasks, strict=True)]
    return Grid([*titles, "Kết quả"], [1, 6, 3, 3, 4], rows)


def state_of(task: Task) -> str:
    """Done with day and note, open, or overdue; in words."""
    if task.done_on is not None:
        return f"Xong {task.done_on:%d/%m/%Y}{f': {task.done_note}' if task.done_note else ''}"
    return "Quá hạn, chưa xong" if task.due_on < clock.today() else "Chưa xong"
