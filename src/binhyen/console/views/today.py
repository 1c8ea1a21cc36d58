"""The duty desk's first page: who has duty, what is urgent or late, the stop switch, the hand-over note."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binhyen.cases.conflicts import CASE_ROLES
from binhyen.cases.incidents.swarms import hot_cards_for
from binhyen.cases.queries import count_cases
from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.notices import page_troubles_for
from binhyen.console.procedure_words import FIELDS, TASKS
from binhyen.console.texts import OPEN_WHY, error_text
from binhyen.console.texts_lost_found import CLOCKS
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox.alerts import ringing_alerts_for
from binhyen.inbox.notice_alarms import notice_alarms
from binhyen.lost_found.queries import WORK_ROLES, Task, tasks_for
from binhyen.procedures.effective import catalogue_of
from binhyen.procedures.oversight import endings_for
from binhyen.procedures.queries import EDIT_ROLES
from binhyen.units import duty, shifts
from binhyen.units import queries as unit_queries
from binhyen.units.models import HandOver, Unit
from binhyen.units.scope import REPLY_ROLES, ROSTER_ROLES, SWITCH_ROLES, Scope
from binhyen.workflows.duty_board import OpenMatters, open_lines_for, open_matters_for, promise_words

TASKS_SHOWN = 12


@officer_required
def today(request: ConsoleRequest) -> HttpResponse:
    """One unit's board; `?unit=` chooses among those of the officer."""
    units = unit_queries.units_for(request.officer_scope, ROSTER_ROLES)
    if not units:
        raise NotAllowed
    wanted = request.GET.get("unit", "")
    unit = next((each for each in units if each.public_id == wanted), units[0])
    if wanted and unit.public_id != wanted:
        raise NotAllowed
    return _page(request, unit, units)


def _page(request: ConsoleRequest, unit: Unit, units: list[Unit], status: int = 200, **extra: Any) -> HttpResponse:
    scope, now = request.officer_scope, clock.now()
    matters = open_matters_for(scope, unit, now)
    context = {
        "unit": unit,
        "units": units,
        "duty": duty.on_duty_for(scope, [unit], now)[0],
        "matters": matters,
        "tiles": _tiles(unit, matters),
        "alerts": ringing_alerts_for(scope),
        "alarms": notice_alarms(scope),
        "hot_cards": hot_cards_for(scope),
        "troubles": page_troubles_for(scope),
        "lost_tasks": _lost_tasks(scope, unit, now),
        "endings": _endings(scope, unit),
        "hand_over": (hand_over := duty.latest_hand_over_for(scope, unit)),
        "open_lines": _open_lines(hand_over),
        "may_take": scope.holds(unit.pk, REPLY_ROLES),
        "may_take_report": (works_cases := scope.holds(unit.pk, CASE_ROLES)),
        "cases": count_cases(scope, unit.pk, now) if works_cases else None,
        "may_stop": scope.holds(unit.pk, SWITCH_ROLES),
        "promise": promise_words(unit, now),
        "now": now,
    }
    return render(request, "console/today.html", context | extra, status=status)


def _lost_tasks(scope: Scope, unit: Unit, now: datetime) -> list[tuple[object, Task]]:
    """What the clocks of lost and found ask for, in words; nothing for officers who do not work the register."""
    tasks = tasks_for(scope, unit, now) if scope.holds(unit.pk, WORK_ROLES) else []
    return [(CLOCKS[task.clock.rule_id], task) for task in tasks[:TASKS_SHOWN]]


def _endings(scope: Scope, unit: Unit) -> list[tuple[str, object, object, object]]:
    """Title, words, field and task of what residents are told that runs out; for those who may change it."""
    if not scope.holds(unit.pk, EDIT_ROLES):
        return []
    titles = {procedure.id: procedure.title for procedure in catalogue_of(unit.pk).procedures}
    tasks = [task for task in endings_for(scope, unit, clock.today()) if task.procedure in titles]
    return [
        (titles[task.procedure], TASKS[task.code], FIELDS.get(task.field, ""), task) for task in tasks[:TASKS_SHOWN]
    ]


def _open_lines(hand_over: HandOver | None) -> list[tuple[str, str, object, datetime]]:
    """Number, id, words and time of what was open when the shift was handed over."""
    lines = hand_over.open_lines if hand_over else []
    return [(one["number"], one["id"], OPEN_WHY[one["why"]], datetime.fromisoformat(one["at"])) for one in lines]


def _tiles(unit: Unit, matters: OpenMatters) -> list[tuple[str, int, str, str]]:
    """Word, count, tone and address of each count."""
    place = f"{reverse('console:inbox')}?unit={unit.public_id}&view="
    return [
        (_("Urgent"), matters.urgent, "danger", f"{place}urgent"),
        (_("Overdue"), matters.overdue, "danger", f"{place}unit"),
        (_("Due today"), matters.due_today, "warn", f"{place}unit"),
        (_("Waiting"), matters.waiting, "", f"{place}unit"),
        (_("Needs a look"), matters.needs_look, "warn", f"{place}review"),
    ]


@require_POST
@officer_required
def take_shift(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """The officer has duty from now on, by name."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, REPLY_ROLES)
    try:
        shift = shifts.take_over(request.officer_scope, unit)
    except NotPossible as error:
        messages.error(request, error_text(error))
    else:
        until = shift.ends_at.astimezone(clock.VIETNAM)
        messages.success(request, _("You have duty until %(time)s.") % {"time": f"{until:%H:%M %d/%m}"})
    return redirect(f"{reverse('console:today')}?unit={unit.public_id}")


@require_POST
@officer_required
def write_hand_over(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """Keep the note with the counts of this moment; what was typed stays when something is missing."""
    scope = request.officer_scope
    unit = unit_queries.access_unit(scope, unit_id, ROSTER_ROLES)
    note = request.POST.get("note", "")
    try:
        now = clock.now()
        counts, lines = open_matters_for(scope, unit, now).as_counts(), open_lines_for(scope, unit, now)
        shifts.hand_over(scope, unit, note, counts, lines)
    except NotPossible as error:
        units = unit_queries.units_for(scope, ROSTER_ROLES)
        return _page(request, unit, units, status=422, error=error_text(error), typed_note=note)
    messages.success(request, _("The note waits for the next shift."))
    return redirect(f"{reverse('console:today')}?unit={unit.public_id}")
