"""How often residents said that a procedure's page helped, by whole quarter; small counts are hidden (G28).

Only quarters that are over are shown, each on its own and never a sum of several or of both answers: no two numbers on
the page, today or later, differ by a few people's votes.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from binhyen.core.models import DailyCount
from binhyen.procedures.effective import catalogue_of
from binhyen.procedures.queries import access_editable_unit
from binhyen.statistics.periods import CalendarPeriod, Grain, period_around
from binhyen.statistics.protection import is_small
from binhyen.units.models import Unit
from binhyen.units.scope import Scope

QUARTERS_SHOWN = 4
_NAME = "procedure.helped."


@dataclass(frozen=True, slots=True)
class Helped:
    """Votes about one procedure in one quarter."""

    procedure: str
    title: str
    yes: int | None
    """None: one to four people, so it is not shown."""
    no: int | None


def whole_quarters(today: date) -> list[CalendarPeriod]:
    """The last quarters that are over, the latest first."""
    found, day = [], period_around(today, Grain.QUARTER).span.start
    for _ in range(QUARTERS_SHOWN):
        quarter = period_around(date.fromordinal(day.toordinal() - 1), Grain.QUARTER)
        found.append(quarter)
        day = quarter.span.start
    return found


def helped_in(scope: Scope, unit: Unit, quarter: CalendarPeriod) -> list[Helped]:
    """Procedures with votes, those with most "no" that may be shown first. One query."""
    access_editable_unit(scope, unit.public_id)
    span = quarter.span
    rows = DailyCount.objects.filter(unit_key=unit.pk, name__startswith=_NAME, day__gte=span.start, day__lt=span.end)
    counts: dict[str, dict[str, int]] = {}
    for name, total in rows.values("name").annotate(total=Sum("count")).values_list("name", "total"):
        answer, _, procedure = name.removeprefix(_NAME).partition(".")
        counts.setdefault(procedure, {})[answer] = total
    titles = {one.id: one.title for one in catalogue_of(unit.pk).procedures}
    found = [
        Helped(procedure, titles.get(procedure, procedure), _shown(both.get("yes", 0)), _shown(both.get("no", 0)))
        for procedure, both in counts.items()
    ]
    return sorted(found, key=lambda one: (-(one.no or 0), one.title))


def _shown(count: int) -> int | None:
    return None if is_small(count) else count
