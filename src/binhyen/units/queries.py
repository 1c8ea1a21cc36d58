"""Reads about units and officers; all take the scope of who looks, but for signing in itself."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db.models import Count, Q

from binhyen.core import clock
from binhyen.core.errors import NotAllowed
from binhyen.core.text import fold
from binhyen.units.models import Membership, Officer, Role, Unit, UnitName, WrongSignIns
from binhyen.units.scope import CONVERSATION_ROLES, Scope
from binhyen.units.tree import unit_ids_above
from binhyen.vault.keyring import keyed_hash

ADMINISTRATOR_ROLES = frozenset({Role.UNIT_ADMINISTRATOR, Role.TECHNICAL_ADMINISTRATOR})
"""Roles that look after accounts and connections."""
ALL_ROLES = frozenset(Role)
MOST_FOUND = 20
"""Units a search by name gives."""


def name_hash(username: str) -> str:
    """Key under which wrong tries of a typed name are counted."""
    return keyed_hash("sign-in.name", username.strip().casefold())


def locked_for_s(username: str) -> int:
    """Whole seconds for which the name is still locked, 0 when it is open."""
    row = WrongSignIns.objects.filter(name_hash=name_hash(username)).first()
    if row is None or row.locked_until is None:
        return 0
    left = (row.locked_until - clock.now()).total_seconds()
    return max(0, int(left) + 1) if left > 0 else 0


def units_for(scope: Scope, roles: Iterable[Role] = ALL_ROLES) -> list[Unit]:
    """Units where the officer holds one of `roles`, by name."""
    return list(Unit.objects.filter(pk__in=scope.units_with(frozenset(roles))).order_by("name"))


def home_unit_for(scope: Scope, roles: frozenset[Role]) -> Unit | None:
    """The highest unit where the officer holds one of `roles` directly; else the first one there is. None: no unit."""
    held = Membership.objects.filter(officer_id=scope.officer_id, role__in=roles).values("unit")
    found = Unit.objects.filter(pk__in=held).order_by("path").first()
    return found or Unit.objects.filter(pk__in=scope.units_with(roles)).order_by("name").first()


def units_named(scope: Scope, roles: frozenset[Role], words: str) -> list[Unit]:
    """Units the officer sees whose present or former name holds the words, marks ignored; at most 20, by name."""
    rows = UnitName.objects.filter(folded__contains=fold(words)) if fold(words) else UnitName.objects.none()
    keys = [key for key in rows.values_list("unit_id", flat=True)[:2_000] if scope.holds(key, roles)]
    return list(Unit.objects.filter(pk__in=keys[:200]).order_by("name")[:MOST_FOUND])


def units_above_for(scope: Scope, unit: Unit, roles: frozenset[Role]) -> list[Unit]:
    """Units above that the officer sees too, from the top down."""
    keys = [key for key in unit_ids_above(unit) if key != unit.pk and scope.holds(key, roles)]
    return list(Unit.objects.filter(pk__in=keys).order_by("path")) if keys else []


def conversation_units_for(scope: Scope) -> list[Unit]:
    """Units whose conversations the officer may read."""
    return units_for(scope, CONVERSATION_ROLES)


def access_unit(scope: Scope, public_id: str, roles: frozenset[Role]) -> Unit:
    """The unit, when the officer holds one of `roles` in it. Raises NotAllowed."""
    unit = Unit.objects.filter(public_id=public_id).first()
    if unit is None:
        raise NotAllowed
    scope.check(unit.pk, roles)
    return unit


def access_colleague(scope: Scope, unit: Unit, public_id: str) -> Officer:
    """An officer of the same unit. Raises NotAllowed for anyone else (G39)."""
    scope.check(unit.pk, ALL_ROLES)
    officer = Officer.objects.filter(public_id=public_id, memberships__unit=unit).distinct().first()
    if officer is None:
        raise NotAllowed
    return officer


def colleagues_for(scope: Scope, unit_id: int, roles: frozenset[Role] = ALL_ROLES) -> list[Officer]:
    """Active officers of the unit with one of `roles`, by name."""
    scope.check(unit_id, ALL_ROLES)
    found = Officer.objects.filter(is_active=True, memberships__unit_id=unit_id, memberships__role__in=roles)
    return list(found.distinct().order_by("full_name"))


def colleagues_of_units_for(scope: Scope, roles: frozenset[Role], unit_id: int | None = None) -> list[Officer]:
    """Active officers with one of `roles` in the units whose conversations the officer reads, by name."""
    units = scope.units_with(CONVERSATION_ROLES)
    units = units if unit_id is None else units & {unit_id}
    found = Officer.objects.filter(is_active=True, memberships__unit_id__in=units, memberships__role__in=roles)
    return list(found.distinct().order_by("full_name"))


def officers_with_roles_for(scope: Scope, unit: Unit) -> list[tuple[Officer, list[str], int]]:
    """All officers of the unit with their roles there and the number of their passkeys and code generators."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    second_factors = Count(
        "authenticator", filter=~Q(authenticator__type=Authenticator.Type.RECOVERY_CODES), distinct=True
    )
    officers = (
        Officer.objects.filter(memberships__unit=unit).annotate(factor_count=second_factors).order_by("full_name")
    ).distinct()
    roles: dict[int, list[str]] = {}
    for officer_id, role in Membership.objects.filter(unit=unit).values_list("officer_id", "role"):
        roles.setdefault(officer_id, []).append(role)
    return [(officer, roles.get(officer.pk, []), officer.factor_count) for officer in officers]
