"""Which figures have to be hidden so that no count of one to four people can be read or worked out (G28).

Counts of residents' acts are shown for calendar periods only, never for single days or other spans. They form a table
of units (a family: one unit and those directly below it) by periods (year, halves, quarters, months), in which every
cell is the sum of finer ones. What is hidden is decided from coarse to fine: where one finer cell of a unit is 1 to 4,
all finer cells of that unit in that period are hidden, for at least two units of the family at once and enough of them
that together they are not small either. So the hidden cells are whole blocks of which only sums are known (ADR 15).
"""

from collections.abc import Collection, Mapping, Sequence

from binhyen.statistics.periods import CalendarPeriod, Grain

LEAST_SHOWN = 5
"""k of G28: a count from 1 to 4 is never shown."""
Months = Sequence[int]
"""Twelve counts, January first."""
Cell = tuple[int, CalendarPeriod]
"""Unit and period."""


def is_small(count: int) -> bool:
    """Whether the count could point to somebody."""
    return 0 < count < LEAST_SHOWN


def sum_in(months: Months, period: CalendarPeriod) -> int:
    """The count of a calendar period out of those of its months."""
    return sum(months[month - 1] for month in period.months)


def hidden_cells(
    year: int,
    family: Mapping[int, Sequence[Months]],
    hidden_above: Collection[CalendarPeriod] = frozenset(),
    hidden_before: Collection[Cell] = frozenset(),
) -> set[Cell]:
    """Cells of the units directly below one unit that must not be shown for `year`.

    `family` maps each unit to its series: one, or several that add up to something shown elsewhere and are therefore
    hidden together. `hidden_above` are the periods hidden for the unit above: they are hidden for all below, since
    their sum would tell. `hidden_before` are cells of a total that the series make up: its parts would tell it.
    """
    whole = CalendarPeriod(year, Grain.YEAR, 1)
    hidden: set[Cell] = {(unit, period) for unit in family for period in hidden_above} | set(hidden_before)
    _hide(hidden, family, (whole,), whole)
    level = [whole]
    while level:
        for period in level:
            if period.parts:
                _hide(hidden, family, period.parts, period)
        level = [part for period in level for part in period.parts]
    return hidden


def _hide(
    hidden: set[Cell], family: Mapping[int, Sequence[Months]], cells: Sequence[CalendarPeriod], within: CalendarPeriod
) -> None:
    """Hide `cells`, which make up `within`, for every unit that needs it, and for more when it would stand alone."""
    chosen = {
        unit
        for unit, series in family.items()
        if any((unit, cell) in hidden for cell in (within, *cells))
        or any(is_small(sum_in(one, cell)) for one in series for cell in cells)
    }
    while chosen and (companion := _companion(family, chosen, cells, within)) is not None:
        chosen.add(companion)
    hidden |= {(unit, cell) for unit in chosen for cell in cells}


def _companion(
    family: Mapping[int, Sequence[Months]], chosen: set[int], cells: Sequence[CalendarPeriod], within: CalendarPeriod
) -> int | None:
    """The smallest unit to be hidden too, because one stands alone or all hidden ones together are still small."""
    length = max(len(series) for series in family.values())
    columns = [
        sum(sum_in(series[index], cell) for unit, series in family.items() if unit in chosen and index < len(series))
        for index in range(length)
        for cell in cells
    ]
    if len(chosen) > 1 and not any(is_small(column) for column in columns):
        return None
    totals = {unit: sum(sum_in(one, within) for one in family[unit]) for unit in family.keys() - chosen}
    return min((unit for unit, total in totals.items() if total), key=lambda unit: (totals[unit], unit), default=None)


def hidden_levels(family: Mapping[int, int]) -> set[int]:
    """Units whose level must not stand beside the sum of all: the small ones, and more until these do not stand out."""
    hidden = {unit for unit, level in family.items() if is_small(level)}
    others = sorted((level, unit) for unit, level in family.items() if level and unit not in hidden)
    while hidden and others and (len(hidden) == 1 or is_small(sum(family[unit] for unit in hidden))):
        hidden.add(others.pop(0)[1])
    return hidden
