"""G28 by a solver: no small count follows from what is shown, neither from totals nor from other periods."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from binhyen.statistics.periods import CalendarPeriod, Grain, year_tree
from binhyen.statistics.protection import Cell, hidden_cells, is_small, sum_in

YEAR = 2026
PERIODS = list(year_tree(YEAR))
ROOT = 1
COUNTS = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 60))
MONTHS = st.lists(COUNTS, min_size=12, max_size=12).map(tuple)


@st.composite
def trees(draw) -> tuple[dict[int, list[int]], dict[int, tuple[int, ...]]]:
    """A unit with units below, some of which have units below themselves; months of each unit, sums above."""
    below: dict[int, list[int]] = {ROOT: []}
    months: dict[int, tuple[int, ...]] = {}
    for child in range(2, 2 + draw(st.integers(2, 4))):
        below[ROOT].append(child)
        leaves = draw(st.integers(0, 3))
        if leaves == 0:
            months[child] = draw(MONTHS)
            continue
        below[child] = [child * 10 + step for step in range(leaves)]
        for leaf in below[child]:
            months[leaf] = draw(MONTHS)
        months[child] = tuple(map(sum, zip(*(months[leaf] for leaf in below[child]), strict=True)))
    months[ROOT] = tuple(map(sum, zip(*(months[child] for child in below[ROOT]), strict=True)))
    return below, months


def hidden_in(below: dict[int, list[int]], months: dict[int, tuple[int, ...]]) -> set[Cell]:
    """As the pages do it: the top by itself, then every family with what is hidden above."""
    hidden = hidden_cells(YEAR, {ROOT: [months[ROOT]]})
    for unit in sorted(below, key=lambda unit: unit != ROOT):
        above = {period for one, period in hidden if one == unit}
        hidden |= hidden_cells(YEAR, {child: [months[child]] for child in below[unit]}, above)
    return hidden


def equations(below, months, hidden) -> tuple[np.ndarray, np.ndarray, dict[Cell, np.ndarray]]:
    """What everybody knows (rows over the cells of leaves by month), and each cell as such a row."""
    leaves = [unit for unit in months if unit not in below]
    column = {(leaf, month): at for at, (leaf, month) in enumerate(itertools.product(leaves, range(1, 13)))}

    def leaves_of(unit: int) -> list[int]:
        return [leaf for child in below[unit] for leaf in leaves_of(child)] if unit in below else [unit]

    rows: dict[Cell, np.ndarray] = {}
    for unit, period in itertools.product(months, PERIODS):
        row = np.zeros(len(column))
        for leaf, month in itertools.product(leaves_of(unit), period.months):
            row[column[leaf, month]] = 1
        rows[unit, period] = row
    shown = [cell for cell in rows if cell not in hidden]
    known = np.array([rows[cell] for cell in shown]).reshape(len(shown), len(column))
    return known, np.array([sum_in(months[unit], period) for unit, period in shown]), rows


@settings(max_examples=25, deadline=None)
@given(trees())
def test_no_small_count_is_shown_or_follows_from_what_is_shown(tree):
    below, months = tree
    hidden = hidden_in(below, months)
    small = {cell for cell in itertools.product(months, PERIODS) if is_small(sum_in(months[cell[0]], cell[1]))}
    assert small <= hidden
    known, values, rows = equations(below, months, hidden)
    rank = np.linalg.matrix_rank(known) if len(known) else 0
    for cell in small:
        assert np.linalg.matrix_rank(np.vstack([known, rows[cell]])) > rank, cell
    for cell in sorted(small, key=str)[:2]:
        ends = [
            linprog(sign * rows[cell], A_eq=known if len(known) else None, b_eq=values if len(known) else None)
            for sign in (1, -1)
        ]
        assert -ends[1].fun - ends[0].fun > 0.5 if ends[1].status == 0 else ends[1].status == 3, cell


@settings(max_examples=40, deadline=None)
@given(trees())
def test_the_difference_of_two_shown_figures_is_never_small(tree):
    below, months = tree
    hidden = hidden_in(below, months)
    shown = [cell for cell in itertools.product(months, PERIODS) if cell not in hidden]
    value = {cell: sum_in(months[cell[0]], cell[1]) for cell in shown}
    for (unit, outer), (other, inner) in itertools.product(shown, shown):
        holds = set(inner.months) <= set(outer.months) and (other == unit or other in below.get(unit, []))
        if holds and (other == unit or inner == outer):
            assert not is_small(value[unit, outer] - value[other, inner]), (unit, outer, other, inner)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(100, 900), min_size=12, max_size=12).map(tuple), min_size=2, max_size=5))
def test_nothing_is_hidden_where_nothing_is_small(rows):
    assert hidden_cells(YEAR, {unit: [months] for unit, months in enumerate(rows)}) == set()


def test_what_is_hidden_above_is_hidden_below():
    months = CalendarPeriod(YEAR, Grain.QUARTER, 1).parts
    family = {1: [(100,) * 12], 2: [(90,) * 12]}
    assert hidden_cells(YEAR, family, months) == {(unit, month) for unit in family for month in months}


def test_parts_of_one_total_are_hidden_together():
    quarter = CalendarPeriod(YEAR, Grain.QUARTER, 1)
    family = {1: [(100,) * 12, (2, 60, 60) + (70,) * 9], 2: [(90,) * 12, (80,) * 12]}
    hidden = hidden_cells(YEAR, family)
    assert {(unit, part) for unit in (1, 2) for part in quarter.parts} == hidden
