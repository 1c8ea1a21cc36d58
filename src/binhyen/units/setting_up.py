"""A unit sets itself up: each step of the guide as one write, and the check list before it opens for residents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import clean
from binhyen.units.calendars import forget_calendars
from binhyen.units.hours_words import read_periods, sentence
from binhyen.units.models import (
    Address,
    Area,
    CalendarDay,
    DirectoryEntry,
    Membership,
    OfficeHours,
    Role,
    Unit,
    UnitName,
)
from binhyen.units.national import commune_by_code
from binhyen.units.queries import ADMINISTRATOR_ROLES
from binhyen.units.scope import LEADER_ROLES, REPLY_ROLES, Scope

STEPS = ("unit", "officers", "areas", "numbers", "procedures", "zalo", "hours", "print", "try")
"""In the order of the guide; each can be left out and come back to."""
_PHONE = re.compile(r"0\d{9,10}|1[19]\d{1,2}|1[89]00\d{4,6}")
MOST_ENTRIES = 300


def phone_number(written: str) -> str:
    """Digits of a Vietnamese number. Raises NotPossible("phone_odd", number)."""
    digits = re.sub(r"[ .\-()]", "", written)
    if not _PHONE.fullmatch(digits):
        raise NotPossible("phone_odd", number=clean(written)[:20])
    return digits


@transaction.atomic
def save_unit(scope: Scope, unit: Unit, fields: dict[str, str], *, is_remote_area: bool) -> None:
    """Name, short name, place, address, form of address, and the commune of the national list.

    `fields["answers"]`: "sure" lets sure answers go out by themselves, "offer" makes buttons of them; else as it was.
    Raises NotPossible: unit_name_missing, commune_unknown, address_form_odd.
    """
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    name, short_name = clean(fields.get("name", ""))[:120], clean(fields.get("short_name", ""))[:60]
    if not name or not short_name:
        raise NotPossible("unit_name_missing")
    if fields.get("address_form", unit.address_form) not in Address.values:
        raise NotPossible("address_form_odd")
    unit.name, unit.short_name = name, short_name
    unit.street_address = clean(fields.get("street_address", ""))[:200]
    unit.address_form = fields.get("address_form", unit.address_form)
    unit.is_remote_area = is_remote_area
    if fields.get("answers") in ("sure", "offer"):
        unit.answers_automatically = fields["answers"] == "sure"
    _take_commune(unit, fields.get("national_code", ""))
    unit.save()
    UnitName.objects.update_or_create(unit=unit, name=name, defaults={"is_current": True})
    _record(scope, unit, "unit.described")
    forget_calendars()


def _take_commune(unit: Unit, code: str) -> None:
    """The place of the national list, and every old name it is found by."""
    if not code or code == unit.national_code:
        return
    commune = commune_by_code(code)
    if commune is None:
        raise NotPossible("commune_unknown")
    unit.national_code = code
    province = f"{commune.province[0].lower()}{commune.province[1:]}"
    unit.place_name = f"{commune.name[0].lower()}{commune.name[1:]}, {province}"
    names = {unit.place_name: True} | {f"{old}, {commune.province}"[:160]: False for old in commune.old_names}
    for name, is_current in names.items():
        UnitName.objects.update_or_create(unit=unit, name=name, defaults={"is_current": is_current})


@transaction.atomic
def save_duty_phone(scope: Scope, unit: Unit, written: str) -> None:
    """The number that answers day and night. Raises NotPossible("phone_odd")."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    unit.duty_phone = phone_number(written)
    unit.save(update_fields=["duty_phone"])
    _record(scope, unit, "unit.duty_phone_set")


@transaction.atomic
def add_number(
    scope: Scope, unit: Unit, title: str, phone: str, area_name: str = "", *, is_emergency: bool, in_office_hours: bool
) -> DirectoryEntry:
    """A line of the directory. Raises NotPossible: number_title_missing, phone_odd, area_unknown, numbers_full."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    title, number = clean(title)[:120], phone_number(phone)
    if not title:
        raise NotPossible("number_title_missing")
    if unit.directory.count() >= MOST_ENTRIES:
        raise NotPossible("numbers_full")
    area = Area.objects.filter(unit=unit, name=area_name).first() if area_name else None
    if area_name and area is None:
        raise NotPossible("area_unknown", name=area_name[:60])
    last = unit.directory.aggregate(last=Max("position"))["last"]
    entry = DirectoryEntry.objects.create(
        unit=unit,
        area=area,
        title=title,
        phone=number,
        position=0 if last is None else last + 1,
        is_emergency=is_emergency,
        in_office_hours_only=in_office_hours and not is_emergency,
    )
    _record(scope, unit, "directory.added")
    return entry


@transaction.atomic
def remove_number(scope: Scope, unit: Unit, position: int) -> None:
    """Take the line at that position off the directory. Raises NotAllowed when there is none."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    entry = unit.directory.filter(position=position).order_by("pk").first()
    if entry is None:
        raise NotAllowed
    entry.delete()
    _record(scope, unit, "directory.removed")


@transaction.atomic
def save_hours(scope: Scope, unit: Unit, lines: Sequence[str]) -> None:
    """Seven lines from Monday on. Raises NotPossible: hours_odd(text), hours_overlap(text), hours_none."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    week = [read_periods(line) for line in lines]
    if len(week) != 7 or not any(week):
        raise NotPossible("hours_none")
    write_hours(unit, week)
    _record(scope, unit, "unit.hours_set")


def write_hours(unit: Unit, week: Sequence[Sequence[object]]) -> None:
    """Replace the unit's week and the sentence residents read."""
    OfficeHours.objects.filter(unit=unit).delete()
    OfficeHours.objects.bulk_create(
        OfficeHours(unit=unit, weekday=day, start_min=period.start, end_min=period.end)  # type: ignore[attr-defined]
        for day, periods in enumerate(week)
        for period in periods
    )
    unit.office_hours = sentence(week)[:200]  # type: ignore[arg-type]
    unit.save(update_fields=["office_hours"])
    forget_calendars()


@transaction.atomic
def save_day(scope: Scope, unit: Unit, day: date, hours: str, note: str, *, is_working_day: bool) -> None:
    """A date that differs: Tết as announced, a swapped Saturday, a closed day. Raises NotPossible: hours_odd, ...

    Clocks that run already keep the end they were given; new ones count with it.
    """
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    periods = [[period.start, period.end] for period in read_periods(hours)]
    values = {"is_working_day": is_working_day, "periods": periods or None, "note": clean(note)[:120]}
    CalendarDay.objects.update_or_create(unit=unit, day=day, defaults=values)
    forget_calendars()
    _record(scope, unit, "calendar.day_set", day=day.isoformat())


@transaction.atomic
def remove_day(scope: Scope, unit: Unit, day: date) -> None:
    """The date follows the national table again."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    CalendarDay.objects.filter(unit=unit, day=day).delete()
    forget_calendars()
    _record(scope, unit, "calendar.day_removed", day=day.isoformat())


@transaction.atomic
def set_api(scope: Scope, unit: Unit, *, has_api: bool) -> None:
    """Whether the unit's page has an API package; without one officers work by the paste-in desk."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    unit.has_api = has_api
    unit.save(update_fields=["has_api"])
    _record(scope, unit, "unit.api_set", has_api=int(has_api))


@transaction.atomic
def set_open_figures(scope: Scope, unit: Unit, *, are_open: bool) -> None:
    """Whether the unit's figures are open data; a leader decides."""
    scope.check(unit.pk, LEADER_ROLES)
    unit.publishes_figures = are_open
    unit.save(update_fields=["publishes_figures"])
    _record(scope, unit, "figures.opened" if are_open else "figures.closed")


@transaction.atomic
def skip_step(scope: Scope, unit: Unit, step: str) -> None:
    """Leave a step for later; it stays open on the check list."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    if step in STEPS and step not in unit.skipped_steps:
        unit.skipped_steps = [*unit.skipped_steps, step]
        unit.save(update_fields=["skipped_steps"])


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the check list."""

    step: str
    code: str
    is_done: bool
    blocks: bool
    """Without it the unit does not open."""


def checks_for(scope: Scope, unit: Unit, pages_connected: int) -> list[Check]:
    """What is there and what is missing; `pages_connected` counts the unit's working Zalo pages. Five queries."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    answering = Membership.objects.filter(unit=unit, role__in=REPLY_ROLES, officer__is_active=True)
    people = set(answering.values_list("officer_id", "role"))
    officers = {officer_id for officer_id, _ in people}
    return [
        Check("unit", "place", bool(unit.national_code and unit.place_name), blocks=False),
        Check("unit", "address", bool(unit.street_address), blocks=False),
        Check("officers", "second_officer", len(officers) > 1, blocks=True),
        Check("officers", "duty_officer", any(role == Role.DUTY_OFFICER for _, role in people), blocks=False),
        Check("numbers", "duty_phone", bool(unit.duty_phone), blocks=True),
        Check("numbers", "directory", unit.directory.exists(), blocks=False),
        Check("areas", "areas", unit.areas.exists(), blocks=False),
        Check("hours", "hours", unit.hours.exists(), blocks=False),
        Check("zalo", "zalo", bool(pages_connected) or not unit.has_api, blocks=False),
    ]


@transaction.atomic
def go_live(scope: Scope, unit: Unit, checks: Sequence[Check]) -> None:
    """Open for residents. Raises NotPossible("not_ready") while something that blocks is missing."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    if any(check.blocks and not check.is_done for check in checks):
        raise NotPossible("not_ready")
    unit.went_live_at = unit.went_live_at or clock.now()
    unit.save(update_fields=["went_live_at"])
    _record(scope, unit, "unit.went_live")


def _record(scope: Scope, unit: Unit, action: str, **facts: str | int) -> None:
    audit.record(unit.pk, action, actor_key=scope.officer_id, subject=unit.public_id, facts=facts)
