"""Pure decisions about when a post may go out, who may approve it, and what changed since the last version."""

import difflib
import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from binhyen.core.clock import VIETNAM
from binhyen.language.publication import Finding, Level

CANCEL_WINDOW = timedelta(minutes=5)
"""Between the second officer's yes and the first message (G43)."""
NIGHT_FROM, NIGHT_TO = time(22), time(6)
"""Zalo takes broadcasts from 06:00 to 21:59 only (zalo section 4); other posts that are not urgent keep quiet too."""
CALM_POSTS = 2
"""Posts a day that are not urgent; a third waits for the next morning, so that people keep reading."""
CALM_AT = time(7)
GROUNDS = {
    "unit_number": "Số của đơn vị hoặc cơ quan nhà nước",
    "wanted_notice": "Quyết định truy nã đã công bố",
    "written_consent": "Người đó hoặc người đại diện đồng ý bằng văn bản",
    "guardian_child_search": "Tìm trẻ em: gia đình yêu cầu, đã lập biên bản",
    "public_office": "Người đang thi hành công vụ, nêu theo chức trách",
    "false_alarm": "Máy nhận nhầm: không phải dữ liệu của ai",
    "picture_clean": "Đã xem ảnh: không nhận ra được ai, không có biển số, giấy tờ",
    "picture_consent": "Đã xem ảnh: người trong ảnh đồng ý bằng văn bản; không có biển số, giấy tờ",
    "family_search": "Tìm người: gia đình yêu cầu, đã lập biên bản",
}
"""Listed grounds on which the second officer lets a finding pass (G22)."""
PICTURE, FACE = "picture", "face"
"""Flags of a picture: each one is looked at by the second officer; in this one the machine saw a face (G23, ADR 19)."""
_OF_PEOPLE = ("picture_consent", "guardian_child_search", "family_search", "wanted_notice", "public_office")
_OF_PICTURES = ("picture_clean", "picture_consent", "family_search")
GROUNDS_FOR = {
    PICTURE: ("picture_clean", *_OF_PEOPLE),
    FACE: (*_OF_PEOPLE, "false_alarm"),
}
"""Grounds of the flags that do not take those of words."""


def grounds_for(flag: str) -> dict[str, str]:
    """The grounds that may be given for a flag."""
    names = GROUNDS_FOR.get(flag) or [name for name in GROUNDS if name not in _OF_PICTURES]
    return {name: GROUNDS[name] for name in names}


def is_night(moment: datetime) -> bool:
    """Whether it is between 22:00 and 06:00 in Vietnam."""
    here = moment.astimezone(VIETNAM).time()
    return here >= NIGHT_FROM or here < NIGHT_TO


def after_night(moment: datetime) -> datetime:
    """The moment itself by day, else the next 06:00 in Vietnam."""
    if not is_night(moment):
        return moment
    here = moment.astimezone(VIETNAM)
    day = here.date() + timedelta(days=1) if here.time() >= NIGHT_FROM else here.date()
    return datetime.combine(day, NIGHT_TO, VIETNAM)


def send_time(
    approved_at: datetime, wanted_at: datetime | None, others: Sequence[datetime], *, is_urgent: bool
) -> datetime:
    """When a post goes out: after the waiting time, not at night, not as the third of a day.

    `others` are the times of the unit's other posts that are not urgent. Danger to life goes at once.
    """
    if is_urgent:
        return max(approved_at, wanted_at or approved_at)
    moment = after_night(max(approved_at + CANCEL_WINDOW, wanted_at or approved_at))
    days = [other.astimezone(VIETNAM).date() for other in others]
    while days.count(moment.astimezone(VIETNAM).date()) >= CALM_POSTS:
        day = moment.astimezone(VIETNAM).date() + timedelta(days=1)
        moment = datetime.combine(day, CALM_AT, VIETNAM)
    return moment


def next_round(send_at: datetime, repeat_days: int | None, until: datetime | None) -> datetime | None:
    """When a repeated post goes out again; None when it does not."""
    if not repeat_days:
        return None
    again = send_at + timedelta(days=repeat_days)
    return None if until is not None and again > until else again


def open_flags(findings: Sequence[Finding], *, has_picture: bool, faces: int | None = None) -> list[str]:
    """Flags for which the second officer has to name a ground; `faces` are those the machine saw in the picture."""
    flags = [finding.flag.value for finding in findings if finding.level is Level.SECOND_OFFICER]
    of_picture = [PICTURE, *([FACE] if faces else [])] if has_picture else []
    return list(dict.fromkeys([*flags, *of_picture]))


def never_flags(findings: Sequence[Finding]) -> list[str]:
    """Flags that nobody can let pass."""
    return list(dict.fromkeys(finding.flag.value for finding in findings if finding.level is Level.NEVER))


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Words kept, added and taken out, in reading order: pairs of "same", "added" or "gone" and the words."""
    old, new = before.split(" "), after.split(" ")
    found: list[tuple[str, str]] = []
    for kind, first, last, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", " ".join(old[first:last])))
            continue
        if last > first:
            found.append(("gone", " ".join(old[first:last])))
        if end > start:
            found.append(("added", " ".join(new[start:end])))
    return found


_BLANK = re.compile(r"(?:^|(?<=[\s(]))…(?=[\s.,;:)]|$)")


def has_blank(*texts: str) -> bool:
    """Whether a place that a starting post leaves open ("ngày …") was not filled in; "vân vân…" is no such place."""
    return any(_BLANK.search(text) for text in texts)
