"""Months, quarters, half-years and years, and any span of days made of them."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from binhyen.core.errors import NotPossible

YEAR_MONTHS = 12
_LAST_YEAR = 9000


class Grain(IntEnum):
    """Length of a calendar period, in months."""

    MONTH = 1
    QUARTER = 3
    HALF = 6
    YEAR = 12


FINER = {Grain.YEAR: Grain.HALF, Grain.HALF: Grain.QUARTER, Grain.QUARTER: Grain.MONTH}
_LETTER = {Grain.QUARTER: "Q", Grain.HALF: "H"}
_ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from `start` up to and without `end`."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Length in days."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day inside."""
        return self.end - timedelta(days=1)

    def before(self) -> "Span":
        """The span of the same length that ends where this one begins; whole months when this one is whole months."""
        parts = calendar_parts(self)
        if parts is None:
            return Span(self.start - timedelta(days=self.days), self.start)
        months = sum(part.grain for part in parts)
        return Span(_month_start(self.start.year * YEAR_MONTHS + self.start.month - 1 - months), self.start)


@dataclass(frozen=True, slots=True, order=True)
class CalendarPeriod:
    """The `number`-th month, quarter or half of a year, from 1; a whole year has number 1."""

    year: int
    grain: Grain
    number: int

    @property
    def span(self) -> Span:
        """Its days."""
        first = self.year * YEAR_MONTHS + (self.number - 1) * self.grain
        return Span(_month_start(first), _month_start(first + self.grain))

    @property
    def months(self) -> range:
        """Numbers of its months, from 1 to 12."""
        return range((self.number - 1) * self.grain + 1, self.number * self.grain + 1)

    @property
    def parts(self) -> tuple["CalendarPeriod", ...]:
        """The periods one step finer; a month has none."""
        finer = FINER.get(self.grain)
        if finer is None:
            return ()
        count = self.grain // finer
        first = (self.number - 1) * count
        return tuple(CalendarPeriod(self.year, finer, first + step) for step in range(1, count + 1))

    @property
    def code(self) -> str:
        """As it stands in an address: 2026, 2026-H2, 2026-Q4, 2026-11."""
        if self.grain == Grain.YEAR:
            return str(self.year)
        letter = _LETTER.get(self.grain)
        return f"{self.year}-{letter}{self.number}" if letter else f"{self.year}-{self.number:02d}"

    @property
    def name(self) -> str:
        """In Vietnamese: "Quý IV/2026"."""
        match self.grain:
            case Grain.YEAR:
                return f"Năm {self.year}"
            case Grain.HALF:
                return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"
            case Grain.QUARTER:
                return f"Quý {_ROMAN[self.number]}/{self.year}"
        return f"Tháng {self.number}/{self.year}"


def year_tree(year: int) -> Iterator[CalendarPeriod]:
    """The year and everything in it, coarse before fine: 19 periods."""
    level = [CalendarPeriod(year, Grain.YEAR, 1)]
    while level:
        yield from level
        level = [part for period in level for part in period.parts]


def period_around(day: date, grain: Grain) -> CalendarPeriod:
    """The period of that grain that holds the day."""
    return CalendarPeriod(day.year, grain, (day.month - 1) // grain + 1)


@functools.lru_cache(maxsize=512)
def calendar_parts(span: Span) -> tuple[CalendarPeriod, ...] | None:
    """The fewest calendar periods that make up the span, in order; None when it cuts a month."""
    if span.start.day != 1 or span.end.day != 1 or span.start >= span.end:
        return None
    parts: list[CalendarPeriod] = []
    at, end = (day.year * YEAR_MONTHS + day.month - 1 for day in (span.start, span.end))
    while at < end:
        grain = next(
            grain for grain in sorted(Grain, reverse=True) if at % YEAR_MONTHS % grain == 0 and at + grain <= end
        )
        parts.append(CalendarPeriod(at // YEAR_MONTHS, grain, at % YEAR_MONTHS // grain + 1))
        at += grain
    return tuple(parts)


def span_of(code: str) -> Span:
    """The days of a period code ("2026-Q4", "2026-11") or of two days ("2026-11-01..2026-11-20", both included).

    Raises NotPossible("period_unknown").
    """
    try:
        if ".." in code:
            return _between(*(date.fromisoformat(part) for part in code.split("..", 1)))
        year, _, rest = code.partition("-")
        return _named(int(year), rest).span
    except (ValueError, OverflowError):
        raise NotPossible("period_unknown") from None


def name_of(span: Span) -> str:
    """In Vietnamese: the calendar name when it has one, else both days."""
    parts = calendar_parts(span)
    if parts and len(parts) == 1:
        return parts[0].name
    return f"Từ {span.start:%d/%m/%Y} đến {span.last_day:%d/%m/%Y}"


def code_of(span: Span) -> str:
    """What `span_of` reads back."""
    parts = calendar_parts(span)
    return parts[0].code if parts and len(parts) == 1 else f"{span.start}..{span.last_day}"


def _between(first: date, last: date) -> Span:
    if first > last or last.year > _LAST_YEAR:
        raise ValueError
    return Span(first, last + timedelta(days=1))


def _named(year: int, rest: str) -> CalendarPeriod:
    grain = Grain.YEAR if not rest else {"Q": Grain.QUARTER, "H": Grain.HALF}.get(rest[0], Grain.MONTH)
    number = int(rest.lstrip("QH")) if rest else 1
    if not 1 <= number <= YEAR_MONTHS // grain or not 2000 <= year <= _LAST_YEAR:
        raise ValueError
    return CalendarPeriod(year, grain, number)


def _month_start(months: int) -> date:
    """First day of the month counted from year 0."""
    return date(months // YEAR_MONTHS, months % YEAR_MONTHS + 1, 1)
