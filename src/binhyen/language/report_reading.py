"""A report read for comparing: its words and letters weighed by how rare they are, its events, facts and names."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from binhyen.language.normalising import expand, folded_token, matched_part, speak, tokens
from binhyen.language.report_events import read_events
from binhyen.language.report_facts import Facts, read_facts
from binhyen.language.report_words import FILLER, PLACE_NOUNS, SAME_WORDS

_BACKGROUND = ("report.tsv", "emergency.tsv", "lost_found.tsv", "feedback.tsv", "not_emergency.tsv")
_TELLING_WEIGHT = 2.5
_LETTERS = 4
_AMOUNT = re.compile(r"\b(\d+) ?(trieu|tr|cu|ty|ngan|k)\b")
_SAME = re.compile(rf"\b(?:{'|'.join(sorted(SAME_WORDS, key=len, reverse=True))})\b")


@dataclass(frozen=True, slots=True)
class Report:
    """A text read for comparing; vectors have unit length."""

    spoken: tuple[str, ...]
    """Its words in their order, without marks and without those that say nothing."""
    words: dict[str, float]
    letters: dict[str, float]
    rare_pairs: frozenset[str]
    """Neighbouring words no packaged message has: mostly names."""
    events: frozenset[str]
    specific: frozenset[str]
    """The less common words that do not name the event: what tells one event from another of its kind."""
    facts: Facts
    naming: frozenset[str]
    """Words, numbers and pairs of words that name a place or a person, or say where."""


def read_report(text: str) -> Report:
    """Read a resident's text for comparing; pure, about half a millisecond."""
    shown = matched_part(text)
    folded = _folded(shown)
    spoken = [word for word in folded.split() if word not in FILLER]
    known = weights()
    counted = Counter([*spoken, *_pairs(folded)])
    letters = Counter(_letter_runs(spoken))
    events, of_event = read_events(shown)
    facts = read_facts(shown)
    names = PLACE_NOUNS | facts.naming
    return Report(
        spoken=tuple(spoken),
        words=_unit({term: known.of(term) * (1 + math.log(n)) for term, n in counted.items()}),
        letters=_unit({run: known.of_letters(run) for run in letters}),
        rare_pairs=frozenset(term for term in counted if " " in term and term not in known.words),
        events=events,
        specific=frozenset(word for word in spoken if word not in of_event and known.of(word) > _TELLING_WEIGHT),
        facts=facts,
        naming=frozenset(term for term in counted if term.isdigit() or not names.isdisjoint(term.split())),
    )


def telling_words(text: str) -> frozenset[str]:
    """The less common words of a text, folded; cheap, to find what is worth comparing."""
    known = weights()
    words = {word for word in _folded(matched_part(text)).split() if word not in FILLER}
    return frozenset(word for word in words if known.of(word) > _TELLING_WEIGHT)


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {term: weight / length for term, weight in vector.items()}


def _pairs(folded: str) -> list[str]:
    """Neighbouring words, of which one may be a filler: half of many a name is (Cát Lái, chợ Cồn)."""
    return [f"{a} {b}" for a, b in pairwise(folded.split()) if a not in FILLER or b not in FILLER]


def _letter_runs(words: list[str]) -> Iterable[str]:
    """Runs of four letters of the words joined, so that spacing and endings matter less ("keo keo", "hang" / "han")."""
    joined = " " + " ".join(words) + " "
    return (joined[start : start + _LETTERS] for start in range(len(joined) - _LETTERS + 1))


def _folded(text: str) -> str:
    folded = " ".join(folded_token(word) for word in expand(speak(tokens(text))).split())
    folded = _AMOUNT.sub(lambda found: f"{found[1]}{found[2][:2]}", folded)
    return _SAME.sub(lambda found: SAME_WORDS[found[0]], folded)


@dataclass(frozen=True, slots=True)
class Weights:
    """Inverse document frequencies over the packaged messages; an unseen word is a name and weighs most."""

    messages: int
    words: dict[str, int]
    letters: dict[str, int]

    def of(self, term: str) -> float:
        """Of a word or a pair of words."""
        return math.log((self.messages + 1) / (self.words.get(term, 0) + 1))

    def of_letters(self, run: str) -> float:
        """Of four letters."""
        return math.log((self.messages + 1) / (self.letters.get(run, 0) + 1))


@cache
def weights() -> Weights:
    """Counted once per process."""
    words: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    texts = list(_background_texts())
    for text in texts:
        folded = _folded(text)
        spoken = [word for word in folded.split() if word not in FILLER]
        words.update({*spoken, *_pairs(folded)})
        letters.update(set(_letter_runs(spoken)))
    return Weights(len(texts), dict(words), dict(letters))


def _background_texts() -> Iterable[str]:
    folder = files("binhyen") / "data" / "messages" / "kinds"
    for name in _BACKGROUND:
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) > 1:
                yield cells[1]
