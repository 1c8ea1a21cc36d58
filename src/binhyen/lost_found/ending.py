"""How a record ends without a hand-over: nobody came within the waiting time, or the report ran out."""

from datetime import date, datetime, timedelta

from django.db import transaction

from binhyen.audit.actions import record as audit
from binhyen.core import clock
from binhyen.core.deadlines import Deadline, deadline_of
from binhyen.core.errors import NotPossible
from binhyen.lost_found.joining import end_joined
from binhyen.lost_found.models import Record, RecordKind, RecordState
from binhyen.lost_found.queries import WORK_ROLES
from binhyen.lost_found.rules import Shares, base_salary_on, shares
from binhyen.units.calendars import calendar_of
from binhyen.units.scope import Scope


def may_close(record: Record) -> bool:
    """Whether a record without a live notice may end without an owner or a family.

    A found thing only once its waiting time is over (Civil Code Art. 230 to 233, found.ownership_vests).
    """
    if record.state != RecordState.KEPT:
        return False
    if record.kind != RecordKind.FOUND_ITEM:
        return True
    return record.notice_at is not None and _waiting(record, record.notice_at).is_overdue(clock.now())


def _waiting(record: Record, start: datetime) -> Deadline:
    return deadline_of(
        "found.ownership_vests", start, facts={"item": record.category}, calendar=calendar_of(record.unit_id)
    )


def shares_by_salary(record: Record) -> list[tuple[date, Shares]]:
    """Who would get what: by the base salary on the day the waiting time ends, and by that of the notice if it differs.

    The law does not say which day counts; the first row is what the law file takes, an officer confirms (section 6).
    A notice that never was counts from now.
    """
    start = record.notice_at or clock.now()
    days = [_waiting(record, start).due_at.astimezone(clock.VIETNAM).date(), start.astimezone(clock.VIETNAM).date()]
    salaries = [base_salary_on(day) for day in days]
    wanted = days if len(set(salaries)) > 1 else days[:1]
    return [
        (day, shares(record.value_vnd or 0, record.storage_cost_vnd, salary))
        for day, salary in zip(wanted, salaries, strict=False)
    ]


@transaction.atomic
def close(scope: Scope, record: Record) -> None:
    """End a record otherwise than by a hand-over. Raises NotPossible("lost_waits")."""
    scope.check(record.unit_id, WORK_ROLES)
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if not may_close(locked):
        raise NotPossible("lost_waits")
    record.state = locked.state
    _end(record, scope.officer_id, "closed")


def _end(record: Record, actor_key: int | None, action: str) -> None:
    now = clock.now()
    record.state, record.closed_at, record.changed_at = RecordState.CLOSED, now, now
    record.resolved_at = record.resolved_at or now
    record.save(update_fields=["state", "closed_at", "resolved_at", "changed_at"])
    end_joined(record)
    audit(record.unit_id, f"lost_found.{action}", actor_key=actor_key, subject=f"record {record.public_id}")


def expire_lost_reports(limit: int = 50) -> int:
    """Close reports of lost things that nobody found within a year (lost.expires); the number closed. Worker's chore.

    What they hold about people is erased 90 days later, as for every record that ended.
    """
    oldest = clock.now() - timedelta(days=360)  # a coarse sieve; the rule of the law file decides
    waiting = (RecordState.DRAFT, RecordState.REVIEW, RecordState.KEPT)
    rows = Record.objects.filter(kind=RecordKind.LOST_ITEM, state__in=waiting, received_at__lt=oldest)
    count = 0
    for key in list(rows.order_by("received_at").values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            record = Record.objects.select_for_update().get(pk=key)
            if record.state in waiting and deadline_of("lost.expires", record.received_at).is_overdue(clock.now()):
                _end(record, None, "expired")
                count += 1
    return count
