"""What a page of figures shows; the scope comes first, and nothing leaves that protection hides (G28)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from statistics import median

from binhyen.core import clock
from binhyen.core.text import sort_key
from binhyen.core.working_time import add_months
from binhyen.statistics.areas import AreaLine, area_lines
from binhyen.statistics.families import HiddenIn, hidden_in, hidden_levels_of, hidden_of, written_at
from binhyen.statistics.measures import BY_CODE, MEASURES, Measure, MeasureKind
from binhyen.statistics.periods import YEAR_MONTHS, CalendarPeriod, Grain, Span, period_around
from binhyen.statistics.reading import UnitMonths, counts_in, flow, months_together, of_unit, of_units_below
from binhyen.statistics.rolling_up import Counts
from binhyen.statistics.spreads import percentile
from binhyen.units.models import Role, Unit
from binhyen.units.queries import access_unit
from binhyen.units.scope import Scope

VIEW_ROLES = frozenset(
    {Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.PAGE_EDITOR, Role.COMMANDER, Role.UNIT_ADMINISTRATOR}
)
"""Roles that see figures: counts alone, no person."""
TIMELINE_CODES = ("messages_in", "questions_answered", "reports_received")
BELOW_CODES = ("households_reached", "messages_in", "questions_answered", "reports_received", "waiting_long")
SHOWN = tuple(measure for measure in MEASURES if measure.code != "ratings_sum")
"""Figures people see; the sum of marks only serves their mean."""
_place_of = lru_cache(maxsize=8_192)(sort_key)
"""Order of names; the same ones come on every page."""
FEWEST_SIMILAR = 5
"""Units needed for a middle of similar ones."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one unit in one span."""

    measure: Measure
    value: float | None
    """None: there is none, or it is hidden."""
    is_hidden: bool = False
    before: float | None = None
    """The same in the span before, None when unknown or hidden."""
    middle: float | None = None
    """The median of similar units."""
    ninetieth: float | None = None
    """90th percentile, of measures with a spread."""

    @property
    def change(self) -> float | None:
        """Difference to the span before."""
        return None if self.value is None or self.before is None else self.value - self.before


@dataclass(frozen=True, slots=True)
class Month:
    """One point of the time line; None is hidden."""

    period: CalendarPeriod
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on one page of figures."""

    unit: Unit
    span: Span
    counted_at: datetime | None
    figures: list[Figure]
    coverage: Figure
    """Households reached among all, in per cent."""
    kept: Figure
    """Time limits kept among all that ended, in per cent."""
    satisfaction: Figure
    """Mean mark from 1 to 5."""
    below: list[tuple[Unit, list[Figure]]]
    areas: list[AreaLine]
    timeline: list[Month]


class _Asked:
    """The span asked for, the one before, how old the figures are, and what of them is hidden."""

    def __init__(self, span: Span) -> None:
        self.span, self.before, self.stamp = span, span.before(), written_at()
        self._hidden: dict[tuple[int, bool], HiddenIn] = {}

    def hides(self, unit: Unit, code: str) -> bool:
        return self._hidden_of(unit, is_before=False).hides(unit.pk, code)

    def hid_before(self, unit: Unit, code: str) -> bool:
        return self._hidden_of(unit, is_before=True).hides(unit.pk, code)

    def _hidden_of(self, unit: Unit, *, is_before: bool) -> HiddenIn:
        """Asked for once a family: hundreds of figures stand on a page."""
        key = (unit.parent_id or -unit.pk, is_before)
        if key not in self._hidden:
            self._hidden[key] = hidden_in(unit, self.before if is_before else self.span, self.stamp)
        return self._hidden[key]


def overview_for(scope: Scope, unit_id: str, span: Span) -> Overview:
    """The page of one unit. Raises NotAllowed. A fixed number of queries, whatever was stored."""
    unit = access_unit(scope, unit_id, VIEW_ROLES)
    below = sorted(Unit.objects.filter(parent=unit), key=lambda each: _place_of(each.name))
    asked = _Asked(span)
    own, inside, beside = _read(unit, asked)
    mine, earlier = (counts_in([unit.pk], one, known=own).get(unit.pk, {}) for one in (span, asked.before))
    return Overview(
        unit=unit,
        span=span,
        counted_at=asked.stamp,
        figures=[_figure(unit, measure, asked, mine, earlier) for measure in SHOWN],
        coverage=_coverage(unit, asked, (mine, earlier), _similar(unit, asked, beside)),
        kept=_share(unit, asked, mine, earlier),
        satisfaction=_satisfaction(unit, asked, mine, earlier),
        below=_below(below, asked, inside),
        areas=[] if below else area_lines(unit, span, asked.stamp),
        timeline=_timeline(unit, asked, own.get(unit.pk, {})),
    )


def _read(unit: Unit, asked: _Asked) -> list[UnitMonths]:
    """Months of the unit, of those below it, and of those beside it, in one query."""
    first, end = _year_of(asked)
    return months_together(
        [
            of_unit(unit.pk, min(first, asked.before.start), max(end, asked.span.end)),
            of_units_below(unit.pk, asked.span.start, asked.span.end),
            of_units_below(unit.parent_id, _last_month(asked).start, asked.span.end, unit.kind),
        ]
    )


def open_figures(unit: Unit, span: Span, counts: Counts | None = None) -> list[Figure]:
    """Every figure of a unit for readers outside, protected as on its page; whoever calls has proved the right.

    `counts` are those of the span when they were read already.
    """
    if counts is None:
        counts = counts_in([unit.pk], span).get(unit.pk, {})
    asked = _Asked(span)
    return [_figure(unit, measure, asked, counts, {}) for measure in SHOWN]


def _figure(unit: Unit, measure: Measure, asked: _Asked, counts: Counts, before: Counts | None) -> Figure:
    """A figure with the one of the span before; None for `before` where no change is shown."""
    if measure.kind == MeasureKind.SPREAD:
        return _spread(unit, measure, asked, counts, before or {})
    hides = measure.protects and asked.hides(unit, measure.code)
    value = None if hides else flow(counts, measure.code)
    if before is None or (measure.protects and asked.hid_before(unit, measure.code)):
        return Figure(measure, value, hides)
    return Figure(measure, value, hides, flow(before, measure.code))


def _spread(unit: Unit, measure: Measure, asked: _Asked, counts: Counts, before: Counts) -> Figure:
    """Median and 90th percentile, when the number of durations may be shown."""
    if asked.hides(unit, measure.counted_by):
        return Figure(measure, None, is_hidden=True)
    buckets, earlier = counts.get(measure.code, {}), before.get(measure.code, {})
    buckets, earlier = (one if isinstance(one, dict) else {} for one in (buckets, earlier))
    return Figure(
        measure,
        percentile(buckets, 0.5),
        before=None if asked.hid_before(unit, measure.counted_by) else percentile(earlier, 0.5),
        ninetieth=percentile(buckets, 0.9),
    )


def _coverage(unit: Unit, asked: _Asked, both: tuple[Counts, Counts], similar: Sequence[Counts]) -> Figure:
    counts, before = both
    measure = BY_CODE["households_reached"]
    middles = [share for one in similar if (share := _percent(one)) is not None]
    middle = round(median(middles), 1) if len(middles) >= FEWEST_SIMILAR else None
    hidden = asked.hides(unit, measure.code)
    earlier = None if asked.hid_before(unit, measure.code) else _percent(before)
    return Figure(measure, None if hidden else _percent(counts), hidden, earlier, middle)


def _percent(counts: Counts) -> float | None:
    households = flow(counts, "households")
    return round(100 * flow(counts, "households_reached") / households, 1) if households else None


def _share(unit: Unit, asked: _Asked, counts: Counts, before: Counts) -> Figure:
    measure = BY_CODE["limits_kept"]
    hidden = asked.hides(unit, measure.code)
    earlier = None if asked.hid_before(unit, measure.code) else _kept_percent(before)
    return Figure(measure, None if hidden else _kept_percent(counts), hidden, earlier)


def _kept_percent(counts: Counts) -> float | None:
    kept, missed = flow(counts, "limits_kept"), flow(counts, "limits_missed")
    return round(100 * kept / (kept + missed), 1) if kept + missed else None


def _satisfaction(unit: Unit, asked: _Asked, counts: Counts, before: Counts) -> Figure:
    measure = BY_CODE["ratings"]
    hidden = asked.hides(unit, measure.code)
    earlier = None if asked.hid_before(unit, measure.code) else _mean(before)
    return Figure(measure, None if hidden else _mean(counts), hidden, earlier)


def _mean(counts: Counts) -> float | None:
    count = flow(counts, "ratings")
    return round(flow(counts, "ratings_sum") / (2 * count), 1) if count else None


def _below(units: list[Unit], asked: _Asked, months: UnitMonths) -> list[tuple[Unit, list[Figure]]]:
    """The units below by name, never by rank."""
    reached = BY_CODE["households_reached"]
    counts = counts_in([unit.pk for unit in units], asked.span, {*BELOW_CODES, "households"}, months)
    lines = []
    for unit in units:
        mine = counts.get(unit.pk, {})
        hidden = asked.hides(unit, reached.code)
        covered = Figure(reached, None if hidden else _percent(mine), hidden)
        lines.append((unit, [covered, *(_figure(unit, BY_CODE[code], asked, mine, None) for code in BELOW_CODES)]))
    return lines


def _year_of(asked: _Asked) -> tuple[date, date]:
    """Twelve months up to the last one of the span that has begun."""
    end = period_around(min(asked.span.last_day, clock.today()), Grain.MONTH).span.end
    return add_months(end, -YEAR_MONTHS), end


def _timeline(unit: Unit, asked: _Asked, found: Mapping[date, Counts]) -> list[Month]:
    first, _ = _year_of(asked)
    months = []
    for step in range(YEAR_MONTHS):
        period = period_around(add_months(first, step), Grain.MONTH)
        hidden = hidden_of(unit, period.year, asked.stamp)
        counts = found.get(period.span.start, {})
        months.append(
            Month(
                period,
                tuple(
                    None if (unit.pk, period) in hidden.get(code, ()) else flow(counts, code) for code in TIMELINE_CODES
                ),
            )
        )
    return months


def _last_month(asked: _Asked) -> Span:
    return Span(asked.span.last_day.replace(day=1), asked.span.end)


def _similar(unit: Unit, asked: _Asked, months: UnitMonths) -> list[Counts]:
    """Counts of the units of the same kind under the same superior, without those whose count is hidden (G28)."""
    if unit.parent_id is None:
        return []
    span = _last_month(asked)
    keys = set(months)
    if span.end.day != 1:  # counted by days, and there can be days without their month
        keys = set(Unit.objects.filter(parent_id=unit.parent_id, kind=unit.kind).values_list("pk", flat=True))
    hidden = hidden_levels_of(unit, span, asked.stamp)["households_reached"]
    return list(counts_in(keys - hidden, span, ("households", "households_reached"), months).values())
