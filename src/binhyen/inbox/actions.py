"""What officers do in conversations. Each act: right, rule, write, audit row, in one transaction."""

from datetime import datetime, timedelta

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean, fold
from binhyen.inbox import drafts
from binhyen.inbox.canned.rules import unfilled
from binhyen.inbox.models import (
    Author,
    Conversation,
    ConversationState,
    Delivery,
    DeliveryState,
    Direction,
    Draft,
    LabelledExample,
    Message,
)
from binhyen.inbox.outgoing import asks_money_or_code, foreign_links, has_secret_mark
from binhyen.inbox.queries import capabilities_for, last_inbound, replies_after, window_for
from binhyen.language.kinds import KINDS
from binhyen.language.personal_data import hide_for_reading, redact
from binhyen.units.models import Officer
from binhyen.units.scope import CONVERSATION_ROLES, REPLY_ROLES, Scope

PREVIEW_LENGTH = 160
"""Characters of a preview."""
PRESSED_TWICE_WITHIN = timedelta(seconds=10)
NOTE_LIMIT = 4_000
"""Characters of an internal note."""


@transaction.atomic
def reply(
    scope: Scope, conversation: Conversation, text: str, seen_at: datetime | None = None, quoted_id: str = ""
) -> Message:
    """Promise an officer's words to the resident; the sender does the rest.

    `quoted_id` is the `external_id` of the message they answer, where the channel can show that.
    `seen_at` is when the newest message the officer saw was stored: when a colleague replied after it, nothing is
    sent. Raises NotPossible: reply_empty, reply_too_long(limit, length), reply_unfilled(name),
    reply_asks_secret (G46), reply_state_secret (G63), reply_link_not_allowed(link) (G47),
    reply_window_closed, reply_conflict.
    """
    scope.check(conversation.unit_id, REPLY_ROLES)
    conversation = Conversation.objects.select_for_update().select_related("contact", "account").get(pk=conversation.pk)
    text = clean(text)
    if repeated := _just_written(scope, conversation, text):
        return repeated
    _check_reply(scope, conversation, text, seen_at)
    message = _write(scope, conversation, Direction.OUTBOUND, text, quoted_id)
    sends_by_machine = capabilities_for(conversation).sends_by_machine
    Delivery.objects.create(
        unit_id=conversation.unit_id,
        account_id=conversation.account_id,
        conversation=conversation,
        message=message,
        state=DeliveryState.PLANNED if sends_by_machine else DeliveryState.BY_HAND,
        due_at=message.created_at,
    )
    conversation.state = ConversationState.ANSWERED
    conversation.waiting_since = None
    conversation.unread_count = 0
    conversation.assigned_to_id = conversation.assigned_to_id or scope.officer_id
    conversation.preview = hide_for_reading(text)[:PREVIEW_LENGTH]
    conversation.last_message_at = message.created_at
    _touch(conversation)
    Draft.objects.filter(conversation=conversation, officer_id=scope.officer_id, is_note=False).delete()
    _audit(scope, conversation, "conversation.replied")
    return message


def _just_written(scope: Scope, conversation: Conversation, text: str) -> Message | None:
    """The same words by the same officer a moment ago: a button pressed twice promises them once."""
    if conversation.state == ConversationState.WAITING:
        return None
    same = Delivery.objects.filter(conversation=conversation, message__officer_id=scope.officer_id, message__text=text)
    lost = (DeliveryState.CANCELLED, DeliveryState.REFUSED)
    latest = same.filter(message__created_at__gt=clock.now() - PRESSED_TWICE_WITHIN).exclude(state__in=lost)
    found = latest.select_related("message").first()
    return found.message if found else None


def _check_reply(scope: Scope, conversation: Conversation, text: str, seen_at: datetime | None) -> None:
    if not text:
        raise NotPossible("reply_empty")
    limit = capabilities_for(conversation).text_limit
    if len(text) > limit:
        raise NotPossible("reply_too_long", limit=limit, length=len(text))
    if left := unfilled(text):
        raise NotPossible("reply_unfilled", name=left[0])
    if asks_money_or_code(text):
        raise NotPossible("reply_asks_secret")
    if has_secret_mark(text):
        raise NotPossible("reply_state_secret")
    if links := foreign_links(text, configuration().host):
        raise NotPossible("reply_link_not_allowed", link=links[0])
    window = window_for(conversation)
    if window.stops_at is not None and clock.now() >= window.stops_at:
        raise NotPossible("reply_window_closed")
    if seen_at is not None and replies_after(conversation, seen_at, scope.officer_id):
        raise NotPossible("reply_conflict")


def _write(scope: Scope, conversation: Conversation, direction: Direction, text: str, quoted_id: str = "") -> Message:
    now = clock.now()
    return Message.objects.create(
        unit_id=conversation.unit_id,
        conversation=conversation,
        direction=direction,
        author=Author.OFFICER,
        officer_id=scope.officer_id,
        text=text,
        folded=fold(text),
        quoted_id=quoted_id,
        sent_at=now,
        created_at=now,
    )


def _touch(conversation: Conversation) -> None:
    conversation.changed_at = clock.now()
    conversation.save()


def _audit(scope: Scope, conversation: Conversation, action: str, **facts: str | int) -> None:
    audit.record(conversation.unit_id, action, actor_key=scope.officer_id, subject=conversation.public_id, facts=facts)


@transaction.atomic
def add_note(scope: Scope, conversation: Conversation, text: str) -> Message:
    """Write an internal note. Raises NotPossible: reply_empty, reply_too_long, reply_state_secret (G63)."""
    scope.check(conversation.unit_id, CONVERSATION_ROLES)
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    text = clean(text)
    if not text:
        raise NotPossible("reply_empty")
    if len(text) > NOTE_LIMIT:
        raise NotPossible("reply_too_long", limit=NOTE_LIMIT, length=len(text))
    if has_secret_mark(text):
        raise NotPossible("reply_state_secret")
    message = _write(scope, conversation, Direction.NOTE, text)
    _touch(conversation)
    Draft.objects.filter(conversation=conversation, officer_id=scope.officer_id, is_note=True).delete()
    _audit(scope, conversation, "conversation.note_added")
    return message


@transaction.atomic
def assign(scope: Scope, conversation: Conversation, officer: Officer | None) -> None:
    """Give the conversation to an officer of the unit who may reply, or to nobody."""
    scope.check(conversation.unit_id, CONVERSATION_ROLES)
    if (
        officer is not None
        and not officer.memberships.filter(unit_id=conversation.unit_id, role__in=REPLY_ROLES).exists()
    ):
        raise NotPossible("officer_cannot_reply")
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    conversation.assigned_to = officer
    _touch(conversation)
    _audit(scope, conversation, "conversation.assigned", officer=officer.public_id if officer else "")


@transaction.atomic
def close(scope: Scope, conversation: Conversation) -> None:
    """Nothing more to do; a new message opens it again."""
    scope.check(conversation.unit_id, REPLY_ROLES)
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    conversation.state = ConversationState.CLOSED
    conversation.waiting_since = None
    conversation.urgency = 0
    conversation.unread_count = 0
    _touch(conversation)
    _audit(scope, conversation, "conversation.closed")


@transaction.atomic
def reopen(scope: Scope, conversation: Conversation) -> None:
    """Back into the queue, waiting."""
    scope.check(conversation.unit_id, REPLY_ROLES)
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    conversation.state = ConversationState.WAITING
    conversation.waiting_since = clock.now()
    _touch(conversation)
    _audit(scope, conversation, "conversation.reopened")


def mark_read(scope: Scope, conversation: Conversation) -> None:
    """Opening a conversation clears its unread count; nothing is written when there is none."""
    scope.check(conversation.unit_id, CONVERSATION_ROLES)
    if conversation.unread_count:
        Conversation.objects.filter(pk=conversation.pk).update(unread_count=0, changed_at=clock.now())


def mark_unread(scope: Scope, conversation: Conversation) -> None:
    """Show the conversation as unread again."""
    scope.check(conversation.unit_id, CONVERSATION_ROLES)
    Conversation.objects.filter(pk=conversation.pk).update(
        unread_count=max(1, conversation.unread_count), changed_at=clock.now()
    )


@transaction.atomic
def label(scope: Scope, conversation: Conversation, kind: str, procedure: str = "") -> LabelledExample | None:
    """ "This is about ...": correct kind and procedure, and keep the redacted words as an example for training.

    None when the resident has written no words yet. Raises NotPossible("kind_unknown").
    """
    scope.check(conversation.unit_id, REPLY_ROLES)
    if kind not in KINDS:
        raise NotPossible("kind_unknown")
    procedure = procedure if kind == "procedure" else ""
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    conversation.kind = kind
    conversation.procedure = procedure
    conversation.procedure_at = clock.now() if procedure else None
    _touch(conversation)
    _audit(scope, conversation, "conversation.labelled", kind=kind, procedure=procedure)
    message = last_inbound(conversation)
    if message is None:
        return None
    Message.objects.filter(pk=message.pk).update(kind=kind, procedure=procedure)
    return LabelledExample.objects.create(
        unit_id=conversation.unit_id,
        text=redact(message.text),
        kind=kind,
        procedure=procedure,
        created_on=clock.today(),
    )


@transaction.atomic
def mark_done_by_hand(scope: Scope, delivery: Delivery) -> None:
    """An officer copied the text out and ticks it off. Raises NotPossible("delivery_not_waiting")."""
    scope.check(delivery.unit_id, REPLY_ROLES)
    done = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.BY_HAND).update(
        state=DeliveryState.SENT, finished_at=clock.now(), why="by_hand"
    )
    if not done:
        raise NotPossible("delivery_not_waiting")
    _delivery_changed(scope, delivery, "delivery.done_by_hand")


@transaction.atomic
def take_back_by_hand(scope: Scope, delivery: Delivery) -> None:
    """Turn a text waiting to be copied out into the officer's draft, to change it first.

    Raises NotPossible("delivery_not_waiting").
    """
    scope.check(delivery.unit_id, REPLY_ROLES)
    waiting = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.BY_HAND)
    if not waiting.update(state=DeliveryState.CANCELLED, finished_at=clock.now(), why="edited"):
        raise NotPossible("delivery_not_waiting")
    drafts.save_draft(scope, delivery.conversation, delivery.message.text)
    Conversation.objects.filter(pk=delivery.conversation_id, state=ConversationState.ANSWERED).update(
        state=ConversationState.WAITING, waiting_since=clock.now()
    )
    _delivery_changed(scope, delivery, "delivery.taken_back")


@transaction.atomic
def resolve_unknown(scope: Scope, delivery: Delivery, resend: bool) -> None:
    """A person decides about an unknown or refused delivery: send again, or drop (G61).

    Raises NotPossible("delivery_not_waiting") when somebody else decided first.
    """
    scope.check(delivery.unit_id, REPLY_ROLES)
    now = clock.now()
    waiting = Delivery.objects.filter(pk=delivery.pk, state__in=[DeliveryState.UNKNOWN, DeliveryState.REFUSED])
    if resend:
        changed = waiting.update(state=DeliveryState.PLANNED, due_at=now, finished_at=None)
    else:
        changed = waiting.update(state=DeliveryState.CANCELLED, finished_at=now)
    if not changed:
        raise NotPossible("delivery_not_waiting")
    _delivery_changed(scope, delivery, "delivery.sent_again" if resend else "delivery.dropped")


def _delivery_changed(scope: Scope, delivery: Delivery, action: str) -> None:
    Conversation.objects.filter(pk=delivery.conversation_id).update(changed_at=clock.now())
    audit.record(delivery.unit_id, action, actor_key=scope.officer_id, subject=str(delivery.conversation.public_id))
