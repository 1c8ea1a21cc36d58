"""Ages out the keys of finished jobs and the bodies of buried ones."""

from datetime import timedelta

from django.db.models import Q

from binhyen.core import clock
from binhyen.jobs.contract import BURIED_DAYS, REMEMBERED_DAYS
from binhyen.jobs.models import JobRow, JobState

MOST_AT_ONCE = 2_000
"""Rows deleted in one transaction, so that webhooks never wait long for the lock."""


def forget_finished() -> int:
    """Delete at most `MOST_AT_ONCE` aged rows; the number deleted. Call again while it is not 0."""
    now = clock.now()
    aged = Q(state=JobState.DONE, created_at__lt=now - timedelta(days=REMEMBERED_DAYS))
    aged |= Q(state=JobState.BURIED, created_at__lt=now - timedelta(days=BURIED_DAYS))
    ids = list(JobRow.objects.filter(aged).order_by("created_at").values_list("id", flat=True)[:MOST_AT_ONCE])
    return JobRow.objects.filter(id__in=ids).delete()[0]
