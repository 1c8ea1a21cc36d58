"""What is understood from a message, and the interface every backend offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from binhyen.language.kinds import Aspect, Band, Danger, Kind, is_out_of_scope
from binhyen.language.places import Gazetteer


class Candidate(NamedTuple):
    """One topic of the ranking.

    `topic` is a procedure id of the catalogue, or a key of the topics of other agencies.
    `score` is a probability, 0 to 1.
    """

    topic: str
    score: float

    @property
    def out_of_scope(self) -> bool:
        """Say whether another agency deals with this topic."""
        return is_out_of_scope(self.topic)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a message, with its own ranking."""

    text: str
    kind: Kind
    procedures: tuple[Candidate, ...]
    band: Band
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known before the message is read.

    `procedure_id` is the procedure just discussed in the conversation. `gazetteer` knows the unit's own areas.
    `min_answer_score` raises a unit's bar for the answering band; above 1 it means buttons only.
    """

    procedure_id: str | None = None
    gazetteer: Gazetteer | None = None
    min_answer_score: float | None = None


NO_CONTEXT = Context()
"""A first message, from a unit that named no areas."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything the product takes from one message. Nothing here identifies or scores a person.

    `danger` only ever adds: "possible" puts the hotlines first, "clear" alerts the duty officer as well (G55).
    `procedures` is the ranking, best first, filled whatever the kind is.
    `band` is "officer" for every kind but procedure.
    `questions` has one entry, or two when the message asks about two different things.
    `is_follow_up` says the message goes on about `Context.procedure_id`, which then leads the ranking.
    """

    kind: Kind
    kind_probabilities: Mapping[Kind, float]
    danger: Danger
    procedures: tuple[Candidate, ...]
    band: Band
    questions: tuple[Question, ...]
    aspects: tuple[Aspect, ...]
    is_follow_up: bool
    asks_for_person: bool
    asks_status: bool
    places: tuple[str, ...]
    has_marks: bool

    @property
    def procedure(self) -> str | None:
        """The best police procedure, or None when the message asks for none."""
        if self.kind != "procedure" or not self.procedures or self.procedures[0].out_of_scope:
            return None
        return self.procedures[0].topic


class Understander(Protocol):
    """A backend: lexical by default, with an embedding model as an extra."""

    def understand(self, texts: Sequence[str], contexts: Sequence[Context | None] | None = None) -> list[Understanding]:
        """Understand a batch; `contexts` has one entry per text."""
        ...

    def danger_of(self, text: str) -> Danger:
        """The danger alone, as `understand` finds it."""
        ...
