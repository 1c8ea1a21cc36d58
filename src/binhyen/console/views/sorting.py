"""Putting a conversation aside, labelling it with topics, keeping filters."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.queue_place import filter_of, place_query
from binhyen.console.texts import error_text
from binhyen.console.views.thread_acts import back_to
from binhyen.core.errors import NotPossible
from binhyen.inbox.filters import actions as filter_actions
from binhyen.inbox.filters.rules import View, read_view
from binhyen.inbox.queries import access_conversation
from binhyen.inbox.snoozing import actions as snoozing
from binhyen.inbox.snoozing.rules import typed_time
from binhyen.inbox.topics import actions as topic_actions
from binhyen.inbox.topics.queries import access_topic
from binhyen.units import queries as unit_queries
from binhyen.units.scope import CONVERSATION_ROLES


@require_POST
@officer_required
def later(request: ConsoleRequest, conversation_id: str) -> HttpResponse:
    """Put the conversation aside until a usual or a typed time, or take it back."""
    conversation = access_conversation(request.officer_scope, conversation_id)
    if request.POST.get("act") == "back":
        snoozing.take_back(request.officer_scope, conversation)
        return back_to(request, conversation)
    try:
        snoozing.put_aside(request.officer_scope, conversation, _chosen_time(request))
    except NotPossible as error:
        messages.error(request, error_text(error))
        return back_to(request, conversation)
    messages.success(request, _("Conversation #%(n)s comes back by itself.") % {"n": conversation.number})
    return redirect(f"{reverse('console:inbox')}?{place_query(request)}")


def _chosen_time(request: ConsoleRequest) -> datetime:
    """The pressed usual time, else the typed one. Raises NotPossible("snooze_time")."""
    try:
        chosen = parse_datetime(request.POST.get("until", ""))
    except ValueError:
        chosen = None
    chosen = chosen or typed_time(request.POST.get("day", ""), request.POST.get("time", ""))
    if chosen is None or chosen.tzinfo is None:
        raise NotPossible("snooze_time")
    return chosen


@require_POST
@officer_required
def topic(request: ConsoleRequest, conversation_id: str) -> HttpResponse:
    """Add a topic to the conversation or take one away."""
    scope = request.officer_scope
    conversation = access_conversation(scope, conversation_id)
    chosen = access_topic(scope, request.POST.get("topic", ""), conversation.unit_id)
    try:
        if request.POST.get("act") == "remove":
            topic_actions.remove_label(scope, conversation, chosen)
        else:
            topic_actions.add_label(scope, conversation, chosen)
    except NotPossible as error:
        messages.error(request, error_text(error))
    return back_to(request, conversation)


@require_POST
@officer_required
def keep_filter(request: ConsoleRequest) -> HttpResponse:
    """Keep what narrows the queue now under a name, or remove a kept filter."""
    scope = request.officer_scope
    back = f"{reverse('console:inbox')}?{place_query(request)}"
    if request.POST.get("act") == "remove":
        filter_actions.remove_filter(scope, request.POST.get("filter", ""))
        messages.success(request, _("The filter is removed."))
        return redirect(back)
    unit = unit_queries.access_unit(scope, request.POST.get("of_unit", ""), CONVERSATION_ROLES)
    view = read_view(request.GET.get("view", "")) or View.UNIT
    is_shared = request.POST.get("shared") == "yes"
    try:
        name = request.POST.get("name", "")
        filter_actions.save_filter(scope, unit, name, view, filter_of(request), is_shared=is_shared)
        messages.success(request, _("The filter is kept."))
    except NotPossible as error:
        messages.error(request, error_text(error))
    return redirect(back)
