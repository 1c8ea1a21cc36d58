"""Groups, households and scans: numbers that were typed, imported or fetched, never people (G32)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import IntegerField, OuterRef, Q, Subquery, Sum

from binhyen.groups.models import Group, GroupCount, GroupKind, ScanCount
from binhyen.statistics.counting.counted import Counted, bounds
from binhyen.units.models import Area


def _latest(field: str, day: date) -> Subquery:
    rows = GroupCount.objects.filter(group=OuterRef("pk"), counted_on__lte=day).exclude(**{field: None})
    return Subquery(rows.order_by("-counted_on", "-id").values(field)[:1], output_field=IntegerField())


def group_levels(day: date) -> Iterator[Counted]:
    """Groups, members, households and households reached of every area, as known at the end of the day."""
    _, end = bounds(day)
    rows = Group.objects.filter(created_at__lt=end).filter(Q(ended_at=None) | Q(ended_at__gte=end))
    groups = rows.annotate(members=_latest("member_count", day), households=_latest("household_count", day))
    reached: dict[int, int] = defaultdict(int)
    for unit_id, area_id, kind, members, households in groups.values_list(
        "unit_id", "area_id", "kind", "members", "households"
    ):
        is_internal = kind == GroupKind.INTERNAL
        area = None if is_internal else area_id
        yield Counted(unit_id, "internal_groups" if is_internal else "groups", 1, area_id=area)
        yield Counted(unit_id, "internal_members" if is_internal else "members", members or 0, area_id=area)
        if area_id and not is_internal:
            reached[area_id] += households or 0
    for area_id, unit_id, households, inhabitants in Area.objects.values_list(
        "pk", "unit_id", "household_count", "inhabitant_count"
    ):
        yield Counted(unit_id, "households", households or 0, area_id=area_id)
        yield Counted(unit_id, "inhabitants", inhabitants or 0, area_id=area_id)
        yield Counted(unit_id, "households_reached", min(households or 0, reached[area_id]), area_id=area_id)


def scans(day: date) -> Iterator[Counted]:
    """`qr_scans`: openings of the page behind QR codes."""
    rows = ScanCount.objects.filter(day=day).values_list("code__unit_id")
    for unit_id, count in rows.annotate(n=Sum("count")).order_by():
        yield Counted(unit_id, "qr_scans", count)
