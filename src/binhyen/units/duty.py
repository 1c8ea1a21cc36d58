"""Reads about duty: who is on duty now, whom an alert reaches at each step."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from binhyen.units.models import HandOver, Membership, Officer, Role, Shift, Unit
from binhyen.units.scope import ROSTER_ROLES, Scope


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who has duty at one unit's desk."""

    unit: Unit
    shift: Shift | None
    """None: nobody is on the roster for this hour."""


def shifts_at(unit_ids: Iterable[int], now: datetime) -> dict[int, Shift]:
    """The shift of each unit at that moment; of overlapping ones the one that began last. One query."""
    running = Shift.objects.filter(unit_id__in=list(unit_ids), starts_at__lte=now, ends_at__gt=now)
    return {
        shift.unit_id: shift
        for shift in running.select_related("officer", "second", "unit").order_by("starts_at", "pk")
    }


def on_duty_for(scope: Scope, units: Iterable[Unit], now: datetime) -> list[OnDuty]:
    """Who is on duty now in those of the units where the officer holds any role."""
    seen = [unit for unit in units if unit.pk in scope.unit_ids]
    running = shifts_at([unit.pk for unit in seen], now)
    return [OnDuty(unit, running.get(unit.pk)) for unit in seen]


def shifts_for(scope: Scope, unit: Unit, since: datetime, until: datetime) -> list[Shift]:
    """The roster between two moments, by beginning."""
    scope.check(unit.pk, ROSTER_ROLES)
    found = Shift.objects.filter(unit=unit, ends_at__gt=since, starts_at__lt=until)
    return list(found.select_related("officer", "second").order_by("starts_at", "pk"))


def latest_hand_over_for(scope: Scope, unit: Unit) -> HandOver | None:
    """The note of the last change of shift."""
    scope.check(unit.pk, ROSTER_ROLES)
    return HandOver.objects.filter(unit=unit).select_related("by", "taken_by").order_by("-at", "-pk").first()


def reached_officers(unit: Unit, step: str, now: datetime, excluded: Collection[int] = ()) -> list[Officer]:
    """Officers told at one step of the ladder, never one of `excluded`; falls back so that somebody is.

    `step` is one of "duty", "second", "chief", "superior".
    """
    for candidates in _candidates(unit, step, now):
        found = [officer for officer in candidates if officer.is_active and officer.pk not in excluded]
        if found:
            return found
    return []


def _candidates(unit: Unit, step: str, now: datetime) -> Iterable[list[Officer]]:
    """Ever wider circles, the proper one first."""
    shift = shifts_at([unit.pk], now).get(unit.pk)
    if step == "duty" and shift:
        yield [shift.officer]
    if step == "second" and shift and shift.second:
        yield [shift.second]
    if step in {"duty", "second"}:
        yield holders(unit.pk, Role.DUTY_OFFICER)
    if step == "superior" and unit.parent:
        yield from _candidates(unit.parent, "duty", now)
        return
    yield holders(unit.pk, Role.COMMANDER)
    yield holders(unit.pk, Role.UNIT_ADMINISTRATOR)


def holders(unit_id: int, role: Role) -> list[Officer]:
    """Active officers who hold the role in that very unit, by name."""
    held = Membership.objects.filter(unit_id=unit_id, role=role, officer__is_active=True).select_related("officer")
    return [membership.officer for membership in held.order_by("officer__full_name", "pk")]
