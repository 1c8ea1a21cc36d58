"""What the channels erase, and when."""

from datetime import timedelta

from binhyen.channels.models import ConsentRequest
from binhyen.core import clock

CONSENT_REQUEST_LIFE = timedelta(days=1)
"""A consent request is good for half an hour; the day is for whoever looks into a failed one."""


def forget_old_requests() -> int:
    """Erase consent requests older than a day; the number erased."""
    return ConsentRequest.objects.filter(created_at__lt=clock.now() - CONSENT_REQUEST_LIFE).delete()[0]
