"""Ages out where officers signed in from (deadlines.yaml: officer_signin_log).

The record of who did what keeps that somebody signed in, without address or browser, as long as its other rows.
"""

from datetime import datetime

from allauth.usersessions.models import UserSession

from binhyen.core.retention import MOST_AT_ONCE, Eraser, Held


def _due(before: datetime, held: Held) -> int:  # noqa: ARG001 - no matter of a hold
    count: int = UserSession.objects.filter(last_seen_at__lt=before).count()
    return count


def _erase(before: datetime, held: Held) -> int:  # noqa: ARG001 - see above
    old = UserSession.objects.filter(last_seen_at__lt=before).order_by("pk").values_list("pk", flat=True)
    deleted: int = UserSession.objects.filter(pk__in=list(old[:MOST_AT_ONCE])).delete()[0]
    return deleted


ERASERS = (Eraser("officer_signin_log", _due, _erase),)
