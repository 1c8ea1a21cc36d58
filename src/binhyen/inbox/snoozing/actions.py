"""Putting a conversation aside until later, and taking it back."""

from datetime import datetime, timedelta

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.inbox.models import Conversation, Snooze, Viewing
from binhyen.units.scope import CONVERSATION_ROLES, REPLY_ROLES, Scope

LONGEST = timedelta(days=60)
WATCHED_FOR = timedelta(minutes=3)
"""How long after the last look an officer still counts as being there."""
_WRITE_AFTER = timedelta(seconds=45)
"""Looks are kept to this grain, so that an open page does not write at every refresh."""


@transaction.atomic
def put_aside(scope: Scope, conversation: Conversation, until: datetime) -> None:
    """The conversation comes back at `until`, or at once when its resident writes.

    Raises NotPossible: snooze_past, snooze_too_long(days).
    """
    scope.check(conversation.unit_id, REPLY_ROLES)
    now = clock.now()
    if until <= now:
        raise NotPossible("snooze_past")
    if until - now > LONGEST:
        raise NotPossible("snooze_too_long", days=LONGEST.days)
    values = {"officer_id": scope.officer_id, "until": until, "made_at": now}
    Snooze.objects.update_or_create(conversation=conversation, defaults=values)
    _changed(scope, conversation, "conversation.put_aside", until.isoformat())


@transaction.atomic
def take_back(scope: Scope, conversation: Conversation) -> None:
    """Into the queue again now."""
    scope.check(conversation.unit_id, REPLY_ROLES)
    Snooze.objects.filter(conversation=conversation).delete()
    _changed(scope, conversation, "conversation.taken_back", "")


def _changed(scope: Scope, conversation: Conversation, action: str, until: str) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(changed_at=clock.now())
    facts = {"until": until} if until else {}
    audit.record(conversation.unit_id, action, actor_key=scope.officer_id, subject=conversation.public_id, facts=facts)


def wake_due() -> int:
    """Remove what is over, so that open queues show the conversations again; the number woken."""
    with transaction.atomic():
        due = dict(
            Snooze.objects.filter(until__lte=clock.now()).order_by("pk").values_list("pk", "conversation_id")[:500]
        )
        Conversation.objects.filter(pk__in=due.values()).update(changed_at=clock.now())
        Snooze.objects.filter(pk__in=due).delete()
    return len(due)


def note_viewing(scope: Scope, conversation: Conversation) -> None:
    """The officer has it open; colleagues who have it open too are told by the live update."""
    scope.check(conversation.unit_id, CONVERSATION_ROLES)
    now = clock.now()
    known = Viewing.objects.filter(conversation=conversation, officer_id=scope.officer_id).first()
    if known is not None and now - known.seen_at < _WRITE_AFTER:
        return
    came = known is None or now - known.seen_at > WATCHED_FOR
    Viewing.objects.update_or_create(conversation=conversation, officer_id=scope.officer_id, defaults={"seen_at": now})
    if came and Viewing.objects.filter(conversation=conversation, seen_at__gt=now - WATCHED_FOR).count() > 1:
        Conversation.objects.filter(pk=conversation.pk).update(changed_at=now)


def forget_viewings() -> int:
    """Who looked an hour ago is nobody's business; the number of rows deleted."""
    return Viewing.objects.filter(seen_at__lt=clock.now() - timedelta(hours=1)).delete()[0]
