"""Writing the hamlets and neighbourhoods of a list that was read."""

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.core.text import fold
from binhyen.units.area_rows import LOCAL_KINDS, ReadList
from binhyen.units.models import Area, AreaKind, Unit
from binhyen.units.queries import ADMINISTRATOR_ROLES
from binhyen.units.scope import Scope


@transaction.atomic
def take_areas(scope: Scope, unit: Unit, found: ReadList) -> tuple[int, int]:
    """Write the good rows; numbers of areas added and changed. An area of the same name keeps what is left out."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    added, changed = write_areas(unit, found)
    facts = {"added": added, "changed": changed, "left_out": len(found.bad)}
    audit.record(unit.pk, "areas.listed", actor_key=scope.officer_id, facts=facts)
    return added, changed


def write_areas(unit: Unit, found: ReadList) -> tuple[int, int]:
    """`take_areas` for the operator's command line, without a scope."""
    known = {fold(area.name): area for area in Area.objects.filter(unit=unit)}
    added = 0
    for row in found.areas:
        area = known.get(fold(row.name)) or Area(unit=unit, name=row.name)
        added += area.pk is None
        area.local_kind = row.local_kind
        area.kind = LOCAL_KINDS.get(row.local_kind, AreaKind.HAMLET)
        area.household_count = area.household_count if row.households is None else row.households
        area.inhabitant_count = area.inhabitant_count if row.inhabitants is None else row.inhabitants
        area.save()
    return added, len(found.areas) - added
