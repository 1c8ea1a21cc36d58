"""Alerts that did not get through: for doctor and for the console, so that none is lost in silence."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from binhyen.core import clock
from binhyen.inbox.models import AlertNotice, AlertState, DeliveryState, DutyAlert, NoticeState
from binhyen.units.scope import ROSTER_ROLES, Scope

LATE_AFTER = timedelta(minutes=2)
"""A planned notice older than this is an alarm: the worker is down or the mail server refuses."""
LOOKED_AT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NoticeAlarms:
    """Counts of the last day."""

    late: int
    failed: int
    oldest_at: datetime | None
    """Creation of the oldest late notice."""
    unheard: int
    """Ringing alerts that went up the whole ladder and reached nobody outside the console."""


def notice_alarms(scope: Scope | None = None) -> NoticeAlarms:
    """Alarms of the officer's units, or of the whole installation for the operator. Three queries."""
    now = clock.now()
    mine = Q(unit_id__in=scope.units_with(ROSTER_ROLES)) if scope else Q()
    late = AlertNotice.objects.filter(mine, state=NoticeState.PLANNED, created_at__lt=now - LATE_AFTER)
    parked = Q(delivery__state__in=[DeliveryState.REFUSED, DeliveryState.UNKNOWN])
    failed = AlertNotice.objects.filter(mine, Q(state=NoticeState.FAILED) | parked, created_at__gt=now - LOOKED_AT)
    heard = Count("notices", filter=Q(notices__state=NoticeState.SENT))
    ringing = DutyAlert.objects.filter(mine, state=AlertState.RINGING, created_at__lt=now - LATE_AFTER)
    unheard = ringing.annotate(heard=heard).filter(heard=0).values_list("excluded_officer_ids", flat=True)
    oldest = late.order_by("created_at").values_list("created_at", "alert__excluded_officer_ids")
    dates = [at for at, kept_from in oldest[:1000] if _is_told(scope, kept_from)]
    kept_from_of_failed = failed.values_list("alert__excluded_officer_ids", flat=True)
    return NoticeAlarms(
        late=len(dates),
        failed=sum(_is_told(scope, kept_from) for kept_from in kept_from_of_failed),
        oldest_at=dates[0] if dates else None,
        unheard=sum(_is_told(scope, kept_from) for kept_from in unheard),
    )


def _is_told(scope: Scope | None, kept_from: Collection[int]) -> bool:
    """Nobody hears of an alert that must not reach them (G7); the operator hears of all."""
    return scope is None or scope.officer_id not in kept_from
