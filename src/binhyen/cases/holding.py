"""Legal holds on cases: retention and erasure leave them alone, by a listed ground, until two people let go."""

from dataclasses import dataclass

from django.db import transaction

from binhyen.audit.holds import end_hold, place_hold
from binhyen.audit.models import Hold
from binhyen.cases.actions import lock_case
from binhyen.cases.models import Case
from binhyen.cases.queries import is_commander_of
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.units.models import Membership, Officer, Role
from binhyen.units.scope import Scope

GROUNDS = ("prosecution", "complaint", "inspection", "dispute")
"""Requested by an investigation body, procuracy or court; a complaint or denunciation is being dealt with; an
inspection; a claim in civil law. A hold wins over every period (law README, section 12)."""
REASON_MOST = 500


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A hold as the case page shows it."""

    hold: Hold
    placed_by: Officer | None


@transaction.atomic
def hold_case(scope: Scope, case: Case, ground: str, reason: str) -> None:
    """Keep the case from being erased. Raises NotPossible: hold_ground, hold_reason_short(least), hold_exists."""
    case = lock_case(scope, case)
    if ground not in GROUNDS:
        raise NotPossible("hold_ground")
    place_hold(case.unit_id, case.public_id, clean(reason)[:REASON_MOST], scope.officer_id, ground)


@transaction.atomic
def release_case(scope: Scope, case: Case) -> None:
    """End the hold: by somebody else than who placed it, and one of the two commands the unit.

    Raises NotPossible: hold_none, hold_second_person, hold_commander.
    """
    case = lock_case(scope, case)
    found = hold_of(case)
    if found is None:
        raise NotPossible("hold_none")
    if found.hold.placed_by_key == scope.officer_id:
        raise NotPossible("hold_second_person")
    commanders = Membership.objects.filter(unit=case.unit_id, role=Role.COMMANDER)
    if not is_commander_of(scope, case) and not commanders.filter(officer=found.hold.placed_by_key).exists():
        raise NotPossible("hold_commander")
    end_hold(found.hold, scope.officer_id)


def hold_of(case: Case) -> HeldCase | None:
    """The hold that stands on a case; two queries when there is one."""
    hold = Hold.objects.filter(unit_key=case.unit_id, subject=case.public_id, ended_at=None).first()
    return HeldCase(hold, Officer.objects.filter(pk=hold.placed_by_key).first()) if hold else None
