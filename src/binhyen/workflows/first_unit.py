"""A unit with everything that was given, and its first administrator, or nothing of it: `init`, `units add`."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from binhyen.core.errors import NotPossible
from binhyen.core.working_time import Periods
from binhyen.units.area_lists import write_areas
from binhyen.units.area_rows import ReadList
from binhyen.units.models import DirectoryEntry, Officer, Role, Unit
from binhyen.units.reorganising import is_address_taken
from binhyen.units.setting_up import write_hours
from binhyen.units.tree import place
from binhyen.workflows.seeding import NewUnit, add_officer, set_up_unit


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What may be given besides; what is empty stays as it is."""

    street_address: str = ""
    address_form: str = ""
    """A value of `Address`."""
    has_no_api: bool = False
    week: Sequence[Periods] = ()
    """Seven days from Monday on."""
    areas: ReadList = field(default_factory=ReadList)
    numbers: Sequence[tuple[str, str]] = ()
    """Title and digits of lines of the directory."""


@transaction.atomic
def set_up_first_unit(new: NewUnit, facts: UnitFacts, username: str, full_name: str) -> tuple[Unit, Officer]:
    """The unit and the administrator. Idempotent by the unit's slug, titles, hamlets' names and the username."""
    unit = set_up_unit(new)
    unit.street_address = facts.street_address or unit.street_address
    unit.address_form = facts.address_form or unit.address_form
    unit.has_api = unit.has_api and not facts.has_no_api
    unit.save(update_fields=["street_address", "address_form", "has_api"])
    if facts.week:
        write_hours(unit, facts.week)
    write_areas(unit, facts.areas)
    for position, (title, phone) in enumerate(facts.numbers, start=unit.directory.count()):
        DirectoryEntry.objects.update_or_create(
            unit=unit,
            title=title,
            area=None,
            defaults={"phone": phone},
            create_defaults={"phone": phone, "position": position},
        )
    return unit, add_officer(unit, username, full_name, [Role.UNIT_ADMINISTRATOR, Role.DUTY_OFFICER])


@transaction.atomic
def set_up_superior_unit(new: NewUnit, parent: Unit | None, username: str, full_name: str) -> tuple[Unit, Officer]:
    """A unit that is no commune (ministry, province, former district, post), below `parent`, and its administrator.

    Raises NotPossible: slug_taken(slug), unit_closed(name).
    """
    if is_address_taken(new.slug):
        raise NotPossible("slug_taken", slug=new.slug)
    if parent and parent.closed_on:
        raise NotPossible("unit_closed", name=parent.name)
    unit = set_up_unit(new)
    place(unit, parent)
    return unit, add_officer(unit, username, full_name, [Role.UNIT_ADMINISTRATOR, Role.DUTY_OFFICER])
