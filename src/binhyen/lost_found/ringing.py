"""A missing or found child or grown person rings at the duty desk until a named officer accepts (G56)."""

from collections.abc import Iterable

from binhyen.core import clock
from binhyen.core.many_rows import insert_rows
from binhyen.inbox.alerts import take_alert_of
from binhyen.inbox.models import DutyAlert
from binhyen.lost_found.models import Record
from binhyen.units.scope import Scope

CHILD_RULE = "child.first_look"
PERSON_RULE = "person.first_look"


def ring_for_persons(records: Iterable[Record]) -> int:
    """Ring for those of these new records that are about somebody, in one statement; the number that ring."""
    alerts = [
        DutyAlert(
            unit_id=record.unit_id,
            rule_id=CHILD_RULE if record.is_child else PERSON_RULE,
            subject=record.public_id,
            number=record.number,
            address=f"/console/lost/{record.public_id}/",
            created_at=clock.now(),
        )
        for record in records
        if record.is_person
    ]
    if alerts:
        insert_rows(alerts)
    return len(alerts)


def take_alarm(scope: Scope, record: Record) -> None:
    """Whoever opens the record takes the alarm that asks for a first look, so that it climbs no more."""
    # an officer may have corrected what the record is about
    take_alert_of(scope, record.public_id, (CHILD_RULE, PERSON_RULE))
