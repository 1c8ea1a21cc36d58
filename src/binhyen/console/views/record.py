"""The record of who did what (O12): read-only, without content, and looking at it is a row of it too."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from binhyen.audit import actions as audit
from binhyen.audit import queries
from binhyen.audit.anchors import latest_anchor
from binhyen.audit.models import AuditRow
from binhyen.audit.unusual import MANY_A_DAY, Reading, readings
from binhyen.cases.queries import hidden_subjects
from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.dates import day_in
from binhyen.console.texts import error_text
from binhyen.console.texts_record import words_of_act
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import sort_key, whole_number
from binhyen.units import queries as unit_queries
from binhyen.units.models import Officer, Unit
from binhyen.units.scope import LEADER_ROLES

_FIELDS = ("unit", "who", "what", "about", "from", "to")


class Line(NamedTuple):
    """One row as shown."""

    row: AuditRow
    who: str
    what: Promise | str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the page's form holds, kept as typed."""

    filters: queries.Filters
    typed: dict[str, str]
    bad_day: Promise | str
    """What is wrong with a typed day, in words; empty when nothing is."""


@officer_required
def record(request: ConsoleRequest) -> HttpResponse:
    """The record of one of the units the officer commands or administers, with counts of unusual reading."""
    units = unit_queries.units_for(request.officer_scope, LEADER_ROLES)
    unit = next((one for one in units if one.public_id == request.GET.get("unit", "")), units[0] if units else None)
    if unit is None or (request.GET.get("unit") and unit.public_id != request.GET["unit"]):
        raise NotAllowed
    hidden = hidden_subjects(request.officer_scope, unit.pk)
    names = _names(unit, hidden)
    asked = _asked(request, names, hidden)
    rows = queries.rows_of(unit.pk, asked.filters)
    facts = {"filtered": int(any(asked.typed[name] for name in _FIELDS[1:])), "rows": len(rows[: queries.PAGE_SIZE])}
    audit.record(unit.pk, "record.read", actor_key=request.officer_scope.officer_id, facts=facts)
    context = {
        "units": units,
        "unit": unit,
        "lines": [_line(row, names) for row in rows[: queries.PAGE_SIZE]],
        "older": _older(rows, asked.typed),
        "typed": asked.typed,
        "bad_day": asked.bad_day,
        "people": sorted(names.values(), key=lambda officer: sort_key(officer.full_name)),
        "acts": [(act, words_of_act(act)) for act in queries.actions_of(unit.pk, hidden)],
        "anchor": latest_anchor(),
        "readings": _named(readings(queries.reads_of(unit.pk, without=hidden)), names),
        "many": MANY_A_DAY,
        "days": queries.READING_DAYS,
    }
    return render(request, "console/record.html", context)


def _names(unit: Unit, hidden: set[str]) -> dict[int, Officer]:
    """Everybody who ever acted in the unit, hidden subjects aside, or belongs to it, by key."""
    acted = (
        AuditRow.objects.filter(unit_key=unit.pk).exclude(subject__in=hidden).order_by().values("actor_key").distinct()
    )
    found = Officer.objects.filter(pk__in=acted) | Officer.objects.filter(memberships__unit=unit)
    return {officer.pk: officer for officer in found.distinct()}


def _asked(request: ConsoleRequest, names: dict[int, Officer], hidden: set[str]) -> _Asked:
    typed = {name: request.GET.get(name, "")[:80] for name in _FIELDS}
    days: dict[str, date | None] = {}
    bad: Promise | str = ""
    for name in ("from", "to"):
        try:
            days[name] = day_in(typed[name])
        except NotPossible as error:
            days[name], bad = None, error_text(error)
    who = next(
        (key for key, officer in names.items() if officer.public_id == typed["who"]), -1 if typed["who"] else None
    )
    before = request.GET.get("before", "")
    filters = queries.Filters(
        actor_key=who,
        action=typed["what"],
        subject=typed["about"].strip(),
        from_day=days["from"],
        to_day=days["to"],
        before=whole_number(before) or None,
        without=hidden,
    )
    return _Asked(filters, typed, bad)


def _line(row: AuditRow, names: dict[int, Officer]) -> Line:
    officer = names.get(row.actor_key or 0)
    return Line(row, officer.full_name if officer else "", words_of_act(row.action))


def _older(rows: list[AuditRow], typed: dict[str, str]) -> str:
    if len(rows) <= queries.PAGE_SIZE:
        return ""
    kept = {name: value for name, value in typed.items() if value}
    return urlencode(kept | {"before": rows[queries.PAGE_SIZE - 1].sequence})


def _named(found: list[Reading], names: dict[int, Officer]) -> list[tuple[str, Reading]]:
    return [(names[one.actor_key].full_name if one.actor_key in names else "", one) for one in found]
