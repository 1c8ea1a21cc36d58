"""A unit's calendar: which days count as working days, when its office is open, and arithmetic over both.

Pure: everything a result depends on is in the arguments. Times are aware; days are days in Vietnam.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from binhyen.core.clock import VIETNAM
from binhyen.core.public_holidays import SATURDAY, holiday_name, is_national_working_day

DAY_MINUTES = 24 * 60
LONGEST_SEARCH = timedelta(days=800)
"""A calendar that is closed for longer than this has no next working day; it is a mistake."""
WEEKDAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
MONDAY = 0
_END_OF_DAY = time(23, 59, 59)


class NeverOpen(ValueError):
    """The calendar has no working day or opening hour within more than two years."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One stretch of office hours: minutes since midnight, `start` included, `end` (at most 1440) not."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= DAY_MINUTES:
            raise ValueError(f"{self.start}-{self.end} is no period of a day")


Periods = tuple[Period, ...]
"""Periods of one day, in order, none touching the next."""
STANDARD_DAY: Periods = (Period(7 * 60 + 30, 11 * 60 + 30), Period(13 * 60 + 30, 17 * 60))
STANDARD_WEEK: tuple[Periods, ...] = (STANDARD_DAY,) * 5 + ((), ())
"""Office hours of a unit that has not set its own; Monday first."""


@dataclass(frozen=True, slots=True)
class DayException:
    """What a unit or its superior laid down for one date; stronger than the national table."""

    is_working_day: bool
    """Whether the date counts in limits of working days."""
    periods: Periods | None = None
    """Office hours of that date; None: those of the weekday, or none on a day off."""
    note: str = ""
    """Why, in words for residents: "Nghỉ Tết Nguyên đán"."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Office hours of a week and exceptions by date. The default is a unit that set nothing."""

    week: tuple[Periods, ...] = STANDARD_WEEK
    exceptions: Mapping[date, DayException] = field(default_factory=lambda: MappingProxyType({}))

    def is_working_day(self, day: date) -> bool:
        """Whether the date counts in limits given in working days ("ngày làm việc")."""
        exception = self.exceptions.get(day)
        return exception.is_working_day if exception else is_national_working_day(day)

    def why_off(self, day: date) -> str:
        """In Vietnamese why the date does not count, "" for a working day."""
        if self.is_working_day(day):
            return ""
        exception = self.exceptions.get(day)
        return (exception.note if exception else "") or holiday_name(day) or WEEKDAY_NAMES[day.weekday()]

    def opening(self, day: date) -> Periods:
        """Office hours of the date; () when it is closed. A weekend worked in exchange has Monday's hours."""
        exception = self.exceptions.get(day)
        if exception and exception.periods is not None:
            return exception.periods
        if exception and not exception.is_working_day:
            return ()
        if not self.is_working_day(day):
            return () if holiday_name(day) else self.week[day.weekday()]
        return self.week[day.weekday() if day.weekday() < SATURDAY else MONDAY]

    def is_open(self, moment: datetime) -> bool:
        """Whether the office is open at that moment."""
        here = moment.astimezone(VIETNAM)
        minute = here.hour * 60 + here.minute
        return any(period.start <= minute < period.end for period in self.opening(here.date()))


STANDARD = WorkCalendar()
"""National days and standard hours."""


def local_day(moment: datetime) -> date:
    """The day in Vietnam of an aware moment."""
    return moment.astimezone(VIETNAM).date()


def end_of_day(day: date) -> datetime:
    """The last second of the day in Vietnam; a limit in days ends there (Civil Code 2015 Art. 148.6)."""
    return datetime.combine(day, _END_OF_DAY, VIETNAM)


def next_working_day(day: date, calendar: WorkCalendar) -> date:
    """The day itself when it is a working day, else the first one after it. Raises NeverOpen."""
    for ahead in range(LONGEST_SEARCH.days):
        if calendar.is_working_day(day + timedelta(days=ahead)):
            return day + timedelta(days=ahead)
    raise NeverOpen(f"no working day after {day}")


def add_working_days(day: date, count: int, calendar: WorkCalendar) -> date:
    """The `count`-th working day after `day`, which itself does not count; `day` for 0. Raises NeverOpen."""
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1), calendar)
    return day


def add_months(day: date, count: int) -> date:
    """Same day number `count` months later, or the end of a shorter month (29 February + 12 = 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def open_stretches(
    start: datetime, calendar: WorkCalendar, until: datetime | None = None
) -> Iterator[tuple[datetime, datetime]]:
    """Stretches of office hours that overlap [start, until), the first one cut at `start`.

    Without `until` it goes on and raises NeverOpen after a long drought.
    """
    day, last = local_day(start), local_day(start)
    while until is None or day <= local_day(until):
        if day - last > LONGEST_SEARCH:
            raise NeverOpen(f"no office hours after {last}")
        midnight = datetime.combine(day, time.min, VIETNAM)
        for period in calendar.opening(day):
            begins, ends = midnight + timedelta(minutes=period.start), midnight + timedelta(minutes=period.end)
            if ends > start:
                last = day
                yield max(begins, start), ends
        day += timedelta(days=1)


def working_time_between(start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    """Office time in [start, end); zero when `end` is not after `start`. Raises NeverOpen for years of closed doors."""
    stretches = open_stretches(start, calendar, end)
    return sum((min(ends, end) - begins for begins, ends in stretches if begins < end), timedelta(0))


def add_working_time(start: datetime, amount: timedelta, calendar: WorkCalendar) -> datetime:
    """The moment when `amount` of office time has passed since `start`; aware UTC offset of Vietnam. Raises NeverOpen.

    Zero gives `start` itself, also outside office hours.
    """
    if amount <= timedelta(0):
        return start
    for begins, ends in open_stretches(start, calendar):
        if amount <= ends - begins:
            return begins + amount
        amount -= ends - begins
    raise AssertionError("unreachable")  # pragma: no cover - open_stretches ends by raising
