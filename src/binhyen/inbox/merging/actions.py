"""Leaving a group of merged conversations, one by one or all at once."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Count

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.inbox.models import Conversation, GroupedThread, ThreadGroup
from binhyen.units.scope import REPLY_ROLES, Scope


def leave_group(keys: Collection[int]) -> None:
    """These conversations stand for themselves again; a group of one is none. Inside the caller's transaction."""
    groups = set(GroupedThread.objects.filter(conversation__in=keys).values_list("group_id", flat=True))
    members = set(GroupedThread.objects.filter(group__in=groups).values_list("conversation_id", flat=True))
    GroupedThread.objects.filter(conversation__in=keys).delete()
    left = ThreadGroup.objects.filter(pk__in=groups).annotate(size=Count("members"))
    for group in left:
        if group.size < 2 or group.lead_id in keys:
            _give_up_or_lead_anew(group)
    Conversation.objects.filter(pk__in=members).update(changed_at=clock.now())


def _give_up_or_lead_anew(group: ThreadGroup) -> None:
    """The one that waits longest leads; fewer than two make no group."""
    rest = list(group.members.select_related("conversation"))
    if len(rest) < 2:
        group.delete()
        return
    waits = [member.conversation for member in rest]
    group.lead = min(waits, key=lambda row: (row.waiting_since is None, row.waiting_since or row.last_message_at))
    group.save(update_fields=["lead"])


@transaction.atomic
def take_out(scope: Scope, conversation: Conversation) -> None:
    """One conversation leaves its group."""
    scope.check(conversation.unit_id, REPLY_ROLES)
    leave_group([conversation.pk])
    audit.record(
        conversation.unit_id, "conversation.taken_out", actor_key=scope.officer_id, subject=conversation.public_id
    )


@transaction.atomic
def end_group(scope: Scope, group: ThreadGroup) -> None:
    """All stand for themselves again; nothing was moved, so nothing is lost."""
    scope.check(group.unit_id, REPLY_ROLES)
    keys = list(group.members.values_list("conversation_id", flat=True))
    audit.record(
        group.unit_id, "group.ended", actor_key=scope.officer_id, subject=group.public_id, facts={"size": len(keys)}
    )
    group.delete()
    Conversation.objects.filter(pk__in=keys).update(changed_at=clock.now())
