"""Taking lists out of the building: asked for with a reason behind a fresh second factor, taken once (G33, G38)."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from binhyen.console import answers
from binhyen.console.access import ConsoleRequest, fresh_second_factor_required, officer_required
from binhyen.console.queue_place import filter_of, place_query, unit_of
from binhyen.console.rows import urgency_words
from binhyen.console.sorting_texts import STATE_NAMES
from binhyen.console.texts import KIND_NAMES, SOURCE_NAMES, VIEW_NAMES, error_text
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox.bulk.selection import Matching
from binhyen.inbox.export_rows import FlatConversation, flat_conversations
from binhyen.inbox.filters.rules import View, read_view
from binhyen.units import queries as unit_queries
from binhyen.units.models import Officer, Unit
from binhyen.units.scope import CONVERSATION_ROLES, LEADER_ROLES
from binhyen.vault import exports
from binhyen.vault.export_files import Cell, Table
from binhyen.vault.models import Export

COLUMNS = (
    "Số",
    "Đơn vị",
    "Nguồn",
    "Nội dung",
    "Thủ tục",
    "Chủ đề",
    "Tình trạng",
    "Mức khẩn",
    "Phụ trách",
    "Tin đầu lúc",
    "Chờ từ",
    "Tin cuối lúc",
    "Số tin đến",
    "Số tin đi",
    "Số ghi chú",
)
"""Fixed, in Vietnamese like the papers of the unit."""
SHOWN = 100


@officer_required
def register(request: ConsoleRequest) -> HttpResponse:
    """Own exports, and for leaders those of their units: who took what, when and why."""
    scope = request.officer_scope
    if not scope.units_with(CONVERSATION_ROLES):
        raise NotAllowed
    own = Export.objects.filter(officer_key=request.user.pk)
    led = Export.objects.filter(unit_key__in=scope.units_with(LEADER_ROLES))
    rows = list((own | led).order_by("-created_at")[:SHOWN])
    names = dict(Officer.objects.filter(pk__in={row.officer_key for row in rows}).values_list("pk", "full_name"))
    now = clock.now()
    shown = [
        (row, names.get(row.officer_key, ""), row.officer_key == request.user.pk, _state_words(row, now))
        for row in rows
    ]
    return render(request, "console/exports.html", {"exports": shown, "now": now})


def _state_words(row: Export, now: datetime) -> str:
    if row.downloaded_at is not None:
        return _("taken")
    return _("waits to be taken") if row.expires_at > now else _("gone after 24 hours")


@fresh_second_factor_required
def new_export(request: ConsoleRequest) -> HttpResponse:
    """The list at this place of the inbox; the answer shows the password once."""
    unit = _unit(request)
    view = read_view(request.GET.get("view", "")) or View.UNIT
    place = Matching(view, filter_of(request), request.GET.get("q", "")[:100], unit.pk)
    context = {"unit": unit, "view_name": VIEW_NAMES[view], "place": place_query(request), "columns": COLUMNS}
    if request.method != "POST":
        return render(request, "console/new_export.html", context)
    rows = flat_conversations(request.officer_scope, place)
    form, reason = request.POST.get("form", "xlsx"), request.POST.get("reason", "")
    order = exports.Order(unit.pk, unit.name, request.user.pk, request.user.full_name, "cuoc-tro-chuyen", form, reason)
    try:
        made = exports.make_export(order, [Table("Cuộc trò chuyện", COLUMNS, [_cells(row) for row in rows])])
    except NotPossible as error:
        typed = {"error": error_text(error), "reason": reason, "form": form}
        return render(request, "console/new_export.html", context | typed, status=422)
    return render(request, "console/export_made.html", {"made": made, "unit": unit})


def _unit(request: ConsoleRequest) -> Unit:
    """One unit at a time, so that each has its own register."""
    units = unit_queries.conversation_units_for(request.officer_scope)
    unit = unit_of(request, units) or (units[0] if units else None)
    if unit is None:
        raise NotAllowed
    return unit


def _cells(row: FlatConversation) -> tuple[Cell, ...]:
    return (
        row.number,
        row.unit_name,
        str(SOURCE_NAMES.get(row.connector, row.connector)),
        str(KIND_NAMES.get(row.kind, "")),
        answers.procedure_title(row.procedure),
        "; ".join(row.topics),
        str(STATE_NAMES.get(row.state, row.state)),
        urgency_words(row.urgency),
        row.officer_name,
        row.first_at,
        row.waiting_since,
        row.last_message_at,
        row.received,
        row.answered,
        row.notes,
    )


@fresh_second_factor_required
def export_file(request: ConsoleRequest, export_id: str) -> HttpResponse:
    """The archive, by a pressed button so that no preloading browser takes it; the second time it is gone (410)."""
    if request.method != "POST":
        exports.access_export(request.user.pk, export_id)
        return redirect("console:exports")
    try:
        export, content = exports.take_export(request.user.pk, export_id)
    except NotPossible as error:
        return render(request, "console/export_gone.html", {"error": error_text(error)}, status=410)
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{export.kind}-{export.public_id[:8]}.zip"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
