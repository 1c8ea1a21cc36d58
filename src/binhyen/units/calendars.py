"""The working calendar of a unit: its hours and dates that differ, its superiors' dates included."""

import time
from collections.abc import Iterable
from datetime import date, timedelta
from types import MappingProxyType

from binhyen.core import clock
from binhyen.core.working_time import STANDARD_WEEK, DayException, Period, Periods, WorkCalendar
from binhyen.units.models import CalendarDay, OfficeHours, Unit
from binhyen.units.tree import unit_ids_above

FRESH_S = 30.0
EARLIEST_EXCEPTIONS = timedelta(days=800)
"""Dates longer ago than this matter to no running clock."""
_kept: dict[int, tuple[float, WorkCalendar, bool]] = {}


def calendar_of(unit_id: int) -> WorkCalendar:
    """The unit's calendar, at most half a minute old; three queries when it is read."""
    return _read(unit_id)[1]


def is_remote_area(unit_id: int) -> bool:
    """Whether the law gives the unit the longer time of remote areas; at most half a minute old, as its calendar."""
    return _read(unit_id)[2]


def _read(unit_id: int) -> tuple[float, WorkCalendar, bool]:
    kept = _kept.get(unit_id)
    if kept is None or time.monotonic() - kept[0] >= FRESH_S:
        unit = Unit.objects.get(pk=unit_id)
        kept = _kept[unit_id] = (time.monotonic(), read_calendar(unit), unit.is_remote_area)
    return kept


def forget_calendars() -> None:
    """Drop what is kept; after a change in this process, and for tests."""
    _kept.clear()


def read_calendar(unit: Unit) -> WorkCalendar:
    """The calendar as it stands now. A date of the unit itself beats the same date of a superior."""
    week = week_of(OfficeHours.objects.filter(unit=unit))
    line = unit_ids_above(unit)
    days = CalendarDay.objects.filter(unit_id__in=line, day__gte=clock.today() - EARLIEST_EXCEPTIONS)
    exceptions: dict[date, DayException] = {}
    for row in sorted(days, key=lambda row: line.index(row.unit_id)):
        exceptions[row.day] = DayException(row.is_working_day, periods_of(row.periods), row.note)
    return WorkCalendar(week, MappingProxyType(exceptions))


def week_of(rows: Iterable[OfficeHours]) -> tuple[Periods, ...]:
    """Seven days of periods; standard hours when there is no row at all."""
    week: list[list[Period]] = [[] for _ in range(7)]
    for row in rows:
        week[row.weekday].append(Period(row.start_min, row.end_min))
    return tuple(tuple(sorted(day)) for day in week) if any(week) else STANDARD_WEEK


def periods_of(pairs: list[list[int]] | None) -> Periods | None:
    """Periods of a stored date; None when the date has the hours of its sort."""
    return None if pairs is None else tuple(Period(start, end) for start, end in pairs)
