"""An invented nation to try the pages of figures on: units and hamlets, and two years of roll-ups; nobody's data.

Only roll-ups are filled: no message, report or post stands behind them, so they cannot be counted afresh. A month is
one transaction, so that a stopped run is taken up where it was; the same seed gives the same figures.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from random import Random

from django.db import transaction
from django.db.models import CharField, Min, Value
from django.db.models.functions import Cast, Concat

from binhyen.core import clock
from binhyen.core.errors import Misconfigured
from binhyen.core.ids import new_public_id
from binhyen.core.many_rows import insert_rows
from binhyen.core.text import fold, sort_key
from binhyen.core.working_time import add_months
from binhyen.statistics.models import AreaFigures, DayFigures, MonthFigures, RollUp
from binhyen.statistics.storing import Row, look_over, repeat, store
from binhyen.units.demo_officer import DEMO_USERNAME
from binhyen.units.models import Area, AreaKind, Officer, Role, Unit, UnitKind, UnitName
from binhyen.units.national import ISLAND_ZONES
from binhyen.units.national import Commune as Place
from binhyen.units.national import communes as places
from binhyen.workflows.invented_days import Commune, Hamlet, Vector, added, as_json, month_of
from binhyen.workflows.published_cases import MARK
from binhyen.workflows.seeding import add_officer

SLUG = f"{MARK}ca-nuoc"
AREA_COLUMNS = (
    *("public_id", "unit_id", "kind", "name", "local_kind", "household_count", "inhabitant_count", "sort_key"),
)
HOUSEHOLDS = AREA_COLUMNS.index("household_count")
MARKED = "(số liệu dựng)"
"""Stands behind every name, so that no page can be taken for a real one."""
SAMPLE_DAYS = 31
JOINING_DAYS = 300
"""Communes join the model within so many days, some before all began."""


@dataclass(frozen=True, slots=True)
class Size:
    """What to invent: how many of the 3,321 communes, how many years, and the seed."""

    communes: int
    years: int
    seed: int = 1


def check_may_invent(*, beside_real_units: bool) -> None:
    """Raises Misconfigured where units live that were not loaded as an example, unless told."""
    real = Unit.objects.exclude(slug__startswith=MARK).order_by("pk").first()
    if real is not None and not beside_real_units:
        raise Misconfigured(
            f"{real.name} lives in this database. Give the invented nation a folder of its own (set BINHYEN_DATA_DIR "
            "or BINHYEN_DATABASE to it), or add --beside-real-units."
        )


class InventedNation:
    """Builds it; every step is a month."""

    def __init__(self, size: Size, *, sampled_until: date | None = None) -> None:
        """`sampled_until`: months before that day are one of their days taken `SAMPLE_DAYS` times. Only the last of
        them has rows of days, all alike, and hamlets are in every month as they are in that one: as many rows to read
        and a tenth of the work."""
        self.size, self.sampled_until = size, sampled_until
        first = add_months(clock.today().replace(day=1), -12 * size.years)
        self.months = [add_months(first, step) for step in range(12 * size.years)]

    @cached_property
    def top(self) -> Unit:
        """The nation; made with everything below it when missing. Raises Misconfigured for another size."""
        with transaction.atomic():
            return self._units()

    def steps(self) -> Iterator[date]:
        """Fill what is missing; gives each month when it is stored."""
        top = self.top
        done = set(MonthFigures.objects.filter(unit=top).values_list("month", flat=True))
        communes, parents = self._communes(), dict(Unit.objects.values_list("pk", "parent_id"))
        for month in self.months:
            self._month(month, communes, parents, is_stored=month in done)
            yield month
        first = RollUp.objects.values_list("first_day", flat=True).first() or self.months[0]
        values = {"written_at": clock.now(), "first_day": min(first, self.months[0])}
        RollUp.objects.update_or_create(pk=1, defaults=values)
        look_over(Unit, UnitName, Area, DayFigures, MonthFigures, AreaFigures)

    @transaction.atomic
    def _month(
        self, month: date, communes: list[Commune], parents: Mapping[int, int | None], *, is_stored: bool
    ) -> None:
        """A stored month is invented again without being written, since the next one follows from it."""
        step = SAMPLE_DAYS if self.sampled_until and month < self.sampled_until else 1
        end, by_unit = add_months(month, 1), {}
        lines: list[tuple[int, int, Hamlet, tuple[int, int, int]]] = []
        for commune in communes:
            days, hamlets = self._days(commune, month, end, step)
            by_unit[commune.unit_id] = days
            lines += [
                (commune.unit_id, hamlet.area_id, hamlet, line)
                for hamlet, line in zip(commune.hamlets, hamlets, strict=True)
            ]
        if is_stored:
            return
        _add_above(by_unit, parents)
        self._store_days(month, end, by_unit, step)
        months = ((unit_id, month, as_json(month_of(vectors, step))) for unit_id, vectors in by_unit.items())
        store(MonthFigures, ("unit_id", "month", "counts"), months)
        if step == 1 or month == self.months[-1]:
            areas = ((area, unit, month, _area_json(hamlet, line)) for unit, area, hamlet, line in lines)
            store(AreaFigures, ("area_id", "unit_id", "month", "counts"), areas)
            if step > 1:
                repeat(AreaFigures, ("area_id", "unit_id", "counts"), "month", month, self.months[:-1])

    def _store_days(self, month: date, end: date, by_unit: Mapping[int, list[Vector]], step_days: int) -> None:
        if step_days > 1 and month != self.months[-1]:
            return
        dates = [month + timedelta(days=at) for at in range((end - month).days)]
        texts = {unit_id: [as_json(vector) for vector in vectors] for unit_id, vectors in by_unit.items()}
        rows: Iterator[Row] = (
            (unit_id, day, text) for unit_id, days in texts.items() for day, text in zip(dates, days, strict=False)
        )
        store(DayFigures, ("unit_id", "day", "counts"), rows)
        if step_days > 1:
            repeat(DayFigures, ("unit_id", "counts"), "day", month, dates[1:])

    def _days(
        self, commune: Commune, month: date, end: date, step_days: int
    ) -> tuple[list[Vector], list[tuple[int, int, int]]]:
        """Vectors of the month's days, and the hamlets' levels at its end. Levels are counted on Mondays."""
        since = (month - self.months[0]).days
        levels: Vector = []
        hamlets: list[tuple[int, int, int]] = []
        vectors: list[Vector] = []
        for step in range(0, (end - month).days, step_days):
            day, grown = month + timedelta(days=step), commune.grown(since + step)
            if day.weekday() == 0 or not vectors:
                levels, hamlets = commune.levels(grown)
            vectors.append(levels + commune.flows(day, grown))
        return vectors, hamlets

    def _communes(self) -> list[Commune]:
        hamlets: dict[int, list[tuple[int, int, int]]] = {}
        units = Unit.objects.filter(path__startswith=self.top.path, kind=UnitKind.COMMUNE_POLICE).order_by("slug")
        areas = Area.objects.filter(unit__in=units).order_by("pk")
        columns = areas.values_list("unit_id", "pk", "household_count", "inhabitant_count")
        for unit_id, area_id, households, inhabitants in columns:
            hamlets.setdefault(unit_id, []).append((area_id, households or 0, inhabitants or 0))
        return [_commune(unit, hamlets[unit.pk], self.size.seed) for unit in units]

    def _units(self) -> Unit:
        chosen = _chosen(self.size.communes)
        top = Unit.objects.filter(slug=SLUG).first()
        if top is None:
            return _made(chosen, self.size.seed)
        have = Unit.objects.filter(path__startswith=top.path, kind=UnitKind.COMMUNE_POLICE).count()
        if have != len(chosen):
            raise Misconfigured(f"an invented nation of {have} communes is here already: give --communes {have}.")
        self._check_same(top)
        return top

    def _check_same(self, top: Unit) -> None:
        """Months of another seed or another first month would not go together."""
        first = MonthFigures.objects.filter(unit=top).aggregate(month=Min("month"))["month"]
        if first not in (None, self.months[0]):
            raise Misconfigured(
                f"an invented nation from {first:%m/%Y} on is here already; load into an empty database."
            )
        unit = Unit.objects.filter(path__startswith=top.path, kind=UnitKind.COMMUNE_POLICE).order_by("slug")[0]
        stored = list(Area.objects.filter(unit=unit).order_by("pk").values_list("household_count", flat=True))
        if stored != [row[HOUSEHOLDS] for row in _areas(unit, self.size.seed)]:
            raise Misconfigured("an invented nation of another --seed is here already.")


def add_watcher(top: Unit) -> Officer:
    """The invented commander, who sees the figures of everything below."""
    return add_officer(top, "ca-nuoc", f"Chỉ huy {MARKED}", [Role.COMMANDER])


def show_in_demo(top: Unit) -> None:
    """Let the demo's officer see it too."""
    add_officer(top, DEMO_USERNAME, "", [Role.COMMANDER])


def _chosen(count: int) -> list[Place]:
    """So many of all communes, evenly over the provinces, and always Hoàng Sa and Trường Sa where two have room."""
    everywhere = sorted(places(), key=lambda place: (place.province_code, place.code))
    islands = [place for place in everywhere if place.code in ISLAND_ZONES] if count >= len(ISLAND_ZONES) else []
    others = [place for place in everywhere if place not in islands]
    rest = count - len(islands)
    return sorted(
        [*islands, *(others[at * len(others) // rest] for at in range(rest))],
        key=lambda place: (place.province_code, place.code),
    )


def _made(chosen: list[Place], seed: int) -> Unit:
    top = Unit.objects.create(slug=SLUG, name=f"Cả nước {MARKED}", short_name="Bộ Công an", kind=UnitKind.MINISTRY)
    provinces_by_code = {place.province_code: place.province for place in chosen}
    police = [
        _unit(top, UnitKind.PROVINCE_POLICE, f"{SLUG}-tinh-{code}", name, "Công an tỉnh", code)
        for code, name in provinces_by_code.items()
    ]
    provinces = {unit.national_code: unit for unit in _stored(top, police)}
    communes: list[Unit] = []
    for code, province in provinces.items():
        inside = [
            _unit(province, UnitKind.COMMUNE_POLICE, f"{SLUG}-{place.code}", place.name, "Công an xã", place.code)
            for place in chosen
            if place.province_code == code
        ]
        communes += _stored(province, inside)
    names = [
        UnitName(unit=unit, name=unit.name, folded=fold(unit.name), is_current=True)
        for unit in (top, *police, *communes)
    ]
    insert_rows(names)
    store(Area, AREA_COLUMNS, (row for unit in communes for row in _areas(unit, seed)))
    return top


def _unit(parent: Unit, kind: UnitKind, slug: str, place: str, short_name: str, code: str) -> Unit:
    """ "Công an xã Thạch Hà (số liệu dựng)"."""
    name = f"Công an {place[0].lower()}{place[1:]} {MARKED}"
    at = clock.now()
    return Unit(
        parent=parent, kind=kind, slug=slug, name=name, short_name=short_name, national_code=code, created_at=at
    )


def _stored(parent: Unit, units: list[Unit]) -> list[Unit]:
    """The units with their keys, and with their paths in the database."""
    insert_rows(units)
    own = Concat(Value(parent.path), Cast("pk", CharField()), Value("/"))
    Unit.objects.filter(parent=parent).update(path=own)
    for unit in units:
        unit.path = f"{parent.path}{unit.pk}/"
    return units


def _areas(unit: Unit, seed: int) -> Iterator[Row]:
    """Rows of hamlets, one in fifteen so small that it is merged (G28)."""
    random = Random(f"{seed} areas {unit.national_code}")  # noqa: S311 - nothing secret is drawn
    for number in range(1, random.randint(5, 14)):
        households = random.randint(8, 19) if random.random() < 1 / 15 else int(random.lognormvariate(6.3, 0.6)) + 20
        inhabitants, name = int(households * random.uniform(3.1, 4.2)), f"Thôn {number}"
        yield new_public_id(), unit.pk, AreaKind.HAMLET.value, name, "thôn", households, inhabitants, _place_of(name)


_place_of = cache(sort_key)
"""The same few names stand in every commune."""


def _commune(unit: Unit, areas: list[tuple[int, int, int]], seed: int) -> Commune:
    """`areas`: key, households and inhabitants of each."""
    random = Random(f"{seed} {unit.national_code}")  # noqa: S311 - nothing secret is drawn
    hamlets = [Hamlet(*area, random.uniform(0.35, 0.97)) for area in areas]
    starts = random.randrange(-JOINING_DAYS // 2, JOINING_DAYS)
    return Commune(unit.pk, random, hamlets, starts, random.lognormvariate(0, 0.35))


def _add_above(by_unit: dict[int, list[Vector]], parents: Mapping[int, int | None]) -> None:
    """The days of every unit above, as sums of those below."""
    for unit_id, vectors in list(by_unit.items()):
        at = parents[unit_id]
        while at is not None:
            before = by_unit.get(at)
            by_unit[at] = list(map(added, before, vectors)) if before else vectors
            at = parents[at]


def _area_json(hamlet: Hamlet, line: tuple[int, int, int]) -> str:
    reached, members, groups = line
    counts = {"groups": groups, "households": hamlet.households, "households_reached": reached}
    return json.dumps({**counts, "inhabitants": hamlet.inhabitants, "members": members})
