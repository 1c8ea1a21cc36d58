"""Days off of the whole country: fixed and lunar holidays, days in lieu, and the Saturdays worked instead.

Holidays come from the package `holidays` (Labour Code 2019 Art. 112 and the yearly notices); swaps it does not know
stand in `data/law/calendar.yaml`. A year whose notice has not come out yet is computed from the lunar calendar; units
add what is announced later as exceptions of their calendar.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from types import MappingProxyType
from typing import Any

from binhyen.core.yaml_text import parsed

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class YearOfDays:
    """What is special in one civil year."""

    days_off: Mapping[date, str]
    """Day and its Vietnamese name, weekends included when a holiday falls on one."""
    worked_weekends: frozenset[date]
    """Saturdays and Sundays worked in exchange for a weekday."""


@functools.lru_cache(maxsize=200)
def year_of_days(year: int) -> YearOfDays:
    """Holidays and exchanged days of a year from 1995 on; earlier years have no days in lieu."""
    from holidays import country_holidays  # a quarter of a second: only where a clock is computed

    table = country_holidays("VN", years=year, language="vi")
    days_off = {day: name.replace("; ", ", ") for day, name in sorted(table.items()) if day.year == year}
    worked = {day for day in table.weekend_workdays if day.year == year}
    for off, worked_on in _moved_days():
        if off.year == year:
            days_off.setdefault(off, f"Ngày nghỉ (làm bù ngày {worked_on:%d/%m/%Y})")
        if worked_on.year == year:
            worked.add(worked_on)
    return YearOfDays(MappingProxyType(days_off), frozenset(worked))


def holiday_name(day: date) -> str:
    """Vietnamese name of the holiday on that day, "" for an ordinary day."""
    return year_of_days(day.year).days_off.get(day, "")


def is_national_working_day(day: date) -> bool:
    """Whether public offices work on that day: Monday to Friday without holidays, and exchanged weekends."""
    year = year_of_days(day.year)
    if day.weekday() >= SATURDAY:
        return day in year.worked_weekends
    return day not in year.days_off


@functools.cache
def _moved_days() -> tuple[tuple[date, date], ...]:
    text = (resources.files("binhyen.data") / "law" / "calendar.yaml").read_text(encoding="utf8")
    rows: list[dict[str, Any]] = parsed(text)["moved_days"]
    return tuple((date.fromisoformat(row["free"]), date.fromisoformat(row["worked"])) for row in rows)
