"""Writes of the register: groups, figures, QR codes; each in one transaction with its audit row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from binhyen.audit.actions import record
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.groups.models import CountSource, Group, GroupCount, GroupKind, GroupState, JoinCode, ScanCount
from binhyen.groups.queries import EDIT_ROLES
from binhyen.groups.rules import link_in, name_for, new_code
from binhyen.units.models import Area, Unit
from binhyen.units.scope import Scope

NAME_LIMIT = 100
MOST_COUNT = 100_000
_TRIES = 20


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """What an officer typed about a group; `name` empty takes the name by rule."""

    name: str
    kind: str
    area: Area | None = None
    link: str = ""
    admin_role: str = ""


def checked(entry: GroupEntry) -> GroupEntry:
    """The entry in its stored form. Raises NotPossible: group_name_missing, group_link, group_kind."""
    if entry.kind not in (GroupKind.MANUAL, GroupKind.INTERNAL, GroupKind.GMF):
        raise NotPossible("group_kind")
    name = clean(entry.name)[:NAME_LIMIT] or (name_for(entry.area.name) if entry.area else "")
    if not name:
        raise NotPossible("group_name_missing")
    link = link_in(entry.link) if entry.link.strip() else ""
    if entry.link.strip() and not link:
        raise NotPossible("group_link")
    return GroupEntry(name, entry.kind, entry.area, link, clean(entry.admin_role)[:120])


@transaction.atomic
def add_group(scope: Scope, unit: Unit, entry: GroupEntry) -> Group:
    """A new group in the register. Raises as `checked`, and NotPossible("group_link_taken")."""
    scope.check(unit.pk, EDIT_ROLES)
    entry = checked(entry)
    group = Group(unit=unit, created_at=clock.now())
    fill(group, entry)
    record(unit.pk, "group.added", actor_key=scope.officer_id, subject=f"group {group.public_id}")
    return group


@transaction.atomic
def change_group(scope: Scope, group: Group, entry: GroupEntry) -> None:
    """Correct a group; its codes lead to the new link at once. Raises as `add_group`."""
    scope.check(group.unit_id, EDIT_ROLES)
    before = group.link
    kind = group.kind if group.kind == GroupKind.GMF else entry.kind
    fill(group, checked(GroupEntry(entry.name, kind, entry.area, entry.link, entry.admin_role)))
    facts = {"link_changed": "yes" if group.link != before else "no"}
    record(group.unit_id, "group.changed", actor_key=scope.officer_id, subject=f"group {group.public_id}", facts=facts)


def fill(group: Group, entry: GroupEntry) -> None:
    """Write a checked entry into a row. Raises NotPossible("group_link_taken")."""
    if group.link != entry.link:
        group.link_checked_on = None
    group.name, group.kind, group.area = entry.name, entry.kind, entry.area
    group.link, group.admin_role = entry.link, entry.admin_role
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise NotPossible("group_link_taken") from None


@transaction.atomic
def mark_link_checked(scope: Scope, group: Group) -> None:
    """An officer opened the link today and it leads to the group."""
    scope.check(group.unit_id, EDIT_ROLES)
    group.link_checked_on = clock.today()
    group.save(update_fields=["link_checked_on"])


@transaction.atomic
def end_group(scope: Scope, group: Group) -> None:
    """The group no longer exists: nothing is sent there, its codes warn."""
    scope.check(group.unit_id, EDIT_ROLES)
    group.state, group.ended_at = GroupState.ENDED, clock.now()
    group.save(update_fields=["state", "ended_at"])
    record(group.unit_id, "group.ended", actor_key=scope.officer_id, subject=f"group {group.public_id}")


def count_in(typed: str) -> int | None:
    """A typed number such as "1.204", None when nothing was typed. Raises NotPossible("count_number")."""
    digits = typed.strip().replace(".", "").replace(" ", "")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal()) or int(digits) > MOST_COUNT:
        raise NotPossible("count_number", typed=typed.strip()[:20])
    return int(digits)


@transaction.atomic
def record_counts(
    scope: Scope, group: Group, households: int | None, members: int | None, counted_on: date | None = None
) -> GroupCount:
    """Figures somebody counted. Raises NotPossible: count_missing, count_in_future, count_above_households."""
    scope.check(group.unit_id, EDIT_ROLES)
    check_counts(group.area, households, members, counted_on or clock.today())
    row = count_row(group, households, members, counted_on or clock.today(), CountSource.TYPED, scope.officer_id)
    row.save()
    record(group.unit_id, "group.counted", actor_key=scope.officer_id, subject=f"group {group.public_id}")
    return row


def check_counts(area: Area | None, households: int | None, members: int | None, counted_on: date) -> None:
    """Raises NotPossible for figures that cannot be."""
    if households is None and members is None:
        raise NotPossible("count_missing")
    if counted_on > clock.today():
        raise NotPossible("count_in_future")
    if households is not None and area is not None and area.household_count and households > area.household_count:
        raise NotPossible("count_above_households", count=households, households=area.household_count)


def count_row(
    group: Group, households: int | None, members: int | None, counted_on: date, source: str, officer_id: int | None
) -> GroupCount:
    """An unsaved row of figures."""
    return GroupCount(
        group=group,
        unit_id=group.unit_id,
        household_count=households,
        member_count=members,
        counted_on=counted_on,
        source=source,
        officer_id=officer_id,
        created_at=clock.now(),
    )


def record_api_members(group: Group, members: int) -> None:
    """What the platform says today; one row a day, the latest of the day stands."""
    today = clock.today()
    row = GroupCount.objects.filter(group=group, counted_on=today, source=CountSource.API).first()
    if row is None:
        row = count_row(group, None, members, today, CountSource.API, None)
    row.member_count = members
    row.save()


@transaction.atomic
def set_households(scope: Scope, area: Area, households: int | None) -> None:
    """How many households the area has: the base of its coverage."""
    scope.check(area.unit_id, EDIT_ROLES)
    area.household_count = households
    area.save()
    facts = {"households": households if households is not None else -1}
    record(area.unit_id, "area.households", actor_key=scope.officer_id, subject=f"area {area.public_id}", facts=facts)


@transaction.atomic
def make_code(
    scope: Scope,
    unit: Unit,
    area: Area | None = None,
    group: Group | None = None,
    batch: str = "",
    expires_on: date | None = None,
) -> JoinCode:
    """A new QR code; printing it is the print room's work. Raises NotPossible("code_expired") for a past day."""
    scope.check(unit.pk, EDIT_ROLES)
    if expires_on is not None and expires_on < clock.today():
        raise NotPossible("code_expired")
    for _ in range(_TRIES):
        code = JoinCode(
            code=new_code(),
            unit=unit,
            area=area or (group.area if group else None),
            group=group,
            batch=clean(batch)[:40],
            printed_on=clock.today(),
            expires_on=expires_on,
            created_at=clock.now(),
        )
        try:
            with transaction.atomic():
                code.save()
        except IntegrityError:
            continue
        record(unit.pk, "join_code.made", actor_key=scope.officer_id, subject=f"code {code.code}")
        return code
    raise NotPossible("code_space")


@transaction.atomic
def make_codes(
    scope: Scope,
    unit: Unit,
    places: Sequence[tuple[Area | None, str]],
    batch: str,
    expires_on: date | None = None,
) -> list[JoinCode]:
    """Codes of one print run, in the order of `places`: pairs of area and id of a procedure ("" for none).

    A few statements however many they are. Raises NotPossible: code_expired, code_space.
    """
    scope.check(unit.pk, EDIT_ROLES)
    if expires_on is not None and expires_on < clock.today():
        raise NotPossible("code_expired")
    codes = [
        JoinCode(
            code=code,
            unit=unit,
            area=area,
            procedure=procedure,
            batch=clean(batch)[:40],
            printed_on=clock.today(),
            expires_on=expires_on,
            created_at=clock.now(),
        )
        for code, (area, procedure) in zip(_fresh_codes(len(places)), places, strict=True)
    ]
    JoinCode.objects.bulk_create(codes, batch_size=500)
    record(unit.pk, "join_code.made", actor_key=scope.officer_id, facts={"batch": batch, "codes": len(codes)})
    return codes


def _fresh_codes(count: int) -> list[str]:
    """Codes that nobody has yet. Raises NotPossible("code_space") when chance does not find enough."""
    found: set[str] = set()
    for _ in range(_TRIES):
        found |= {new_code() for _ in range(count - len(found))}
        taken = JoinCode.objects.filter(code__in=found).values_list("code", flat=True)
        found -= set(taken)
        if len(found) == count:
            return sorted(found)
    raise NotPossible("code_space")


@transaction.atomic
def revoke_code(scope: Scope, code: JoinCode) -> None:
    """Papers with this code warn from now on and show the current link (G45)."""
    scope.check(code.unit_id, EDIT_ROLES)
    if code.revoked_at is None:
        code.revoked_at = clock.now()
        code.save(update_fields=["revoked_at"])
        record(code.unit_id, "join_code.revoked", actor_key=scope.officer_id, subject=f"code {code.code}")


def count_scan(code: JoinCode) -> None:
    """One more scan today; nothing about who."""
    day = clock.today()
    changed = ScanCount.objects.filter(code=code, day=day).update(count=F("count") + 1)
    if not changed:
        with transaction.atomic():
            row, is_new = ScanCount.objects.get_or_create(code=code, day=day, defaults={"count": 1})
            if not is_new:
                ScanCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
