"""How alike two reports are: words, kind of event, place, people and time; what contradicts is a veto."""

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
from binhyen.language.report_facts import AGE, FLOOR, LANDMARK, STOLEN, Facts, read_facts
from binhyen.language.report_places import contradicts, other_places, shares_place, spoken_of
from binhyen.language.report_words import FILLER, NOT_A_NAME, SAME_WORDS

SUGGEST_FROM = 0.24
"""Reports at least this alike are suggested as one incident."""

_BACKGROUND = ("report.tsv", "emergency.tsv", "lost_found.tsv", "feedback.tsv", "not_emergency.tsv")
_PART_WEIGHTS = {"words": 0.50, "letters": 0.28, "event": 0.22}
_PLACE_AGREES = 0.10
_PERSON_AGREES = 0.10
_TRAIT_AGREES = 0.05
_WORTH_COMPARING = 0.08
_VETO = 0.15
_OTHER_EVENT = 0.45
_OTHER_TRAIT = 0.2
_OTHER_NUMBER = 0.20
_OTHER_LOOT = 0.25
_OTHER_NAME = 0.25
_NAME_WEIGHT = 4.5
_OTHER_ONE_LOST = 0.15
_WHO = frozenset({AGE, "child", "elder"})
_WHOLE_HOUSE = frozenset({"fire", "explosion", "collapse"})
"""Events of which people tell from the floor they are on."""
_GRAVE = frozenset({
    "fire", "explosion", "gas", "weapon", "robbery", "fight", "collapse", "crash", "drowning", "flood", "landslide",
    "boat", "suicide", "corpse", "power_line",
})  # fmt: skip
"""Events that people tell of in several ways: the shots, the robbery, the wounded."""
_OF_ONE_PERSON = frozenset({"lost_person", "drowning", "suicide", "animal_bite"})
_THEFTS = frozenset({"theft", "vehicle_theft", "dog_theft"})
_DOUBTFUL_PLACE = 0.55
_NO_PLACE_SHARED = 0.6
_NOTHING_SPECIFIC = 0.7
_RARE_PAIR = 0.06
_RARE_PAIRS = 3
_TELLING_WEIGHT = 2.5
_LETTERS = 4
_HOUR = 60.0
_AMOUNT = re.compile(r"\b(\d+) ?(trieu|tr|cu|ty|ngan|k)\b")
_SAME = re.compile(rf"\b(?:{'|'.join(sorted(SAME_WORDS, key=len, reverse=True))})\b")


@dataclass(frozen=True, slots=True)
class Report:
    """A text read for comparing; vectors have unit length."""

    words: dict[str, float]
    letters: dict[str, float]
    rare_pairs: frozenset[str]
    """Neighbouring words no packaged message has: mostly names."""
    events: frozenset[str]
    specific: frozenset[str]
    """The less common words that do not name the event: what tells one event from another of its kind."""
    facts: Facts


def read_report(text: str) -> Report:
    """Read a resident's text for comparing; pure, about half a millisecond."""
    shown = matched_part(text)
    folded = _folded(shown)
    spoken = [word for word in folded.split() if word not in FILLER]
    weights = _weights()
    counted = Counter([*spoken, *_pairs(folded)])
    letters = Counter(_letter_runs(spoken))
    events, of_event = read_events(shown)
    return Report(
        words=_unit({term: weights.of(term) * (1 + math.log(n)) for term, n in counted.items()}),
        letters=_unit({run: weights.of_letters(run) for run in letters}),
        rare_pairs=frozenset(term for term in counted if " " in term and term not in weights.words),
        events=events,
        specific=frozenset(word for word in spoken if word not in of_event and weights.of(word) > _TELLING_WEIGHT),
        facts=read_facts(shown),
    )


def telling_words(text: str) -> frozenset[str]:
    """The less common words of a text, folded; cheap, to find what is worth comparing."""
    weights = _weights()
    words = {word for word in _folded(matched_part(text)).split() if word not in FILLER}
    return frozenset(word for word in words if weights.of(word) > _TELLING_WEIGHT)


def alike(first: Report, second: Report, minutes_apart: float | None = None) -> float:
    """0 to about 1; below SUGGEST_FROM whenever numbered places or named persons contradict each other.

    `minutes_apart`: between the two messages when known; reports of one event come close in time.
    """
    score = _PART_WEIGHTS["words"] * _dot(first.words, second.words)
    score += _PART_WEIGHTS["letters"] * _dot(first.letters, second.letters)
    score += _PART_WEIGHTS["event"] * _event_share(first.events, second.events)
    score += _RARE_PAIR * min(_RARE_PAIRS, len(first.rare_pairs & second.rare_pairs))
    score *= _fact_factor(first, second)
    if score > _WORTH_COMPARING or first.events & second.events:
        score += _agreements(first.facts, second.facts) * (
            _OTHER_EVENT if _tell_of_other_events(first, second) else 1.0
        )
    score *= _trait_factor(first, second)
    if minutes_apart is not None:
        score *= _time_factor(abs(minutes_apart))
    if _names_another(first, second) or _names_another(second, first):
        score *= _OTHER_NAME
    if contradicts(first.facts, second.facts):
        return min(score, SUGGEST_FROM) * _VETO
    return score


def have_more_than_place(first: Report, second: Report) -> bool:
    """Whether they share a kind of event, or both tell of a grave one, or share words that name and number no place."""
    if first.events & second.events or _both_grave(first, second):
        return True
    naming = {word for report in (first, second) for place in report.facts.places for word in place.words}
    naming |= {SAME_WORDS.get(sort, sort) for report in (first, second) for sort in report.facts.numbered}
    return any(not word.isdigit() for word in (first.specific & second.specific) - naming)


def _fact_factor(first: Report, second: Report) -> float:
    factor = 1.0 if first.specific & second.specific else _NOTHING_SPECIFIC
    if _tell_of_other_events(first, second):
        factor *= _OTHER_EVENT
    if any(True for _ in other_places(first.facts, second.facts)):
        factor *= _DOUBTFUL_PLACE
    elif _is_placed(first.facts) and _is_placed(second.facts) and not shares_place(first.facts, second.facts):
        factor *= _NO_PLACE_SHARED
    return factor


def _names_another(first: Report, second: Report) -> bool:
    """Whether after the same word the second has another name: "lò bánh mì Tuấn Phát", "lò bánh mì Hồng Phúc".

    Of a text without capitals two words count as a name when no packaged message has them side by side.
    """
    theirs = second.facts.flat.split()
    named = {slot.name[0] for slot in second.facts.slots}
    for slot in first.facts.slots:
        if set(slot.name) & set(theirs):
            continue
        after = (theirs[place + 1 : place + 3] for place, word in enumerate(theirs) if word == slot.before)
        if any(words and (words[0] in named or (not named and _looks_like_name(words))) for words in after):
            return True
    return False


def _looks_like_name(words: list[str]) -> bool:
    weights = _weights()
    unseen = " ".join(words) not in weights.words
    return unseen and words[0] not in FILLER | NOT_A_NAME and max(map(weights.of, words)) > _NAME_WEIGHT


def _tell_of_other_events(first: Report, second: Report) -> bool:
    told = bool(first.events and second.events) and not first.events & second.events
    return told and not _both_grave(first, second)


def _both_grave(first: Report, second: Report) -> bool:
    return bool(first.events & _GRAVE and second.events & _GRAVE)


def _trait_factor(first: Report, second: Report) -> float:
    mine, theirs = first.facts.traits, second.facts.traits
    differing = [trait for trait in mine if trait in theirs and not mine[trait] & theirs[trait]]
    return math.prod(_other_trait(trait, first, second) for trait in differing)


def _other_trait(trait: str, first: Report, second: Report) -> float:
    """Two landmarks may lie at one place that both name; a crash has two plates; a reporter leaves an own number.

    Of a crash after which one fled, the plate told is that one's.
    """
    both = first.events & second.events
    if trait == LANDMARK and shares_place(first.facts, second.facts):
        return 1.0
    if trait == "plate":
        is_one_fleeing = all(" bo chay " in report.facts.flat for report in (first, second))
        return 1.0 if "crash" in both and not is_one_fleeing else _OTHER_NUMBER
    if trait == "telephone":
        return _OTHER_NUMBER if "fraud" in both else 1.0
    if trait == STOLEN:
        return _OTHER_LOOT if both & _THEFTS else 1.0
    if trait in _WHO and both & _OF_ONE_PERSON:
        return _OTHER_ONE_LOST
    if trait == FLOOR and both & _WHOLE_HOUSE:
        return 1.0
    return 1.0 if trait == AGE else _OTHER_TRAIT


def _is_placed(facts: Facts) -> bool:
    return bool(facts.numbered or facts.places)


def _agreements(first: Facts, second: Facts) -> float:
    bonus = _PLACE_AGREES * min(
        2, sum(bool(numbers & second.numbered.get(sort, frozenset())) for sort, numbers in first.numbered.items())
    )
    names = {word for place in first.places for word in place.name} & {
        word for place in second.places for word in place.name
    }
    names |= spoken_of(first, second) | spoken_of(second, first)
    bonus += _PLACE_AGREES * min(2, len(names))
    bonus += _PERSON_AGREES * bool(first.people & second.people)
    return bonus + _TRAIT_AGREES * sum(
        bool(values & second.traits.get(trait, frozenset())) for trait, values in first.traits.items()
    )


def _event_share(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / len(first | second) if first and second else 0.0


def _time_factor(minutes: float) -> float:
    """1.2 at once, 1 after 3 hours, .8 after a day, .7 after a week: nuisances come back, events do not."""
    return 1.2 / (1 + 0.15 * math.log1p(minutes / _HOUR))


def _dot(first: dict[str, float], second: dict[str, float]) -> float:
    if len(first) > len(second):
        first, second = second, first
    return sum(weight * second[term] for term, weight in first.items() if term in second)


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
class _Weights:
    """Inverse document frequencies over the packaged messages; an unseen word is a name and weighs most."""

    messages: int
    words: dict[str, int]
    letters: dict[str, int]

    def of(self, term: str) -> float:
        return math.log((self.messages + 1) / (self.words.get(term, 0) + 1))

    def of_letters(self, run: str) -> float:
        return math.log((self.messages + 1) / (self.letters.get(run, 0) + 1))


@cache
def _weights() -> _Weights:
    words: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    texts = list(_background_texts())
    for text in texts:
        folded = _folded(text)
        spoken = [word for word in folded.split() if word not in FILLER]
        words.update({*spoken, *_pairs(folded)})
        letters.update(set(_letter_runs(spoken)))
    return _Weights(len(texts), dict(words), dict(letters))


def _background_texts() -> Iterable[str]:
    folder = files("binhyen") / "data" / "messages" / "kinds"
    for name in _BACKGROUND:
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) > 1:
                yield cells[1]
