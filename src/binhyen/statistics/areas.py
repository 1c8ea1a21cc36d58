"""Figures of hamlets: levels at the end of a month, small hamlets together and small counts hidden (G28)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from binhyen.core.errors import NotAllowed
from binhyen.core.working_time import add_months
from binhyen.statistics.families import hidden_levels_of
from binhyen.statistics.measures import SMALLEST_AREA
from binhyen.statistics.models import AreaFigures
from binhyen.statistics.periods import Span
from binhyen.statistics.protection import hidden_levels
from binhyen.statistics.reading import flow
from binhyen.statistics.rolling_up import Counts
from binhyen.units.models import Area, Unit

LOOK_BACK = timedelta(days=62)
"""Levels of the last two months stand in for a month without any."""
MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area, or all small ones together."""

    name: str
    """Empty: the small ones."""
    households: int
    reached: int | None
    members: int | None
    """None: hidden."""
    public_id: str = ""
    inhabitants: int = 0
    groups: int = 0

    @property
    def percent(self) -> float | None:
        """Households reached among all."""
        return round(100 * self.reached / self.households, 1) if self.households and self.reached is not None else None


@dataclass(frozen=True, slots=True)
class AreaMonths:
    """The page of one hamlet."""

    area: Area
    now: AreaLine
    months: list[tuple[date, AreaLine | None]]
    """First day of each of the last twelve months, the oldest first; None where nothing was counted."""


def area_lines(unit: Unit, span: Span, stamp: datetime | None) -> list[AreaLine]:
    """Areas as of the last month of the span; `stamp` is `families.written_at`."""
    month = span.last_day.replace(day=1)
    rows = AreaFigures.objects.filter(unit=unit, month__lte=month, month__gt=month - LOOK_BACK)
    names, months = _by_month(rows)
    latest: dict[int, Counts] = {}
    for each in sorted(months):
        latest |= months[each]
    return _lines(names, latest, _hidden_of_unit(unit, span, stamp))


def area_months(unit: Unit, area_id: str, span: Span, stamp: datetime | None) -> AreaMonths:
    """One hamlet of the unit up to the last month of the span; the right to the unit is proven by whoever calls.

    Raises NotAllowed for an unknown area and for one so small that it is shown together with others.
    """
    area = Area.objects.filter(unit=unit, public_id=area_id).first()
    if area is None:
        raise NotAllowed
    last = span.last_day.replace(day=1)
    months = [add_months(last, step - MONTHS_SHOWN + 1) for step in range(MONTHS_SHOWN)]
    names, by_month = _by_month(AreaFigures.objects.filter(unit=unit, month__gte=months[0], month__lte=last))
    found = []
    for month in months:
        hidden = _hidden_of_unit(unit, Span(month, add_months(month, 1)), stamp)
        found.append((month, _line_of(area_id, _lines(names, by_month.get(month, {}), hidden))))
    now = next((line for _, line in reversed(found) if line), None)
    if now is None:
        raise NotAllowed
    return AreaMonths(area, now, found)


def _by_month(rows: QuerySet[AreaFigures]) -> tuple[dict[int, tuple[str, str]], dict[date, dict[int, Counts]]]:
    """Name and public id of each area in the order of the names, and the counts of each month. One query."""
    names: dict[int, tuple[str, str]] = {}
    months: dict[date, dict[int, Counts]] = defaultdict(dict)
    columns = ("area_id", "area__name", "area__public_id", "month", "counts")
    for key, name, public_id, month, counts in rows.order_by("area__sort_key").values_list(*columns):
        names[key] = (name, public_id)
        months[month][key] = counts
    return names, months


def _line_of(area_id: str, lines: list[AreaLine]) -> AreaLine | None:
    return next((line for line in lines if line.public_id == area_id), None)


def _hidden_of_unit(unit: Unit, span: Span, stamp: datetime | None) -> set[str]:
    """Levels of the unit that are hidden: its areas would tell their sum."""
    return {code for code, units in hidden_levels_of(unit, span, stamp).items() if unit.pk in units}


def _merged(households: Mapping[int, int]) -> set[int]:
    """Areas shown as one line: the small ones, and the next larger ones until together they are not small either."""
    merged = {key for key, count in households.items() if count < SMALLEST_AREA}
    larger = sorted((count, key) for key, count in households.items() if key not in merged)
    while merged and larger and sum(households[key] for key in merged) < SMALLEST_AREA:
        merged.add(larger.pop(0)[1])
    return merged


def _lines(
    names: Mapping[int, tuple[str, str]], latest: Mapping[int, Counts], hidden_sums: Collection[str]
) -> list[AreaLine]:
    """A line for each large area in the order of the names, and one for all small ones."""
    merged = _merged({key: flow(counts, "households") for key, counts in latest.items() if key in names})
    lines = [(*names[key], latest[key]) for key in names if key in latest and key not in merged]
    small = [latest[key] for key in merged]
    if small:
        codes = ("households", "households_reached", "members", "inhabitants", "groups")
        together: Counts = {code: sum(flow(one, code) for one in small) for code in codes}
        lines.append(("", "", together))
    hidden = {
        code: set(range(len(lines)))
        if code in hidden_sums
        else hidden_levels({at: flow(counts, code) for at, (_, _, counts) in enumerate(lines)})
        for code in ("households_reached", "members")
    }
    return [
        AreaLine(
            name,
            flow(counts, "households"),
            None if at in hidden["households_reached"] else flow(counts, "households_reached"),
            None if at in hidden["members"] else flow(counts, "members"),
            public_id,
            flow(counts, "inhabitants"),
            flow(counts, "groups"),
        )
        for at, (name, public_id, counts) in enumerate(lines)
    ]
