"""What an officer does in a conversation: each act is a normal POST that leads back to the page."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binhyen.console import answers
from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.queue_place import place_query
from binhyen.console.quoting import chosen_id, chosen_message
from binhyen.console.texts import error_text
from binhyen.console.views.desk import desk_address
from binhyen.console.views.inbox import show, thread_context
from binhyen.core.errors import NotPossible
from binhyen.inbox import actions, drafts, names, queries
from binhyen.inbox.models import Conversation, Delivery
from binhyen.procedures.queries import catalogue
from binhyen.units import queries as unit_queries
from binhyen.units.scope import REPLY_ROLES


def back_to(request: ConsoleRequest, conversation: Conversation, **changed: str) -> HttpResponse:
    """The conversation again, in the same view of the queue."""
    query = place_query(request, **changed)
    address = reverse("console:thread", args=[conversation.public_id])
    return redirect(f"{address}?{query}" if query else address)


def _back_to_list(request: ConsoleRequest) -> HttpResponse:
    query = place_query(request)
    return redirect(f"{reverse('console:inbox')}?{query}" if query else reverse("console:inbox"))


@require_POST
@officer_required
def reply(request: ConsoleRequest, conversation_id: str) -> HttpResponse:
    """Send the text to the resident; a refused one stays in the box with the reason."""
    conversation = queries.access_conversation(request.officer_scope, conversation_id)
    text = request.POST.get("text", "")
    seen_at, chosen = _seen_at(request), chosen_message(request, conversation)
    try:
        actions.reply(request.officer_scope, conversation, text, seen_at, chosen.external_id if chosen else "")
    except NotPossible as error:
        drafts.save_draft(request.officer_scope, conversation, text)
        return show(request, conversation, **_refused(request, conversation, error, seen_at, "reply"))
    if _comes_from_desk(request):
        return redirect(desk_address(conversation))
    return back_to(request, conversation)


def _comes_from_desk(request: ConsoleRequest) -> bool:
    return request.POST.get("back") == "desk"


def _seen_at(request: ConsoleRequest) -> datetime | None:
    try:
        found = parse_datetime(request.POST.get("seen_at", ""))
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _refused(
    request: ConsoleRequest, conversation: Conversation, error: NotPossible, seen_at: datetime | None, tab: str
) -> dict[str, Any]:
    conflict = []
    if error.code == "reply_conflict" and seen_at is not None:
        conflict = queries.replies_after(conversation, seen_at, request.officer_scope.officer_id)
    return {"error": error_text(error), "conflict": conflict, "tab": tab, "status": 422}


@require_POST
@officer_required
def note(request: ConsoleRequest, conversation_id: str) -> HttpResponse:
    """Keep an internal note."""
    conversation = queries.access_conversation(request.officer_scope, conversation_id)
    text = request.POST.get("text", "")
    try:
        actions.add_note(request.officer_scope, conversation, text)
    except NotPossible as error:
        drafts.save_draft(request.officer_scope, conversation, text, is_note=True)
        return show(request, conversation, **_refused(request, conversation, error, None, "note"))
    return back_to(request, conversation, tab="note")


@require_POST
@officer_required
def draft(request: ConsoleRequest, conversation_id: str) -> HttpResponse:
    """Keep what is typed so far; buttons also choose a message to answer and, without script, switch to the note."""
    conversation = queries.access_conversation(request.officer_scope, conversation_id)
    is_note = request.POST.get("is_note") == "yes"
    drafts.save_draft(request.officer_scope, conversation, request.POST.get("text", ""), is_note, _seen_at(request))
    if request.htmx:
        return HttpResponse(status=204)
    return back_to(request, conversation, tab=request.POST.get("switch_to", "reply"), quote=chosen_id(request))


@require_POST
@officer_required
def act(request: ConsoleRequest, conversation_id: str) -> HttpResponse:
    """One of the plain acts: assign, take, close, reopen, unread, label."""
    conversation = queries.access_conversation(request.officer_scope, conversation_id)
    try:
        leaves = _do(request, conversation, request.POST.get("act", ""))
    except NotPossible as error:
        messages.error(request, error_text(error))
        leaves = False
    return _back_to_list(request) if leaves else back_to(request, conversation)


def _do(request: ConsoleRequest, conversation: Conversation, name: str) -> bool:
    """Do it; True when the officer is done with the conversation for now."""
    scope = request.officer_scope
    match name:
        case "assign":
            chosen = request.POST.get("officer", "")
            colleague = unit_queries.access_colleague(scope, conversation.unit, chosen) if chosen else None
            actions.assign(scope, conversation, colleague)
            messages.success(request, _("In charge now: %(name)s") % {"name": colleague or _("nobody")})
        case "take":
            actions.assign(scope, conversation, request.user)
        case "close":
            actions.close(scope, conversation)
            messages.success(request, _("Conversation #%(n)s is closed.") % {"n": conversation.number})
            return True
        case "reopen":
            actions.reopen(scope, conversation)
        case "unread":
            actions.mark_unread(scope, conversation)
            return True
        case "label":
            procedure = request.POST.get("procedure", "")
            if procedure and catalogue().procedure(procedure) is None:
                raise NotPossible("kind_unknown")
            actions.label(scope, conversation, request.POST.get("kind", ""), procedure)
            messages.success(request, _("Thank you. The machine learns from this at the next training."))
        case _:
            raise NotPossible("unknown_act")
    return False


@require_POST
@officer_required
def name(request: ConsoleRequest, conversation_id: str) -> HttpResponse:
    """Ask the platform for the resident's name, once; the title of the thread is filled with it."""
    conversation = queries.access_conversation(request.officer_scope, conversation_id)
    found = names.fetch_name(request.officer_scope, conversation)
    if not request.htmx:
        return back_to(request, conversation)
    return HttpResponse(escape(found)) if found else HttpResponse(status=204)


@require_POST
@officer_required
def delivery(request: ConsoleRequest, conversation_id: str) -> HttpResponse:
    """Tick off replies copied by hand, or decide about one whose fate is unknown."""
    conversation = queries.access_conversation(request.officer_scope, conversation_id)
    act = request.POST.get("act", "")
    try:
        for key in request.POST.getlist("delivery"):
            _decide(request, queries.access_delivery(request.officer_scope, conversation, key), act)
    except NotPossible as error:
        messages.error(request, error_text(error))
    else:
        if act == "done" and _comes_from_desk(request):
            messages.success(request, _("Conversation #%(n)s is answered.") % {"n": conversation.number})
            return redirect(desk_address())
    return redirect(desk_address(conversation)) if _comes_from_desk(request) else back_to(request, conversation)


def _decide(request: ConsoleRequest, found: Delivery, act: str) -> None:
    match act:
        case "done":
            actions.mark_done_by_hand(request.officer_scope, found)
        case "edit":
            actions.take_back_by_hand(request.officer_scope, found)
        case _:
            actions.resolve_unknown(request.officer_scope, found, resend=act == "resend")


@officer_required
def picker(request: ConsoleRequest, conversation_id: str) -> HttpResponse:
    """Ready answers to insert: a list to search, or with POST the chosen one at the end of the reply's draft."""
    conversation = queries.access_conversation(request.officer_scope, conversation_id)
    request.officer_scope.check(conversation.unit_id, REPLY_ROLES)
    if request.method == "POST":
        return _insert(request, conversation)
    search = request.GET.get("answer", "")[:100]
    found = answers.find_ready(request.officer_scope, conversation.unit, search)
    context = {"conversation": conversation, "answers": found, "answer_search": search}
    template = "console/answer_list.html" if request.htmx else "console/answers.html"
    return render(request, template, context | {"place": place_query(request)})


def _insert(request: ConsoleRequest, conversation: Conversation) -> HttpResponse:
    known = queries.drafts_for(request.officer_scope, conversation)
    text = request.POST.get("text", known.get(False, "")).rstrip().removesuffix("/").rstrip()
    answer = answers.ready_text(request.officer_scope, conversation, request.user, request.POST.get("answer", ""))
    drafts.save_draft(request.officer_scope, conversation, f"{text}\n\n{answer}".strip())
    if _comes_from_desk(request):
        return redirect(desk_address(conversation))
    if not request.htmx:
        return back_to(request, conversation, quote=chosen_id(request))
    context = thread_context(request, conversation) | {"tab": "reply", "takes_focus": True}
    return render(request, "console/composer.html", context)
