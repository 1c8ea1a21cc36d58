"""A message the machine writes into one conversation outside intake."""

from collections.abc import Sequence
from datetime import datetime

from binhyen.channels.connector import Button
from binhyen.core.text import fold
from binhyen.inbox.models import Author, Conversation, Delivery, DeliveryState, Direction, Message
from binhyen.inbox.queries import capabilities_for


def plan_machine_message(
    conversation: Conversation, text: str, now: datetime, buttons: Sequence[Button] = ()
) -> Delivery:
    """Promise the text to the conversation, inside the caller's transaction; the conversation's state stays."""
    message = Message.objects.create(
        unit_id=conversation.unit_id,
        conversation=conversation,
        direction=Direction.OUTBOUND,
        author=Author.MACHINE,
        text=text,
        folded=fold(text),
        buttons=[[one.title, one.kind.value, one.value] for one in buttons],
        sent_at=now,
        created_at=now,
    )
    sends_by_machine = capabilities_for(conversation).sends_by_machine
    return Delivery.objects.create(
        unit_id=conversation.unit_id,
        account_id=conversation.account_id,
        conversation=conversation,
        message=message,
        state=DeliveryState.PLANNED if sends_by_machine else DeliveryState.BY_HAND,
        due_at=now,
    )
