"""Reads roll-ups of units for spans of days: months where whole ones fit, days at the edges."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection

from binhyen.statistics.measures import BY_CODE, MeasureKind
from binhyen.statistics.models import DayFigures, MonthFigures
from binhyen.statistics.periods import YEAR_MONTHS, Span
from binhyen.statistics.rolling_up import Counts, add_into

_NOTHING: Counts = {}
UnitMonths = Mapping[int, Mapping[date, Counts]]
"""Counts of units by the first day of the month."""


class Wanted(NamedTuple):
    """Months in [first, end) of some units, read together with others."""

    units: str
    """Condition of the units in SQL."""
    values: tuple[int | str | None, ...]
    first: date
    end: date


def of_unit(unit_id: int, first: date, end: date) -> Wanted:
    """Of one unit."""
    return Wanted("= %s", (unit_id,), first, end)


def of_units_below(unit_id: int | None, first: date, end: date, kind: str = "") -> Wanted:
    """Of the units directly below one unit, all or those of a kind; of none below None."""
    condition, values = (" AND kind = %s", (unit_id, kind)) if kind else ("", (unit_id,))
    return Wanted(f"IN (SELECT id FROM units_unit WHERE parent_id = %s{condition})", values, first, end)  # noqa: S608 - two texts


def months_together(wanted: Sequence[Wanted]) -> list[UnitMonths]:
    """The months of each, in one query of plain SQL: a page of figures asks for little else."""
    parts = [
        f"SELECT {at}, unit_id, month, counts FROM statistics_monthfigures "  # noqa: S608 - numbers and texts of this module
        f"WHERE month >= %s AND month < %s AND unit_id {one.units}"
        for at, one in enumerate(wanted)
    ]
    found: list[dict[int, dict[date, Counts]]] = [defaultdict(dict) for _one in wanted]
    values = [value for one in wanted for value in (one.first, one.end, *one.values)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for at, unit_id, month, counts in cursor.fetchall():
            found[at][unit_id][_as_day(month)] = json.loads(counts)
    return [dict(one) for one in found]


def _as_day(value: date | str) -> date:
    """Plain SQL on SQLite gives a day as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def counts_in(
    unit_ids: Collection[int], span: Span, codes: Collection[str] | None = None, known: UnitMonths | None = None
) -> dict[int, Counts]:
    """Counts of each unit in the span, all or those of `codes`; units without any are left out.

    A query for the months, unless they are `known`, and one for days at each edge that is no edge of a month.
    """
    wanted = BY_CODE.keys() if codes is None else codes
    flows = [code for code in wanted if BY_CODE[code].kind != MeasureKind.LEVEL]
    levels = [code for code in wanted if BY_CODE[code].kind == MeasureKind.LEVEL]
    totals: dict[int, Counts] = defaultdict(dict)
    latest: dict[int, Counts] = {}
    for unit_id, counts in _rows(unit_ids, span, known):
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


def _rows(unit_ids: Collection[int], span: Span, known: UnitMonths | None) -> Iterator[tuple[int, Counts]]:
    """Rows of the span, those of a unit in order of time."""
    first_month = span.start if span.start.day == 1 else _next_month(span.start)
    last_month = span.end.replace(day=1)
    if first_month >= last_month:
        yield from _days(unit_ids, span.start, span.end)
        return
    yield from _days(unit_ids, span.start, first_month)
    yield from _months(unit_ids, first_month, last_month, known)
    yield from _days(unit_ids, last_month, span.end)


def _months(
    unit_ids: Collection[int], first: date, end: date, known: UnitMonths | None
) -> Iterable[tuple[int, Counts]]:
    if known is None:
        rows = MonthFigures.objects.filter(unit_id__in=unit_ids, month__gte=first, month__lt=end)
        return rows.order_by("month").values_list("unit_id", "counts")
    return (
        (unit_id, counts)
        for unit_id in unit_ids
        for month, counts in sorted(known.get(unit_id, {}).items())
        if first <= month < end
    )


def _days(unit_ids: Collection[int], start: date, end: date) -> Iterable[tuple[int, Counts]]:
    if start >= end:
        return ()
    rows = DayFigures.objects.filter(unit_id__in=unit_ids, day__gte=start, day__lt=end)
    return rows.order_by("day").values_list("unit_id", "counts")


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
