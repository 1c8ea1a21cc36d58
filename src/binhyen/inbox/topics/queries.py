"""Reads of a unit's topics."""

from binhyen.core.errors import NotAllowed
from binhyen.core.text import sort_key
from binhyen.inbox.models import Conversation, ConversationTopic, Topic
from binhyen.units.scope import CONVERSATION_ROLES, Scope


def topics_for(scope: Scope, unit_id: int | None = None, *, with_retired: bool = False) -> list[Topic]:
    """Topics of the officer's units, or of one of them, in Vietnamese order."""
    units = scope.units_with(CONVERSATION_ROLES)
    found = Topic.objects.filter(unit_id__in=units if unit_id is None else units & {unit_id}).select_related("unit")
    if not with_retired:
        found = found.filter(is_retired=False)
    return sorted(found, key=lambda topic: sort_key(topic.name))


def access_topic(scope: Scope, public_id: str, unit_id: int) -> Topic:
    """A topic of this unit. Raises NotAllowed."""
    scope.check(unit_id, CONVERSATION_ROLES)
    found = Topic.objects.filter(public_id=public_id, unit_id=unit_id).first()
    if found is None:
        raise NotAllowed
    return found


def topics_of(conversation: Conversation) -> list[Topic]:
    """What the conversation is labelled with."""
    rows = ConversationTopic.objects.filter(conversation=conversation).select_related("topic").order_by("pk")
    return [row.topic for row in rows]
