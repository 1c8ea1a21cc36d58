"""Paste-in desk: for a page without an API package, an ordinary group or the telephone, the officer is the wire."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from binhyen.channels.connector import Text
from binhyen.channels.models import Account
from binhyen.console import answers, rows
from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.texts import error_text
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.ids import new_public_id
from binhyen.core.text import clean
from binhyen.inbox import desk as desk_queries
from binhyen.inbox import pictures, queries
from binhyen.inbox.models import Conversation
from binhyen.units import queries as unit_queries
from binhyen.units.models import Unit
from binhyen.units.scope import REPLY_ROLES

TEXT_LIMIT = 10_000
"""Characters of a pasted message."""


@officer_required
def desk(request: ConsoleRequest) -> HttpResponse:
    """Paste a resident's message; its answer stands on the same page to be copied out and ticked off."""
    units = unit_queries.units_for(request.officer_scope, REPLY_ROLES)
    if not units:
        raise NotAllowed
    units.sort(key=lambda unit: unit.has_api)
    error, text = "", request.POST.get("text", "")
    if request.method == "POST":
        try:
            return _receive(request, _chosen(units, request.POST.get("unit", "")), text)
        except NotPossible as refused:
            error = error_text(refused)
    context: dict[str, Any] = {"units": units, "text": text, "error": error}
    if known := request.GET.get("c", ""):
        context |= _answer_context(request, known)
    not_done = desk_queries.not_done_for(request.officer_scope, known)
    context["not_done"] = [(each, rows.urgency_words(each.urgency)) for each in not_done]
    return render(request, "console/desk.html", context, status=422 if error else 200)


def _answer_context(request: ConsoleRequest, public_id: str) -> dict[str, Any]:
    """The pasted message and what to send back."""
    conversation = queries.access_conversation(request.officer_scope, public_id)
    inbound = queries.last_inbound(conversation)
    return {
        "conversation": conversation,
        "chosen_unit": conversation.unit,
        "question": inbound,
        "urgency": rows.urgency_words(conversation.urgency),
        "parts": [
            {"text": rows.copied_text(delivery.message), "key": queries.delivery_key(delivery)}
            for delivery in desk_queries.texts_to_copy(request.officer_scope, conversation)
        ],
        "reply_draft": queries.drafts_for(request.officer_scope, conversation).get(False, ""),
        "suggestions": answers.suggestions_for(conversation, inbound.text) if inbound else [],
    }


def _chosen(units: list[Unit], public_id: str) -> Unit:
    found = next((unit for unit in units if unit.public_id == public_id), None)
    if found is None and public_id:
        raise NotAllowed
    return found or units[0]


def _receive(request: ConsoleRequest, unit: Unit, text: str) -> HttpResponse:
    from binhyen.workflows.intake import receive_now

    text = clean(text)[:TEXT_LIMIT]
    if not text:
        raise NotPossible("desk_text_missing")
    account = Account.objects.get(unit=unit, connector="manual")
    person = new_public_id()
    if known := request.POST.get("conversation", ""):
        conversation = queries.access_conversation(request.officer_scope, known)
        if conversation.account_id != account.pk:
            raise NotAllowed
        person = conversation.contact.external_id
    conversation = receive_now(account, Text(person, new_public_id(), text, clock.now()))
    if picture := request.FILES.get("picture"):
        try:
            pictures.attach_picture(request.officer_scope, conversation, picture.read(), picture.name or "")
        except NotPossible as error:
            messages.error(request, error_text(error))
    return redirect(desk_address(conversation))


def desk_address(conversation: Conversation | None = None) -> str:
    """The desk, with the answer to one conversation when it is given."""
    address = reverse("console:desk")
    return f"{address}?c={conversation.public_id}" if conversation else address
