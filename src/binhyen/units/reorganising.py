"""Merging, dividing and renaming units, as on 2025-07-01: one transaction, a report, and a way back.

Nothing is rewritten: a closed unit keeps its conversations, cases and audit chain, and its successors' officers reach
them (`units.scope`). Areas, directory and staff go over; every old name and portal address keeps answering.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.units.models import (
    Area,
    DirectoryEntry,
    FormerAddress,
    Membership,
    Reorganisation,
    Unit,
    UnitName,
)
from binhyen.units.tree import place


@dataclass(slots=True)
class _Log:
    """What is done, for the report and for the way back."""

    report: list[str] = field(default_factory=list)
    facts: dict[str, list[Any]] = field(default_factory=dict)

    def note(self, key: str, *values: object) -> None:
        """Remember how something was before."""
        self.facts.setdefault(key, []).append(list(values))


def merge(old_units: Sequence[Unit], into: Unit, *, dry_run: bool) -> Reorganisation:
    """Close `old_units`; `into` takes over their areas, numbers, staff, names and addresses.

    Raises NotPossible: unit_closed(name), unit_into_itself.
    """
    if into in old_units:
        raise NotPossible("unit_into_itself")

    def work(log: _Log) -> None:
        for old in old_units:
            _close(old, [into], log)
            _move_areas(list(old.areas.order_by("pk")), into, log)
            _move_numbers(old, into, log)
            _copy_staff(old, into, log)

    return _carry_out("merge", [*old_units, into], work, dry_run=dry_run)


def split(
    old: Unit, into: Sequence[Unit], areas: Mapping[str, Unit], staff_to: Unit, *, dry_run: bool
) -> Reorganisation:
    """Close `old`; each area goes to the unit `areas` names by the area's name, staff and numbers to `staff_to`.

    Raises NotPossible: unit_closed(name), unit_into_itself, area_unassigned(names), area_unknown(name).
    """
    if old in into or not into:
        raise NotPossible("unit_into_itself")
    known = {area.name: area for area in old.areas.order_by("pk")}
    if unknown := sorted(set(areas) - set(known)):
        raise NotPossible("area_unknown", name=unknown[0])
    if left := sorted(set(known) - set(areas)):
        raise NotPossible("area_unassigned", names=", ".join(left))

    def work(log: _Log) -> None:
        _close(old, into, log)
        for unit in into:
            _move_areas([known[name] for name, target in areas.items() if target == unit], unit, log)
        _move_numbers(old, staff_to, log)
        _copy_staff(old, staff_to, log)

    return _carry_out("split", [old, *into], work, dry_run=dry_run)


def rename(unit: Unit, name: str, short_name: str = "", slug: str = "", *, dry_run: bool) -> Reorganisation:
    """Give the unit another name, and another portal address when `slug` is given; the old ones keep answering.

    Raises NotPossible: unit_name_missing, slug_taken(slug).
    """
    name = clean(name)[:120]
    if not name:
        raise NotPossible("unit_name_missing")
    if slug and slug != unit.slug and is_address_taken(slug, by_others_than=unit):
        raise NotPossible("slug_taken", slug=slug)

    def work(log: _Log) -> None:
        log.note("renamed", unit.pk, unit.name, unit.short_name, unit.slug)
        UnitName.objects.filter(unit=unit, name=unit.name).update(is_current=False)
        _know(unit, unit.name, log, is_current=False)
        _know(unit, name, log, is_current=True)
        log.report.append(f"{unit.name} -> {name}; the old name keeps answering")
        if slug and slug != unit.slug:
            address, is_new = FormerAddress.objects.get_or_create(slug=unit.slug, defaults={"unit": unit})
            if is_new:
                log.note("addresses", address.pk)
            log.report.append(f"portal address /{unit.slug}/ -> /{slug}/; the old one keeps answering")
            unit.slug = slug
        unit.name, unit.short_name = name, clean(short_name)[:60] or unit.short_name
        unit.save(update_fields=["name", "short_name", "slug"])

    return _carry_out("rename", [unit], work, dry_run=dry_run)


def is_address_taken(slug: str, by_others_than: Unit | None = None) -> bool:
    """Whether a unit, or one other than that, answers or once answered at this portal address."""
    own = by_others_than.pk if by_others_than else 0
    return (
        Unit.objects.filter(slug=slug).exclude(pk=own).exists()
        or FormerAddress.objects.filter(slug=slug).exclude(unit_id=own).exists()
    )


def _carry_out(kind: str, units: Sequence[Unit], work: Any, *, dry_run: bool) -> Reorganisation:
    with transaction.atomic():
        if closed := next((unit for unit in units if unit.closed_on), None):
            raise NotPossible("unit_closed", name=closed.name)
        log = _Log()
        work(log)
        facts = {**log.facts, "units": [unit.pk for unit in units]}
        row = Reorganisation.objects.create(kind=kind, at=clock.now(), facts=facts, report=log.report)
        for unit in units:
            audit.record(unit.pk, f"unit.{kind}", actor_key=None, subject=row.public_id)
        transaction.set_rollback(dry_run)
    return row


def _close(old: Unit, into: Sequence[Unit], log: _Log) -> None:
    log.note("closed", old.pk)
    old.closed_on = clock.today()
    old.save(update_fields=["closed_on"])
    old.successors.set(into)
    names = ", ".join(unit.name for unit in into)
    log.report.append(f"{old.name} closes; its conversations and papers are reached from {names}")
    for unit in into:
        for name in UnitName.objects.filter(unit=old).values_list("name", flat=True):
            _know(unit, name, log, is_current=False)
    for child in old.children.all():
        log.note("moved_units", child.pk, old.pk)
        place(child, into[0])
        log.report.append(f"{child.name} now stands below {into[0].name}")


def _know(unit: Unit, name: str, log: _Log, *, is_current: bool) -> None:
    row, is_new = UnitName.objects.get_or_create(unit=unit, name=name[:160], defaults={"is_current": is_current})
    if is_new:
        log.note("names", row.pk)
    elif is_current and not row.is_current:
        row.is_current = True
        row.save(update_fields=["is_current"])


def _move_areas(areas: Sequence[Area], into: Unit, log: _Log) -> None:
    taken = set(Area.objects.filter(unit=into).values_list("name", flat=True))
    for area in areas:
        log.note("areas", area.pk, area.unit_id, area.name)
        came_from = area.unit.place_name.split(",")[0] or area.unit.name
        if area.name in taken:
            area.name = f"{area.name} ({came_from})"[:120]
            log.report.append(f"an area of that name exists: it becomes {area.name}")
        taken.add(area.name)
        area.unit = into
        area.save()
        DirectoryEntry.objects.filter(area=area).update(unit=into)
    if areas:
        log.report.append(f"{len(areas)} areas go to {into.name}")


def _move_numbers(old: Unit, into: Unit, log: _Log) -> None:
    entries = DirectoryEntry.objects.filter(unit=old, area=None)
    for pk in entries.values_list("pk", flat=True):
        log.note("numbers", pk, old.pk)
    if count := entries.update(unit=into):
        log.report.append(f"{count} numbers of {old.name} go to {into.name}")


def _copy_staff(old: Unit, into: Unit, log: _Log) -> None:
    """The staff also holds its roles in the successor; in the closed unit they stay, to finish what is open."""
    count = 0
    for held in Membership.objects.filter(unit=old):
        row, is_new = Membership.objects.get_or_create(unit=into, officer_id=held.officer_id, role=held.role)
        if is_new:
            log.note("staff", row.pk)
            count += 1
    if count:
        log.report.append(f"{count} roles are given in {into.name} as they were in {old.name}")


@transaction.atomic
def undo(row: Reorganisation, dependents: int) -> None:
    """Put everything back as it was. `dependents` counts what came to the units since.

    Raises NotPossible: reorganisation_undone, reorganisation_built_upon, reorganisation_has_dependents(count).
    """
    if row.undone_at:
        raise NotPossible("reorganisation_undone")
    if _later_ones(row):
        raise NotPossible("reorganisation_built_upon")
    if dependents:
        raise NotPossible("reorganisation_has_dependents", count=dependents)
    _put_back(row.facts)
    row.undone_at = clock.now()
    row.save(update_fields=["undone_at"])
    for unit_id in row.facts["units"]:
        audit.record(unit_id, "unit.reorganisation_undone", actor_key=None, subject=row.public_id)


def _put_back(facts: Mapping[str, Any]) -> None:
    for pk, unit_id, name in facts.get("areas", []):
        area = Area.objects.get(pk=pk)
        area.unit_id, area.name = unit_id, name
        area.save()
        DirectoryEntry.objects.filter(area=area).update(unit_id=unit_id)
    for pk, unit_id in facts.get("numbers", []):
        DirectoryEntry.objects.filter(pk=pk).update(unit_id=unit_id)
    for pk, parent_id in facts.get("moved_units", []):
        place(Unit.objects.get(pk=pk), Unit.objects.get(pk=parent_id))
    for key, model in (("staff", Membership), ("names", UnitName), ("addresses", FormerAddress)):
        model.objects.filter(pk__in=[pk for (pk,) in facts.get(key, [])]).delete()
    for (pk,) in facts.get("closed", []):
        Unit.objects.filter(pk=pk).update(closed_on=None)
        Unit.objects.get(pk=pk).successors.clear()
    for pk, name, short_name, slug in facts.get("renamed", []):
        Unit.objects.filter(pk=pk).update(name=name, short_name=short_name, slug=slug)
        UnitName.objects.update_or_create(unit_id=pk, name=name, defaults={"is_current": True})


def _later_ones(row: Reorganisation) -> bool:
    later = Reorganisation.objects.filter(pk__gt=row.pk, undone_at=None)
    mine = set(row.facts["units"])
    return any(mine & set(other.facts["units"]) for other in later)
