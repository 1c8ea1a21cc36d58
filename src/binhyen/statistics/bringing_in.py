"""Totals from before this system: read from a list, kept with their source, and counted into days that are closed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.statistics.measures import BY_CODE, MeasureKind
from binhyen.statistics.models import BroughtIn, RollUp
from binhyen.statistics.rolling_up import LONGEST_LOOK_BACK, add_to_closed
from binhyen.units.models import Unit
from binhyen.units.scope import LEADER_ROLES, Scope

COLUMNS = ("ngay", "ma_chi_so", "so")
MOST = 2_000_000_000
EARLIEST = date(2015, 1, 1)
"""Zalo had no pages of offices before."""


@dataclass(frozen=True, slots=True)
class Total:
    """One figure of one day; a total of a longer time stands on its last day."""

    day: date
    code: str
    count: int


MOST_LISTED = 500


def brought_in_for(scope: Scope, unit: Unit) -> list[BroughtIn]:
    """The unit's totals, the latest day first, at most `MOST_LISTED`. Raises NotAllowed."""
    scope.check(unit.pk, LEADER_ROLES)
    rows = BroughtIn.objects.filter(unit=unit).exclude(count=0)
    return list(rows.order_by("-day", "source", "code")[:MOST_LISTED])


def codes() -> list[str]:
    """Measures that are added up; only these can be brought in."""
    return [one.code for one in BY_CODE.values() if one.kind == MeasureKind.FLOW]


def read_totals(rows: Sequence[Sequence[Any]]) -> list[Total]:
    """Totals of a list with the columns `COLUMNS` and a head.

    Raises NotPossible: totals_head, totals_day(line, text), totals_code(line, text), totals_count(line, text),
    totals_twice(line), totals_none.
    """
    head = [str(cell).strip().lower() for cell in rows[0]] if rows else []
    if head[: len(COLUMNS)] != list(COLUMNS):
        raise NotPossible("totals_head")
    found: dict[tuple[date, str], Total] = {}
    for line, row in enumerate(rows[1:], start=2):
        cells = [*row, "", "", ""][: len(COLUMNS)]
        if not any(str(cell).strip() for cell in cells):
            continue
        total = Total(_day(cells[0], line), _code(cells[1], line), _count(cells[2], line))
        if (total.day, total.code) in found:
            raise NotPossible("totals_twice", line=line)
        found[total.day, total.code] = total
    if not found:
        raise NotPossible("totals_none")
    return list(found.values())


@transaction.atomic
def bring_in(unit: Unit, totals: Iterable[Total], source: str, *, actor: int | None = None) -> int:
    """Keep the totals under their source; those of the same unit, day, measure and source are replaced, 0 takes away.

    Days the roll-up still counts are left to it; older ones are closed, so the difference is added there. The number
    of figures that changed. Raises NotPossible("totals_source").
    """
    source = clean(source).strip()[:200]
    if not source:
        raise NotPossible("totals_source")
    open_since = clock.today() - LONGEST_LOOK_BACK
    known = {(row.day, row.code): row for row in BroughtIn.objects.filter(unit=unit, source=source)}
    closed: dict[date, dict[str, int]] = {}
    changed = 0
    for total in totals:
        before = known.get((total.day, total.code))
        difference = total.count - (before.count if before else 0)
        if not difference:
            continue
        changed += 1
        _keep(unit, total, source)
        if total.day < open_since:
            closed.setdefault(total.day, {})[total.code] = difference
    add_to_closed(unit, closed)
    RollUp.objects.filter(first_day__gt=min(closed, default=date.max)).update(first_day=min(closed, default=date.max))
    audit.record(unit.pk, "figures.brought_in", actor_key=actor, facts={"changed": changed})
    return changed


def _keep(unit: Unit, total: Total, source: str) -> None:
    """A total of 0 stays as a row, so that the roll-up sees the day again."""
    values = {"count": total.count, "created_at": clock.now()}
    BroughtIn.objects.update_or_create(unit=unit, day=total.day, code=total.code, source=source, defaults=values)


def _day(cell: Any, line: int) -> date:
    """22/11/2025, 2025-11-22, or a date of a spreadsheet; not after today."""
    if isinstance(cell, date):
        day: date | None = cell.date() if isinstance(cell, datetime) else cell
    else:
        day = _written_day(str(cell).strip())
    if day is None or not EARLIEST <= day <= clock.today():
        raise NotPossible("totals_day", line=line, earliest=f"{EARLIEST:%d/%m/%Y}")
    return day


def _written_day(text: str) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    return None


def _code(cell: Any, line: int) -> str:
    code = str(cell).strip()
    if code not in codes():
        raise NotPossible("totals_code", line=line, text=code[:40])
    return code


def _count(cell: Any, line: int) -> int:
    """A whole number; "5.264" is written as in Vietnamese."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip().replace(".", "").replace(" ", "")
    if not text.isdecimal() or int(text) > MOST:
        raise NotPossible("totals_count", line=line, text=str(cell)[:40])
    return int(text)
