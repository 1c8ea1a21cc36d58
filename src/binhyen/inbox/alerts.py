"""Ringing alerts: made by anything urgent, seen by those who may, accepted by one named officer (G55, G56)."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Case, Q, When

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.errors import NotAllowed
from binhyen.core.law import rule_in_force
from binhyen.core.many_rows import insert_rows
from binhyen.inbox.ladder import STEPS, ladder_length
from binhyen.inbox.models import FORGOTTEN_RULE, AlertNotice, AlertState, Conversation, DutyAlert, NoticeState
from binhyen.units.models import Role
from binhyen.units.scope import CONVERSATION_ROLES, Scope

_DESK = frozenset({Role.DUTY_OFFICER, Role.COMMANDER, Role.UNIT_ADMINISTRATOR})


def ring(
    unit_id: int,
    rule_id: str,
    subject: str,
    address: str,
    excluded_officer_ids: Collection[int] = (),
    *,
    number: int | None = None,
    is_new: bool = False,
) -> DutyAlert:
    """Let something urgent that is no conversation ring; a matter that rings already is not rung twice.

    `rule_id` names its clock (child.first_look, crime.first_look, ...), `subject` its public id, `address` its console
    path, `number` what people call it by. `is_new`: the matter has just been made, so it cannot ring yet.
    Raises LookupError or ValueError for a clock without a ladder.
    """
    ladder_length(rule_in_force(rule_id, clock.today()).due)
    matter = {"unit_id": unit_id, "subject": subject, "rule_id": rule_id, "state": AlertState.RINGING}
    rest = {
        "address": address,
        "number": number,
        "created_at": clock.now(),
        "excluded_officer_ids": sorted(excluded_officer_ids),
    }
    if is_new:
        alert = DutyAlert(**matter, **rest)
        insert_rows([alert])
        return alert
    return DutyAlert.objects.get_or_create(**matter, defaults=rest)[0]


def stop_ringing(unit_id: int, subject: str) -> None:
    """It rings elsewhere from now on: nobody of this unit may look at it any more, and nobody is told again."""
    DutyAlert.objects.filter(unit=unit_id, subject=subject, state=AlertState.RINGING).delete()


def keep_from(subject: str, officer_ids: Collection[int]) -> None:
    """What rings about the matter reaches these officers no longer, and what was about to be sent to them is not."""
    for alert in DutyAlert.objects.select_for_update().filter(subject=subject, state=AlertState.RINGING):
        alert.excluded_officer_ids = sorted({*alert.excluded_officer_ids, *officer_ids})
        alert.save(update_fields=["excluded_officer_ids"])
        alert.notices.filter(state=NoticeState.PLANNED, officer__in=officer_ids).delete()


def visible_alerts(scope: Scope) -> Q:
    """Condition on alerts: those of the officer's units, and of the units below once they climbed to the superior."""
    own = Q(unit_id__in=scope.units_with(CONVERSATION_ROLES))
    climbed = Q(unit__parent_id__in=scope.units_with(_DESK), steps_done__gte=len(STEPS))
    return own | climbed


def ringing_alerts_for(scope: Scope) -> list[DutyAlert]:
    """Alerts nobody accepted yet and that may reach this officer, oldest first, what was forgotten last."""
    ringing = DutyAlert.objects.filter(visible_alerts(scope), state=AlertState.RINGING)
    rows = ringing.select_related("conversation", "conversation__contact", "conversation__account", "unit")
    is_forgotten = Case(When(rule_id=FORGOTTEN_RULE, then=1), default=0)
    return [
        alert
        for alert in rows.order_by(is_forgotten, "created_at")[:40]
        if scope.officer_id not in alert.excluded_officer_ids
    ][:20]


def access_alert(scope: Scope, public_id: str) -> DutyAlert:
    """The alert. Raises NotAllowed, also for an officer it must not reach (G7)."""
    found = DutyAlert.objects.filter(visible_alerts(scope), public_id=public_id).select_related("conversation")
    alert = found.first()
    if alert is None or scope.officer_id in alert.excluded_officer_ids:
        raise NotAllowed
    return alert


@transaction.atomic
def accept_alert(scope: Scope, alert: DutyAlert) -> bool:
    """A named officer takes the alert, and its conversation when it has one; False when a colleague was faster."""
    now = clock.now()
    taken = DutyAlert.objects.filter(visible_alerts(scope), pk=alert.pk, state=AlertState.RINGING).update(
        state=AlertState.ACCEPTED, accepted_by_id=scope.officer_id, accepted_at=now
    )
    if not taken:
        return False
    AlertNotice.objects.filter(alert=alert, state=NoticeState.PLANNED).update(state=NoticeState.TAKEN, finished_at=now)
    if alert.conversation_id and scope.holds(alert.unit_id, CONVERSATION_ROLES):
        Conversation.objects.filter(pk=alert.conversation_id).update(assigned_to_id=scope.officer_id, changed_at=now)
    audit.record(alert.unit_id, "alert.accepted", actor_key=scope.officer_id, subject=alert.public_id)
    return True


def take_alert_of(scope: Scope, subject: str, rule_ids: tuple[str, ...]) -> None:
    """The officer does what the alarm of this matter asks for, so that it is taken in their name and climbs no more."""
    ringing = DutyAlert.objects.filter(subject=subject, rule_id__in=rule_ids, state=AlertState.RINGING)
    for alert in ringing:
        accept_alert(scope, alert)
