"""What is merged with a conversation."""

from dataclasses import dataclass

from binhyen.inbox.models import Conversation, ThreadGroup
from binhyen.units.scope import CONVERSATION_ROLES, Scope


@dataclass(frozen=True, slots=True)
class Together:
    """A group as a conversation of it shows it."""

    group: ThreadGroup
    is_lead: bool
    others: list[Conversation]
    """The rest of the group, the lead first."""


def group_of(scope: Scope, conversation: Conversation) -> Together | None:
    """The group the conversation is in, two queries; None for one that stands alone."""
    scope.check(conversation.unit_id, CONVERSATION_ROLES)
    group = ThreadGroup.objects.filter(members__conversation=conversation).first()
    if group is None:
        return None
    rows = Conversation.objects.filter(grouped__group=group).exclude(pk=conversation.pk)
    others = sorted(rows.select_related("contact", "account"), key=lambda row: (row.pk != group.lead_id, row.number))
    return Together(group, group.lead_id == conversation.pk, others)
