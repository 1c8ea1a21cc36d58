"""Keeping what an officer types until it is sent."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from binhyen.core import clock
from binhyen.inbox.models import Conversation, Direction, Draft, Message
from binhyen.inbox.outgoing import has_secret_mark
from binhyen.units.scope import CONVERSATION_ROLES, Scope

DRAFT_LIMIT = 20_000
LATE = timedelta(seconds=10)
"""So long a page's last saving may wait for the database while its words are sent."""


@transaction.atomic
def save_draft(
    scope: Scope, conversation: Conversation, text: str, is_note: bool = False, seen_at: datetime | None = None
) -> None:
    """Keep what is typed so far, line ends and spaces as typed; an empty text removes the draft.

    Not kept: a text with a mark of secrecy (G63), and what a page saves late, half typed or whole, of words that left
    from it meanwhile. `seen_at`: when the last message on that page was written.
    """
    scope.check(conversation.unit_id, CONVERSATION_ROLES)
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    keys: dict[str, Any] = {"conversation": conversation, "officer_id": scope.officer_id, "is_note": is_note}
    if has_secret_mark(text) or _left_from_page(scope, conversation, is_note, seen_at):
        return
    if text.strip():
        Draft.objects.update_or_create(**keys, defaults={"text": text[:DRAFT_LIMIT], "changed_at": clock.now()})
    else:
        Draft.objects.filter(**keys).delete()


def _left_from_page(scope: Scope, conversation: Conversation, is_note: bool, seen_at: datetime | None) -> bool:
    if seen_at is None:
        return False
    direction = Direction.NOTE if is_note else Direction.OUTBOUND
    own = Message.objects.filter(conversation=conversation, officer_id=scope.officer_id, direction=direction)
    return own.filter(created_at__gt=max(seen_at, clock.now() - LATE)).exists()
