"""The tree of units: paths from the top down, kept together when a unit moves."""

from django.db import connection, transaction
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


def unit_ids_below(path: str) -> list[int]:
    """Keys of the units strictly below a path; plain SQL: a commander of the nation has thousands on every page."""
    table = connection.ops.quote_name(Unit._meta.db_table)
    statement = f"SELECT id FROM {table} WHERE path LIKE %s AND path <> %s"  # noqa: S608 - our own table
    with connection.cursor() as cursor:
        cursor.execute(statement, [f"{path}%", path])  # a path holds digits and strokes alone
        return [unit_id for (unit_id,) in cursor.fetchall()]


def below(paths: list[str]) -> Q:
    """Condition on units: strictly below one of the paths."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__startswith=path) & ~Q(path=path)
    return condition
