"""What has to be hidden for a unit: the families from the top of the tree down to it, year by year."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from binhyen.statistics.measures import MEASURES, MeasureKind
from binhyen.statistics.models import RollUp
from binhyen.statistics.periods import CalendarPeriod, Span, calendar_parts
from binhyen.statistics.protection import Cell, Months, hidden_cells, hidden_levels, is_small
from binhyen.statistics.reading import counts_in, flow, months_of, year_series
from binhyen.statistics.rolling_up import Counts
from binhyen.units.models import Unit

PROTECTED_FLOWS = tuple(measure for measure in MEASURES if measure.protects and measure.kind == MeasureKind.FLOW)
PROTECTED_LEVELS = tuple(measure for measure in MEASURES if measure.protects and measure.kind == MeasureKind.LEVEL)
TOTAL_OF = {"answered": "questions_answered"}
"""Measure that the parts with that `hidden_with` add up to."""
Hidden = dict[str, frozenset[Cell]]
"""Measure code -> hidden cells."""
HiddenUnits = dict[str, frozenset[int]]
"""Measure code -> units whose count is hidden for a span."""
_NOTHING: Counts = {}
REST = -1
"""Stands for the unit itself within its own family: what it has beyond the units below it."""


@dataclass(frozen=True, slots=True)
class HiddenIn:
    """What must not be shown of a family in one span: of the unit and of those beside it."""

    flows: HiddenUnits | None
    """None: all of them, for the span is not made of whole months and a day more or less would tell."""
    levels: HiddenUnits

    def hides(self, unit_id: int, code: str) -> bool:
        """Whether a protected count must not be shown, for itself or for what it would tell of others (G28)."""
        if code in self.levels:
            return unit_id in self.levels[code]
        return self.flows is None or unit_id in self.flows.get(code, ())


def hidden_in(unit: Unit, span: Span, stamp: datetime | None) -> HiddenIn:
    """What is hidden in the family of the unit; `stamp` is `written_at`, read once for a page."""
    if unit.parent_id is None:
        return HiddenIn(_hidden_flows_top(unit.pk, span, stamp), _hidden_levels_top(unit.pk, span, stamp))
    parent = unit.parent_id
    return HiddenIn(_hidden_flows_below(parent, span, stamp), hidden_levels_below(parent, span, stamp))


def written_at() -> datetime | None:
    """When the figures were written last; what is kept in memory is as old."""
    return RollUp.objects.values_list("written_at", flat=True).first()


T = TypeVar("T")
_forget: list[Callable[[], None]] = []


def kept(pages: int) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Keep what a function gave for so many arguments; `written_at` among them makes it as old as the figures."""

    def keep(function: Callable[..., T]) -> Callable[..., T]:
        cached = functools.lru_cache(maxsize=pages)(function)
        _forget.append(cached.cache_clear)
        return cached

    return keep


def forget_families() -> None:
    """Drop what is kept; for tests, which write figures without a new stamp."""
    for forget in _forget:
        forget()


def hidden_of(unit: Unit, year: int, stamp: datetime | None) -> Hidden:
    """Hidden cells of the unit and of those beside it, in one year."""
    if unit.parent_id is None:
        return _hidden_top(unit.pk, year, stamp)
    return hidden_below(unit.parent_id, year, stamp)


@kept(64)
def _hidden_top(unit_id: int, year: int, stamp: datetime | None) -> Hidden:  # noqa: ARG001 - the stamp is part of the key
    return _hidden(year, {unit_id: _months(year, [unit_id]).get(unit_id, {})}, {})


@kept(512)
def hidden_below(unit_id: int, year: int, stamp: datetime | None) -> Hidden:
    """Hidden cells of the units directly below one unit, in one year."""
    unit = Unit.objects.get(pk=unit_id)
    above = hidden_of(unit, year, stamp)
    keys = list(Unit.objects.filter(parent_id=unit_id).values_list("pk", flat=True))
    months = _months(year, [unit_id, *keys])
    family: dict[int, Mapping[str, Months]] = {key: months.get(key, {}) for key in keys}
    family[REST] = _rest(months.get(unit_id, {}), list(family.values()))
    return _hidden(
        year, family, {code: frozenset(p for one, p in cells if one == unit_id) for code, cells in above.items()}
    )


@kept(64)
def _hidden_flows_top(unit_id: int, span: Span, stamp: datetime | None) -> HiddenUnits | None:
    return _hidden_units(span, lambda year: _hidden_top(unit_id, year, stamp))


@kept(512)
def _hidden_flows_below(unit_id: int, span: Span, stamp: datetime | None) -> HiddenUnits | None:
    return _hidden_units(span, lambda year: hidden_below(unit_id, year, stamp))


def _hidden_units(span: Span, cells_of: Callable[[int], Hidden]) -> HiddenUnits | None:
    """Units with a hidden cell in the span, by measure; None when the span is not made of whole months."""
    parts = calendar_parts(span)
    if parts is None:
        return None
    found: dict[str, set[int]] = {}
    for part in parts:
        for code, cells in cells_of(part.year).items():
            found.setdefault(code, set()).update(key for key, at in cells if at == part)
    return {code: frozenset(keys) for code, keys in found.items()}


def hidden_levels_of(unit: Unit, span: Span, stamp: datetime | None) -> HiddenUnits:
    """Units whose levels must not be shown for the span: of the unit and of those beside it."""
    if unit.parent_id is None:
        return _hidden_levels_top(unit.pk, span, stamp)
    return hidden_levels_below(unit.parent_id, span, stamp)


@kept(64)
def _hidden_levels_top(unit_id: int, span: Span, stamp: datetime | None) -> HiddenUnits:  # noqa: ARG001 - part of the key
    counts = counts_in([unit_id], span).get(unit_id, {})
    return {one.code: frozenset({unit_id} if is_small(flow(counts, one.code)) else ()) for one in PROTECTED_LEVELS}


@kept(512)
def hidden_levels_below(unit_id: int, span: Span, stamp: datetime | None) -> HiddenUnits:
    """The same for the units directly below one unit: small ones and their companions, all where the sum is hidden."""
    above = hidden_levels_of(Unit.objects.get(pk=unit_id), span, stamp)
    keys = list(Unit.objects.filter(parent_id=unit_id).values_list("pk", flat=True))
    counts = counts_in(keys, span, [one.code for one in PROTECTED_LEVELS])
    return {
        one.code: frozenset(
            keys
            if unit_id in above[one.code]
            else hidden_levels({key: flow(counts.get(key, _NOTHING), one.code) for key in keys})
        )
        for one in PROTECTED_LEVELS
    }


def _months(year: int, keys: list[int]) -> dict[int, dict[str, Months]]:
    rows = months_of(keys, date(year, 1, 1), date(year + 1, 1, 1))
    return {
        key: {measure.code: year_series(months, year, measure.code) for measure in PROTECTED_FLOWS}
        for key, months in rows.items()
    }


def _rest(whole: Mapping[str, Months], parts: list[Mapping[str, Months]]) -> dict[str, Months]:
    """What the unit itself has: its sum less those below it."""
    return {
        code: tuple(
            max(0, total - sum(part[code][at] for part in parts if code in part)) for at, total in enumerate(months)
        )
        for code, months in whole.items()
    }


def _hidden(
    year: int, family: Mapping[int, Mapping[str, Months]], above: Mapping[str, frozenset[CalendarPeriod]]
) -> Hidden:
    found: Hidden = {}
    nothing = (0,) * 12
    for measure in PROTECTED_FLOWS:
        if measure.code in found:
            continue
        group = [one.code for one in PROTECTED_FLOWS if one.hidden_with and one.hidden_with == measure.hidden_with]
        codes = group or [measure.code]
        series = {key: [months.get(code, nothing) for code in codes] for key, months in family.items()}
        before = found.get(TOTAL_OF.get(measure.hidden_with, ""), frozenset())
        hidden_above = frozenset().union(*(above.get(code, frozenset()) for code in codes))
        cells = frozenset(hidden_cells(year, series, hidden_above, before))
        found |= dict.fromkeys(codes, cells)
    return found
