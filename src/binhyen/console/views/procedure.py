"""One procedure of the unit: edit, look as residents see it, compare with the past, approve what a colleague wrote."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from binhyen.console.access import ConsoleRequest, fresh_second_factor_required, officer_required
from binhyen.console.procedure_form import day_shown, posted_day, posted_record, shown_record
from binhyen.console.procedure_words import (
    CHANNELS,
    CONFIDENCES,
    FIELDS,
    KINDS,
    PROBLEMS,
    TASKS,
    UNITS,
    lines_of,
    procedure_error,
)
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import whole_number
from binhyen.procedures import actions
from binhyen.procedures.completeness import tasks_for
from binhyen.procedures.effective import record_above, records_of, typed
from binhyen.procedures.models import ProcedureVersion
from binhyen.procedures.oversight import changed_above
from binhyen.procedures.queries import (
    access_editable_unit,
    access_waiting_version,
    check_procedure,
    open_version_for,
    own_versions_today,
)
from binhyen.procedures.record import FEE_CHANNELS, OVERRIDABLE, Row, canonical, differing, merged
from binhyen.units.models import Unit


@officer_required
def procedure(request: ConsoleRequest, unit_id: str, procedure_id: str) -> HttpResponse:
    """The editor."""
    unit = access_editable_unit(request.officer_scope, unit_id)
    check_procedure(procedure_id)
    if request.method == "POST":
        return _act(request, unit, procedure_id)
    return _editor(request, unit, procedure_id)


def _act(request: ConsoleRequest, unit: Unit, procedure_id: str) -> HttpResponse:
    act = request.POST.get("act", "")
    try:
        if act == "discard":
            return _discard(request, unit, procedure_id)
        if act == "checked":
            actions.confirm_checked(request.officer_scope, unit, procedure_id)
            messages.success(request, _("Saved as a draft. Send it for approval."))
            return redirect("console:procedure", unit.public_id, procedure_id)
        version = _save(request, unit, procedure_id)
        if act == "send":
            actions.send_for_approval(request.officer_scope, version)
            messages.success(request, _("Sent for approval. A second person looks at it."))
            return redirect("console:unit-procedures", unit.public_id)
    except NotPossible as error:
        return _editor(request, unit, procedure_id, error)
    except ValidationError:
        return _editor(request, unit, procedure_id, NotPossible("procedure_day"))
    if act == "preview":
        return redirect("console:procedure-preview", unit.public_id, procedure_id)
    messages.success(request, _("The draft is saved. Residents see it after approval."))
    return redirect("console:procedure", unit.public_id, procedure_id)


def _save(request: ConsoleRequest, unit: Unit, procedure_id: str) -> ProcedureVersion:
    above = canonical(record_above(unit, procedure_id))
    again = {key: above[key] for key in request.POST.getlist("as_above") if key in OVERRIDABLE}
    seen = request.POST.get("seen", "")
    return actions.save_draft(
        request.officer_scope,
        unit,
        procedure_id,
        posted_record(request.POST) | again,
        posted_day(request.POST, "valid_from"),
        posted_day(request.POST, "valid_to"),
        whole_number(seen),
    )


def _discard(request: ConsoleRequest, unit: Unit, procedure_id: str) -> HttpResponse:
    version = open_version_for(request.officer_scope, unit, procedure_id)
    if version is None:
        raise NotPossible("procedure_gone")
    actions.discard(request.officer_scope, version)
    messages.success(request, _("The draft is thrown away. What counted before still counts."))
    return redirect("console:procedure", unit.public_id, procedure_id)


def _editor(request: ConsoleRequest, unit: Unit, procedure_id: str, error: NotPossible | None = None) -> HttpResponse:
    scope = request.officer_scope
    above = record_above(unit, procedure_id)
    current = records_of(unit)[procedure_id]
    version = open_version_for(scope, unit, procedure_id)
    saved = merged(above, version.changes) if version else current
    is_typed = error is not None and "text_sent" in request.POST
    wanted = current | posted_record(request.POST) if is_typed else saved
    own = own_versions_today(scope, unit).get(procedure_id)
    basis = version or own
    context = {
        "unit": unit,
        "procedure": typed(current),
        "version": version,
        "own": own,
        "record": shown_record(wanted),
        "fields": FIELDS,
        "problems": _problems(error),
        "error": procedure_error(error) if error else "",
        "conflict": _compared(saved, wanted) if error and error.code == "procedure_conflict" else (),
        "changed": {key: lines_of(key, canonical(above)[key]) for key in differing(above, wanted)},
        "changed_above": _changed_above(basis, above),
        "tasks": [] if is_typed else _tasks(saved),
        "valid_from": request.POST.get("valid_from", "")
        if is_typed
        else _shown(version.valid_from if version else None),
        "valid_to": request.POST.get("valid_to", "") if is_typed else _shown(version.valid_to if version else None),
        "seen": version.edit_number if version else 0,
        **_choices(),
    }
    return render(request, "console/procedure.html", context, status=422 if error else 200)


def _tasks(record: Row) -> list[tuple[object, object, date | None]]:
    found = tasks_for(typed(record), clock.today())
    return [(TASKS[task.code], FIELDS.get(task.field, ""), task.on) for task in found]


def _days(request: ConsoleRequest | None, version: ProcedureVersion | None) -> dict[str, str]:
    """First and last day as typed, or as kept."""
    names = ("valid_from", "valid_to")
    if request is not None:
        return {name: request.POST.get(name, "") for name in names}
    return {name: _shown(getattr(version, name, None)) for name in names}


def _problems(error: NotPossible | None) -> dict[str, list[str]]:
    """Sentences by field."""
    found: dict[str, list[str]] = {}
    for problem in error.problems if isinstance(error, actions.InvalidRecord) else ():
        found.setdefault(problem.field, []).append(str(PROBLEMS[problem.code]) % {"shown": problem.shown})
    return found


def _changed_above(version: ProcedureVersion | None, above: Row) -> list[tuple[object, list[str], list[str]]]:
    """Field, what stood above when the unit wrote its own, what stands there now."""
    if version is None:
        return []
    now = canonical(above)
    keys = changed_above(version.changes, version.above, above)
    return [(FIELDS[key], lines_of(key, version.above[key]), lines_of(key, now[key])) for key in keys]


def _compared(before: Row, after: Row) -> list[tuple[object, list[str], list[str]]]:
    """Field, before and after, for every field that differs."""
    one, other = canonical(before), canonical(after)
    return [(FIELDS[key], lines_of(key, one[key]), lines_of(key, other[key])) for key in differing(before, after)]


def _shown(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _choices() -> dict[str, Any]:
    return {
        "kinds": KINDS.items(),
        "units": UNITS.items(),
        "channel_names": CHANNELS,
        "fee_channels": [(channel, CHANNELS[channel]) for channel in FEE_CHANNELS],
        "confidences": CONFIDENCES.items(),
    }


@fresh_second_factor_required
def approval(request: ConsoleRequest, unit_id: str, version_id: str) -> HttpResponse:
    """What a colleague wants to change, side by side with what counts now; the second person decides."""
    unit = access_editable_unit(request.officer_scope, unit_id)
    version = access_waiting_version(request.officer_scope, unit, version_id)
    error = ""
    if request.method == "POST":
        try:
            return _decide(request, unit, version)
        except NotPossible as refused:
            error = procedure_error(refused)
    current = records_of(unit)[version.procedure]
    wanted = merged(record_above(unit, version.procedure), version.changes)
    context = {
        "unit": unit,
        "version": version,
        "procedure": typed(wanted),
        "compared": _compared(current, wanted),
        "changed_above": _changed_above(version, record_above(unit, version.procedure)),
        "is_mine": request.user.pk in version.editors,
        "begins": day_shown(max(version.valid_from or clock.today(), clock.today())),
        "error": error,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "console/procedure_approval.html", context, status=422 if error else 200)


def _decide(request: ConsoleRequest, unit: Unit, version: ProcedureVersion) -> HttpResponse:
    if request.POST.get("act") == "approve":
        actions.approve(request.officer_scope, version)
        messages.success(request, _("Approved. Residents are told so from its first day on."))
    else:
        actions.send_back(request.officer_scope, version, request.POST.get("reason", ""))
        messages.success(request, _("Sent back with your reason."))
    return redirect("console:unit-procedures", unit.public_id)
