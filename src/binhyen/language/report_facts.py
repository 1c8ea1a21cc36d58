"""What a report says about place, people and things, read from its words: the facts that tell two incidents apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile

from binhyen.core.text import fold, without_marks
from binhyen.language.normalising import has_marks, matched_part, speak, tokens
from binhyen.language.personal_data_patterns import LOOK_ALIKES, PLATE
from binhyen.language.places import numbered_places
from binhyen.language.report_words import (
    COLOURS,
    COUNTED,
    FILLER,
    GIVEN_NAMES,
    HEADS,
    LANDMARKS,
    LOOT,
    MAKES,
    NEVER_ALONE,
    NOT_A_NAME,
    NUMERAL_NAMES,
    SURE_TITLES,
    THINGS,
    TITLES,
    UNSURE_TITLES,
)

LANDMARK = "landmark"
"""The trait of places without a name, such as a health station: people name different ones near one place."""

AGE = "age"
"""The trait "old" or "young": of whom got lost or was found."""

FLOOR = "floor"
"""The trait of the floor of a house, by its number."""

STOLEN = "stolen"
"""The trait of things that thieves take, by their sort."""

_NAME_WORDS = 2
_LONGEST_NAME = 4
_PLATE_WITHOUT_SERIES = re.compile(r"\b(?:bien|bien so|bs|bks) \d\d ?[-. ] ?(\d{3})[ .]?(\d{2})\b")
_TELEPHONE = re.compile(r"(?<!\d)0\d(?:[ .-]?\d){7,9}(?!\d)")
_LANDMARK = re.compile(rf"\b(?:{'|'.join(sorted(LANDMARKS, key=len, reverse=True))})\b")
_LOOT = re.compile(rf"\b(?:{'|'.join(sorted(LOOT, key=len, reverse=True))})\b")
_FLOOR = re.compile(r"\b(?:lau|tang) (\d+)\b")
_ELDER = re.compile(r"\b(?:cu (ong|ba)|(ong|ba) cu|(?:cu|ong|ba) gia|nguoi gia)\b")
_CHILD = re.compile(r"\b(?:be|chau|em)(?: (?:be|nho))? (?:trai|gai)\b|\b(?:chau|em|con|co) be\b|\bbe (?:tren )?\d")
_CAPITAL_WORD = re.compile(r"[^\W\d_]+|\d+|[,.;:!?\n]")


@dataclass(frozen=True, slots=True)
class Place:
    """A named place: its sort ("cho"), its folded name, and whether it was surely written as a name."""

    sort: str
    name: tuple[str, ...]
    sure: bool
    phrase: str
    """What another text must hold, folded, to speak of it: both words of a name, or the place word and its one."""
    words: frozenset[str]
    """All words that name it: the place words, the name, and capital words that go on with the name (Hai Bà Trưng)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one report; empty where it names none."""

    numbered: dict[str, frozenset[str]]
    places: tuple[Place, ...]
    people: frozenset[str]
    traits: dict[str, frozenset[str]]
    """Colours by thing, makes, plates, landmarks without a name, "trai" or "gai", "ong" or "ba", age, stolen things."""
    flat: str
    """The folded words with a blank on both sides."""
    following: dict[str, frozenset[str]]
    """Each word -> the words and numbers that come right after it; no number that counts things ("3 người")."""
    named: frozenset[str]
    """Pairs of words of which the second is written with a capital: "xóm Chài", "Tuấn Phát"."""
    capital: frozenset[str]
    """Words written with a capital within a sentence."""
    naming: frozenset[str]
    """All words that name places and persons."""
    words: frozenset[str]
    pairs: frozenset[str]
    """Its words, folded, and those that stand side by side."""
    names: frozenset[str]
    """Pairs that name something by themselves: "chợ Lùng", not "ở Lùng"."""


@dataclass(frozen=True, slots=True)
class _Word:
    flat: str
    capital: bool
    """Begins with a capital, as a name does; an abbreviation (THCS) has several capitals."""
    is_abbreviation: bool
    is_break: bool


def read_facts(text: str) -> Facts:
    """Read the facts of one text; the longer part of a very long one is left out (`matched_part`)."""
    text = _without_shouting(matched_part(text))
    words = [
        _Word(
            without_marks(found).lower(), found[0].isupper(), sum(map(str.isupper, found)) > 1, not found[0].isalnum()
        )
        for found in _CAPITAL_WORD.findall(text)
    ]
    marked = has_marks(speak(tokens(text)))
    folded = fold(text)
    side_by_side = list(_neighbours(words))
    following: dict[str, frozenset[str]] = {}
    for word, after in side_by_side:
        following[word.flat] = following.get(word.flat, frozenset()) | {after.flat}
    places = tuple(_places(words, marked))
    people = frozenset(_people(words, marked))
    capital = frozenset(after.flat for _, after in side_by_side if after.capital)
    named = frozenset(f"{word.flat} {after.flat}" for word, after in side_by_side if after.capital)
    return Facts(
        numbered=numbered_places(text),
        places=places,
        people=people,
        traits=_traits(folded.split()) | _telling_traits(without_marks(text).lower(), folded),
        flat=f" {' '.join(folded.split())} ",
        following=following,
        named=named,
        capital=capital,
        naming=people.union(capital, *(place.words for place in places)),
        words=frozenset(folded.split()),
        pairs=frozenset(map(" ".join, pairwise(folded.split()))),
        names=frozenset(pair for pair in named if pair.split(" ", 1)[0] not in FILLER),
    )


def _neighbours(words: list[_Word]) -> Iterator[tuple[_Word, _Word]]:
    """Words that stand side by side in one clause, without numbers that count ("3 người") or begin a plate ("47A")."""
    for position, (word, after) in enumerate(pairwise(words)):
        further = words[position + 2].flat if position + 2 < len(words) else ""
        counts = after.flat.isdigit() and (further in COUNTED or (len(further) == 1 and further.isalpha()))
        if not (word.is_break or after.is_break or counts):
            yield word, after


def _without_shouting(text: str) -> str:
    """A text written mostly in capitals says nothing about names: read it as small letters."""
    starts = [word[0].isupper() for word in text.split() if word[0].isalpha()]
    return text.lower() if sum(starts) * 5 > len(starts) * 4 and len(starts) > 3 else text


def _is_capital(word: _Word) -> bool:
    return word.capital and not word.is_break


def _places(words: list[_Word], marked: bool) -> list[Place]:
    found = []
    for start in range(len(words)):
        for size in (3, 2, 1):
            sort = HEADS.get(" ".join(word.flat for word in words[start : start + size]))
            if sort is None or _ends_in_name(words[start : start + size]):
                continue
            name, sure = _name_after(words, start + size, sort, marked)
            if name:
                head = [word.flat for word in words[start : start + size]]
                going_on = takewhile(_is_capital, words[start + size : start + size + _LONGEST_NAME])
                naming = frozenset([*head, *name, *(word.flat for word in going_on)])
                found.append(Place(sort, name, sure, " ".join(name if len(name) > 1 else (head[-1], *name)), naming))
            break
    return found


def _ends_in_name(head: list[_Word]) -> bool:
    """Whether a longer place word is a shorter one and its name: "cầu Vượt" is the bridge of that name."""
    return len(head) > 1 and head[-1].capital and not head[0].capital and not head[-1].is_abbreviation


def _name_after(words: list[_Word], start: int, sort: str, marked: bool) -> tuple[tuple[str, ...], bool]:
    """Up to two words of a name; capitals are sure; small letters count only without marks, as a guess.

    A family name that is no other word without marks ("nguyen") is as good as capitals.
    """
    following = words[start : start + _NAME_WORDS]
    capital = [word.flat for word in takewhile(_is_capital, following)]
    if capital and (HEADS.get(capital[0]) != sort or len(capital) == 1):
        return tuple(capital), True
    if not following or following[0].is_break or following[0].flat.isdigit():
        return (), False
    first = following[0].flat
    if marked or first in NOT_A_NAME or first in HEADS or len(first) < 2:
        return (), False
    rest = [w.flat for w in following[1:] if not w.is_break and (first in NEVER_ALONE or _may_be_name(w.flat))]
    return (first, *rest), bool(rest) and first in NEVER_ALONE


def _may_be_name(word: str) -> bool:
    return word not in NOT_A_NAME and word not in HEADS


def _people(words: list[_Word], marked: bool) -> list[str]:
    """Given names after a title: of capitals the last word, of "Bảy Râu" both, of small letters every likely word."""
    found: list[str] = []
    for position, title in enumerate(words):
        if title.flat not in TITLES:
            continue
        after = words[position + 1 : position + 4]
        full = list(takewhile(_is_capital, after))
        if full and full[0].flat not in HEADS:
            found.extend(word.flat for word in (full if full[0].flat in NUMERAL_NAMES else full[-1:]))
        elif not full and not marked and _may_introduce(title.flat, words[position - 1].flat if position else ""):
            found.extend(_small_names(title.flat, after))
    return found


def _may_introduce(title: str, before: str) -> bool:
    """Whether a title in small letters introduces a name: "ba" may be three, "co" may be "there is"."""
    return title not in UNSURE_TITLES or before in ("nha", "cua", "quan", "tro", "tiem", "can", "dap", "duong")


def _small_names(title: str, after: list[_Word]) -> Iterator[str]:
    return (word.flat for word in takewhile(lambda word: _is_small_name(title, word), after))


def _is_small_name(title: str, word: _Word) -> bool:
    if word.is_break or word.flat in TITLES - NUMERAL_NAMES:
        return False
    return word.flat in GIVEN_NAMES or (word.flat in NUMERAL_NAMES and title in SURE_TITLES)


def _traits(words: list[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for position, word in enumerate(words):
        if word in MAKES:
            found.setdefault(MAKES[word], set()).add(word)
        nearby = words[position + 1 : position + 5]
        if word in THINGS:
            within = takewhile(lambda near: near not in THINGS, nearby[: 2 if word == "xe" else 4])
            colours = [COLOURS[near] for near in within if near in COLOURS]
            found.setdefault(THINGS[word], set()).update(colours)
        if word in ("be", "chau", "em") and nearby[:1] in (["trai"], ["gai"]):
            found.setdefault("child", set()).add(nearby[0])
    return {name: frozenset(values) for name, values in found.items() if values}


def _telling_traits(flat: str, folded: str) -> dict[str, frozenset[str]]:
    """Number plates by their last digits, telephone numbers, landmarks, age and sex, floors and stolen things."""
    plates = frozenset(
        re.sub(r"\D", "", found["number"].translate(LOOK_ALIKES)) for found in PLATE.finditer(flat)
    ) | frozenset(found[1] + found[2] for found in _PLATE_WITHOUT_SERIES.finditer(flat))
    landmarks = frozenset(LANDMARKS[found[0]] for found in _LANDMARK.finditer(folded))
    telephones = frozenset(re.sub(r"\D", "", found[0]) for found in _TELEPHONE.finditer(flat))
    elders = [found[1] or found[2] for found in _ELDER.finditer(folded)]
    ages = frozenset(["old"] * bool(elders) + ["young"] * bool(_CHILD.search(folded)))
    found_by_name = (
        ("plate", plates),
        ("telephone", telephones),
        (LANDMARK, landmarks),
        ("elder", frozenset(sex for sex in elders if sex)),
        (AGE, ages),
        (FLOOR, frozenset(found[1] for found in _FLOOR.finditer(folded))),
        (STOLEN, frozenset(LOOT[found[0]] for found in _LOOT.finditer(folded))),
    )
    return {name: values for name, values in found_by_name if values}
