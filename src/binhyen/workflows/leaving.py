"""An officer leaves a unit: everything held goes to somebody who stays, then the access ends at once (G36)."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from binhyen.audit import actions as audit
from binhyen.cases.conflicts import readers_of
from binhyen.cases.models import Case
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.inbox.models import Conversation, ConversationState, OfficerZalo
from binhyen.units import actions as unit_actions
from binhyen.units.models import Membership, Officer, Shift, Unit
from binhyen.units.queries import ADMINISTRATOR_ROLES
from binhyen.units.scope import REPLY_ROLES, Scope
from binhyen.workflows import leaving_papers as papers


@dataclass(frozen=True, slots=True)
class Held:
    """What an officer holds in one unit."""

    conversations: int
    cases: int
    shifts: int
    """Shifts that are not over, as first or second officer."""
    unsent: int
    """Words typed in conversations and never sent."""
    posts: int
    """Drafts of posts."""
    procedures: int
    """Changes of procedures that nobody approved yet."""
    notices: int
    """Notices of lost and found that wait for a second officer."""
    reviews: int
    """Reviews that nobody closed."""
    filters: int
    """Filters that colleagues use."""
    shares: int
    """Shares of the unit's identity key."""


def held_by(scope: Scope, unit: Unit, officer: Officer) -> Held:
    """Counts of what the officer holds in the unit, in a fixed number of queries."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    return Held(
        conversations=_conversations(unit, officer).count(),
        cases=_cases(unit, officer).count(),
        shifts=_shifts(unit, officer).count(),
        unsent=papers.unsent(unit, officer).count(),
        posts=papers.draft_posts(unit, officer).count(),
        procedures=papers.open_procedures(unit, officer).count(),
        notices=papers.waiting_notices(unit, officer).count(),
        reviews=papers.draft_reviews(unit, officer).count(),
        filters=papers.shared_filters(unit, officer).count(),
        shares=papers.shares_held(unit, officer),
    )


def _conversations(unit: Unit, officer: Officer) -> QuerySet[Conversation]:
    return Conversation.objects.filter(unit=unit, assigned_to=officer).exclude(state=ConversationState.CLOSED)


def _cases(unit: Unit, officer: Officer) -> QuerySet[Case]:
    works = Q(unit=unit, goes_up=False) | Q(unit__parent=unit, goes_up=True)
    return Case.objects.filter(works, assigned_to=officer, closed_at=None)


def _shifts(unit: Unit, officer: Officer) -> QuerySet[Shift]:
    return Shift.objects.filter(Q(officer=officer) | Q(second=officer), unit=unit, ends_at__gt=clock.now())


@transaction.atomic
def leave(scope: Scope, unit: Unit, leaver: Officer, successor: Officer | None) -> Held:
    """Hand over what `leaver` holds to `successor`, or back to the unit's queue, and end the access.

    Shifts go to the successor only; without one they are taken off the roster. A share of the identity key cannot be
    given on: enough others must hold one. Raises NotPossible: last_administrator, successor_leaves,
    successor_cannot(name), shares_few(needed).
    """
    held = held_by(scope, unit, leaver)
    if successor == leaver:
        raise NotPossible("successor_leaves")
    if successor and not _answers(unit, successor):
        raise NotPossible("successor_cannot", name=successor.full_name)
    papers.check_shares(unit, leaver)
    papers.hand_over_papers(unit, leaver, successor, scope.officer_id)
    _conversations(unit, leaver).update(assigned_to=successor, changed_at=clock.now())
    _hand_over_cases(unit, leaver, successor)
    _hand_over_shifts(unit, leaver, successor)
    unit_actions.remove_from_unit(scope, unit, leaver)
    if not leaver.memberships.exists():
        OfficerZalo.objects.filter(officer=leaver).delete()
        papers.retire_key(leaver)
    facts: dict[str, str | int] = dict(asdict(held))
    audit.record(unit.pk, "officer.handed_over", actor_key=scope.officer_id, subject=leaver.public_id, facts=facts)
    return held


def _answers(unit: Unit, officer: Officer) -> bool:
    held = Membership.objects.filter(unit=unit, officer=officer, role__in=REPLY_ROLES, officer__is_active=True)
    return held.exists()


def _hand_over_cases(unit: Unit, leaver: Officer, successor: Officer | None) -> None:
    """A case never goes to somebody it must not reach; it waits for a decision instead (G7)."""
    for case in _cases(unit, leaver).select_related("unit"):
        case.assigned_to = successor if successor and successor.pk in readers_of(case) else None
        case.save(update_fields=["assigned_to"])


def _hand_over_shifts(unit: Unit, leaver: Officer, successor: Officer | None) -> None:
    shifts = _shifts(unit, leaver)
    shifts.filter(second=leaver).update(second=None)
    if successor is None:
        _shifts(unit, leaver).delete()
        return
    Shift.objects.filter(unit=unit, officer=leaver, ends_at__gt=clock.now(), second=successor).update(second=None)
    _shifts(unit, leaver).update(officer=successor)
