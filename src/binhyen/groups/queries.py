"""Reads of the register; the scope comes first and decides what exists (G39)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum

from binhyen.core import clock
from binhyen.core.errors import NotAllowed
from binhyen.groups.models import Group, GroupCount, GroupKind, GroupState, JoinCode
from binhyen.groups.rules import WARN_DAYS, Coverage, code_in, coverage_of, together, warning_step
from binhyen.units.models import Area, Role, Unit
from binhyen.units.scope import Scope

VIEW_ROLES = frozenset(
    {Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.PAGE_EDITOR, Role.COMMANDER, Role.UNIT_ADMINISTRATOR}
)
"""Roles that see the register; it holds counts and links, no person."""
EDIT_ROLES = frozenset({Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.PAGE_EDITOR, Role.UNIT_ADMINISTRATOR})
"""Roles that keep the register."""
SCAN_DAYS = 30
"""Days of scans shown beside a code."""


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """One area on the page of groups and coverage."""

    area: Area
    groups: list[Group]
    coverage: Coverage
    has_live_code: bool


@dataclass(frozen=True, slots=True)
class UnitCoverage:
    """A unit's areas, or the units below it, with the sum."""

    areas: list[AreaCoverage]
    below: list[tuple[Unit, Coverage]]
    total: Coverage


def _latest(field: str, wanted: str) -> Subquery:
    rows = GroupCount.objects.filter(group=OuterRef("pk")).exclude(**{field: None}).order_by("-counted_on", "-id")
    return Subquery(rows.values(wanted)[:1])


def with_counts(groups: QuerySet[Group]) -> QuerySet[Group]:
    """Groups with their latest figures: `households`, `households_on`, `members`, `members_on`, `households_source`."""
    return groups.annotate(
        households=_latest("household_count", "household_count"),
        households_on=_latest("household_count", "counted_on"),
        households_source=_latest("household_count", "source"),
        members=_latest("member_count", "member_count"),
        members_on=_latest("member_count", "counted_on"),
        members_source=_latest("member_count", "source"),
    )


def visible_groups(scope: Scope) -> QuerySet[Group]:
    """Groups of the units where the officer keeps or reads the register."""
    return Group.objects.filter(unit_id__in=scope.units_with(VIEW_ROLES))


def groups_for(scope: Scope, unit: Unit) -> list[Group]:
    """The unit's groups that still exist, with figures, in the order of areas and names."""
    scope.check(unit.pk, VIEW_ROLES)
    rows = with_counts(Group.objects.filter(unit=unit).exclude(state=GroupState.ENDED))
    return list(rows.select_related("area", "account").order_by(F("area__sort_key").asc(nulls_last=True), "name"))


def access_group(scope: Scope, public_id: str, roles: frozenset[Role] = VIEW_ROLES) -> Group:
    """The group with unit, area and figures. Raises NotAllowed for a foreign or missing one."""
    rows = with_counts(Group.objects.filter(unit_id__in=scope.units_with(roles)))
    group = rows.select_related("unit", "area", "account").filter(public_id=public_id).first()
    if group is None:
        raise NotAllowed
    return group


def coverage_for(scope: Scope, unit: Unit) -> UnitCoverage:
    """Coverage of the unit's areas, or of the communes below a province, from counts alone (G32). Fixed queries."""
    scope.check(unit.pk, VIEW_ROLES)
    below = _units_below(unit)
    if below:
        sums = _coverages(below)
        return UnitCoverage([], sums, together([coverage for _, coverage in sums]))
    areas = list(Area.objects.filter(unit=unit).order_by("sort_key"))
    by_area: dict[int | None, list[Group]] = defaultdict(list)
    for group in groups_for(scope, unit):
        if group.kind != GroupKind.INTERNAL:
            by_area[group.area_id].append(group)
    live = set(_live_codes().filter(unit=unit).values_list("area_id", flat=True))
    rows = [
        AreaCoverage(
            area, by_area[area.pk], coverage_of(area.household_count, _figures(by_area[area.pk])), area.pk in live
        )
        for area in areas
    ]
    return UnitCoverage(rows, [], together([row.coverage for row in rows]))


def _figures(groups: list[Group]) -> list[tuple[int, date]]:
    return [(group.households, group.households_on) for group in groups if group.households is not None]  # type: ignore[attr-defined]


def _units_below(unit: Unit) -> list[Unit]:
    """Communes below, through districts that still stand in old data; two levels at most."""
    below = list(Unit.objects.filter(Q(parent=unit) | Q(parent__parent=unit)).order_by("name"))
    parents = {each.parent_id for each in below}
    return [each for each in below if each.pk not in parents]


def _coverages(units: list[Unit]) -> list[tuple[Unit, Coverage]]:
    """Coverage of many units in two queries."""
    keys = [unit.pk for unit in units]
    groups = with_counts(
        Group.objects.filter(unit_id__in=keys, area__isnull=False)
        .exclude(state=GroupState.ENDED)
        .exclude(kind=GroupKind.INTERNAL)
    )
    by_area: dict[int, list[Group]] = defaultdict(list)
    for group in groups:
        by_area[group.area_id or 0].append(group)
    parts: dict[int, list[Coverage]] = defaultdict(list)
    for area in Area.objects.filter(unit_id__in=keys):
        parts[area.unit_id].append(coverage_of(area.household_count, _figures(by_area[area.pk])))
    return [(unit, together(parts[unit.pk])) for unit in units]


def counts_for(scope: Scope, group: Group) -> list[GroupCount]:
    """The group's dated figures, newest first."""
    scope.check(group.unit_id, VIEW_ROLES)
    return list(GroupCount.objects.filter(group=group).select_related("officer").order_by("-counted_on", "-id")[:24])


def codes_for(scope: Scope, unit: Unit) -> list[JoinCode]:
    """The unit's QR codes with `recent_scans`, newest first."""
    scope.check(unit.pk, VIEW_ROLES)
    since = clock.today() - timedelta(days=SCAN_DAYS)
    recent = Sum("scans__count", filter=Q(scans__day__gt=since), output_field=IntegerField(), default=0)
    rows = JoinCode.objects.filter(unit=unit).select_related("area", "group").annotate(recent_scans=recent)
    return list(rows.order_by("-created_at", "-id")[:200])


def access_code(scope: Scope, code: str) -> JoinCode:
    """The code for an officer who keeps the register. Raises NotAllowed."""
    rows = JoinCode.objects.filter(unit_id__in=scope.units_with(EDIT_ROLES))
    found = rows.filter(code=code_in(code) or "-").select_related("unit", "area", "group").first()
    if found is None:
        raise NotAllowed
    return found


def _live_codes() -> QuerySet[JoinCode]:
    today = clock.today()
    return JoinCode.objects.filter(revoked_at=None).filter(Q(expires_on=None) | Q(expires_on__gte=today))


def code_in_public(typed: str) -> JoinCode | None:
    """What a scanned code stands for, live or not; for everybody. Case does not matter."""
    code = code_in(typed)
    return JoinCode.objects.select_related("unit", "area", "group").filter(code=code).first() if code else None


def public_groups(unit_id: int, area_id: int | None = None) -> list[Group]:
    """Groups a resident may join, with a link: what "is this channel real?" lists (G45)."""
    rows = Group.objects.filter(unit_id=unit_id, state=GroupState.ACTIVE).exclude(kind=GroupKind.INTERNAL)
    rows = rows.exclude(link="").select_related("area").order_by(F("area__sort_key").asc(nulls_last=True), "name")
    return list(rows if area_id is None else rows.filter(area_id=area_id))


def packages_to_renew(scope: Scope, unit: Unit) -> list[tuple[Group, int]]:
    """The unit's GMF groups whose package ends within 60, 30 or 7 days or has ended (0), the first to end first."""
    scope.check(unit.pk, VIEW_ROLES)
    today = clock.today()
    rows = Group.objects.filter(unit=unit, kind=GroupKind.GMF, package_until__lte=today + timedelta(days=WARN_DAYS[0]))
    found = rows.exclude(state=GroupState.ENDED).order_by("package_until", "name")
    return [(group, warning_step(group.package_until, today) or 0) for group in found]
