"""Who looks, and what they may see: the first argument of every query (G39). Scope follows the tree, and only here.

A role counts in the unit where it is held, and
- for the roles that oversee (FLOWING_ROLES) in every unit below it, at any depth;
- in units that a reorganisation closed and whose successor the unit is: their open matters need somebody.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection

from binhyen.core.errors import NotAllowed
from binhyen.units.models import Officer, Role
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


@dataclass(frozen=True)
class Scope:
    """One officer's view: the roles held in each unit. Deny by default."""

    officer_id: int
    held: Mapping[str, frozenset[int]]
    """Role -> keys of the units where the officer holds it."""

    @classmethod
    def of(cls, officer_id: int, pairs: Iterable[tuple[int, str]] = ()) -> "Scope":
        """The scope of pairs of unit key and role."""
        found: dict[str, set[int]] = {}
        for unit_id, role in pairs:
            found.setdefault(role, set()).add(unit_id)
        return cls(officer_id, {role: frozenset(units) for role, units in found.items()})

    @property
    def roles(self) -> frozenset[str]:
        """Every role the officer holds somewhere."""
        return frozenset(self.held)

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """Keys of the units where the officer holds any role."""
        return _together(self.held.values())

    def units_with(self, roles: frozenset[Role]) -> frozenset[int]:
        """Keys of the units where the officer holds one of `roles`."""
        return _together([units for role, units in self.held.items() if role in roles])

    def holds(self, unit_id: int, roles: frozenset[Role]) -> bool:
        """Whether the officer holds one of `roles` in the unit."""
        return any(unit_id in units for role, units in self.held.items() if role in roles)

    def check(self, unit_id: int, roles: frozenset[Role]) -> None:
        """Raises NotAllowed, which is shown as "not found"."""
        if not self.holds(unit_id, roles):
            raise NotAllowed


def _together(sets: Collection[frozenset[int]]) -> frozenset[int]:
    return next(iter(sets)) if len(sets) == 1 else frozenset().union(*sets)


_HELD = """SELECT held.unit_id, held.role, unit.path,
    EXISTS (SELECT 1 FROM units_unit WHERE parent_id = held.unit_id)
    OR EXISTS (SELECT 1 FROM units_unit_successors WHERE to_unit_id = held.unit_id)
    FROM units_membership AS held JOIN units_unit AS unit ON unit.id = held.unit_id WHERE held.officer_id = %s"""
"""Plain SQL, here and below: every page of every officer asks for it."""
_INHERITED = """SELECT link.from_unit_id, link.to_unit_id
    FROM units_unit_successors AS link JOIN units_unit AS unit ON unit.id = link.to_unit_id WHERE """


def scope_of(officer: Officer) -> Scope:
    """The officer's scope; an inactive officer sees nothing. One query; with units below one a branch, and one more."""
    if not officer.is_active:
        return Scope(officer.pk, {})
    rows = _rows(_HELD, [officer.pk])
    units: dict[str, set[int]] = {}
    for unit_id, role, _, _ in rows:
        units.setdefault(role, set()).add(unit_id)
    if any(has_more for _, _, _, has_more in rows):
        _reach(units, [(unit_id, role, path) for unit_id, role, path, has_more in rows if has_more])
    return Scope(officer.pk, {role: frozenset(keys) for role, keys in units.items()})


def _reach(units: dict[str, set[int]], held: list[tuple[int, str, str]]) -> None:
    """Add what the officer has besides the units held directly: those below, and closed predecessors of either."""
    flowing: dict[str, set[str]] = {}
    for _, role, path in held:
        if role in FLOWING_ROLES:
            flowing.setdefault(path, set()).add(role)
    for path, roles in flowing.items():
        below = unit_ids_below(path)
        for role in roles:
            units[role].update(below)
    inherited = [
        (role, predecessor)
        for predecessor, successor in _links({unit_id for unit_id, _, _ in held}, flowing)
        for role, keys in units.items()
        if successor in keys
    ]
    for role, predecessor in inherited:
        units[role].add(predecessor)


def _links(unit_ids: Collection[int], paths: Collection[str]) -> list[tuple[int, int]]:
    """Closed units with those of their successors that are held or below; by path, for there can be thousands below."""
    keys = ", ".join(["%s"] * len(unit_ids))
    condition = " OR ".join([f"link.to_unit_id IN ({keys})", *(["unit.path LIKE %s"] * len(paths))])
    return _rows(_INHERITED + condition, [*unit_ids, *(f"{path}%" for path in paths)])


def _rows(statement: str, values: list[int | str]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
