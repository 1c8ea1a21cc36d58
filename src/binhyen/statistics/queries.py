"""What a page of figures shows; the scope comes first, and nothing leaves that protection hides (G28)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from statistics import median

from binhyen.core import clock
from binhyen.core.text import sort_key
from binhyen.statistics.areas import AreaLine, area_lines
from binhyen.statistics.families import hidden_levels_of, hidden_of, is_hidden, written_at
from binhyen.statistics.measures import BY_CODE, MEASURES, Measure, MeasureKind
from binhyen.statistics.periods import CalendarPeriod, Grain, Span, period_around
from binhyen.statistics.reading import counts_in, flow, months_of
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """The span asked for, the one before, and how old the figures are."""

    span: Span
    before: Span
    stamp: datetime | None

    @classmethod
    def of(cls, span: Span) -> "_Asked":
        return cls(span, span.before(), written_at())

    def hides(self, unit: Unit, code: str) -> bool:
        return _hides(unit, code, self.span, self.stamp)

    def hid_before(self, unit: Unit, code: str) -> bool:
        return _hides(unit, code, self.before, self.stamp)


def _hides(unit: Unit, code: str, span: Span, stamp: datetime | None) -> bool:
    """Whether a protected count must not be shown, for itself or for what it would tell of others (G28)."""
    if BY_CODE[code].kind == MeasureKind.LEVEL:
        return unit.pk in hidden_levels_of(unit, span, stamp)[code]
    return is_hidden(unit, code, span, stamp)


def overview_for(scope: Scope, unit_id: str, span: Span) -> Overview:
    """The page of one unit. Raises NotAllowed. A fixed number of queries, whatever was stored."""
    unit = access_unit(scope, unit_id, VIEW_ROLES)
    below = sorted(Unit.objects.filter(parent=unit), key=lambda each: _place_of(each.name))
    asked = _Asked.of(span)
    mine, earlier = (counts_in([unit.pk], one).get(unit.pk, {}) for one in (span, asked.before))
    inside = counts_in([each.pk for each in below], span, {*BELOW_CODES, "households"}) if below else {}
    similar = _similar(unit, asked)
    return Overview(
        unit=unit,
        span=span,
        counted_at=asked.stamp,
        figures=[_figure(unit, measure, asked, mine, earlier) for measure in SHOWN],
        coverage=_coverage(unit, asked, (mine, earlier), similar),
        kept=_share(unit, asked, mine, earlier),
        satisfaction=_satisfaction(unit, asked, mine, earlier),
        below=_below(below, inside, asked),
        areas=[] if below else area_lines(unit, span, asked.stamp),
        timeline=_timeline(unit, asked),
    )


def open_figures(unit: Unit, span: Span, counts: Counts | None = None) -> list[Figure]:
    """Every figure of a unit for readers outside, protected as on its page; whoever calls has proved the right.

    `counts` are those of the span when they were read already.
    """
    if counts is None:
        counts = counts_in([unit.pk], span).get(unit.pk, {})
    asked = _Asked.of(span)
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


def _below(units: list[Unit], counts: dict[int, Counts], asked: _Asked) -> list[tuple[Unit, list[Figure]]]:
    """The units below by name, never by rank."""
    reached = BY_CODE["households_reached"]
    lines = []
    for unit in units:
        mine = counts.get(unit.pk, {})
        hidden = asked.hides(unit, reached.code)
        covered = Figure(reached, None if hidden else _percent(mine), hidden)
        lines.append((unit, [covered, *(_figure(unit, BY_CODE[code], asked, mine, None) for code in BELOW_CODES)]))
    return lines


def _timeline(unit: Unit, asked: _Asked) -> list[Month]:
    """Twelve months up to the last one of the span that has begun."""
    last = period_around(min(asked.span.last_day, clock.today()), Grain.MONTH)
    first = date(last.year - 1, last.number, 1) + timedelta(days=32)
    found = months_of([unit.pk], first.replace(day=1), last.span.end).get(unit.pk, {})
    months = []
    for step in range(12):
        total = last.year * 12 + last.number - 12 + step
        period = CalendarPeriod(total // 12, Grain.MONTH, total % 12 + 1)
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


def _similar(unit: Unit, asked: _Asked) -> list[Counts]:
    """Counts of the units of the same kind under the same superior, without those whose count is hidden (G28)."""
    if unit.parent_id is None:
        return []
    keys = set(Unit.objects.filter(parent_id=unit.parent_id, kind=unit.kind).values_list("pk", flat=True))
    last_month = Span(asked.span.last_day.replace(day=1), asked.span.end)
    hidden = hidden_levels_of(unit, last_month, asked.stamp)["households_reached"]
    return list(counts_in(keys - hidden, last_month, ("households", "households_reached")).values())
