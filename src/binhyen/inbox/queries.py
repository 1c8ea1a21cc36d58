"""Reads of the inbox for officers; the scope comes first and decides what exists (G39)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.utils.crypto import constant_time_compare

from binhyen.channels.connector import Capabilities
from binhyen.channels.registry import connector_for
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import fold, nfc
from binhyen.inbox.models import (
    Attachment,
    Conversation,
    ConversationState,
    Delivery,
    DeliveryState,
    Direction,
    Draft,
    Message,
)
from binhyen.inbox.rules import ReplyWindow, reply_window
from binhyen.units.models import Unit
from binhyen.units.scope import CONVERSATION_ROLES, Scope
from binhyen.vault.keyring import keyed_hash
from binhyen.vault.models import StoredFile

PAGE_SIZE = 50
"""Conversations on one page of the queue."""
THREAD_SIZE = 100
"""Latest messages shown at once."""
SEARCH_DEPTH = 400
"""Messages looked at for one search, newest first."""
SOFT_LOCK = timedelta(minutes=3)
"""How long after the last typed letter a colleague counts as replying."""
NEEDS_REVIEW = (DeliveryState.UNKNOWN, DeliveryState.REFUSED, DeliveryState.BY_HAND)
"""Deliveries that wait for an officer."""


class View(StrEnum):
    """The fixed views of the queue."""

    MINE = "mine"
    UNASSIGNED = "unassigned"
    UNIT = "unit"
    URGENT = "urgent"
    PROCEDURE = "procedure"
    REVIEW = "review"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of conversations."""

    conversations: list[Conversation]
    has_more: bool
    number: int


def visible_conversations(scope: Scope) -> QuerySet[Conversation]:
    """All conversations the officer may read; technical administrators get none (G20)."""
    return Conversation.objects.filter(unit_id__in=scope.units_with(CONVERSATION_ROLES))


def _in_view(view: View, officer_id: int) -> Q:
    waiting = Q(state=ConversationState.WAITING)
    is_open = ~Q(state=ConversationState.CLOSED)
    return {
        View.MINE: waiting & Q(assigned_to_id=officer_id),
        View.UNASSIGNED: waiting & Q(assigned_to=None),
        View.UNIT: is_open,
        View.URGENT: is_open & Q(urgency__gt=0),
        View.PROCEDURE: is_open & Q(kind="procedure"),
        View.REVIEW: Q(pk__in=Delivery.objects.filter(state__in=NEEDS_REVIEW).values("conversation_id")),
        View.DONE: Q(state=ConversationState.CLOSED),
    }[view]


def queue_for(scope: Scope, view: View, page: int = 1, search: str = "", unit_id: int | None = None) -> QueuePage:
    """Conversations of a view, what is due first on top; with `search`, the best matches of all views.

    Order is who waits, urgency, then the time by which an answer is due, which follows the wait; never the
    person (G31).
    """
    found = visible_conversations(scope)
    if unit_id is not None:
        found = found.filter(unit_id=unit_id)
    if search.strip():
        return _search(found, search)
    found = found.filter(_in_view(view, scope.officer_id))
    if view == View.DONE:
        found = found.order_by("-last_message_at")
    else:
        waits = Case(When(state=ConversationState.WAITING, then=0), default=1)
        found = found.order_by(waits, "-urgency", F("waiting_since").asc(nulls_last=True), "-last_message_at")
    start = (max(1, page) - 1) * PAGE_SIZE
    rows = list(_with_row_facts(found)[start : start + PAGE_SIZE + 1])
    return QueuePage(rows[:PAGE_SIZE], len(rows) > PAGE_SIZE, max(1, page))


def _with_row_facts(found: QuerySet[Conversation]) -> QuerySet[Conversation]:
    open_deliveries = Delivery.objects.filter(conversation=OuterRef("pk"), state__in=NEEDS_REVIEW)
    return found.select_related("contact", "account", "assigned_to", "unit").annotate(
        needs_review=Exists(open_deliveries)
    )


def _search(found: QuerySet[Conversation], typed: str) -> QueuePage:
    """By words or name, with or without marks, or by number ("#4827"); words typed with marks rank first.

    Looks through all messages of the units: about 0.1 s for 100,000 of them on either database.
    """
    wanted, folded = nfc(typed).strip().casefold(), fold(typed)
    if not folded:
        return QueuePage([], False, 1)
    if folded.isdecimal() and (typed.strip().startswith("#") or len(folded) <= 6):
        numbered = list(_with_row_facts(found.filter(number=int(folded)))[:PAGE_SIZE])
        if numbered:
            return QueuePage(numbered, False, 1)
    units = found.values_list("unit_id", flat=True).distinct()
    hits = Message.objects.filter(unit_id__in=list(units), folded__contains=folded).order_by("-id")
    exact: dict[int, None] = {}
    loose: dict[int, None] = {}
    for conversation_id, text in hits.values_list("conversation_id", "text")[:SEARCH_DEPTH]:
        (exact if wanted in nfc(text).casefold() else loose)[conversation_id] = None
    named = found.filter(contact__folded_name__contains=folded).values_list("pk", flat=True)[:PAGE_SIZE]
    order = list(dict.fromkeys([*exact, *named, *loose]))[:PAGE_SIZE]
    ranked = Case(*(When(pk=pk, then=place) for place, pk in enumerate(order)), default=len(order))
    return QueuePage(list(_with_row_facts(found.filter(pk__in=order)).order_by(ranked)) if order else [], False, 1)


def count_queue(scope: Scope, unit_id: int | None = None) -> dict[View, int]:
    """How many conversations each view but "done" holds, in one query."""
    found = visible_conversations(scope)
    if unit_id is not None:
        found = found.filter(unit_id=unit_id)
    views = [view for view in View if view != View.DONE]
    counted = found.aggregate(**{view.value: Count("pk", filter=_in_view(view, scope.officer_id)) for view in views})
    return {view: counted[view.value] for view in views}


def access_conversation(scope: Scope, public_id: str) -> Conversation:
    """The conversation with contact, account and unit. Raises NotAllowed for a foreign or missing one."""
    rows = visible_conversations(scope).select_related("contact", "account", "assigned_to", "unit")
    conversation = rows.filter(public_id=public_id).first()
    if conversation is None:
        raise NotAllowed
    return conversation


def messages_for(scope: Scope, conversation: Conversation, page: int = 1) -> tuple[list[Message], bool]:
    """Messages in reading order with attachments and delivery, in a fixed number of queries.

    `page` 1 holds the latest; the second value says whether older ones exist.
    """
    scope.check(conversation.unit_id, CONVERSATION_ROLES)
    found = Message.objects.filter(conversation=conversation)
    attachments = Attachment.objects.select_related("shown").order_by("pk")
    rows = found.select_related("officer", "delivery").prefetch_related(Prefetch("attachments", attachments))
    start = (max(1, page) - 1) * THREAD_SIZE
    shown = list(rows.order_by("-id")[start : start + THREAD_SIZE + 1])
    return shown[:THREAD_SIZE][::-1], len(shown) > THREAD_SIZE


def last_inbound(conversation: Conversation) -> Message | None:
    """The resident's latest message with words."""
    inbound = Message.objects.filter(conversation=conversation, direction=Direction.INBOUND).exclude(text="")
    return inbound.order_by("-id").first()


def replies_after(conversation: Conversation, seen_at: datetime, officer_id: int) -> list[Message]:
    """What colleagues sent after `seen_at`: the other side of a conflict."""
    newer = Message.objects.filter(conversation=conversation, created_at__gt=seen_at, direction=Direction.OUTBOUND)
    return list(newer.filter(author="officer").exclude(officer_id=officer_id).select_related("officer").order_by("pk"))


def drafts_for(scope: Scope, conversation: Conversation) -> dict[bool, str]:
    """The officer's own unsent reply (False) and note (True)."""
    rows = Draft.objects.filter(conversation=conversation, officer_id=scope.officer_id)
    return dict(rows.values_list("is_note", "text"))


def colleague_replying(scope: Scope, conversation: Conversation) -> Draft | None:
    """A colleague's reply typed at within the last minutes: the soft lock. Its text is not for showing."""
    recent = Draft.objects.filter(
        conversation=conversation, is_note=False, changed_at__gte=clock.now() - SOFT_LOCK
    ).exclude(officer_id=scope.officer_id)
    return recent.select_related("officer").order_by("-changed_at").first()


def capabilities_for(conversation: Conversation) -> Capabilities:
    """What the conversation's channel can do."""
    return connector_for(conversation.account.connector).capabilities


def window_for(conversation: Conversation, now: datetime | None = None) -> ReplyWindow:
    """Both clocks of the conversation."""
    return reply_window(conversation.contact.last_interaction_at, now or clock.now(), capabilities_for(conversation))


def delivery_key(delivery: Delivery) -> str:
    """What a form may carry to name a delivery without telling how many there are (G39)."""
    return keyed_hash("inbox.delivery", str(delivery.pk))[:24]


def access_delivery(scope: Scope, conversation: Conversation, key: str) -> Delivery:
    """The conversation's delivery that waits for an officer and has this key.

    Raises NotPossible("delivery_not_waiting") when there is none (any more).
    """
    scope.check(conversation.unit_id, CONVERSATION_ROLES)
    waiting = Delivery.objects.filter(conversation=conversation, state__in=NEEDS_REVIEW)
    for delivery in waiting.select_related("message"):
        if constant_time_compare(delivery_key(delivery), key):
            return delivery
    raise NotPossible("delivery_not_waiting")


def access_shown_file(scope: Scope, public_id: str) -> StoredFile:
    """The cleaned copy of an attachment (G10), never an original picture. Raises NotAllowed."""
    units = scope.units_with(CONVERSATION_ROLES)
    attachment = (
        Attachment.objects.filter(shown__public_id=public_id, unit_id__in=units).select_related("shown").first()
    )
    if attachment is None or attachment.shown is None:
        raise NotAllowed
    return attachment.shown


def stopped_units_for(scope: Scope) -> list[Unit]:
    """Units whose outgoing messages are held back."""
    units = scope.units_with(CONVERSATION_ROLES)
    return list(Unit.objects.filter(pk__in=units).exclude(sending_stopped_at=None).order_by("name"))


def last_change_for(scope: Scope) -> datetime | None:
    """When anything in the officer's conversations last changed; the tag of the polling fallback."""
    latest = visible_conversations(scope).order_by("-changed_at").values_list("changed_at", flat=True)
    return latest.first()
