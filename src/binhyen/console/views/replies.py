"""Canned replies, topics and macros of a unit: officers draft, leaders approve and decide."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.sorting_texts import VARIABLE_WORDS
from binhyen.console.texts import error_text
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import whole_number
from binhyen.inbox.canned import actions, queries
from binhyen.inbox.canned.rules import fill
from binhyen.inbox.models import Assigns, CannedReply
from binhyen.inbox.topics import actions as topic_actions
from binhyen.inbox.topics.queries import access_topic, topics_for
from binhyen.units import queries as unit_queries
from binhyen.units.models import Unit
from binhyen.units.scope import CONVERSATION_ROLES, LEADER_ROLES, REPLY_ROLES


@officer_required
def replies(request: ConsoleRequest) -> HttpResponse:
    """Everything of the officer's units on one page; with POST a new draft."""
    units = unit_queries.conversation_units_for(request.officer_scope)
    if not units:
        raise NotAllowed
    extra: dict[str, Any] = {}
    if request.method == "POST":
        try:
            unit = _unit(request)
            canned = actions.draft_canned(
                request.officer_scope, unit, request.POST.get("title", ""), request.POST.get("text", "")
            )
        except NotPossible as error:
            typed = {"typed_title": request.POST.get("title", ""), "typed_text": request.POST.get("text", "")}
            extra = {"error": error_text(error), **typed}
        else:
            messages.success(request, _("The draft is kept. It can be used once a leader has approved it."))
            return redirect("console:canned", canned.public_id)
    return render(request, "console/replies.html", _page(request, units) | extra, status=422 if extra else 200)


def _page(request: ConsoleRequest, units: list[Unit]) -> dict[str, Any]:
    scope = request.officer_scope
    parts: dict[str, list[Any]] = {
        "canned": queries.canned_for(scope),
        "macros": queries.macros_for(scope),
        "topics": topics_for(scope),
    }
    return {
        "units": units,
        "unit": units[0] if len(units) == 1 else None,
        "variables": VARIABLE_WORDS.items(),
        "may_draft": [unit for unit in units if scope.holds(unit.pk, REPLY_ROLES | LEADER_ROLES)],
        "blocks": [
            {
                "unit": unit,
                "leads": scope.holds(unit.pk, LEADER_ROLES),
                **{name: [row for row in found if row.unit_id == unit.pk] for name, found in parts.items()},
            }
            for unit in units
        ],
    }


def _unit(request: ConsoleRequest) -> Unit:
    return unit_queries.access_unit(request.officer_scope, request.POST.get("of_unit", ""), CONVERSATION_ROLES)


@officer_required
def canned(request: ConsoleRequest, canned_id: str) -> HttpResponse:
    """One reply: what is in use, what waits, and the form to change it."""
    found = queries.access_canned(request.officer_scope, canned_id)
    if request.method != "POST":
        return _show(request, found)
    try:
        _do(request, found, request.POST.get("act", ""))
    except NotPossible as error:
        typed = {"typed_title": request.POST.get("title", ""), "typed_text": request.POST.get("text", "")}
        found.refresh_from_db()
        return _show(request, found, error=error_text(error), is_conflict=error.code == "canned_conflict", **typed)
    return redirect("console:replies" if request.POST.get("act") == "withdraw" else request.path)


def _show(request: ConsoleRequest, found: CannedReply, **extra: Any) -> HttpResponse:
    facts = queries.facts_for(found.unit, request.user)
    context = {
        "canned": found,
        "unit": found.unit,
        "leads": request.officer_scope.holds(found.unit_id, LEADER_ROLES),
        "may_draft": request.officer_scope.holds(found.unit_id, REPLY_ROLES | LEADER_ROLES),
        "shown": fill(found.text, facts),
        "shown_proposed": fill(found.proposed_text, facts),
        "variables": VARIABLE_WORDS.items(),
        "form_title": extra.get("typed_title") or found.proposed_title or found.title,
        "form_text": extra.get("typed_text") or found.proposed_text or found.text,
    }
    return render(request, "console/canned.html", context | extra, status=422 if extra else 200)


def _do(request: ConsoleRequest, found: CannedReply, act: str) -> None:
    scope, typed = request.officer_scope, request.POST.get("version", "")
    version = whole_number(typed)
    match act:
        case "change":
            actions.change_canned(scope, found, request.POST.get("title", ""), request.POST.get("text", ""), version)
            messages.success(request, _("The draft is kept. It can be used once a leader has approved it."))
        case "approve":
            actions.approve_canned(scope, found, version)
            messages.success(request, _("Approved: colleagues can use it now."))
        case "return":
            actions.return_canned(scope, found, version, request.POST.get("why", ""))
            messages.success(request, _("Given back with your reason."))
        case "withdraw":
            actions.withdraw_canned(scope, found)
            messages.success(request, _("Taken out of use."))
        case _:
            raise NotPossible("unknown_act")


@require_POST
@officer_required
def change_topics(request: ConsoleRequest) -> HttpResponse:
    """A leader adds a topic to a unit's list or retires one."""
    unit = _unit(request)
    try:
        if request.POST.get("act") == "retire":
            topic = access_topic(request.officer_scope, request.POST.get("topic", ""), unit.pk)
            topic_actions.retire_topic(request.officer_scope, topic)
        else:
            topic_actions.add_topic(request.officer_scope, unit, request.POST.get("name", ""))
    except NotPossible as error:
        messages.error(request, error_text(error))
    return redirect("console:replies")


@require_POST
@officer_required
def change_macros(request: ConsoleRequest) -> HttpResponse:
    """A leader adds a macro to a unit's list or withdraws one."""
    scope, unit = request.officer_scope, _unit(request)
    try:
        if request.POST.get("act") == "withdraw":
            actions.withdraw_macro(scope, queries.access_macro(scope, request.POST.get("macro", "")))
        else:
            actions.add_macro(scope, unit, request.POST.get("name", ""), _steps(request, unit))
    except NotPossible as error:
        messages.error(request, error_text(error))
    return redirect("console:replies")


def _steps(request: ConsoleRequest, unit: Unit) -> actions.MacroSteps:
    topic, reply, assigns = (request.POST.get(name, "") for name in ("topic", "canned", "assigns"))
    return actions.MacroSteps(
        access_topic(request.officer_scope, topic, unit.pk) if topic else None,
        queries.access_canned(request.officer_scope, reply) if reply else None,
        Assigns(assigns) if assigns in Assigns.values else Assigns.NOTHING,
        request.POST.get("closes") == "yes",
    )
