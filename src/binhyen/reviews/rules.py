"""What a review is made of, and what may be done with it; pure decisions."""

from datetime import date
from typing import NamedTuple

from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.language.personal_data import find_personal_data
from binhyen.statistics.periods import Grain, Span, calendar_parts, name_of, period_around

LONGEST_TEXT = 4_000
"""Characters of one part."""
LONGEST_LINE = 200
WEEK_DAYS = 7
LINES = {"number", "place", "held_on", "chair", "signer_title", "signer_name"}
"""Parts of one line; all others are paragraphs or lists, one entry a line."""
PARTS = (
    "number",
    "place",
    "held_on",
    "chair",
    "well",
    "late",
    "incidents",
    "lessons",
    "agenda",
    "attendance",
    "recipients",
    "signer_title",
    "signer_name",
)
"""Everything an officer may write, in the order of the page."""
WITHOUT_NAMES = ("well", "late", "incidents", "lessons")
"""Parts in which no resident may be recognised."""
AGENDA = (
    "Giải thích mục đích: làm để phục vụ người dân, không chạy theo số lượng.",
    "Chọn và tập huấn người vận hành trang, nhóm Zalo.",
    "Theo dõi trao đổi trong nhóm: trả lời kịp thời, xử lý tin sai, bảo vệ thông tin người dân.",
    "Họp rút kinh nghiệm và giao việc: ai làm, làm gì, ngày xong.",
)
"""The four lessons of the model of Đồng Hới, as they stand in the programme's published account."""


class Found(NamedTuple):
    """Something in a text by which a resident could be recognised."""

    part: str
    words: str


def cleaned(texts: dict[str, str]) -> dict[str, str]:
    """The known parts, cleaned. Raises NotPossible("review_too_long", part, most)."""
    kept = {}
    for part in PARTS:
        most = LONGEST_LINE if part in LINES else LONGEST_TEXT
        text = "\n".join(clean(line) for line in texts.get(part, "").strip().splitlines())
        if len(text) > most:
            raise NotPossible("review_too_long", part=part, most=most)
        kept[part] = text if part not in LINES else " ".join(text.split())
    return kept


def recognisable(texts: dict[str, str]) -> list[Found]:
    """What looks like a name, number, address or plate of a person in the parts that must be without (G22)."""
    return [
        Found(part, texts[part][span.start : span.end])
        for part in WITHOUT_NAMES
        if texts.get(part)
        for span in find_personal_data(texts[part])
    ]


def check_over(span: Span, today: date) -> None:
    """A period is closed when it is over, so that a half-counted month never stands beside the whole one (G28).

    Raises NotPossible("review_not_over", day).
    """
    if today < span.end:
        raise NotPossible("review_not_over", day=f"{span.last_day:%d/%m/%Y}")


def lines_of(text: str) -> list[str]:
    """Entries of a list, one a line, without dashes or numbers typed before them."""
    return [line for typed in text.splitlines() if (line := typed.strip().lstrip("-•+ ").strip())]


def title_of(span: Span) -> str:
    """How the period is called: "Quý IV/2026", "Tuần 48/2026 (từ 23/11/2026 đến 29/11/2026)"."""
    if is_week(span):
        year, week, _ = span.start.isocalendar()
        return f"Tuần {week}/{year} (từ {span.start:%d/%m/%Y} đến {span.last_day:%d/%m/%Y})"
    return name_of(span)


def is_week(span: Span) -> bool:
    """Monday to Sunday."""
    return span.days == WEEK_DAYS and span.start.weekday() == 0


def whole_month_in(span: Span) -> Span | None:
    """The last whole month over by the end of a span that cuts months; None for spans made of whole ones.

    What residents did is shown for whole months only, so a weekly review quotes this one (G28).
    """
    if calendar_parts(span) is not None:
        return None
    this = period_around(span.end, Grain.MONTH).span
    return this.before()
