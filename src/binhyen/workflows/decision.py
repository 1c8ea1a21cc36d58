"""What intake tells the replier about a thread, and what the replier decides."""

import functools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from binhyen.channels.connector import Button
from binhyen.core.configuration import configuration
from binhyen.core.text import fold
from binhyen.inbox.models import Conversation, ConversationState, Urgency
from binhyen.language.places import Gazetteer
from binhyen.procedures.catalogue import Catalogue
from binhyen.procedures.effective import read_catalogue_of
from binhyen.procedures.queries import catalogue
from binhyen.units.directory import AreaNumber, directory_now
from binhyen.units.models import Unit


def phone(number: str) -> str:
    """A number grouped for reading: 0239 3 000 000, 0912 345 678."""
    if len(number) == 11 and number.startswith("02"):
        return f"{number[:4]} {number[4]} {number[5:8]} {number[8:]}"
    if len(number) == 10:
        return f"{number[:4]} {number[4:7]} {number[7:]}"
    return number


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
    areas: tuple[AreaNumber, ...]
    gazetteer: Gazetteer = field(compare=False, repr=False)
    catalogue: Catalogue = field(default_factory=catalogue, compare=False, repr=False)
    """What counts for the unit; procedures it hides are not in it."""

    @functools.cached_property
    def spoken(self) -> dict[str, str]:
        """What stands for {ai}, {Ai}, {cq}, {name}, {duty} and {portal} in what is said."""
        form = self.address_form
        return {
            "ai": form,
            "Ai": f"{form[0].upper()}{form[1:]}",
            "cq": self.short_name,
            "name": self.name,
            "duty": phone(self.duty_phone) or "113",
            "portal": self.portal_address,
        }

    @classmethod
    def of(cls, unit: Unit) -> "UnitFacts":
        """Read the facts: a few queries, one more for each level above."""
        directory = directory_now(unit)
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
            numbers=tuple((number.title, number.phone) for number in directory.numbers if number.answers_now),
            areas=directory.areas,
            gazetteer=Gazetteer([area.name for area in directory.areas]),
            catalogue=read_catalogue_of(unit.pk),
        )


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


@dataclass(frozen=True)
class ThreadFacts:
    """What the conversation already tells."""

    text: str
    procedure: str = ""
    """Id of the procedure just discussed, "" when none or older than a day."""
    talked_about: tuple[str, ...] = ()
    """Ids of the procedures of the last minutes, the first one first, each as often as it came up."""
    was_welcomed_recently: bool = False
    """A welcome went out within the last hour."""
    was_hinted_recently: bool = False
    """The private hint went out within the last day."""
    is_new: bool = False
    """The person never wrote before."""
    has_media_only: bool = False
    offered: tuple[Button, ...] = ()
    """Buttons we showed last, so that "2" can be read as the second."""
    known_folded: str | None = None
    """Search form of the text where it was made already."""

    @functools.cached_property
    def folded(self) -> str:
        """Search form of the text; several rules read it."""
        return fold(self.text) if self.known_folded is None else self.known_folded


@dataclass(frozen=True, slots=True)
class PlannedReply:
    """One message to go out."""

    text: str
    buttons: tuple[Button, ...] = ()
    form: str = ""
    """Code of a form whose empty PDF goes out instead of words, where the channel takes files."""
    procedure: str = ""
    """Id of the procedure it tells about, so that "the second one" is known when one message brought two answers."""


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
    seals_words: bool = False
    """What was written leaves the thread at once and becomes a sealed case."""


def merged(parts: Sequence[Decision]) -> Decision:
    """Several decisions as one: replies once each, the strictest of the rest, the first kind that names a procedure."""
    if len(parts) == 1:
        return parts[0]
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


def apply_decision(conversation: Conversation, decision: Decision, now: datetime) -> None:
    """Move the conversation; a wait that began earlier goes on, whatever the machine could answer since."""
    conversation.kind = decision.kind
    if decision.procedure:
        conversation.procedure, conversation.procedure_at = decision.procedure, now
    was_waiting = conversation.state == ConversationState.WAITING
    if decision.waits_for_officer:
        before = conversation.urgency if was_waiting else Urgency.NORMAL
        conversation.urgency = max(before, decision.urgency)
        conversation.state = ConversationState.WAITING
        conversation.waiting_since = conversation.waiting_since or now
    elif not was_waiting:
        conversation.state = ConversationState.ANSWERED
        conversation.urgency = Urgency.NORMAL
