"""Reads of the inbox for officers; the scope comes first and decides what exists (G39)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils.crypto import constant_time_compare

from binhyen.audit import actions as audit
from binhyen.channels.connector import Capabilities
from binhyen.channels.registry import connector_for
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox.models import (
    Attachment,
    Conversation,
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

THREAD_SIZE = 100
"""Latest messages shown at once."""
SOFT_LOCK = timedelta(minutes=3)
"""How long after the last typed letter a colleague counts as replying."""
NEEDS_REVIEW = (DeliveryState.UNKNOWN, DeliveryState.REFUSED, DeliveryState.BY_HAND)
"""Deliveries that wait for an officer."""


def visible_conversations(scope: Scope) -> QuerySet[Conversation]:
    """All conversations the officer may read; technical administrators get none (G20)."""
    return Conversation.objects.filter(unit_id__in=scope.units_with(CONVERSATION_ROLES))


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


def quoted_texts(conversation: Conversation, messages: Iterable[Message]) -> dict[str, str]:
    """Texts of what these messages of a conversation quote, by external id, as far as it stands there; one query."""
    wanted = {message.quoted_id for message in messages} - {""}
    found = Message.objects.filter(conversation=conversation, external_id__in=wanted)
    return dict(found.values_list("external_id", "text")) if wanted else {}


REPORTED_KINDS = ("report", "emergency")


def note_read(scope: Scope, conversation: Conversation) -> None:
    """A look at a chat in which something was reported is a row of the record, like one at a sealed report (G16)."""
    if Message.objects.filter(conversation=conversation, kind__in=REPORTED_KINDS).exists():
        audit.record(
            conversation.unit_id, "conversation.read", actor_key=scope.officer_id, subject=conversation.public_id
        )


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
    """The cleaned copy of an attachment (G10), never an original picture; a row of the record where something was
    reported. Raises NotAllowed.
    """
    units = scope.units_with(CONVERSATION_ROLES)
    found = Attachment.objects.filter(shown__public_id=public_id, unit_id__in=units)
    attachment = found.select_related("shown", "message__conversation").first()
    if attachment is None or attachment.shown is None:
        raise NotAllowed
    if attachment.message.kind in REPORTED_KINDS:
        subject = attachment.message.conversation.public_id
        audit.record(attachment.unit_id, "conversation.file_read", actor_key=scope.officer_id, subject=subject)
    return attachment.shown


def stopped_units_for(scope: Scope) -> list[Unit]:
    """Units whose outgoing messages are held back."""
    units = scope.units_with(CONVERSATION_ROLES)
    return list(Unit.objects.filter(pk__in=units).exclude(sending_stopped_at=None).order_by("name"))


def last_change_for(scope: Scope) -> datetime | None:
    """When anything in the officer's conversations last changed; the tag of the polling fallback."""
    latest = visible_conversations(scope).order_by("-changed_at").values_list("changed_at", flat=True)
    return latest.first()
