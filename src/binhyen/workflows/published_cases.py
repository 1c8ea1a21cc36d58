"""The five published cases of the model as units with figures: rows of the rooms where there are any, day by day.

Groups, pages, posts, hamlets and procedures are rows like those of any unit. Messages, questions, reports and views, of
which only totals were published, are brought in with their source (`statistics.BroughtIn`). All goes through the same
roll-up, so the review of the period prints what was published.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from importlib import resources
from typing import Any

from django.db import transaction

from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import Misconfigured
from binhyen.core.yaml_text import parsed
from binhyen.statistics.models import BroughtIn, DayFigures, RollUp
from binhyen.statistics.periods import Span, span_of
from binhyen.statistics.reading import counts_in, flow
from binhyen.statistics.rolling_up import roll_up
from binhyen.units.models import Area, Unit
from binhyen.workflows.published_rows import Rows

_TOLD = (
    *("communes", "areas", "households", "inhabitants", "pages", "followers"),
    *("groups", "internal_groups", "internal_members", "posts"),
)
MARK = "mau-"
"""Portal addresses of loaded units begin with it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One published case; `told` holds its totals by name (data/programme/cases.yaml)."""

    name: str
    told: dict[str, Any]

    @property
    def span(self) -> Span:
        """The days of its figures."""
        return span_of(str(self.told["period"]))

    @property
    def totals(self) -> dict[str, int]:
        """Measure -> what was published."""
        counts: dict[str, int] = {code: self.told[code] for code in _TOLD if code in self.told}
        counts |= self.told.get("brought", {})
        if "procedures" in self.told:
            counts["own_procedures"] = self.told["procedures"]
        if "groups_of_communes" in self.told:
            counts["groups"] = sum(self.told["groups_of_communes"])
        return counts

    @property
    def slug(self) -> str:
        """Portal address of its highest unit."""
        return f"{MARK}{self.name}"


def cases() -> dict[str, Case]:
    """All five by the name the command takes."""
    source = resources.files("binhyen.data") / "programme" / "cases.yaml"
    return {name: Case(name, told) for name, told in parsed(source.read_text(encoding="utf8")).items()}


def counts_until(case: Case, day: date) -> dict[str, int] | None:
    """Measure -> count of a loaded case from its first day to the end of that one; None when it is not loaded.

    Nothing is hidden (G28): the totals are published and their days made up. Two queries.
    """
    unit = Unit.objects.filter(slug=case.slug).first()
    if unit is None:
        return None
    found = counts_in([unit.pk], Span(case.span.start, day + timedelta(days=1))).get(unit.pk, {})
    return {code: flow(found, code) for code in case.totals}


def check_may_load() -> None:
    """Raises Misconfigured where a real unit lives: counting past days afresh would spoil its closed figures."""
    if configuration().mode == "production" and Unit.objects.exclude(slug__startswith=MARK).exists():
        raise Misconfigured(
            "this installation serves a unit; load cases into a data folder of their own: set BINHYEN_DATA_DIR to it"
        )


class Loading:
    """Loads one case; every step is a transaction, so that a stopped run is taken up where it was."""

    def __init__(self, case: Case, every_days: int = 1) -> None:
        """`every_days`: what happened meanwhile is put on each such day; the totals stay the same."""
        self.case = case
        span = case.span
        days = [span.start + timedelta(days=step) for step in range(0, span.days, every_days)]
        self.days = days if days[-1] == span.last_day else [*days, span.last_day]

    @cached_property
    def top(self) -> Unit:
        """The highest unit, with everything below it; made when missing."""
        return self._units()[0]

    def steps(self) -> Iterator[date]:
        """Load what is missing, a day at a time; gives each day when it is stored."""
        units = self._units()
        rows = Rows(self.case.slug, self.case.told, units)
        done = set(DayFigures.objects.filter(unit=units[0], day__in=self.days).values_list("day", flat=True))
        for at, day in enumerate(self.days):
            if day not in done:
                self._step(rows, at, day)
            yield day
        first = RollUp.objects.values_list("first_day", flat=True).first() or self.days[0]
        values = {"written_at": clock.now(), "first_day": min(first, self.days[0])}
        RollUp.objects.update_or_create(pk=1, defaults=values)

    @transaction.atomic
    def _step(self, rows: Rows, at: int, day: date) -> None:
        noon = datetime.combine(day, time(12), clock.VIETNAM)
        rows.bring_up_to(noon, at + 1, len(self.days))
        brought = [
            BroughtIn(
                unit=rows.one_of_all(at),
                day=day,
                code=code,
                count=part_of(total, at, len(self.days)),
                source=self.case.told["source"],
                created_at=clock.now(),
            )
            for code, total in self.case.told.get("brought", {}).items()
        ]
        BroughtIn.objects.bulk_create([row for row in brought if row.count], ignore_conflicts=True)
        roll_up(day)

    @transaction.atomic
    def _units(self) -> list[Unit]:
        """The top, then its communes."""
        told, slug = self.case.told, self.case.slug
        top, _ = Unit.objects.get_or_create(
            slug=slug, defaults={"name": told["name"], "short_name": told["short_name"], "kind": told["kind"]}
        )
        have = Unit.objects.filter(parent=top).count()
        for number in range(have + 1, told.get("communes", 0) + 1):
            Unit.objects.create(
                parent=top,
                slug=f"{slug}-{number:03d}",
                name=f"Công an xã số {number:03d}",
                short_name="Công an xã",
                kind="commune_police",
            )
        units = [top, *Unit.objects.filter(parent=top).order_by("slug")]
        self._areas(units)
        return units

    def _areas(self, units: list[Unit]) -> None:
        """Hamlets hold the households: as many as were published, else one for each group."""
        told = self.case.told
        count = told.get("areas", told.get("groups", 0) if "households" in told else 0)
        if not count or Area.objects.filter(unit__in=units).exists():
            return
        homes = units[1:] or units
        for at in range(count):
            Area.objects.create(
                unit=homes[at % len(homes)],
                name=f"Thôn {at // len(homes) + 1}",
                household_count=part_of(told["households"], at, count),
                inhabitant_count=part_of(told["inhabitants"], at, count) if "inhabitants" in told else None,
            )


def part_of(total: int, at: int, parts: int) -> int:
    """The `at`-th of `parts` shares that add up to the total, as even as whole numbers can be."""
    return total * (at + 1) // parts - total * at // parts
