"""What a unit consists of and has written itself: communes, hamlets, procedures in its own words."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q

from binhyen.procedures.models import ProcedureVersion, VersionState
from binhyen.statistics.counting.counted import Counted
from binhyen.units.models import Area, Unit, UnitKind


def communes(day: date) -> Iterator[Counted]:
    """`communes`: each commune's police counts once, in itself and so in every unit above."""
    rows = Unit.objects.filter(kind=UnitKind.COMMUNE_POLICE).filter(Q(closed_on=None) | Q(closed_on__gt=day))
    for unit_id in rows.values_list("pk", flat=True):
        yield Counted(unit_id, "communes", 1)


def areas(day: date) -> Iterator[Counted]:  # noqa: ARG001 - areas keep no day of their own
    """`areas`: as entered now."""
    for unit_id, count in Area.objects.values_list("unit_id").annotate(n=Count("id")).order_by():
        yield Counted(unit_id, "areas", count)


def own_procedures(day: date) -> Iterator[Counted]:
    """`own_procedures`: different procedures with an approved version in force on that day."""
    rows = ProcedureVersion.objects.filter(state=VersionState.APPROVED, valid_from__lte=day)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=day))
    for unit_id, count in rows.values_list("unit_id").annotate(n=Count("procedure", distinct=True)).order_by():
        yield Counted(unit_id, "own_procedures", count)
