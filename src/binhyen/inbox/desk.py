"""Reads of the paste-in desk: what an officer still has to copy out by hand."""

from django.db.models import Exists, OuterRef, Q

from binhyen.inbox.models import Conversation, ConversationState, Delivery, DeliveryState
from binhyen.inbox.queries import visible_conversations
from binhyen.units.scope import CONVERSATION_ROLES, REPLY_ROLES, Scope

SHOWN = 20
"""Open conversations listed at the desk."""


def texts_to_copy(scope: Scope, conversation: Conversation) -> list[Delivery]:
    """Deliveries of the conversation that wait to be copied out, in their order, each with its message."""
    scope.check(conversation.unit_id, CONVERSATION_ROLES)
    waiting = Delivery.objects.filter(conversation=conversation, state=DeliveryState.BY_HAND)
    return list(waiting.select_related("message").order_by("pk"))


def not_done_for(scope: Scope, except_for: str = "") -> list[Conversation]:
    """Pasted conversations whose answer is not written or not copied out yet: danger first, then who waits longest."""
    waiting = Delivery.objects.filter(conversation=OuterRef("pk"), state=DeliveryState.BY_HAND)
    found = visible_conversations(scope).filter(
        Q(state=ConversationState.WAITING) | Exists(waiting),
        unit_id__in=scope.units_with(REPLY_ROLES),
        account__connector="manual",
    )
    in_order = found.exclude(public_id=except_for).select_related("unit").order_by("-urgency", "last_message_at")
    return list(in_order[:SHOWN])
