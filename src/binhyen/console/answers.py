"""Ready answers an officer may insert: the catalogue's procedures, in the words residents get."""

import functools
from dataclasses import dataclass
from datetime import date

from binhyen.core.text import fold
from binhyen.procedures.catalogue import CATEGORIES, Procedure
from binhyen.procedures.queries import catalogue
from binhyen.units.models import Unit

SHOWN = 12
"""Answers listed at once."""


@dataclass(frozen=True, slots=True)
class ReadyAnswer:
    """One line of the picker."""

    id: str
    title: str
    checked_on: date


@functools.cache
def _folded_names() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Folded title and popular names of every procedure, worked out once per process."""
    return {
        procedure.id: (fold(procedure.title), tuple(fold(alias) for alias in procedure.aliases))
        for procedure in catalogue().procedures
    }


def find_answers(typed: str) -> list[ReadyAnswer]:
    """Procedures whose title or popular names hold all typed words, marks or not; the usual ones for no words."""
    known = catalogue()
    words = fold(typed).split()
    if not words:
        found = [procedure for procedure in known.procedures if procedure.is_featured]
    else:
        found = sorted(
            (procedure for procedure in known.procedures if _match(procedure, words) < 2),
            key=lambda procedure: (_match(procedure, words), len(procedure.title)),
        )
    return [ReadyAnswer(procedure.id, procedure.title, procedure.checked_on) for procedure in found[:SHOWN]]


def _match(procedure: Procedure, words: list[str]) -> int:
    """0: in the title; 1: in one of the popular names; 2: not at all."""
    title, aliases = _folded_names()[procedure.id]
    if all(word in title for word in words):
        return 0
    names = " ".join(aliases)
    return 1 if all(word in names for word in words) else 2


def answer_text(unit: Unit, procedure_id: str) -> str:
    """The whole answer as a resident would get it; "" for an unknown procedure."""
    from binhyen.workflows.decision import unit_facts
    from binhyen.workflows.procedure_answers import procedure_decision

    procedure = catalogue().procedure(procedure_id)
    return procedure_decision(unit_facts(unit.pk), procedure).replies[0].text if procedure else ""


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


def suggestions_for(text: str, procedure_id: str) -> list[ReadyAnswer]:
    """The procedure the machine guessed first, then those whose popular names stand in the message."""
    known = catalogue()
    said = f" {fold(text)} "
    named = [
        procedure
        for procedure in known.procedures
        if procedure.id != procedure_id and any(f" {alias} " in said for alias in _folded_names()[procedure.id][1])
    ]
    guessed = known.procedure(procedure_id)
    found = ([guessed] if guessed else []) + named
    return [ReadyAnswer(procedure.id, procedure.title, procedure.checked_on) for procedure in found[:3]]
