"""Why two reports look like one event: the words, places and people they share, in the words of the first."""

from dataclasses import dataclass

from binhyen.language.report_matching import read_report, telling_words
from binhyen.language.report_places import shares_place

MOST_WORDS = 6
_EDGES = ".,;:!?()[]\"'…-"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two reports have in common."""

    words: tuple[str, ...]
    """Telling words as the first text writes them, in its order, at most MOST_WORDS."""
    same_place: bool
    same_person: bool
    """Both name one person."""


def likeness_of(text: str, other: str) -> Likeness:
    """Compare two texts for the officer who reads the first."""
    first, second = read_report(text), read_report(other)
    shared = telling_words(text) & telling_words(other)
    written = dict.fromkeys(word.strip(_EDGES) for word in text.split())
    words = [word for word in written if word and telling_words(word) & shared]
    return Likeness(
        tuple(words[:MOST_WORDS]),
        shares_place(first.facts, second.facts),
        bool(first.facts.people & second.facts.people),
    )
