"""Acts on many conversations: choose, see line by line what would happen, do it, undo it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from binhyen.console import rows
from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.queue_place import filter_of, place_query, unit_of
from binhyen.console.sorting_texts import BULK_NAMES
from binhyen.console.texts import error_text
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.inbox import queries
from binhyen.inbox.bulk import actions, selection
from binhyen.inbox.bulk.rules import CANCEL_WINDOW, BulkOrder, Line
from binhyen.inbox.bulk.undo import Undone, access_act, undo
from binhyen.inbox.canned.queries import access_canned, access_macro, macros_for, usable_for
from binhyen.inbox.filters.rules import View, read_view
from binhyen.inbox.merging import actions as merging
from binhyen.inbox.merging.queries import group_of
from binhyen.inbox.models import BulkKind, Conversation
from binhyen.inbox.topics.queries import access_topic, topics_for
from binhyen.units import queries as unit_queries
from binhyen.units.scope import REPLY_ROLES


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asks for."""

    kind: BulkKind
    conversations: list[Conversation]
    is_all: bool


@officer_required
def bulk(request: ConsoleRequest) -> HttpResponse:
    """Choose and preview; with `step=do` carry out what was previewed."""
    try:
        asked = _asked(request)
    except NotPossible as error:
        messages.error(request, error_text(error))
        return redirect(f"{reverse('console:inbox')}?{place_query(request)}")
    lines: list[Line] = []
    try:
        order = _order(request, asked)
        if order is not None:
            lines = actions.preview(request.officer_scope, order, asked.conversations, request.user)
            if request.POST.get("step") == "do":
                return _carried_out(request, asked, order)
    except NotPossible as error:
        return _show(request, asked, lines, error=error_text(error), status=422)
    return _show(request, asked, lines)


def _carried_out(request: ConsoleRequest, asked: Asked, order: BulkOrder) -> HttpResponse:
    """Only what was looked at: a list that has grown or shrunk meanwhile is shown again first."""
    if request.POST.get("expected") != str(len(asked.conversations)):
        raise NotPossible("bulk_changed")
    act = actions.carry_out(request.officer_scope, order, asked.conversations, request.user)
    return redirect("console:bulk-act", act.public_id)


def _asked(request: ConsoleRequest) -> Asked:
    given = request.POST if request.method == "POST" else request.GET
    kind = given.get("act", "")
    if kind not in BulkKind.values:
        raise NotPossible("unknown_act")
    if given.get("all") == "yes":
        unit = unit_of(request, unit_queries.conversation_units_for(request.officer_scope))
        view = read_view(request.GET.get("view", "")) or View.UNIT
        search = request.GET.get("q", "")[:100]
        place = selection.Matching(view, filter_of(request), search, unit.pk if unit else None)
        return Asked(BulkKind(kind), selection.matching(request.officer_scope, place), is_all=True)
    return Asked(BulkKind(kind), selection.ticked(request.officer_scope, given.getlist("c")), is_all=False)


def _order(request: ConsoleRequest, asked: Asked) -> BulkOrder | None:
    """The order as typed; None while something has still to be chosen."""
    given = request.POST if request.method == "POST" else request.GET
    scope, unit = request.officer_scope, asked.conversations[0].unit
    match asked.kind:
        case BulkKind.CLOSE:
            return BulkOrder(asked.kind, closes=True)
        case BulkKind.MERGE:
            lead = next((row for row in asked.conversations if row.public_id == given.get("lead")), None)
            return BulkOrder(asked.kind, lead=lead or asked.conversations[0])
        case BulkKind.TOPIC:
            chosen = given.get("topic", "")
            return BulkOrder(asked.kind, topic=access_topic(scope, chosen, unit.pk)) if chosen else None
        case BulkKind.ASSIGN if "officer" in given:
            chosen = given.get("officer", "")
            officer = unit_queries.access_colleague(scope, unit, chosen) if chosen else None
            return BulkOrder(asked.kind, changes_officer=True, officer=officer)
        case BulkKind.MACRO if given.get("macro"):
            macro = access_macro(scope, given["macro"])
            if macro.unit_id != unit.pk:
                raise NotPossible("macro_parts")
            return actions.order_of_macro(macro, request.user)
        case BulkKind.REPLY if request.method == "POST" and given.get("step") != "insert":
            return BulkOrder(asked.kind, text=given.get("text", "") or " ", closes=given.get("closes") == "yes")
        case _:
            return None


def _show(request: ConsoleRequest, asked: Asked, lines: list[Line], error: str = "", status: int = 200) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    scope, unit = request.officer_scope, asked.conversations[0].unit
    context: dict[str, Any] = {
        "asked": asked,
        "kind_name": BULK_NAMES[asked.kind],
        "unit": unit,
        "lines": [(line, rows.person_name(line.conversation), _why(line)) for line in lines],
        "will": sum(line.refused is None for line in lines),
        "topics": topics_for(scope, unit.pk),
        "officers": unit_queries.colleagues_for(scope, unit.pk, REPLY_ROLES),
        "macros": macros_for(scope, unit.pk),
        "canned": usable_for(scope, unit.pk) if asked.kind == BulkKind.REPLY else [],
        "given": given,
        "text": _typed_text(request),
        "window_min": int(CANCEL_WINDOW.total_seconds() // 60),
        "place": place_query(request),
        "error": error,
    }
    return render(request, "console/bulk.html", context, status=status)


def _typed_text(request: ConsoleRequest) -> str:
    """What was typed, with the chosen canned reply at its end; variables stay, each recipient gets them filled."""
    text = request.POST.get("text", "")
    if request.POST.get("step") != "insert" or not request.POST.get("canned"):
        return text
    chosen = access_canned(request.officer_scope, request.POST["canned"])
    return f"{text.rstrip()}\n\n{chosen.text}".strip()


def _why(line: Line) -> str:
    return error_text(line.refused) if line.refused else ""


@officer_required
def bulk_act(request: ConsoleRequest, act_id: str) -> HttpResponse:
    """What was done; with POST it is undone as far as that is possible."""
    act = access_act(request.officer_scope, act_id)
    if request.method == "POST":
        try:
            result = undo(request.officer_scope, act)
        except NotPossible as error:
            messages.error(request, error_text(error))
        else:
            _tell(request, result)
        return redirect(request.path)
    changes = act.changes.select_related("conversation__contact", "conversation__account", "delivery")
    context = {
        "act": act,
        "unit": act.unit,
        "kind_name": BULK_NAMES[BulkKind(act.kind)],
        "may_undo": act.undone_at is None and clock.now() < act.undo_until,
        "changes": [(change, rows.person_name(change.conversation)) for change in changes.order_by("pk")[:500]],
    }
    return render(request, "console/bulk_act.html", context)


def _tell(request: ConsoleRequest, result: Undone) -> None:
    """How the undo ended; what could not be undone is said, never hidden."""
    if result.back or not result.sent:
        words = ngettext("%(n)s conversation is as before.", "%(n)s conversations are as before.", result.back)
        messages.success(request, words % {"n": result.back})
    if result.touched:
        words = _("%(n)s were changed by somebody since and stay as they are.")
        messages.info(request, words % {"n": result.touched})
    if result.sent:
        words = _("%(n)s replies had gone out already and cannot be taken back.")
        messages.error(request, words % {"n": result.sent})


@require_POST
@officer_required
def group(request: ConsoleRequest, conversation_id: str) -> HttpResponse:
    """Take this conversation out of its group, or end the group."""
    conversation = queries.access_conversation(request.officer_scope, conversation_id)
    together = group_of(request.officer_scope, conversation)
    if together is not None and request.POST.get("act") == "end":
        merging.end_group(request.officer_scope, together.group)
        messages.success(request, _("The conversations stand for themselves again."))
    elif together is not None:
        merging.take_out(request.officer_scope, conversation)
        messages.success(request, _("Conversation #%(n)s stands for itself again.") % {"n": conversation.number})
    return redirect(f"{reverse('console:thread', args=[conversation.public_id])}?{place_query(request)}")
