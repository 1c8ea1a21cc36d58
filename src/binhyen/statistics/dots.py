"""Where the model has come: the communes below a unit at their centre points, with the share of households reached."""

import functools
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max

from binhyen.core.working_time import add_months
from binhyen.statistics.families import hidden_levels_below, kept
from binhyen.statistics.models import MonthFigures
from binhyen.statistics.periods import Span
from binhyen.units.models import Unit, UnitKind
from binhyen.units.national import ISLAND_ZONES
from binhyen.units.national import communes as national_communes

LOOK_BACK = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Dot:
    """One commune; its place is the centre point of the national list (data/units/README.md)."""

    public_id: str
    name: str
    latitude: float
    longitude: float
    percent: float | None
    """Households reached among all; None: nothing counted, or hidden (G28)."""
    label: str = ""
    """Words written beside the dot: the two archipelagos."""


@dataclass(frozen=True, eq=False)
class DotMap:
    """The communes that have a place, and how many have none because they are not on the national list.

    One that is kept stays the same object, so that what is drawn of it can be kept as long.
    """

    dots: tuple[Dot, ...]
    without_place: int
    islands: tuple[Dot, ...] = ()
    """Hoàng Sa and Trường Sa where they belong to the unit and no unit stands for them here: never left off a map."""


def dots_below(unit: Unit, span: Span, stamp: datetime | None) -> DotMap:
    """Communes below the unit as of the last counted month of the span; kept until figures are written again.

    `stamp` is `families.written_at`; whoever calls has proven the right to the unit.
    """
    return _dots(unit.path, _counted_month(unit.pk, span.last_day.replace(day=1), stamp), _zones_of(unit), stamp)


@kept(512)
def _counted_month(unit_id: int, month: date, stamp: datetime | None) -> date:  # noqa: ARG001 - part of the key
    """The last month up to this one that was counted."""
    counted = MonthFigures.objects.filter(unit_id=unit_id, month__lte=month, month__gt=month - LOOK_BACK)
    last: date | None = counted.aggregate(last=Max("month"))["last"]
    return last or month


def _zones_of(unit: Unit) -> tuple[str, ...]:
    """Codes of the archipelagos' zones that a map of the unit has to show."""
    if unit.kind == UnitKind.MINISTRY:
        return tuple(ISLAND_ZONES)
    return tuple(code for code, province in _zone_provinces().items() if unit.national_code == province)


@functools.cache
def _zone_provinces() -> dict[str, str]:
    """Code of each archipelago's zone -> code of its province."""
    return {commune.code: commune.province_code for commune in national_communes() if commune.code in ISLAND_ZONES}


@kept(128)
def _dots(path: str, month: date, zones: tuple[str, ...], stamp: datetime | None) -> DotMap:
    below = Unit.objects.filter(path__startswith=path, kind=UnitKind.COMMUNE_POLICE, closed_on=None)
    units = list(below.exclude(path=path).values_list("pk", "parent_id", "public_id", "name", "national_code"))
    rows = MonthFigures.objects.filter(unit_id__in=below, month=month)
    counts = {
        key: (reached or 0, households or 0)
        for key, reached, households in rows.values_list("unit_id", "counts__households_reached", "counts__households")
    }
    span = Span(month, add_months(month, 1))
    parents = {parent for _, parent, *_ in units if parent is not None}
    hidden = {key for one in parents for key in hidden_levels_below(one, span, stamp)["households_reached"]}
    places = _places()
    dots = []
    for key, _, public_id, name, code in units:
        if code in places:
            reached, households = counts.get(key, (0, 0))
            percent = round(100 * reached / households, 1) if households and key not in hidden else None
            dots.append(Dot(public_id, name, *places[code], percent, ISLAND_ZONES.get(code, "")))
    missing = set(zones) - {code for *_, code in units}
    islands = [Dot("", ISLAND_ZONES[code], *places[code], None, ISLAND_ZONES[code]) for code in sorted(missing)]
    return DotMap(tuple(dots), len(units) - len(dots), tuple(islands))


@functools.cache
def _places() -> dict[str, tuple[float, float]]:
    return {commune.code: (commune.latitude, commune.longitude) for commune in national_communes()}
