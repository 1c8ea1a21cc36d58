"""Who looks, and what they may see: the first argument of every query (G39)."""

from dataclasses import dataclass

from binhyen.core.errors import NotAllowed
from binhyen.units.models import Membership, Officer, Role

CONVERSATION_ROLES = frozenset({Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.COMMANDER, Role.UNIT_ADMINISTRATOR})
"""Roles that read residents' conversations; technical administrators never do (G20)."""
REPLY_ROLES = frozenset({Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.UNIT_ADMINISTRATOR})
"""Roles that write to residents."""
SWITCH_ROLES = frozenset({Role.DUTY_OFFICER, Role.COMMANDER, Role.UNIT_ADMINISTRATOR})
"""Roles that may stop everything outgoing (G44)."""
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
    """The officer's scope, one query; an inactive officer sees nothing."""
    if not officer.is_active:
        return Scope(officer.pk, frozenset())
    pairs = Membership.objects.filter(officer=officer).values_list("unit_id", "role")
    return Scope(officer.pk, frozenset(pairs))
