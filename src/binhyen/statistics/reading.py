"""Reads roll-ups of units for spans of days: months where whole ones fit, days at the edges."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

from binhyen.statistics.measures import BY_CODE, MeasureKind
from binhyen.statistics.models import DayFigures, MonthFigures
from binhyen.statistics.periods import YEAR_MONTHS, Span
from binhyen.statistics.rolling_up import Counts, add_into

_NOTHING: Counts = {}


def counts_in(unit_ids: Collection[int], span: Span, codes: Collection[str] | None = None) -> dict[int, Counts]:
    """Counts of each unit in the span, all or those of `codes`; units without any are left out. Two queries."""
    wanted = BY_CODE.keys() if codes is None else codes
    flows = [code for code in wanted if BY_CODE[code].kind != MeasureKind.LEVEL]
    levels = [code for code in wanted if BY_CODE[code].kind == MeasureKind.LEVEL]
    totals: dict[int, Counts] = defaultdict(dict)
    latest: dict[int, Counts] = {}
    for unit_id, counts in _rows(unit_ids, span):
        add_into(totals[unit_id], {code: counts[code] for code in flows if code in counts})
        latest[unit_id] = counts
    for unit_id, counts in latest.items():
        totals[unit_id] |= {code: counts[code] for code in levels if code in counts}
    return dict(totals)


def months_of(unit_ids: Collection[int], first: date, end: date) -> dict[int, dict[date, Counts]]:
    """Counts of each unit by the first day of the month, in [first, end). One query."""
    found: dict[int, dict[date, Counts]] = defaultdict(dict)
    rows = MonthFigures.objects.filter(unit_id__in=unit_ids, month__gte=first, month__lt=end)
    for unit_id, month, counts in rows.values_list("unit_id", "month", "counts"):
        found[unit_id][month] = counts
    return dict(found)


def flow(counts: Mapping[str, int | dict[str, int]], code: str) -> int:
    """A count, 0 when there is none; of a spread the number of durations."""
    value = counts.get(code, 0)
    return value if isinstance(value, int) else sum(value.values())


def year_series(months: Mapping[date, Counts], year: int, code: str) -> tuple[int, ...]:
    """The twelve counts of a year."""
    return tuple(flow(months.get(date(year, month, 1), _NOTHING), code) for month in range(1, YEAR_MONTHS + 1))


def _rows(unit_ids: Collection[int], span: Span) -> Iterator[tuple[int, Counts]]:
    """Rows of the span in order of time."""
    first_month = span.start if span.start.day == 1 else _next_month(span.start)
    last_month = span.end.replace(day=1)
    if first_month >= last_month:
        yield from _days(unit_ids, span.start, span.end)
        return
    yield from _days(unit_ids, span.start, first_month)
    months = MonthFigures.objects.filter(unit_id__in=unit_ids, month__gte=first_month, month__lt=last_month)
    yield from months.order_by("month").values_list("unit_id", "counts")
    yield from _days(unit_ids, last_month, span.end)


def _days(unit_ids: Collection[int], start: date, end: date) -> Iterable[tuple[int, Counts]]:
    if start >= end:
        return ()
    rows = DayFigures.objects.filter(unit_id__in=unit_ids, day__gte=start, day__lt=end)
    return rows.order_by("day").values_list("unit_id", "counts")


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
