"""A procedure from outside: as a message, on the portal, on paper, on a day in the past."""

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.procedure_form import posted_day
from binhyen.console.procedure_words import OUTCOMES
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.procedures.catalogue import Procedure
from binhyen.procedures.effective import line_of, records_of, typed
from binhyen.procedures.history import record_on
from binhyen.procedures.models import ProcedureVersion
from binhyen.procedures.previews import preview_token, typed_version
from binhyen.procedures.queries import (
    access_editable_unit,
    catalogue,
    check_procedure,
    open_version_for,
    versions_for,
)
from binhyen.units.models import Unit
from binhyen.units.scope import CONVERSATION_ROLES
from binhyen.workflows.decision import unit_facts
from binhyen.workflows.procedure_answers import procedure_decision
from binhyen.workflows.rechecking import Recheck, recheck


@officer_required
def preview(request: ConsoleRequest, unit_id: str, procedure_id: str) -> HttpResponse:
    """The draft, or what counts now, as a message, a page and paper; with ?check=1 the latest questions too."""
    unit = access_editable_unit(request.officer_scope, unit_id)
    version, shown = _looked_at(request, unit, procedure_id)
    may_read = request.officer_scope.holds(unit.pk, CONVERSATION_ROLES)
    checked = recheck(request.officer_scope, unit, shown) if may_read and request.GET.get("check") else None
    context = {
        "unit": unit,
        "procedure": shown,
        "version": version,
        "replies": procedure_decision(unit_facts(unit.pk), shown).replies if shown.is_offered else (),
        "page_address": _page_address(unit, procedure_id, version),
        "may_read": may_read,
        "checked": checked,
        "changed": _changed(checked) if checked else [],
    }
    return render(request, "console/procedure_preview.html", context)


def _looked_at(request: ConsoleRequest, unit: Unit, procedure_id: str) -> tuple[ProcedureVersion | None, Procedure]:
    check_procedure(procedure_id)
    version = open_version_for(request.officer_scope, unit, procedure_id)
    return version, typed_version(version) if version else typed(records_of(unit)[procedure_id])


def _page_address(unit: Unit, procedure_id: str, version: ProcedureVersion | None) -> str:
    path = reverse("portal:procedure", args=(unit.slug, procedure_id))
    return f"{path}?xem-truoc={preview_token(version)}" if version else path


def _changed(checked: Recheck) -> list[tuple[object, object, object]]:
    return [(one, OUTCOMES.get(one.before, one.before), OUTCOMES.get(one.after, one.after)) for one in checked.changed]


@officer_required
def sheet(request: ConsoleRequest, unit_id: str, procedure_id: str) -> HttpResponse:
    """The one-page sheet of the draft, or of what counts now."""
    from binhyen.procedures.printing.sheets import procedure_sheet

    unit = access_editable_unit(request.officer_scope, unit_id)
    _, shown = _looked_at(request, unit, procedure_id)
    address = f"{configuration().public_url}{reverse('portal:procedure', args=(unit.slug, procedure_id))}"
    response = HttpResponse(procedure_sheet(shown, unit.name, address, catalogue()), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{procedure_id}.pdf"'
    return response


@officer_required
def history(request: ConsoleRequest, unit_id: str, procedure_id: str) -> HttpResponse:
    """What residents were told on a day, and who approved it."""
    unit = access_editable_unit(request.officer_scope, unit_id)
    check_procedure(procedure_id)
    day, error = _day_asked(request)
    found = record_on(request.officer_scope, unit, procedure_id, day)
    context = {
        "unit": unit,
        "procedure": found.procedure,
        "day": f"{day:%d/%m/%Y}",
        "typed": request.GET.get("day", f"{day:%d/%m/%Y}"),
        "error": error,
        "is_to_come": day > clock.today(),
        "found": found,
        "replies": _said_on(unit, found.procedure, day) if found.is_offered else (),
        "versions": versions_for(request.officer_scope, unit, procedure_id, line_of(unit.pk)),
    }
    return render(request, "console/procedure_history.html", context, status=422 if error else 200)


def _day_asked(request: ConsoleRequest) -> tuple[date, str]:
    try:
        return posted_day(request.GET, "day") or clock.today(), ""
    except ValidationError:
        return clock.today(), _("This is no day. Write it like 28/11/2026.")


def _said_on(unit: Unit, procedure: Procedure, day: date) -> tuple[object, ...]:
    """The message in the words of that day: reductions had not run out yet."""
    with clock.at(datetime.combine(day, time(12), clock.VIETNAM)):
        return procedure_decision(unit_facts(unit.pk), procedure).replies
