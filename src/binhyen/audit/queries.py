"""Reads of the record. The doors decide who may look; units are named by their keys here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from binhyen.audit.models import AuditRow
from binhyen.core import clock
from binhyen.core.working_time import end_of_day

PAGE_SIZE = 50
READING_DAYS = 30
"""Days over which reading is counted."""
READS = ("case.read", "identity.shown", "conduct.read")
"""Acts that show something sealed."""
CHAT_READS = ("conversation.read", "conversation.file_read")
"""Looks at a chat in which something was reported; the person sees them too (G64)."""
_MOST_READS = 50_000


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody looks for; empty fields do not matter."""

    actor_key: int | None = None
    action: str = ""
    """An act, or the part before its first dot."""
    subject: str = ""
    from_day: date | None = None
    to_day: date | None = None
    before: int | None = None
    """Sequence; rows older than this one, for the next page."""
    without: Collection[str] = ()
    """Subjects the reader must not learn of (G7)."""


def rows_of(unit_key: int, filters: Filters) -> list[AuditRow]:
    """One page of a unit's record, the youngest first, and one row more when older ones follow."""
    rows = AuditRow.objects.filter(unit_key=unit_key).exclude(subject__in=filters.without)
    if filters.actor_key is not None:
        rows = rows.filter(actor_key=filters.actor_key)
    if filters.action:
        rows = (
            rows.filter(action=filters.action)
            if "." in filters.action
            else rows.filter(action__startswith=f"{filters.action}.")
        )
    if filters.subject:
        rows = rows.filter(subject=filters.subject)
    if filters.from_day:
        rows = rows.filter(at__gt=end_of_day(filters.from_day - timedelta(days=1)))
    if filters.to_day:
        rows = rows.filter(at__lte=end_of_day(filters.to_day))
    if filters.before:
        rows = rows.filter(sequence__lt=filters.before)
    return list(rows.order_by("-sequence")[: PAGE_SIZE + 1])


def actions_of(unit_key: int, without: Collection[str]) -> list[str]:
    """Every act that stands in the unit's record about other subjects than these, by name."""
    rows = AuditRow.objects.filter(unit_key=unit_key).exclude(subject__in=without)
    return list(rows.order_by("action").values_list("action", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Read:
    """One look at something sealed."""

    actor_key: int
    at: datetime
    subject: str
    is_outside_area: bool
    is_own_family: bool
    """It names somebody who may be of the reader's family."""


def reads_of(unit_key: int, actor_key: int | None = None, without: Collection[str] = ()) -> list[Read]:
    """Reads of the last READING_DAYS in a unit, of one officer when given; none of the subjects in `without`."""
    rows = AuditRow.objects.filter(
        unit_key=unit_key, action__in=READS, actor_key__isnull=False, at__gt=clock.now() - timedelta(days=READING_DAYS)
    )
    if actor_key is not None:
        rows = rows.filter(actor_key=actor_key)
    rows = rows.exclude(subject__in=without).order_by("at")
    found = rows.values_list("actor_key", "at", "subject", "facts")[:_MOST_READS]
    return [
        Read(key, at, subject, bool(facts.get("outside_area")), bool(facts.get("own_family")))
        for key, at, subject, facts in found
        if key
    ]
