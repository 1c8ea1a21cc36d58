"""Lost and found (O7): the register, one record with its matches, claims, clocks and hand-over."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binhyen.audit.actions import record as audit
from binhyen.console.access import ConsoleRequest, fresh_second_factor_required, officer_required
from binhyen.console.lost_found_acts import act, keep_picture
from binhyen.console.lost_found_form import form_context, typed_in
from binhyen.console.lost_found_page import record_page
from binhyen.console.post_forms import areas_in
from binhyen.console.texts import error_text
from binhyen.console.texts_lost_found import (
    BASES,
    RECORD_KINDS,
    RECORD_STATES,
    SOURCES,
)
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.lost_found import actions, handing_over, queries
from binhyen.lost_found.models import HandOver, Record, RecordState
from binhyen.lost_found.papers import hand_over_paper, hand_over_pdf
from binhyen.lost_found.queries import WORK_ROLES
from binhyen.lost_found.ringing import take_alarm
from binhyen.units import queries as unit_queries
from binhyen.units.models import Area
from binhyen.vault import files
from binhyen.vault.media_types import DOCX, PDF
from binhyen.workflows import lost_found as workflow
from binhyen.workflows.hand_over_papers import hand_over_docx
from binhyen.workflows.publishing import publisher_of

_EDITABLE = (RecordState.DRAFT, RecordState.REVIEW, RecordState.KEPT)


@require_safe
@officer_required
def register(request: ConsoleRequest) -> HttpResponse:
    """The register of one unit: children first, then what waits."""
    units = unit_queries.units_for(request.officer_scope, WORK_ROLES)
    if not units:
        raise NotAllowed
    asked = request.GET.get("unit", "")
    unit = unit_queries.access_unit(request.officer_scope, asked, WORK_ROLES) if asked else units[0]
    is_done = request.GET.get("view") == "done"
    rows = [
        (row, RECORD_KINDS[row.kind], RECORD_STATES[row.state], SOURCES[row.source])
        for row in queries.records_for(request.officer_scope, unit, is_done=is_done)
    ]
    context = {"unit": unit, "units": units, "rows": rows, "is_done": is_done}
    return render(request, "console/lost_found/register.html", context)


@officer_required
def new_record(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """A record at the counter; a found child fits on one telephone screen."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, WORK_ROLES)
    context = form_context(unit, request.POST.get("kind", "") or request.GET.get("kind", "found_item"), request.POST)
    if request.method == "POST":
        record: Record | None = None
        try:
            record = actions.begin(request.officer_scope, unit, typed_in(request, unit))
            keep_picture(request, record)
            if request.POST.get("act") == "submit":
                actions.submit(request.officer_scope, record, publisher_of(unit))
                messages.success(request, _("The second officer can publish it now."))
            return redirect("console:lost-record", record.public_id)
        except NotPossible as error:
            if record is not None:  # it is kept; the picture or the notice has to be mended on its own page
                messages.error(request, error_text(error))
                return redirect("console:lost-record", record.public_id)
            context["error"] = error_text(error)
    return render(request, "console/lost_found/new.html", context, status=422 if "error" in context else 200)


@officer_required
def lost_record(request: ConsoleRequest, record_id: str) -> HttpResponse:
    """One record and what can be done with it; reading is recorded (G16)."""
    record = queries.access_record(request.officer_scope, record_id)
    take_alarm(request.officer_scope, record)
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            act(request, record)
            messages.success(request, _("Saved."))
            return redirect("console:lost-record", record.public_id)
        except NotPossible as error:
            context["error"] = error_text(error)
            record = queries.access_record(request.officer_scope, record_id)
    audit(
        record.unit_id, "lost_found.read", actor_key=request.officer_scope.officer_id,
        subject=f"record {record.public_id}",
    )  # fmt: skip
    context |= record_page(request.officer_scope, record, request.POST if "error" in context else {})
    return render(request, "console/lost_found/record.html", context, status=422 if "error" in context else 200)


@fresh_second_factor_required
def publish(request: ConsoleRequest, record_id: str) -> HttpResponse:
    """The second officer looks at notice and picture, and publishes (G21, G38)."""
    record = queries.access_record(request.officer_scope, record_id)
    context: dict[str, Any] = {"record": record, "notice": queries.notice_of_record(record, record.unit)}
    if request.method == "POST":
        try:
            seen, areas = "picture_seen" in request.POST, areas_in(request.POST, record.unit)
            workflow.publish(request.officer_scope, record, picture_seen=seen, areas=areas)
            messages.success(request, _("Published: on the board now, on its way to page and groups."))
            return redirect("console:lost-record", record.public_id)
        except NotPossible as error:
            context["error"] = error_text(error)
    context |= {
        "basis": BASES.get(record.legal_basis, ""),
        "areas": Area.objects.filter(unit_id=record.unit_id).order_by("sort_key"),
        "chosen_areas": request.POST.getlist("area"),
    }
    return render(request, "console/lost_found/publish.html", context, status=422 if "error" in context else 200)


@require_safe
@officer_required
def lost_picture(request: ConsoleRequest, record_id: str) -> HttpResponse:
    """The cleaned picture of a record."""
    record = queries.access_record(request.officer_scope, record_id)
    if record.picture is None:
        raise NotAllowed
    answer = HttpResponse(files.open(record.picture), content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = 'inline; filename="anh.jpg"'
    return answer


@require_safe
@officer_required
def hand_over_record(request: ConsoleRequest, record_id: str, form: str) -> HttpResponse:
    """The draft of the hand-over record as PDF, or as DOCX to complete; to be signed by hand."""
    record = queries.access_record(request.officer_scope, record_id)
    hand_over = HandOver.objects.filter(record=record).select_related("first_officer", "second_officer").first()
    if hand_over is None or form not in ("pdf", "docx"):
        raise NotAllowed
    second = hand_over.second_officer.full_name if hand_over.second_officer else ""
    first = hand_over.first_officer.full_name if hand_over.first_officer else ""
    words = hand_over_paper(record, hand_over, (first, second))
    content, kind = (hand_over_docx(words), DOCX) if form == "docx" else (hand_over_pdf(words), PDF)
    handing_over.note_printed(request.officer_scope, record)
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="bien-ban-{record.label}.{form}"'
    return answer
