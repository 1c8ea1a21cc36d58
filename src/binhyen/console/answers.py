"""Ready answers an officer may insert: the catalogue's procedures, in the words residents get."""

import functools
from dataclasses import dataclass
from datetime import date

from binhyen.core.errors import NotAllowed
from binhyen.core.text import fold
from binhyen.inbox.canned.queries import access_canned, facts_for, filled_for, usable_for
from binhyen.inbox.models import Conversation
from binhyen.procedures.catalogue import CATEGORIES, Catalogue, Procedure
from binhyen.procedures.effective import catalogue_of
from binhyen.procedures.queries import catalogue
from binhyen.units.models import Officer, Unit
from binhyen.units.scope import Scope

SHOWN = 12
"""Answers listed at once."""


@dataclass(frozen=True, slots=True)
class ReadyAnswer:
    """One line of the picker."""

    id: str
    title: str
    checked_on: date | None
    """Day of the last check; None for a canned reply of the unit."""


@functools.lru_cache(maxsize=64)
def _folded_names(known: Catalogue) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Folded title and popular names of every procedure, worked out once per version."""
    return {
        procedure.id: (fold(procedure.title), tuple(fold(alias) for alias in procedure.aliases))
        for procedure in known.procedures
    }


def find_answers(typed: str, unit_id: int) -> list[ReadyAnswer]:
    """Procedures whose title or popular names hold all typed words, marks or not; the usual ones for no words."""
    known = catalogue_of(unit_id)
    words = fold(typed).split()
    if not words:
        found = [procedure for procedure in known.procedures if procedure.is_featured]
    else:
        found = sorted(
            (procedure for procedure in known.procedures if _match(known, procedure, words) < 2),
            key=lambda procedure: (_match(known, procedure, words), len(procedure.title)),
        )
    return [ReadyAnswer(procedure.id, procedure.title, procedure.checked_on) for procedure in found[:SHOWN]]


def _match(known: Catalogue, procedure: Procedure, words: list[str]) -> int:
    """0: in the title; 1: in one of the popular names; 2: not at all."""
    title, aliases = _folded_names(known)[procedure.id]
    if all(word in title for word in words):
        return 0
    names = " ".join(aliases)
    return 1 if all(word in names for word in words) else 2


CANNED = "canned:"
"""Marks the id of a canned reply among those of procedures."""


def find_ready(scope: Scope, unit: Unit, typed: str) -> list[ReadyAnswer]:
    """Canned replies of the unit first, then procedures."""
    canned = [ReadyAnswer(f"{CANNED}{each.public_id}", each.title, None) for each in usable_for(scope, unit.pk, typed)]
    return [*canned, *find_answers(typed, unit.pk)]


def ready_text(scope: Scope, conversation: Conversation, officer: Officer, answer_id: str) -> str:
    """What is inserted for a line of the picker; "" for an unknown one. Raises NotAllowed for a foreign reply."""
    if not answer_id.startswith(CANNED):
        return answer_text(conversation.unit, answer_id)
    canned = access_canned(scope, answer_id.removeprefix(CANNED))
    if canned.unit_id != conversation.unit_id:
        raise NotAllowed
    return filled_for(canned.text, facts_for(conversation.unit, officer), conversation)


def answer_text(unit: Unit, procedure_id: str) -> str:
    """The whole answer as a resident would get it; "" for an unknown procedure."""
    from binhyen.workflows.decision import unit_facts
    from binhyen.workflows.procedure_answers import procedure_decision

    facts = unit_facts(unit.pk)
    procedure = facts.catalogue.procedure(procedure_id)
    return procedure_decision(facts, procedure).replies[0].text if procedure else ""


def procedure_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Procedures under their category, for a select."""
    groups = catalogue().by_category()
    return [
        (CATEGORIES.get(category, category), [(procedure.id, procedure.title) for procedure in members])
        for category, members in groups.items()
    ]


def procedure_title(procedure_id: str) -> str:
    """Title of a procedure; "" when there is none."""
    procedure = catalogue().procedure(procedure_id)
    return procedure.title if procedure else ""


def suggestions_for(conversation: Conversation, text: str) -> list[ReadyAnswer]:
    """The procedure the machine guessed first, then those whose popular names stand in the message."""
    known, procedure_id = catalogue_of(conversation.unit_id), conversation.procedure
    said = f" {fold(text)} "
    named = [
        procedure
        for procedure in known.procedures
        if procedure.id != procedure_id and any(f" {alias} " in said for alias in _folded_names(known)[procedure.id][1])
    ]
    guessed = known.procedure(procedure_id)
    found = ([guessed] if guessed else []) + named
    return [ReadyAnswer(procedure.id, procedure.title, procedure.checked_on) for procedure in found[:3]]
