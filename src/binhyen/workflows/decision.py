"""What intake tells the replier about a thread, and what the replier decides."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from binhyen.channels.connector import Button
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.inbox.models import Urgency
from binhyen.language.places import Gazetteer
from binhyen.procedures.catalogue import Catalogue
from binhyen.procedures.effective import read_catalogue_of
from binhyen.procedures.queries import catalogue
from binhyen.units.calendars import calendar_of
from binhyen.units.duty import numbers_now
from binhyen.units.models import Area, DirectoryEntry, Unit


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """An area and who answers for it."""

    name: str
    officer: str = ""
    phone: str = ""


@dataclass(frozen=True)
class UnitFacts:
    """Everything of a unit that answers need; frozen, so that a whole batch shares it."""

    unit_id: int
    name: str
    short_name: str
    address_form: str
    """bà con, bạn or quý vị."""
    duty_phone: str
    office_hours: str
    street_address: str
    portal_address: str
    """Full address of the unit's portal, without a slash at the end."""
    answers_automatically: bool
    numbers: tuple[tuple[str, str], ...]
    """Pairs of title and number, in the unit's order, areas left out."""
    areas: tuple[AreaFacts, ...]
    gazetteer: Gazetteer = field(compare=False, repr=False)
    catalogue: Catalogue = field(default_factory=catalogue, compare=False, repr=False)
    """What counts for the unit; procedures it hides are not in it."""

    @classmethod
    def of(cls, unit: Unit) -> "UnitFacts":
        """Read the facts: a few queries, one more for each level above."""
        entries = list(DirectoryEntry.objects.filter(unit=unit).order_by("position", "id"))
        in_charge = {entry.area_id: entry for entry in reversed(entries) if entry.area_id}
        is_open = calendar_of(unit.pk).is_open(clock.now())
        areas = [
            AreaFacts(area.name, *_answering(entry, is_open))
            for area in Area.objects.filter(unit=unit).order_by("sort_key")
            for entry in (in_charge.get(area.pk),)
        ]
        return cls(
            unit_id=unit.pk,
            name=unit.name,
            short_name=unit.short_name,
            address_form=unit.address_form,
            duty_phone=unit.duty_phone,
            office_hours=unit.office_hours,
            street_address=unit.street_address,
            portal_address=f"{configuration().public_url}/{unit.slug}",
            answers_automatically=unit.answers_automatically,
            numbers=tuple(
                (number.title, number.phone)
                for number in numbers_now((entry for entry in entries if not entry.area_id), is_open)
                if number.answers_now
            ),
            areas=tuple(areas),
            gazetteer=Gazetteer([area.name for area in areas]),
            catalogue=read_catalogue_of(unit.pk),
        )


def _answering(entry: DirectoryEntry | None, is_open: bool) -> tuple[str, str]:
    """Who answers for an area at this hour; nobody means the duty number is given."""
    if entry is None or (entry.in_office_hours_only and not is_open):
        return "", ""
    return entry.title, entry.phone


_FRESH_S = 30.0
_kept: dict[int, tuple[float, UnitFacts]] = {}


def unit_facts(unit_id: int) -> UnitFacts:
    """The unit's facts, at most half a minute old."""
    kept = _kept.get(unit_id)
    if kept and time.monotonic() - kept[0] < _FRESH_S:
        return kept[1]
    facts = UnitFacts.of(Unit.objects.get(pk=unit_id))
    _kept[unit_id] = (time.monotonic(), facts)
    return facts


def forget_unit_facts() -> None:
    """Drop what is kept; for settings pages and tests."""
    _kept.clear()


@dataclass(frozen=True, slots=True)
class ThreadFacts:
    """What the conversation already tells."""

    text: str
    procedure: str = ""
    """Id of the procedure just discussed, "" when none or older than a day."""
    was_welcomed_recently: bool = False
    """A welcome went out within the last hour."""
    was_hinted_recently: bool = False
    """The private hint went out within the last day."""
    is_new: bool = False
    """The person never wrote before."""
    has_media_only: bool = False
    offered: tuple[Button, ...] = ()
    """Buttons of the latest message we sent, so that "2" can be read as the second."""


@dataclass(frozen=True, slots=True)
class PlannedReply:
    """One message to go out."""

    text: str
    buttons: tuple[Button, ...] = ()
    form: str = ""
    """Code of a form whose empty PDF goes out instead of words, where the channel takes files."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one inbound message."""

    replies: tuple[PlannedReply, ...] = ()
    waits_for_officer: bool = False
    urgency: int = Urgency.NORMAL
    kind: str = "other"
    procedure: str = ""
    """Procedure now under discussion, "" when none."""
    band: str = "officer"
    alerts_duty: bool = False
    welcomes: bool = False
    """One of the replies is the welcome with the menu."""
    hints_privately: bool = False
    """One of the replies is the neutral private hint (G15)."""


def merged(parts: Sequence[Decision]) -> Decision:
    """Several decisions as one: replies once each, the strictest of the rest, the first kind that names a procedure."""
    first = next((part for part in parts if part.procedure), parts[0])
    return Decision(
        replies=tuple(dict.fromkeys(reply for part in parts for reply in part.replies)),
        waits_for_officer=any(part.waits_for_officer for part in parts),
        urgency=max(part.urgency for part in parts),
        kind=first.kind,
        procedure=first.procedure,
        band=first.band,
        alerts_duty=any(part.alerts_duty for part in parts),
        welcomes=any(part.welcomes for part in parts),
        hints_privately=any(part.hints_privately for part in parts),
    )
