"""Ages out what the inbox keeps only for a while."""

from datetime import timedelta

from binhyen.core import clock
from binhyen.inbox.models import AlertNotice, Draft, UnreadEvent

UNREAD_DAYS = 30
"""Days an operator has to look at an event of a new kind."""
DRAFT_DAYS = 30
NOTICE_DAYS = 90
"""Days it can be shown who was told about an alert; the acceptance itself is in the audit chain."""
MOST_AT_ONCE = 500
"""Rows deleted in one transaction, so that nobody waits long for the lock."""


def forget_aged() -> int:
    """Delete at most `MOST_AT_ONCE` aged rows of each sort; the number deleted. Call again while it is not 0."""
    now = clock.now()
    unread = UnreadEvent.objects.filter(created_at__lt=now - timedelta(days=UNREAD_DAYS))
    drafts = Draft.objects.filter(changed_at__lt=now - timedelta(days=DRAFT_DAYS))
    notices = AlertNotice.objects.filter(created_at__lt=now - timedelta(days=NOTICE_DAYS))
    notice_keys = list(notices.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    keys = list(unread.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    draft_keys = list(drafts.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    return (
        UnreadEvent.objects.filter(pk__in=keys).delete()[0]
        + Draft.objects.filter(pk__in=draft_keys).delete()[0]
        + AlertNotice.objects.filter(pk__in=notice_keys).delete()[0]
    )
