"""Pure decisions about cases: who is named in a text, how long a contest is open, what a package may hold."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from binhyen.core.text import fold

CONTEST_WINDOW = timedelta(days=7)
"""After closing the reporter may say that it is not done."""
REASON_LENGTH = 20
"""Fewest characters of a reason that opens an identity or moves a clock (G3, G58)."""
_TITLE = re.compile(r"(?i)^\s*(đ/c|đồng chí|ông|bà|anh|chị|cán bộ|trung tá|thiếu tá|đại úy|thượng úy|trung úy)\.?\s+")
_INTRODUCING = (
    r"(?i)\b((?:tôi|em|cháu|mình|con|tui|chúng tôi)\s+(?:tên|là|tên là|tên tôi là)|(?:tên|họ tên|họ và tên)\s+"
    r"(?:tôi|em|cháu|người báo|người gửi)(?:\s+là)?|ký tên|người viết|người báo tin|người gửi)\s*:?\s*"
)
_NAME = r"[A-ZÀ-ỸĐ][\wà-ỹđ]*(?:\s[A-ZÀ-ỸĐ][\wà-ỹđ]*){0,5}"
_NUMBER_AFTER = r"(?:[\s,;(-]*(?:(?:số )?(?:điện thoại|đt|sđt|zalo)|số)\s*:?\s*\+?\d(?:[ .-]?\d){7,11})?"
_SELF_NAMING = re.compile(_INTRODUCING + _NAME + _NUMBER_AFTER)
"""Names in small letters too, and with them words that may belong to the matter."""
_SURE_SELF_NAMING = re.compile(f"{_INTRODUCING}(?-i:{_NAME}){_NUMBER_AFTER}")


def officers_named(text: str, names: Mapping[int, str]) -> set[int]:
    """Keys of the officers whose full name stands in the text, marks and case ignored.

    A single word is no name: half of a village is called Hùng.
    """
    found = f" {fold(text)} "
    return {
        key
        for key, name in names.items()
        if len(bare := bare_name(name).split()) > 1 and f" {' '.join(bare)} " in found
    }


def bare_name(name: str) -> str:
    """A name folded, without title and without what stands in brackets."""
    return fold(_TITLE.sub("", re.sub(r"\([^)]*\)", "", name)))


def may_contest(closed_at: datetime | None, now: datetime) -> bool:
    """Whether the reporter may still say that it is not done."""
    return closed_at is not None and now - closed_at <= CONTEST_WINDOW


def without_introduction(text: str) -> str:
    """The text without the names in capitals, and the numbers, by which the reporter introduces themselves."""
    return _SURE_SELF_NAMING.sub(lambda found: f"{found[1]} [đã giấu tên]", text)


def without_reporter(text: str, private_parts: Iterable[str]) -> str:
    """The text without self-introductions ("tôi tên là ...") and without the given parts: numbers, addresses (G8)."""
    text = _SELF_NAMING.sub(lambda found: f"{found[1]} [đã giấu tên]", text)
    for part in sorted(set(private_parts), key=len, reverse=True):
        text = text.replace(part, "[đã giấu]")
    return text


def paused_end(due_at: datetime, paused_since: datetime, resumed_at: datetime) -> datetime:
    """A service clock's end after waiting for the reporter: as much later as it waited."""
    return due_at + max(timedelta(0), resumed_at - paused_since)
