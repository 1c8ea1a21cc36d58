"""Tells other systems that a service request of theirs changed: its id and state, never a word of it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from binhyen.cases.models import CaseChannel, CaseEvent
from binhyen.cases.states import CaseState
from binhyen.consumers.actions import announce
from binhyen.consumers.models import ToldUntil
from binhyen.consumers.rules import NoticeEvent
from binhyen.core import clock

SOURCE = "case_events"
SETTLED_AFTER = timedelta(seconds=5)
"""Rows of transactions that ran side by side may appear out of order; after this time none is missed."""


@transaction.atomic
def announce_requests(limit: int = 200) -> int:
    """Announce up to `limit` changes of state since the last call; the number. The first call only begins."""
    newest = CaseEvent.objects.aggregate(key=Max("pk"))["key"] or 0
    told, is_new = ToldUntil.objects.select_for_update().get_or_create(source=SOURCE, defaults={"last_key": newest})
    if is_new:
        return 0
    rows = CaseEvent.objects.filter(pk__gt=told.last_key, at__lte=clock.now() - SETTLED_AFTER)
    events = list(rows.select_related("case__unit").order_by("pk")[:limit])
    changes = [
        event
        for event in events
        if event.case.channel == CaseChannel.API and event.state not in ("", CaseState.RECEIVED)
    ]
    for event in changes:
        facts = {"request": event.case.public_id, "state": event.state}
        announce(event.case.unit, NoticeEvent.REQUEST_CHANGED, facts)
    if events:
        told.last_key = events[-1].pk
        told.save(update_fields=["last_key"])
    return len(changes)
