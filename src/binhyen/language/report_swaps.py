"""Another number or name in the same place of the sentence: "đội 3", "đội 7"; "thằng Tí", "thằng Tèo"."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import product

from binhyen.language.report_facts import Facts
from binhyen.language.report_reading import weights
from binhyen.language.report_words import FILLER, HEADS, NOT_A_NAME, OPPOSITES, TITLES

_NUMBER, _CAPITALS, _NAME = "swapped_number", "swapped_capitals", "swapped_name"
_LOOSE_NAME, _OPPOSITE = "swapped_loosely", "opposites"
_FLOORS = ("lau", "tang")
"""People tell of one fire from several floors; those are looked at with the kind of event in view."""
_WORD_OR_TWO = 2
_MOST = {_NUMBER: 1, _CAPITALS: 1, _NAME: 2, _LOOSE_NAME: 3, _OPPOSITE: 1}


def read_swaps(first: Facts, second: Facts) -> dict[str, float]:
    """Numerals and names: how often after one word each text goes on with its own, that the other does not have."""
    counted = dict.fromkeys(_MOST, 0)
    for before in first.following.keys() & second.following.keys():
        mine, theirs = first.following[before], second.following[before]
        if before in _FLOORS or not mine.isdisjoint(theirs):
            continue
        for word, other in product(mine - second.words, theirs - first.words):
            if sort := _sort(before, word, other, first, second):
                counted[sort] += 1
    return {sort: min(most, counted[sort]) / most for sort, most in _MOST.items()}


def _sort(before: str, word: str, other: str, first: Facts, second: Facts) -> str | None:
    digits = word[0].isdigit() + other[0].isdigit()
    if digits:
        return _NUMBER if digits == 2 and not (_is_of_plate(word, first) or _is_of_plate(other, second)) else None
    if frozenset((word, other)) in OPPOSITES:
        return _OPPOSITE
    if not (_may_name(before, word, first) and _may_name(before, other, second)):
        return None
    introduces = before in HEADS or before in TITLES or before in first.capital or before in second.capital
    sure = f"{before} {word}" in first.named and f"{before} {other}" in second.named
    if sure:
        return _CAPITALS
    return _NAME if introduces else _LOOSE_NAME


def _is_of_plate(number: str, facts: Facts) -> bool:
    return any(number in plate for plate in facts.traits.get("plate", ()))


def _may_name(before: str, word: str, facts: Facts) -> bool:
    """In capitals; in small letters when no packaged message has the two words side by side."""
    if f"{before} {word}" in facts.named:
        return True
    return (
        word not in NOT_A_NAME
        and word not in FILLER
        and word not in HEADS
        and (f"{before} {word}" not in weights().words)
    )


def read_copy(first: Sequence[str], second: Sequence[str]) -> dict[str, float]:
    """Order of words, of two texts nearly alike: words replaced within a sentence, and what is told otherwise.

    "Sau chùa", "sau nhà thờ" is a word replaced; "quán Sen cháy", "quán Sen hát tới khuya" go on otherwise.
    """
    replaced = rest = 0
    for kind, start, end, other_start, other_end in SequenceMatcher(None, first, second, False).get_opcodes():
        if kind == "replace":
            shorter, longer = sorted((end - start, other_end - other_start))
            replaced += longer <= _WORD_OR_TWO and end < len(first) and other_end < len(second)
            rest += shorter
    return {"replaced": min(2, replaced) / 2, "told_otherwise": rest / max(1, min(len(first), len(second)))}
