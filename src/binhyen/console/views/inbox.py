"""The inbox: rail, queue, conversation and context on one page; fragments of it for live updates."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from binhyen.cases.custodians import CUSTODIAN
from binhyen.console import answers, rows
from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.notices import page_troubles_for
from binhyen.console.queue_place import (
    HOURS,
    chips,
    filter_of,
    page_number,
    place_query,
    saved_query,
    unit_of,
    view_of,
)
from binhyen.console.quoting import quote_context
from binhyen.console.sorting_texts import BULK_BUTTONS, BULK_NAMES, SNOOZE_NAMES
from binhyen.console.texts import BAND_WORDS, EMPTY_VIEWS, KIND_NAMES, SOURCE_NAMES, VIEW_NAMES
from binhyen.core import clock
from binhyen.inbox import actions, alerts, names, queries, queue
from binhyen.inbox.bulk.undo import undoable_for
from binhyen.inbox.canned.queries import macros_for
from binhyen.inbox.filters.queries import filters_for
from binhyen.inbox.filters.rules import SOURCES, QueueFilter, View
from binhyen.inbox.merging.queries import group_of
from binhyen.inbox.models import BulkKind, Conversation
from binhyen.inbox.snoozing.actions import note_viewing
from binhyen.inbox.snoozing.queries import colleagues_viewing, snooze_of
from binhyen.inbox.snoozing.rules import usual_times
from binhyen.inbox.topics.queries import topics_for, topics_of
from binhyen.inbox.waiting.queries import ages_for
from binhyen.language.kinds import KINDS
from binhyen.language.places import Gazetteer
from binhyen.units import queries as unit_queries
from binhyen.units.scope import CONVERSATION_ROLES, REPLY_ROLES, SWITCH_ROLES

FRAGMENTS = {"queue": "console/queue.html", "messages": "console/messages.html", "status": "console/status.html"}
"""Parts of the page that htmx asks for alone, by the id of the element they fill."""


@officer_required
def inbox(request: ConsoleRequest) -> HttpResponse:
    """The queue alone. An officer without conversations goes to the openings as a custodian, else to the settings."""
    if not request.officer_scope.units_with(CONVERSATION_ROLES):
        is_custodian = request.officer_scope.units_with(CUSTODIAN)
        return redirect("console:openings" if is_custodian else "console:settings")
    return show(request, None)


@officer_required
def thread(request: ConsoleRequest, conversation_id: str) -> HttpResponse:
    """The queue and one conversation."""
    conversation = queries.access_conversation(request.officer_scope, conversation_id)
    if not request.htmx:
        actions.mark_read(request.officer_scope, conversation)
    if (request.htmx.target or "") not in FRAGMENTS:  # a page that stays open and renews itself is one look
        queries.note_read(request.officer_scope, conversation)
    note_viewing(request.officer_scope, conversation)
    return show(request, conversation)


def show(request: ConsoleRequest, conversation: Conversation | None, **extra: Any) -> HttpResponse:
    """The whole page, or the fragment asked for; `extra` carries errors of a form with its `status`."""
    status: int = extra.pop("status", 200)
    template = FRAGMENTS.get(request.htmx.target or "") if request.htmx else None
    context: dict[str, Any] = {"fragment": request.htmx.target if template else ""}
    if template != FRAGMENTS["messages"]:
        context |= queue_context(request, conversation)
    if conversation is not None and template != FRAGMENTS["queue"]:
        context |= thread_context(request, conversation)
    return render(request, template or "console/inbox.html", context | extra, status=status)


def queue_context(request: ConsoleRequest, conversation: Conversation | None) -> dict[str, Any]:
    """What the rail, the status bars and the queue show."""
    scope = request.officer_scope
    units = unit_queries.conversation_units_for(scope)
    unit = unit_of(request, units)
    unit_id = unit.pk if unit else None
    counts = queue.count_queue(scope, unit_id)
    view, narrowed, search = view_of(request, counts), filter_of(request), request.GET.get("q", "")[:100]
    page = queue.queue_for(scope, view, page_number(request), search, unit_id, narrowed)
    now, ages = clock.now(), ages_for(scope, unit_id)
    selected = conversation.public_id if conversation else ""
    return {
        "units": units,
        "unit": unit or (units[0] if len(units) == 1 else None),
        "view": view,
        "view_name": VIEW_NAMES[view],
        "views": [(each, VIEW_NAMES[each], counts.get(each)) for each in View],
        "empty_words": EMPTY_VIEWS[view],
        "counts": counts,
        "search": search,
        "rows": [rows.row_for(each, now, selected) for each in page.conversations],
        "page": page,
        "place": place_query(request),
        "previous_page": place_query(request, page=str(page.number - 1)),
        "next_page": place_query(request, page=str(page.number + 1)),
        "ages": ages,
        "age_median": rows.duration_words(ages.median) if ages.median is not None else "",
        "age_worst": rows.duration_words(ages.worst.age) if ages.worst else "",
        "updated_at": now,
        "alerts": alerts.ringing_alerts_for(scope),
        "stopped_units": queries.stopped_units_for(scope),
        "troubles": page_troubles_for(scope),
        "may_act": bool(scope.units_with(REPLY_ROLES)),
        "matching": _matching_count(request, view, narrowed, search, counts, len(page.conversations)),
        "bulk_kinds": BULK_BUTTONS.items(),
        "recent_acts": [(act, BULK_NAMES[BulkKind(act.kind)]) for act in undoable_for(scope)],
        "switch_units": [each for each in units if scope.holds(each.pk, SWITCH_ROLES)],
    } | _filter_context(request, narrowed, unit_id)


def _matching_count(
    request: ConsoleRequest, view: View, narrowed: QueueFilter, search: str, counts: dict[View, int], shown: int
) -> int:
    """How many "all that match" are."""
    if search.strip():
        return shown
    if view in counts and not narrowed.given():
        return counts[view]
    unit = unit_of(request, unit_queries.conversation_units_for(request.officer_scope))
    return queue.in_view(request.officer_scope, view, narrowed, unit.pk if unit else None).count()


def _filter_context(request: ConsoleRequest, narrowed: QueueFilter, unit_id: int | None) -> dict[str, Any]:
    """What the filter form offers and what narrows now."""
    topics = topics_for(request.officer_scope, unit_id)
    officers = unit_queries.colleagues_of_units_for(request.officer_scope, REPLY_ROLES, unit_id)
    return {
        "narrowed": narrowed,
        "chips": chips(request, narrowed, topics, officers),
        "topics": topics,
        "officers": officers,
        "kinds": [(kind, KIND_NAMES.get(kind, kind)) for kind in KINDS],
        "sources": [(source, SOURCE_NAMES[source]) for source in SOURCES],
        "hours": HOURS,
        "saved_filters": [(saved, saved_query(saved)) for saved in filters_for(request.officer_scope)],
    }


def thread_context(request: ConsoleRequest, conversation: Conversation) -> dict[str, Any]:
    """What the conversation, the composer and the context pane show."""
    now = clock.now()
    scope = request.officer_scope
    number = page_number(request, "older")
    messages, has_older = queries.messages_for(scope, conversation, number)
    drafts = queries.drafts_for(scope, conversation)
    window = queries.window_for(conversation, now)
    inbound = queries.last_inbound(conversation)
    quoted = queries.quoted_texts(conversation, messages)
    may_reply = scope.holds(conversation.unit_id, REPLY_ROLES)
    is_closed = window.stops_at is not None and now >= window.stops_at
    return {
        "conversation": conversation,
        "name": rows.person_name(conversation),
        "asks_for_name": names.is_name_missing(conversation),
        "bubbles": [rows.bubble_for(message, quoted) for message in messages],
        "older": number + 1 if has_older else 0,
        "is_latest_page": number == 1,
        "seen_at": messages[-1].created_at.isoformat() if messages else "",
        "clocks": rows.window_clocks(window, now),
        "is_window_closed": is_closed,
        "limit": queries.capabilities_for(conversation).text_limit,
        "reply_draft": drafts.get(False, ""),
        "note_draft": drafts.get(True, ""),
        "tab": "note" if request.GET.get("tab") == "note" else "reply",
        "together": group_of(scope, conversation),
        "unit_macros": macros_for(scope, conversation.unit_id),
        "viewing": colleagues_viewing(scope, conversation),
        "snooze": snooze_of(conversation),
        "snooze_times": [(SNOOZE_NAMES[name], at) for name, at in usual_times(now).items()],
        "own_topics": topics_of(conversation),
        "unit_topics": topics_for(scope, conversation.unit_id),
        "colleague": queries.colleague_replying(scope, conversation),
        "may_reply": may_reply,
        "source": rows.source_name(conversation),
        "urgency": rows.urgency_words(conversation.urgency),
        "kind_name": KIND_NAMES.get(conversation.kind, ""),
        "kinds": [(kind, KIND_NAMES.get(kind, kind)) for kind in KINDS],
        "procedure_title": answers.procedure_title(conversation.procedure),
        "band_words": BAND_WORDS.get(inbound.band, "") if inbound and conversation.procedure else "",
        "suggestions": answers.suggestions_for(conversation, inbound.text) if inbound else [],
        "procedures": answers.procedure_choices(),
        "places": _places(conversation, inbound.text if inbound else ""),
        "colleagues": unit_queries.colleagues_for(scope, conversation.unit_id, REPLY_ROLES),
        "place": place_query(request),
    } | quote_context(request, conversation, may_reply=may_reply and not is_closed)


def _places(conversation: Conversation, text: str) -> list[str]:
    """Names of the unit's own areas in the latest message."""
    names = list(conversation.unit.areas.values_list("name", flat=True))
    return list(Gazetteer(names).find(text)) if names and text else []
