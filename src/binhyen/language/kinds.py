"""The words of the room: kinds of message, aspects of a question, bands of an answer, topics of other agencies."""

import json
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias, get_args

Kind: TypeAlias = Literal["procedure", "report", "emergency", "lost_found", "feedback", "contact", "greeting", "other"]
Danger: TypeAlias = Literal["none", "possible", "clear"]
Band: TypeAlias = Literal["answer", "offer", "officer"]
Backend: TypeAlias = Literal["lexical", "e5"]
Aspect: TypeAlias = Literal[
    "fee",
    "documents",
    "time",
    "place",
    "form",
    "online",
    "who",
    "steps",
    "result",
    "deadline",
    "proxy",
    "status",
    "hours",
    "legal_basis",
]

KINDS: tuple[Kind, ...] = get_args(Kind)
"""The eight kinds of message, in the fixed order of the model's columns."""

BACKENDS: tuple[Backend, ...] = get_args(Backend)
"""Words alone (default), or words and the sentence embedding of the extra `e5`."""

ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
"""What of a procedure is asked about."""

FOLLOW_UP = "follow-up"
"""Training topic of a question that only makes sense after another one ("how much is it?")."""

OUT_OF_SCOPE_PREFIX = "ngoai-"
"""Topics of other agencies carry this prefix; no procedure id does."""

NOT_A_PROCEDURE = frozenset({"ngoai-muc-phat", "ngoai-dien-nuoc"})
"""Topics of other agencies that ask for no procedure: how high a fine is, when the power comes back. Kind other."""


@cache
def out_of_scope_topics() -> dict[str, tuple[str, ...]]:
    """Return the topics of other agencies with example phrases."""
    source = files("binhyen") / "data" / "language" / "out_of_scope.json"
    table: dict[str, list[str]] = json.loads(source.read_text(encoding="utf-8"))
    return {topic: tuple(phrases) for topic, phrases in table.items()}


def is_out_of_scope(topic: str) -> bool:
    """Say whether the topic belongs to another agency."""
    return topic.startswith(OUT_OF_SCOPE_PREFIX)
