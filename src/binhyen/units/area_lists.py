"""Writing the hamlets and neighbourhoods of a list that was read."""

from collections.abc import Sequence

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.units.area_rows import LOCAL_KINDS, KnownNames, ReadList, read_areas
from binhyen.units.models import Area, AreaKind, Unit
from binhyen.units.queries import ADMINISTRATOR_ROLES
from binhyen.units.scope import Scope

_POSITION_NAMES = ("Tên", "Số hộ", "Nhân khẩu")


@transaction.atomic
def take_areas(scope: Scope, unit: Unit, found: ReadList) -> tuple[int, int]:
    """Write the good rows; numbers of areas added and changed. An area of the same name keeps what is left out."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    added, changed = write_areas(unit, found)
    facts = {"added": added, "changed": changed, "left_out": len(found.bad)}
    audit.record(unit.pk, "areas.listed", actor_key=scope.officer_id, facts=facts)
    return added, changed


@transaction.atomic
def correct_area(scope: Scope, unit: Unit, public_id: str, typed: Sequence[str]) -> None:
    """Put one area right: name, households, inhabitants as typed.

    Raises NotAllowed, and NotPossible with the reasons of `read_areas` for a bad row.
    """
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    area = _access_area(unit, public_id)
    name, households, inhabitants = typed
    found = read_areas([_POSITION_NAMES, [name, households, inhabitants]])
    if found.bad:
        raise found.bad[0].why
    if not found.areas:
        raise NotPossible("area_name_missing")
    row = found.areas[0]
    if Area.objects.filter(unit=unit, name=row.name).exclude(pk=area.pk).exists():
        raise NotPossible("area_twice", name=row.name)
    area.name, area.household_count, area.inhabitant_count = row.name, row.households, row.inhabitants
    area.save()
    audit.record(unit.pk, "area.corrected", actor_key=scope.officer_id, subject=area.public_id)


@transaction.atomic
def remove_area(scope: Scope, unit: Unit, public_id: str) -> None:
    """Take out an area nothing hangs on yet. Raises NotAllowed, NotPossible("area_used")."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    area = _access_area(unit, public_id)
    relations = Area._meta.related_objects
    if any(each.related_model._base_manager.filter(**{each.field.name: area}).exists() for each in relations):
        raise NotPossible("area_used")
    audit.record(unit.pk, "area.removed", actor_key=scope.officer_id, subject=area.public_id)
    area.delete()


def _access_area(unit: Unit, public_id: str) -> Area:
    area = Area.objects.select_for_update().filter(unit=unit, public_id=public_id).first()
    if area is None:
        raise NotAllowed
    return area


def write_areas(unit: Unit, found: ReadList) -> tuple[int, int]:
    """`take_areas` for the operator's command line, without a scope."""
    known = KnownNames[Area]()
    for kept in Area.objects.filter(unit=unit):
        known.add(kept.name, kept)
    added = 0
    for row in found.areas:
        area = known.same_as(row.name) or Area(unit=unit, name=row.name)
        added += area.pk is None
        area.local_kind = row.local_kind
        area.kind = LOCAL_KINDS.get(row.local_kind, AreaKind.HAMLET)
        area.household_count = area.household_count if row.households is None else row.households
        area.inhabitant_count = area.inhabitant_count if row.inhabitants is None else row.inhabitants
        area.save()
    return added, len(found.areas) - added
