"""Ages out what the inbox keeps only for a while."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from binhyen.core import clock
from binhyen.inbox.models import AlertNotice, BulkAct, Draft, UnreadEvent

UNREAD_DAYS = 30
"""Days an operator has to look at an event of a new kind."""
DRAFT_DAYS = 30
NOTICE_DAYS = 90
"""Days it can be shown who was told about an alert; the acceptance itself is in the audit chain."""
JOURNAL_DAYS = 7
"""Days the journal of acts on many is kept after its undo has ended."""
MOST_AT_ONCE = 500
"""Rows deleted in one transaction, so that nobody waits long for the lock."""


def forget_aged() -> int:
    """Delete at most `MOST_AT_ONCE` aged rows of each sort; the number deleted. Call again while it is not 0."""
    now = clock.now()
    aged: list[QuerySet[Any]] = [
        UnreadEvent.objects.filter(created_at__lt=now - timedelta(days=UNREAD_DAYS)),
        Draft.objects.filter(changed_at__lt=now - timedelta(days=DRAFT_DAYS)),
        BulkAct.objects.filter(undo_until__lt=now - timedelta(days=JOURNAL_DAYS)),
        AlertNotice.objects.filter(created_at__lt=now - timedelta(days=NOTICE_DAYS)),
    ]
    count = 0
    for rows in aged:
        keys = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
        count += rows.model.objects.filter(pk__in=keys).delete()[0]
    return count
