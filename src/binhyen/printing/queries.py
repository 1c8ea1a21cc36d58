"""Reads of the print room; the scope comes first (G39)."""

from django.db.models import QuerySet

from binhyen.core.errors import NotAllowed
from binhyen.printing.models import PrintBatch, UnitMark
from binhyen.units.models import Role, Unit
from binhyen.units.scope import Scope

PRINT_ROLES = frozenset({Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.PAGE_EDITOR, Role.UNIT_ADMINISTRATOR})
"""Roles that print."""
SHOWN = 30


def visible_batches(scope: Scope) -> QuerySet[PrintBatch]:
    """Print runs of the units where the officer may print."""
    return PrintBatch.objects.filter(unit_id__in=scope.units_with(PRINT_ROLES))


def batches_for(scope: Scope, unit: Unit) -> list[PrintBatch]:
    """The unit's latest print runs, newest first, one query."""
    scope.check(unit.pk, PRINT_ROLES)
    return list(PrintBatch.objects.filter(unit=unit).select_related("created_by").order_by("-created_at")[:SHOWN])


def access_batch(scope: Scope, public_id: str) -> PrintBatch:
    """One print run. Raises NotAllowed for a foreign or missing one."""
    batch = visible_batches(scope).select_related("unit", "file", "created_by").filter(public_id=public_id).first()
    if batch is None:
        raise NotAllowed
    return batch


def mark_of(unit: Unit) -> bytes:
    """The unit's mark as PNG, empty when it has none."""
    png = UnitMark.objects.filter(unit=unit).values_list("png", flat=True).first()
    return bytes(png) if png else b""
