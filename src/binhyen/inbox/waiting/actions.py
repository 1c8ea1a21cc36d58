"""The unit's limit, and raising what was forgotten to the leaders."""

from datetime import timedelta

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.law import rule_in_force
from binhyen.inbox.ladder import ladder_length
from binhyen.inbox.models import (
    FORGOTTEN_RULE,
    AlertState,
    Conversation,
    ConversationState,
    DutyAlert,
    RaisedThread,
    WaitLimit,
)
from binhyen.inbox.waiting.queries import waiting_in
from binhyen.inbox.waiting.rules import LONGEST, SHORTEST
from binhyen.units.models import Unit
from binhyen.units.scope import LEADER_ROLES, Scope

MOST_RAISED = 100
"""Alerts made at once, so that a long absence does not ring a thousand times."""


@transaction.atomic
def set_wait_limit(scope: Scope, unit: Unit, minutes: int) -> None:
    """A leader decides how long a resident may wait, in office time. Raises NotPossible("wait_limit")."""
    scope.check(unit.pk, LEADER_ROLES)
    if not SHORTEST <= timedelta(minutes=minutes) <= LONGEST:
        raise NotPossible("wait_limit")
    WaitLimit.objects.update_or_create(unit=unit, defaults={"minutes": minutes})
    audit.record(unit.pk, "wait_limit.set", actor_key=scope.officer_id, facts={"minutes": minutes})


def raise_forgotten() -> int:
    """Let the leaders know of conversations over their unit's limit, once for each wait; the number raised.

    The alert starts with its clock run out, so that the ladder tells duty, second officer and chief at once, and the
    superior unit only when nobody takes it for as long again.
    """
    now = clock.now()
    over = [one for one in waiting_in(Conversation.objects.filter(snooze__isnull=True), now) if one.is_over]
    if not over:
        return 0
    started_at = now - ladder_length(rule_in_force(FORGOTTEN_RULE, clock.today()).due)
    with transaction.atomic():
        keys = [one.key for one in over]
        locked = Conversation.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
        rows = {row.pk: row for row in locked.filter(state=ConversationState.WAITING)}
        known = dict(RaisedThread.objects.filter(conversation__in=keys).values_list("conversation_id", "waiting_since"))
        ringing = set(
            DutyAlert.objects.filter(conversation__in=keys, state=AlertState.RINGING).values_list(
                "conversation_id", flat=True
            )
        )
        fresh = [key for key in keys if key in rows and known.get(key) != rows[key].waiting_since][:MOST_RAISED]
        RaisedThread.objects.filter(conversation__in=fresh).delete()
        RaisedThread.objects.bulk_create(
            RaisedThread(conversation_id=key, waiting_since=rows[key].waiting_since or now, raised_at=now)
            for key in fresh
        )
        DutyAlert.objects.bulk_create(
            DutyAlert(unit_id=rows[key].unit_id, conversation_id=key, rule_id=FORGOTTEN_RULE, created_at=started_at)
            for key in fresh
            if key not in ringing
        )
        _audit_by_unit([rows[key] for key in fresh])
    return len(fresh)


def _audit_by_unit(raised: list[Conversation]) -> None:
    counts: dict[int, int] = {}
    for row in raised:
        counts[row.unit_id] = counts.get(row.unit_id, 0) + 1
    for unit_id, count in sorted(counts.items()):
        audit.record(unit_id, "conversations.raised", actor_key=None, facts={"count": count})
