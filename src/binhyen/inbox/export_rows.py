"""The conversations of a place in the queue as flat rows: numbers, codes and times, no word a resident wrote (G33)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from binhyen.inbox import queue
from binhyen.inbox.bulk.selection import Matching
from binhyen.inbox.models import Conversation
from binhyen.units.scope import CONVERSATION_ROLES, Scope

MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class FlatConversation:
    """One line; who wrote stands nowhere in it."""

    number: int
    unit_name: str
    connector: str
    kind: str
    procedure: str
    topics: tuple[str, ...]
    state: str
    urgency: int
    officer_name: str
    first_at: datetime | None
    waiting_since: datetime | None
    last_message_at: datetime
    received: int
    answered: int
    notes: int


def flat_conversations(scope: Scope, place: Matching) -> list[FlatConversation]:
    """What the viewer may see at that place, in the order of the queue, at most `MOST_ROWS` and one; three queries."""
    if place.search.strip():
        page = queue.queue_for(scope, place.view, 1, place.search, place.unit_id, place.narrowed)
        keys = [conversation.pk for conversation in page.conversations]
        found = Conversation.objects.filter(pk__in=keys, unit_id__in=scope.units_with(CONVERSATION_ROLES))
    else:
        found = queue.in_view(scope, place.view, place.narrowed, place.unit_id)
    rows = found.select_related("unit", "account", "assigned_to").prefetch_related("topic_labels__topic")
    chosen = list(rows[: MOST_ROWS + 1])
    counts = _counts(Conversation.objects.filter(pk__in=[row.pk for row in chosen[:MOST_ROWS]]))
    return [_flat(row, counts.get(row.pk, {})) for row in chosen]


def _counts(found: QuerySet[Conversation]) -> dict[int, dict[str, Any]]:
    counted = found.annotate(
        first_at=Min("messages__created_at"),
        received=Count("messages", filter=Q(messages__direction="inbound")),
        answered=Count("messages", filter=Q(messages__direction="outbound")),
        notes=Count("messages", filter=Q(messages__direction="note")),
        key=F("pk"),
    ).values("key", "first_at", "received", "answered", "notes")
    return {row["key"]: dict(row) for row in counted}


def _flat(row: Conversation, counts: dict[str, Any]) -> FlatConversation:
    return FlatConversation(
        number=row.number,
        unit_name=row.unit.name,
        connector=row.account.connector,
        kind=row.kind,
        procedure=row.procedure,
        topics=tuple(label.topic.name for label in row.topic_labels.all()),
        state=row.state,
        urgency=row.urgency,
        officer_name=row.assigned_to.full_name if row.assigned_to else "",
        first_at=counts.get("first_at"),
        waiting_since=row.waiting_since,
        last_message_at=row.last_message_at,
        received=counts.get("received", 0),
        answered=counts.get("answered", 0),
        notes=counts.get("notes", 0),
    )
