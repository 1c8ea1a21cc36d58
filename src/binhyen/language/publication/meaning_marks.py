"""What a sentence speaks of and how, as the marks (and pairs of marks) that the trained second look counts."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations

from binhyen.language.publication.findings import PostKind
from binhyen.language.publication.meaning_words import MARKS
from binhyen.language.publication.people import Form, people_in
from binhyen.language.publication.sentences import Sentence

_QUOTES = "“\"'‘"
_CALLED = re.compile(
    r"(?<!\w)(?i:anh|chị|ông|bà|cô|chú|bác|cậu|dì|mợ|thím|cụ|bé|cháu|em|thằng|con|thầy|sư|má|ba|bố|mẹ|lão|gã|mụ|nhỏ|út|tên|vợ chồng|gia đình|nhà|hộ|chủ \w+|tiệm \w+|quán)"
    r" [A-ZĐÀ-Ỹ](?:\.|[^\W\d_]+)(?![^.]{0,12}(?:xã|phường|tỉnh|huyện)(?!\w))"
)
_NUMBER = re.compile(r"(?:\d[ .-]?){8,}")
_SHAPES = {"called": _CALLED, "number": _NUMBER}


def marks_of(sentences: Sequence[Sentence]) -> list[list[str]]:
    """For each sentence of a draft its marks, the pairs of them ("money+told"), and its neighbours' marks."""
    own = [_own(sentence) for sentence in sentences]
    told: list[list[str]] = []
    for index, found in enumerate(own):
        before = own[index - 1] if index else []
        after = own[index + 1] if index + 1 < len(own) else []
        pairs = ("+".join(pair) for pair in combinations(found, 2))
        told.append([*found, *pairs, *(f"before {mark}" for mark in before), *(f"after {mark}" for mark in after)])
    return told


def _own(sentence: Sentence) -> list[str]:
    found = [name for name, words in MARKS.items() if words.search(sentence.lower)]
    if "gives" in found:
        found.append("freely" if _gives_freely(sentence.lower) else "refused")
    people = people_in(sentence)
    found += [f"person {form.name}" for form in Form if any(person.form is form for person in people)]
    found += [name for name, shape in _SHAPES.items() if shape.search(sentence.shown)]
    return [*found, "quotes"] if any(character in _QUOTES for character in sentence.shown) else found


_CLAUSE = re.compile(r"[,:;–(]|(?<!\w)(?:mà|nhưng|hãy|thì|rồi|chỉ|cứ)(?!\w)")


def _gives_freely(lower: str) -> bool:
    """Whether some giving is not refused in its clause; a verb that opens a clause goes on with the one before it."""
    refused = False
    for clause in _CLAUSE.split(lower):
        giving = MARKS["gives"].search(clause)
        if giving is None:
            refused = bool(MARKS["refuses"].search(clause))
            continue
        lead = clause[: giving.start()]
        refused = bool(MARKS["refuses"].search(lead)) or (refused and not lead.strip())
        if not refused:
            return True
    return False


_NAMED = frozenset({"person FULL", "person CALLED", "person INITIALS", "called"})
_SOMEBODY = _NAMED | {"kin", "handle", "relation", "trade", "near", "known"}
_CHILDLIKE = frozenset({"child", "young", "pupil", "school"})
_NEEDS: dict[str, list[AbstractSet[str]]] = {
    "asks_money_or_code": [{"code", "money", "channel", "paper", "identity", "app", "amount", "treat", "remote"}],
    "debtor_shaming": [_SOMEBODY | {"listed"}],
    "state_secret_mark": [{"secret", "inside"}],
    "victim_abuse": [_SOMEBODY | {"place", "young", "pupil", "health"}, {"abuse", "harmed", "cruel"}],
    "victim_identifiable": [_SOMEBODY | {"place"}],
    "child_offender": [_CHILDLIKE | {"kin", "relation"}],
    "child_details": [_CHILDLIKE | {"kin", "relation", "health"}],
    "suspect_named": [_NAMED | {"relation", "handle"}],
}
"""What a sentence of a class cannot do without: one mark of each set."""
_BARRED = {"suspect_named": frozenset({"praise", "office"}), "victim_identifiable": frozenset({"nobody"})}
_ABOUT_PEOPLE = frozenset(_NEEDS) - {"asks_money_or_code", "state_secret_mark"}


_BAD = frozenset({"abuse", "harmed", "cruel", "offence", "debt", "owes"})
_MORE_THAN_A_NAME = frozenset({"person FULL", "kin", "relation", "health", "school", "trade"})


def may_hold(name: str, marks: Collection[str], kind: PostKind | None = None) -> bool:
    """Whether a sentence with these marks can be of the class: a suspect is somebody, a child is called one.

    A missing child may be told by first name, age, clothes and place.
    """
    if name in _ABOUT_PEOPLE:
        if kind == "missing_person" and _MORE_THAN_A_NAME.isdisjoint(marks) and _BAD.isdisjoint(marks):
            return False
        if "appeal" in marks and _NAMED.isdisjoint(marks):
            return False  # "children who are beaten: call 111" is about nobody
    has_all = not any(needed.isdisjoint(marks) for needed in _NEEDS[name])
    return has_all and _BARRED.get(name, frozenset()).isdisjoint(marks)
