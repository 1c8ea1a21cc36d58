"""Who looks at a conversation now."""

from binhyen.core import clock
from binhyen.inbox.models import Conversation, Snooze, Viewing
from binhyen.inbox.snoozing.actions import WATCHED_FOR
from binhyen.units.models import Officer
from binhyen.units.scope import CONVERSATION_ROLES, Scope


def colleagues_viewing(scope: Scope, conversation: Conversation) -> list[Officer]:
    """Other officers who had it open within the last minutes, by name."""
    scope.check(conversation.unit_id, CONVERSATION_ROLES)
    recent = Viewing.objects.filter(conversation=conversation, seen_at__gt=clock.now() - WATCHED_FOR)
    others = recent.exclude(officer_id=scope.officer_id).select_related("officer").order_by("officer__full_name")
    return [viewing.officer for viewing in others]


def snooze_of(conversation: Conversation) -> Snooze | None:
    """Until when it is put aside; None when it is in the queue, also because its resident wrote again."""
    snooze = Snooze.objects.filter(conversation=conversation, until__gt=clock.now()).select_related("officer").first()
    if snooze is None:
        return None
    wrote_at = conversation.last_inbound_at
    return None if wrote_at is not None and wrote_at >= snooze.made_at else snooze
