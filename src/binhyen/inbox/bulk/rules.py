"""What one order does to one conversation, decided before anything is written."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from binhyen.channels.registry import connector_for
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.inbox.canned.rules import unfilled
from binhyen.inbox.models import BulkKind, Conversation, ConversationState, Topic
from binhyen.inbox.outgoing import asks_money_or_code, foreign_links, has_secret_mark
from binhyen.inbox.rules import reply_window
from binhyen.units.models import Officer

MOST_AT_ONCE = 500
"""Conversations of one act."""
UNDO_FOR = timedelta(minutes=10)
CANCEL_WINDOW = timedelta(minutes=2)
"""Replies of one act wait so long before the first goes out; undo in this time reaches nobody."""
MOST_LABELS = 5


@dataclass(frozen=True, slots=True)
class BulkOrder:
    """What is to be done, always in this order: topic, reply, officer in charge, close; or a merge alone."""

    kind: BulkKind
    topic: Topic | None = None
    text: str = ""
    """A reply with variables; "" sends nothing."""
    changes_officer: bool = False
    officer: Officer | None = None
    closes: bool = False
    lead: Conversation | None = None
    """Set for a merge: the conversation the others stand behind."""


@dataclass(frozen=True, slots=True)
class Line:
    """One conversation of an order: what would happen, or why nothing would."""

    conversation: Conversation
    text: str
    """The reply as this resident would get it, "" when none goes out."""
    adds_topic: bool
    refused: NotPossible | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one conversation beside its row."""

    text: str
    topics: frozenset[int]
    """Keys of its topics."""
    group: int | None
    """Key of the group it is in."""
    waiting: frozenset[str] = frozenset()
    """Texts that are promised already and have not gone out."""


def plan(order: BulkOrder, conversation: Conversation, facts: Facts, now: datetime) -> Line:
    """The line of a conversation; needs contact and account loaded. A reply that cannot go stops the whole order."""
    text = clean(facts.text) if order.text else ""
    adds = order.topic is not None and order.topic.pk not in facts.topics
    refused = _refusal(order, conversation, facts, text, now, adds=adds)
    return Line(conversation, "" if refused else text, adds and refused is None, refused)


def _refusal(
    order: BulkOrder, conversation: Conversation, facts: Facts, text: str, now: datetime, *, adds: bool
) -> NotPossible | None:
    if order.lead is not None:
        return NotPossible("bulk_grouped") if facts.group is not None else None
    if adds and len(facts.topics) >= MOST_LABELS:
        return NotPossible("labels_many", most=MOST_LABELS)
    if order.text and text in facts.waiting:
        return NotPossible("reply_waits_already")
    if order.text and (found := _reply_refusal(conversation, text, now)):
        return found
    return None if _changes(order, conversation, adds=adds) else NotPossible("bulk_nothing")


def _reply_refusal(conversation: Conversation, text: str, now: datetime) -> NotPossible | None:
    capabilities = connector_for(conversation.account.connector).capabilities
    if left := unfilled(text):
        return NotPossible("reply_unfilled", name=left[0])
    if len(text) > capabilities.text_limit:
        return NotPossible("reply_too_long", limit=capabilities.text_limit, length=len(text))
    window = reply_window(conversation.contact.last_interaction_at, now, capabilities)
    if (window.stops_at is not None and now >= window.stops_at) or window.state == "closed":
        return NotPossible("reply_window_closed")
    return None


def _changes(order: BulkOrder, conversation: Conversation, *, adds: bool) -> bool:
    officer_key = order.officer.pk if order.officer else None
    return bool(
        adds
        or order.text
        or (order.changes_officer and conversation.assigned_to_id != officer_key)
        or (order.closes and conversation.state != ConversationState.CLOSED)
    )


def check_text(text: str) -> None:
    """The words themselves, once for all recipients. Raises NotPossible: reply_empty, reply_asks_secret (G46),
    reply_state_secret (G63), reply_link_not_allowed(link) (G47)."""
    if not clean(text):
        raise NotPossible("reply_empty")
    if asks_money_or_code(text):
        raise NotPossible("reply_asks_secret")
    if has_secret_mark(text):
        raise NotPossible("reply_state_secret")
    if links := foreign_links(text, configuration().host):
        raise NotPossible("reply_link_not_allowed", link=links[0])


FIELDS = ("state", "waiting_since", "urgency", "unread_count", "assigned_to_id")
"""What an act may change in a conversation's row and undo puts back."""


def snapshot(conversation: Conversation) -> dict[str, Any]:
    """Those fields as JSON."""
    since = conversation.waiting_since
    return {name: getattr(conversation, name) for name in FIELDS} | {
        "state": str(conversation.state),
        "waiting_since": since.isoformat() if since else None,
    }
