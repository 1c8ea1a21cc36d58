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
_SELF_NAMING = re.compile(
    r"(?i)\b((?:tôi|em|cháu|mình|con|tui|chúng tôi)\s+(?:tên|là|tên là|tên tôi là)|(?:tên|họ tên|họ và tên)\s+"
    r"(?:tôi|em|cháu|người báo|người gửi)(?:\s+là)?|ký tên|người viết|người báo tin|người gửi)\s*:?\s*"
    r"((?:[A-ZÀ-ỸĐ][\wà-ỹđ]*\s?){1,6})"
)

_UNIT = (
    r"(?<!xin )(?<!nho )(?<!nghi )(?<!mong )(?<!bao )(?<!goi )(?<!keu )(?<!cam on )"
    r"(?:(?:truong|pho|pho truong|chi huy|sep|can bo|anh|chu|ong|may (?:anh|chu|ong)) )?"
    r"(?:cong an|ca) (?:xa|phuong|thi tran|dac khu|dia phuong|o day|cho toi|minh)"
)
_NAMED = r"(?: ten [a-z]+(?: [a-z]+){0,2}?)?"
_LINKING = r"(?: (?:nay|thi|da|dang|lai|con|cung|toan|hay|deu|co|luon|van|chuyen|dung ra|dung sau|tung|nhieu lan)){0,4}"
_WRONG = (
    r"(?:nhan (?:tien|hoi lo|lot tay|phong bi)|an (?:hoi lo|chia|tien)|bao ke|bao che|tiep tay|chong lung|do dau|"
    r"(?:doi|voi|vat|xin|ep dua|lay|thu) tien|lam luat(?! hay| tot)|nhung nhieu|hach sach|thong dong|cau ket|moc noi|"
    r"danh (?:dan|nguoi|toi|em|chau|chong|con)|ep cung|lam ngo|chung chi)"
)
_BRIBES = r"(?:hoi lo|dut lot|lot tay|chung tien|chung chi)(?: tien)?(?: cho)?"
_COMPLAINS = re.compile(rf"\b{_UNIT}{_NAMED}{_LINKING} {_WRONG}\b|\b{_BRIBES} {_UNIT}\b")
_PRETENDS = re.compile(r"\b(?:gia (?:danh|lam|mao)|mao danh|nhan danh|(?:tu )?xung|tu nhan|lua dao|nhan la|goi dien)\b")


def complains_about_unit(text: str) -> bool:
    """Whether the words accuse the police of the place themselves: "công an xã nhận tiền", "được công an xã bao che".

    Asking them to act against somebody is no complaint, nor is a fraud by people who pretend to be police. Words of
    accusation have to follow at once, so that few reports go up for nothing.
    """
    folded = fold(text)
    return bool(_COMPLAINS.search(folded)) and not _PRETENDS.search(folded)


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


def without_reporter(text: str, private_parts: Iterable[str]) -> str:
    """The text without self-introductions ("tôi tên là ...") and without the given parts: numbers, addresses (G8)."""
    text = _SELF_NAMING.sub(lambda found: f"{found[1]} [đã giấu tên]", text)
    for part in sorted(set(private_parts), key=len, reverse=True):
        text = text.replace(part, "[đã giấu]")
    return text


def paused_end(due_at: datetime, paused_since: datetime, resumed_at: datetime) -> datetime:
    """A service clock's end after waiting for the reporter: as much later as it waited."""
    return due_at + max(timedelta(0), resumed_at - paused_since)
