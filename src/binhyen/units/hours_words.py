"""Office hours as people write and read them: "07:30-11:30, 13:30-17:00". Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from binhyen.core.errors import NotPossible
from binhyen.core.text import clean, fold
from binhyen.core.working_time import DAY_MINUTES, WEEKDAY_NAMES, Period, Periods

_PERIOD = re.compile(r"(\d{1,2})(?:[:h.](\d{2}))?h?\s*(?:-|–|den)\s*(\d{1,2})(?:[:h.](\d{2}))?h?")
_DAYS = re.compile(r"\s*((?:t\s*[2-7]|cn)(?:\s*[-–,]\s*(?:t\s*[2-7]|cn))*)\s+(.+)", re.IGNORECASE)
_CLOSED = {"", "nghi", "dong", "-", "closed"}


def read_periods(written: str) -> Periods:
    """Periods of one day; () for "" or "nghỉ". Raises NotPossible("hours_odd", text), ("hours_overlap", text)."""
    text = clean(written)
    if fold(text) in _CLOSED:
        return ()
    periods = sorted(_period(part.strip(), text) for part in re.split(r"[,;]| và ", text) if part.strip())
    for before, after in pairwise(periods):
        if after.start < before.end:
            raise NotPossible("hours_overlap", text=text[:60])
    return tuple(periods)


def _period(part: str, whole: str) -> Period:
    found = _PERIOD.fullmatch(part.lower().replace("đến", "-").replace(" giờ", "h").replace(" ", ""))
    if not found:
        raise NotPossible("hours_odd", text=whole[:60])
    start, end = (int(found[number]) * 60 + int(found[number + 1] or 0) for number in (1, 3))
    if not start < end <= DAY_MINUTES:
        raise NotPossible("hours_odd", text=whole[:60])
    return Period(start, end)


def written(periods: Periods) -> str:
    """As `read_periods` reads it back."""
    return ", ".join(f"{_clock(period.start)}-{_clock(period.end)}" for period in periods)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def sentence(week: Sequence[Periods]) -> str:
    """For residents: "Thứ Hai đến thứ Sáu, 7 giờ 30 đến 11 giờ 30 và 13 giờ 30 đến 17 giờ." """
    runs: list[tuple[int, int]] = []
    for day, periods in enumerate(week):
        if not periods:
            continue
        if runs and runs[-1][1] == day - 1 and week[runs[-1][0]] == periods:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    said = "; ".join(f"{_days(first, last)}, {_said(week[first])}" for first, last in runs)
    return f"{said[0].upper()}{said[1:]}." if said else ""


def _days(first: int, last: int) -> str:
    if first == last:
        return WEEKDAY_NAMES[first]
    return f"{WEEKDAY_NAMES[first]} {'và' if last == first + 1 else 'đến'} {WEEKDAY_NAMES[last]}"


def _said(periods: Periods) -> str:
    return " và ".join(f"{_hour(period.start)} đến {_hour(period.end)}" for period in periods)


def _hour(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} giờ {rest:02d}" if rest else f"{hours} giờ"


def read_week(lines: Sequence[str]) -> list[Periods]:
    """Seven days out of lines such as "T2-T6 07:30-11:30, 13:30-17:00" and "CN nghỉ"; a day not named is closed.

    Raises NotPossible: hours_odd(text), hours_overlap(text), hours_none.
    """
    week: list[Periods] = [()] * 7
    for line in lines:
        found = _DAYS.fullmatch(clean(line))
        if not found:
            raise NotPossible("hours_odd", text=line[:60])
        periods = read_periods(found[2])
        for part in found[1].replace(" ", "").split(","):
            ends = [_weekday(day) for day in re.split(r"[-–]", part)]
            if ends[0] > ends[-1]:
                raise NotPossible("hours_odd", text=line[:60])
            week[ends[0] : ends[-1] + 1] = [periods] * (ends[-1] - ends[0] + 1)
    if not any(week):
        raise NotPossible("hours_none")
    return week


def _weekday(word: str) -> int:
    """0 for T2, Monday, to 6 for CN, Sunday."""
    return 6 if word.lower() == "cn" else int(word[1:]) - 2
