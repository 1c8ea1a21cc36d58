"""The unit's procedures: what residents are told, what has to be done about it, and the whole as a file."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.procedure_words import FIELDS, TASKS, procedure_error, skipped_words
from binhyen.console.texts import Words
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import fold
from binhyen.procedures import actions, exchange
from binhyen.procedures.catalogue import CATEGORIES, Procedure
from binhyen.procedures.completeness import Task, tasks_for
from binhyen.procedures.effective import records_of, typed
from binhyen.procedures.models import ProcedureVersion, VersionState
from binhyen.procedures.oversight import tasks_of_versions
from binhyen.procedures.queries import (
    APPROVE_ROLES,
    access_editable_unit,
    editable_units_for,
    open_versions_for,
    own_versions_today,
)
from binhyen.units.models import Unit

_MINOR = frozenset({"no_code", "memory_parts"})
"""Shown on the procedure's own page only: nearly every record has one."""


@officer_required
def units(request: ConsoleRequest) -> HttpResponse:
    """Straight to the chosen unit, the first one unless chosen; its page has the choice."""
    found, chosen = editable_units_for(request.officer_scope), request.GET.get("unit", "")
    unit = next((each for each in found if chosen in ("", each.public_id)), None)
    if unit is None:
        raise NotAllowed
    return redirect("console:unit-procedures", unit.public_id)


@dataclass(frozen=True, slots=True)
class Line:
    """One procedure in the list."""

    procedure: Procedure
    own: ProcedureVersion | None
    open: ProcedureVersion | None
    needs_work: bool


@officer_required
def overview(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """Waiting approvals, tasks, and every procedure under its category."""
    return _overview(request, access_editable_unit(request.officer_scope, unit_id))


def _overview(request: ConsoleRequest, unit: Unit, status: int = 200, **extra: object) -> HttpResponse:
    scope, today = request.officer_scope, clock.today()
    procedures = [typed(record) for record in records_of(unit).values()]
    waiting = open_versions_for(scope, unit)
    tasks = [task for one in procedures if one.is_offered for task in tasks_for(one, today) if task.code not in _MINOR]
    tasks += tasks_of_versions(scope, unit, today)
    titles = {procedure.id: procedure.title for procedure in procedures}
    context = {
        "unit": unit,
        "units": editable_units_for(scope),
        "search": request.GET.get("q", "")[:100],
        "shown_count": sum(procedure.is_offered for procedure in procedures),
        "all_count": len(procedures),
        "waiting": [(one, titles[one.procedure]) for one in waiting if one.state == VersionState.WAITING],
        "drafts": [(one, titles[one.procedure]) for one in waiting if one.state == VersionState.DRAFT],
        "may_approve": scope.holds(unit.pk, APPROVE_ROLES),
        "tasks": [(task, titles[task.procedure], *_task_words(task)) for task in _by_day(tasks)],
        "groups": _groups(request, unit, procedures, waiting, {task.procedure for task in tasks}),
    }
    return render(request, "console/procedures.html", context | extra, status=status)


def _by_day(tasks: list[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: (task.on or date.max, task.procedure))


def _task_words(task: Task) -> tuple[Words, Words]:
    return TASKS[task.code], FIELDS.get(task.field, "")


def _groups(
    request: ConsoleRequest,
    unit: Unit,
    procedures: list[Procedure],
    waiting: list[ProcedureVersion],
    with_tasks: set[str],
) -> list[tuple[str, list[Line]]]:
    words = fold(request.GET.get("q", "")[:100]).split()
    own = own_versions_today(request.officer_scope, unit)
    drafts = {version.procedure: version for version in waiting}
    groups: dict[str, list[Line]] = {}
    for procedure in procedures:
        names = fold(" ".join((procedure.title, *procedure.aliases, procedure.code)))
        if all(word in names for word in words):
            line = Line(procedure, own.get(procedure.id), drafts.get(procedure.id), procedure.id in with_tasks)
            groups.setdefault(CATEGORIES.get(procedure.category, procedure.category), []).append(line)
    return list(groups.items())


@officer_required
def as_file(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """The catalogue as YAML: GET gives it, POST takes one and makes drafts of what is different."""
    unit = access_editable_unit(request.officer_scope, unit_id)
    if request.method == "POST":
        return _take_in(request, unit)
    response = HttpResponse(exchange.exported(request.officer_scope, unit), content_type="application/yaml")
    name = f"thu-tuc-{unit.slug}-{clock.today():%Y-%m-%d}.yaml"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _take_in(request: ConsoleRequest, unit: Unit) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        return _overview(request, unit, 422, error=procedure_error(NotPossible("file_missing")))
    try:
        records = exchange.read_records(file.read(exchange.LARGEST_BYTES + 1))
        done = actions.import_records(request.officer_scope, unit, records)
    except NotPossible as error:
        return _overview(request, unit, 422, error=procedure_error(error))
    drafted = _("%(count)s drafts were made.") % {"count": len(done.drafted)}
    messages.success(request, drafted)
    skipped = [(name, skipped_words(code)) for name, code in done.skipped]
    return _overview(request, unit, imported=done, skipped=skipped, drafted_words=drafted)
