"""Who looks, and what they may see: the first argument of every query (G39). Scope follows the tree, and only here.

A role counts in the unit where it is held, and
- for the roles that oversee (FLOWING_ROLES) in every unit below it, at any depth;
- in units that a reorganisation closed and whose successor the unit is: their open matters need somebody.
"""

from dataclasses import dataclass
from itertools import repeat

from django.db.models import Exists, OuterRef, Q

from binhyen.core.errors import NotAllowed
from binhyen.units.models import Membership, Officer, Role, Unit
from binhyen.units.tree import unit_ids_below

CONVERSATION_ROLES = frozenset({Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.COMMANDER, Role.UNIT_ADMINISTRATOR})
"""Roles that read residents' conversations; technical administrators never do (G20)."""
REPLY_ROLES = frozenset({Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.UNIT_ADMINISTRATOR})
"""Roles that write to residents."""
SWITCH_ROLES = frozenset({Role.DUTY_OFFICER, Role.COMMANDER, Role.UNIT_ADMINISTRATOR})
"""Roles that may stop everything outgoing (G44)."""
ROSTER_ROLES = frozenset({Role.DUTY_OFFICER, Role.COMMANDER, Role.UNIT_ADMINISTRATOR})
"""Roles that plan shifts and write hand-overs."""
FLOWING_ROLES = frozenset({Role.COMMANDER, Role.TECHNICAL_ADMINISTRATOR})
"""Roles that also hold in every unit below: oversight and technical care. A superior's officers and administrators
do not answer for a commune, so theirs stay where they are held."""
LEADER_ROLES = frozenset({Role.COMMANDER, Role.UNIT_ADMINISTRATOR})
"""Roles that approve what a unit says again and again, and decide how it sorts its work."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One officer's view: the roles held in each unit. Deny by default."""

    officer_id: int
    roles: frozenset[tuple[int, str]]
    """Pairs of unit key and role."""

    def units_with(self, roles: frozenset[Role]) -> frozenset[int]:
        """Keys of the units where the officer holds one of `roles`."""
        return frozenset(unit_id for unit_id, role in self.roles if role in roles)

    def holds(self, unit_id: int, roles: frozenset[Role]) -> bool:
        """Whether the officer holds one of `roles` in the unit."""
        return any((unit_id, role) in self.roles for role in roles)

    def check(self, unit_id: int, roles: frozenset[Role]) -> None:
        """Raises NotAllowed, which is shown as "not found"."""
        if not self.holds(unit_id, roles):
            raise NotAllowed


def scope_of(officer: Officer) -> Scope:
    """The officer's scope; an inactive officer sees nothing. One query; with units below one a branch, and one more."""
    if not officer.is_active:
        return Scope(officer.pk, frozenset())
    has_more = Exists(Unit.objects.filter(parent=OuterRef("unit"))) | Exists(
        Unit.objects.filter(successors=OuterRef("unit"))
    )
    held = Membership.objects.filter(officer=officer).annotate(has_more=has_more)
    rows = list(held.values_list("unit_id", "role", "unit__path", "has_more"))
    pairs = {(unit_id, role) for unit_id, role, _, _ in rows}
    reaching = [(unit_id, role, path) for unit_id, role, path, has_more in rows if has_more]
    return Scope(officer.pk, frozenset(pairs | _reached(reaching)))


def _reached(held: list[tuple[int, str, str]]) -> set[tuple[int, str]]:
    """Pairs the officer has besides those held directly: below, and in closed predecessors of either."""
    if not held:
        return set()
    flowing: dict[str, set[str]] = {}
    for _, role, path in held:
        if role in FLOWING_ROLES:
            flowing.setdefault(path, set()).add(role)
    found: set[tuple[int, str]] = set()
    for path, roles in flowing.items():
        unit_ids = unit_ids_below(path)
        for role in roles:
            found.update(zip(unit_ids, repeat(role)))
    return found | _inherited(held, found, list(flowing))


def _inherited(held: list[tuple[int, str, str]], found: set[tuple[int, str]], paths: list[str]) -> set[tuple[int, str]]:
    """Pairs in closed units whose successor is held or below; asked by path, for there can be thousands below."""
    successors = Q(to_unit_id__in={unit_id for unit_id, _, _ in held})
    for path in paths:
        successors |= Q(to_unit__path__startswith=path)
    roles: dict[int, set[str]] = {}
    links = list(Unit.successors.through.objects.filter(successors).values_list("from_unit_id", "to_unit_id"))
    if links:
        for unit_id, role in {(unit_id, role) for unit_id, role, _ in held} | found:
            roles.setdefault(unit_id, set()).add(role)
    return {(predecessor, role) for predecessor, successor in links for role in roles.get(successor, ())}
