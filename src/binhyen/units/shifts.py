"""Writes about duty: planning shifts, taking one over, the hand-over note."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import clean
from binhyen.units.models import HandOver, Officer, Shift, Unit
from binhyen.units.queries import colleagues_for
from binhyen.units.scope import REPLY_ROLES, ROSTER_ROLES, Scope

LONGEST_SHIFT = timedelta(hours=24)
NOTE_LIMIT = 2_000
MOST_WEEKS_AHEAD = 8


@transaction.atomic
def add_shift(
    scope: Scope, unit: Unit, starts_at: datetime, ends_at: datetime, officer: Officer, second: Officer | None = None
) -> Shift:
    """Put a shift on the roster.

    Raises NotPossible: shift_backwards, shift_too_long(hours), shift_same_person, shift_taken(name),
    officer_not_on_duty(name).
    """
    scope.check(unit.pk, ROSTER_ROLES)
    _check_times(starts_at, ends_at)
    _check_people(scope, unit, officer, second)
    overlapping = Shift.objects.filter(unit=unit, starts_at__lt=ends_at, ends_at__gt=starts_at)
    if other := overlapping.select_related("officer").first():
        raise NotPossible("shift_taken", name=other.officer.full_name)
    shift = Shift.objects.create(unit=unit, starts_at=starts_at, ends_at=ends_at, officer=officer, second=second)
    _record(scope, unit, "shift.added", shift.public_id)
    return shift


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise NotPossible("shift_backwards")
    if ends_at - starts_at > LONGEST_SHIFT:
        raise NotPossible("shift_too_long", hours=int(LONGEST_SHIFT.total_seconds() // 3600))


def _check_people(scope: Scope, unit: Unit, officer: Officer, second: Officer | None) -> None:
    if second == officer:
        raise NotPossible("shift_same_person")
    able = {one.pk for one in colleagues_for(scope, unit.pk, REPLY_ROLES)}
    for one in (officer, second):
        if one and one.pk not in able:
            raise NotPossible("officer_not_on_duty", name=one.full_name)


@transaction.atomic
def remove_shift(scope: Scope, unit: Unit, public_id: str) -> None:
    """Take a shift off the roster. Raises NotAllowed for one of another unit."""
    scope.check(unit.pk, ROSTER_ROLES)
    removed, _ = Shift.objects.filter(unit=unit, public_id=public_id).delete()
    if not removed:
        raise NotAllowed
    _record(scope, unit, "shift.removed", public_id)


@transaction.atomic
def copy_week(scope: Scope, unit: Unit, monday: datetime) -> tuple[int, int]:
    """Repeat the week that begins at `monday` one week later; numbers of shifts made and left out.

    Left out are those that would overlap what is planned there, and those of officers who no longer have duty.
    """
    scope.check(unit.pk, ROSTER_ROLES)
    week = timedelta(days=7)
    shifts = list(Shift.objects.filter(unit=unit, starts_at__gte=monday, starts_at__lt=monday + week))
    made = left = 0
    for shift in Shift.objects.filter(pk__in=[one.pk for one in shifts]).select_related("officer", "second"):
        try:
            add_shift(scope, unit, shift.starts_at + week, shift.ends_at + week, shift.officer, shift.second)
        except NotPossible:
            left += 1
        else:
            made += 1
    return made, left


@transaction.atomic
def take_over(scope: Scope, unit: Unit, until: datetime | None = None) -> Shift:
    """The officer has duty from now on, by name; the running shift of somebody else ends now.

    Without a planned shift of the officer's own, one is made until `until` or for eight hours.
    Raises NotPossible("officer_not_on_duty") for somebody who does not answer residents here.
    """
    scope.check(unit.pk, REPLY_ROLES)
    now = clock.now()
    officer = Officer.objects.get(pk=scope.officer_id)
    _check_people(scope, unit, officer, None)
    running = Shift.objects.select_for_update().filter(unit=unit, starts_at__lte=now, ends_at__gt=now)
    mine = running.filter(officer=officer).order_by("-starts_at").first()
    running.exclude(officer=officer).update(ends_at=now + timedelta(microseconds=1))
    if mine is None:
        mine = Shift.objects.create(
            unit=unit, starts_at=now, ends_at=until or now + timedelta(hours=8), officer=officer
        )
    mine.taken_at = mine.taken_at or now
    mine.save(update_fields=["taken_at"])
    HandOver.objects.filter(unit=unit, taken_at=None).update(taken_by=officer, taken_at=now)
    _record(scope, unit, "shift.taken", mine.public_id)
    return mine


@transaction.atomic
def hand_over(
    scope: Scope,
    unit: Unit,
    note: str,
    open_counts: Mapping[str, int],
    open_lines: Sequence[Mapping[str, str]] = (),
) -> HandOver:
    """Write the note for the next shift. Raises NotPossible("hand_over_empty") when open things are not explained."""
    scope.check(unit.pk, ROSTER_ROLES)
    note = clean(note)[:NOTE_LIMIT]
    if not note and any(open_counts.values()):
        raise NotPossible("hand_over_empty")
    made = HandOver.objects.create(
        unit=unit,
        at=clock.now(),
        by_id=scope.officer_id,
        note=note,
        open_counts=dict(open_counts),
        open_lines=[dict(line) for line in open_lines],
    )
    _record(scope, unit, "duty.handed_over", made.public_id)
    return made


def _record(scope: Scope, unit: Unit, action: str, subject: str) -> None:
    audit.record(unit.pk, action, actor_key=scope.officer_id, subject=subject)
