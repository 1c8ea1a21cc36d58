"""Whether two reports name one place or another one of its sort. Pure, over the facts read."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from binhyen.core.text import fold
from binhyen.language.report_facts import Facts, Place, read_facts
from binhyen.language.report_words import FAMILY_NAMES

_FULL_NAME = 2
_WORD = re.compile(r"\w+")


def commonest_place(texts: Sequence[str]) -> str:
    """The named or numbered place most of the texts speak of, as the first of them writes it; "" for none."""
    facts = [read_facts(text) for text in texts]
    spoken = dict.fromkeys(words for one in facts for words in _spoken_places(one))
    written = {words: found for words in spoken if (found := _as_written(texts, words))}
    return written[max(written, key=lambda words: sum(f" {words} " in one.flat for one in facts))] if written else ""


def _spoken_places(facts: Facts) -> Iterable[str]:
    """Folded words for each place: its name with the place words right before it."""
    flat = facts.flat.split()
    for place in facts.places:
        start = next((at for at in range(len(flat)) if tuple(flat[at : at + len(place.name)]) == place.name), 0)
        heads = list(takewhile(place.words.__contains__, reversed(flat[:start])))
        yield " ".join([*reversed(heads), *place.name])
    yield from (f"{sort} {number}" for sort, numbers in facts.numbered.items() for number in sorted(numbers))


def _as_written(texts: Sequence[str], folded: str) -> str:
    wanted = folded.split()
    for text in texts:
        words = list(_WORD.finditer(text))
        for start in range(len(words) - len(wanted) + 1):
            run = words[start : start + len(wanted)]
            if [fold(word[0]) for word in run] == wanted:
                return text[run[0].start() : run[-1].end()]
    return ""


def is_surely_other(first: Place, second: Place) -> bool:
    """Both written as names; or both go on after one family name, or to a letter, of which nobody cuts a part off."""
    if first.sure and second.sure:
        return True
    if not len(first.name) == len(second.name) == _FULL_NAME or first.name[0] != second.name[0]:
        return False
    return first.name[0] in FAMILY_NAMES or (_is_letter(first.name[1]) and _is_letter(second.name[1]))


def _is_letter(word: str) -> bool:
    return len(word) == 1


def shares_place(first: Facts, second: Facts) -> bool:
    """Whether both name one numbered place or one place by name."""
    if not (first.numbered or first.places or second.numbered or second.places):
        return False
    return (
        any(numbers & second.numbered.get(sort, frozenset()) for sort, numbers in first.numbered.items())
        or any(_same_name(a, b) for a in first.places for b in second.places)
        or bool(spoken_of(first, second) or spoken_of(second, first))
    )


def spoken_of(first: Facts, second: Facts, sort: str | None = None) -> set[str]:
    """Words of the surely named places (of one sort) of the first that the second speaks of, be it in small letters."""
    named = (place for place in first.places if place.sure and sort in (None, place.sort))
    return {word for place in named if f" {place.phrase} " in second.flat for word in place.name}


def other_places(first: Facts, second: Facts) -> Iterable[tuple[Place, Place]]:
    """Places of one sort that both name, without a name in common for that sort."""
    for sort in {place.sort for place in first.places} & {place.sort for place in second.places}:
        mine = [place for place in first.places if place.sort == sort]
        theirs = [place for place in second.places if place.sort == sort]
        if any(_same_name(a, b) for a in mine for b in theirs):
            continue
        if not (spoken_of(first, second, sort) or spoken_of(second, first, sort)):
            yield from ((a, b) for a in mine for b in theirs)


def _same_name(first: Place, second: Place) -> bool:
    """One word in common is enough: names are cut short, and the word after may belong to the sentence.

    Not so where both write two capital words of which the same one differs: Phú Hòa is not Phú Lợi.
    A family name alone is not: half the streets are called Trần or Nguyễn something.
    """
    shared = set(first.name) & set(second.name)
    both_full = len(first.name) == len(second.name) == _FULL_NAME
    if both_full and _is_letter(first.name[1]) and _is_letter(second.name[1]):
        return first.name == second.name
    if both_full and first.sure and second.sure:
        return first.name == second.name or first.name[0] == second.name[1] or first.name[1] == second.name[0]
    if shared <= FAMILY_NAMES and len(first.name) > 1 < len(second.name):
        shared = set()
    return bool(shared) or "".join(first.name) == "".join(second.name)
