"""What of consumers is forgotten when: call windows after two days, notices after 30."""

from datetime import timedelta

from binhyen.consumers.models import CallWindow, Notice, NoticeState
from binhyen.core import clock

WINDOWS_KEPT = timedelta(days=2)
NOTICES_KEPT = timedelta(days=30)
BATCH = 1_000


def forget_old_calls() -> int:
    """Delete up to `BATCH` rows of each kind that are past their time; the number deleted."""
    now = clock.now()
    windows = CallWindow.objects.filter(starts_at__lt=now - WINDOWS_KEPT)
    notices = Notice.objects.filter(created_at__lt=now - NOTICES_KEPT).exclude(state=NoticeState.PLANNED)
    count = 0
    for rows in (windows, notices):
        keys = list(rows.values_list("pk", flat=True)[:BATCH])
        count += rows.model.objects.filter(pk__in=keys).delete()[0]
    return count
