"""The tree of units: paths from the top down, kept together when a unit moves."""

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Substr

from binhyen.core.errors import NotPossible
from binhyen.units.models import Unit


@transaction.atomic
def place(unit: Unit, parent: Unit | None) -> None:
    """Put the unit with everything below it under `parent`, or at the top.

    Raises NotPossible("unit_below_itself") when that would make a ring.
    """
    if parent and parent.path.startswith(unit.path):
        raise NotPossible("unit_below_itself")
    before, after = unit.path, f"{parent.path if parent else '/'}{unit.pk}/"
    if before != after:
        moved = Unit.objects.filter(path__startswith=before).exclude(pk=unit.pk)
        moved.update(path=Concat(Value(after), Substr("path", len(before) + 1)))
    unit.parent, unit.path = parent, after
    unit.save(update_fields=["parent", "path"])


def unit_ids_above(unit: Unit) -> list[int]:
    """Keys from the top of the tree down to the unit itself."""
    return [int(key) for key in unit.path.strip("/").split("/")]


def below(paths: list[str]) -> Q:
    """Condition on units: strictly below one of the paths."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__startswith=path) & ~Q(path=path)
    return condition
