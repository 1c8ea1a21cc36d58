"""The numbers of a unit at this hour: what the machine answers with and what the portal shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from binhyen.core import clock
from binhyen.units.calendars import calendar_of
from binhyen.units.models import Area, DirectoryEntry, Unit


@dataclass(frozen=True, slots=True)
class Number:
    """A number to call now."""

    title: str
    phone: str
    answers_now: bool
    """False: only in office hours, which it is not."""


@dataclass(frozen=True, slots=True)
class AreaNumber:
    """An area and who answers for it at this hour; empty title and phone: the unit's duty number does."""

    name: str
    title: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class DirectoryNow:
    """The directory of one unit at one moment."""

    numbers: tuple[Number, ...]
    """Local emergency numbers, what answers now, the rest; else as the unit ordered. Those of areas are left out."""
    areas: tuple[AreaNumber, ...]


def directory_now(unit: Unit) -> DirectoryNow:
    """Read it; two queries and those of the calendar."""
    entries = list(DirectoryEntry.objects.filter(unit=unit).order_by("position", "id"))
    is_open = calendar_of(unit.pk).is_open(clock.now())
    in_charge = {entry.area_id: entry for entry in reversed(entries) if entry.area_id}
    areas = Area.objects.filter(unit=unit).order_by("sort_key")
    return DirectoryNow(
        numbers=tuple(_numbers((entry for entry in entries if not entry.area_id), is_open)),
        areas=tuple(_area(area.name, in_charge.get(area.pk), is_open) for area in areas),
    )


def _numbers(entries: Iterable[DirectoryEntry], is_open: bool) -> list[Number]:
    entries = sorted(entries, key=lambda entry: not entry.is_emergency)
    numbers = [Number(entry.title, entry.phone, is_open or not entry.in_office_hours_only) for entry in entries]
    return sorted(numbers, key=lambda number: not number.answers_now)


def _area(name: str, entry: DirectoryEntry | None, is_open: bool) -> AreaNumber:
    if entry is None or (entry.in_office_hours_only and not is_open):
        return AreaNumber(name)
    return AreaNumber(name, entry.title, entry.phone)
