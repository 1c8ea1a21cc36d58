"""A unit and those directly below it, month by month for a year, as one long table; hidden as on the pages (G28).

Made a month at a time, so that memory is that of one month, however many units there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from binhyen.statistics.families import (
    Hidden,
    HiddenUnits,
    hidden_below,
    hidden_levels_below,
    hidden_levels_of,
    hidden_of,
)
from binhyen.statistics.measures import Measure, MeasureKind
from binhyen.statistics.periods import YEAR_MONTHS, CalendarPeriod, Grain
from binhyen.statistics.queries import SHOWN
from binhyen.statistics.reading import flow, months_of
from binhyen.statistics.rolling_up import Counts
from binhyen.statistics.spreads import percentile
from binhyen.units.models import Unit

Row = tuple[str, str, str, str, str, str]
"""Unit, national code, month, measure, value, 1 where it is hidden: the columns of `open_data.FIGURE_COLUMNS`."""


@dataclass(frozen=True, slots=True)
class _Month:
    """What has to be hidden in one month."""

    period: CalendarPeriod
    own: Hidden
    below: Hidden
    own_levels: HiddenUnits
    levels: HiddenUnits
    """Of the units below."""
    top: int

    def hides(self, unit_id: int, measure: Measure) -> bool:
        if not measure.protects:
            return False
        if measure.kind == MeasureKind.LEVEL:
            return unit_id in (self.own_levels if unit_id == self.top else self.levels)[measure.code]
        code = measure.counted_by or measure.code
        hidden = self.own if unit_id == self.top else self.below
        return (unit_id, self.period) in hidden.get(code, ())


def year_rows(unit: Unit, year: int, stamp: datetime | None) -> Iterator[Row]:
    """Rows month by month, the unit first, then those below by name; whoever calls has proven the right to the unit.

    `stamp` is `families.written_at`. Months without figures are left out. A fixed number of queries a month.
    """
    below = list(Unit.objects.filter(parent=unit).order_by("name"))
    units = [unit, *below]
    own, inside = hidden_of(unit, year, stamp), hidden_below(unit.pk, year, stamp) if below else {}
    for number in range(1, YEAR_MONTHS + 1):
        first = date(year, number, 1)
        period = CalendarPeriod(year, Grain.MONTH, number)
        found = months_of([one.pk for one in units], first, period.span.end)
        counts = {key: months[first] for key, months in found.items()}
        levels = hidden_levels_below(unit.pk, period.span, stamp)
        month = _Month(period, own, inside, hidden_levels_of(unit, period.span, stamp), levels, unit.pk)
        for one in units:
            if one.pk in counts:
                yield from _rows(one, counts[one.pk], month)


def _rows(unit: Unit, counts: Counts, month: _Month) -> Iterator[Row]:
    for measure in SHOWN:
        is_hidden = month.hides(unit.pk, measure)
        value = "" if is_hidden else _value(measure, counts)
        yield unit.name, unit.national_code, month.period.code, measure.code, value, "1" if is_hidden else "0"


def _value(measure: Measure, counts: Counts) -> str:
    """A count, or the median in minutes; empty when there is none."""
    if measure.kind != MeasureKind.SPREAD:
        return str(flow(counts, measure.code))
    buckets = counts.get(measure.code)
    middle = percentile(buckets, 0.5) if isinstance(buckets, dict) else None
    return "" if middle is None else f"{middle:g}"
