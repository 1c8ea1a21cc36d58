"""Find numbers however people write them: grouped, dotted, with o for 0, l and i for 1, as words, or told piece by piece."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from binhyen.language.personal_data_patterns import LOOK_ALIKES

_DIGIT_WORDS = {
    "khong": "0", "kong": "0", "mot": "1", "moot": "1", "hai": "2", "ba": "3", "bon": "4", "tu": "4", "nam": "5",
    "lam": "5", "sau": "6", "bay": "7", "bay3": "7", "tam": "8", "chin": "9", "linh": "0", "le": "0", "o": "0",
}  # fmt: skip
_GROUP = re.compile(
    r"(?<![^\W_])[oil]{0,2}[0-9][0-9oil]{0,29}(?![^\W_])|(?<![^\W_])o{1,30}(?![^\W_])|[0-9]{1,30}|(?<![^\W_])[a-z]{1,5}(?![^\W_])"
)
_DIGIT = re.compile(r"[0-9]")
_MAY_BE_DIGITS = re.compile(r"(?<![oli])[oli]*[0-9][0-9oli]*")
_DIGIT_WORD = re.compile(rf"(?<![^\W_])(?:{'|'.join(_DIGIT_WORDS)})(?![^\W_])")
_DIGIT_WORDS_IN_BYTES = frozenset(word.encode() for word in _DIGIT_WORDS)
_SIGNS_AS_SPACES = bytes(code if chr(code).isalnum() else 32 for code in range(128)) + b" " * 128
_SIGNS = r"[ \t.,\-–—_·/()+:|*~]{0,4}"
_GAP = re.compile(_SIGNS)
_NEXT_PIECE = r"(?:tiep(?: theo| den| toi)?|giua|ke(?: tiep)?|cuoi(?: cung)?|sau(?: do| cung))"
_COUNTS_PIECE = re.compile(rf" (?:chu )?so {_NEXT_PIECE}| do(?!\w)| cung(?!\w)")
"""After a digit that is none of the number: "3 số tiếp 199", "sau đó 482"."""
_WORDS_GAP = re.compile(
    rf"{_SIGNS}(?:(?:va |roi |xong )?(?:(?:[0-9]|mot|hai|ba|bon|nam|sau) (?:chu )?)?(?:so )?{_NEXT_PIECE}|roi(?: toi| den| la)?|xong(?: toi| den)?|va|cham|phay|gach(?: ngang)?)"
    rf"(?: (?:va|toi|den))?(?: cuoi(?: cung)?)?(?: so)?(?: la)?(?!\w){_SIGNS}"
)
"""Words between the pieces of one number: "0908 rồi 475 cuối 216"."""
_MOST_GROUPS = 24
_LONGEST_PIECE = 6
"""Words join pieces of one number; before and after them whole numbers stay apart ("0912345678 và 0987654321")."""


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that stand together, as they are to be read, and whether they were spelt out."""

    digits: str
    start: int
    end: int
    spelt: bool
    joined: bool = False
    """Words, not only signs, stand between it and the group before."""


def number_runs(flat: str) -> Iterator[list[Group]]:
    """Yield stretches of neighbouring groups, at most 24 in one; `flat` is lower case without marks."""
    run: list[Group] = []
    for match in _GROUP.finditer(flat):
        group = _group(match)
        if group is None or (run and len(group.digits) == 1 and _COUNTS_PIECE.match(flat, group.end)):
            continue
        if run and len(run) < _MOST_GROUPS and _GAP.fullmatch(flat, run[-1].end, group.start):
            run.append(group)
        elif run and len(run) < _MOST_GROUPS and _in_pieces(flat, run[-1], group):
            run.append(replace(group, joined=True))
        else:
            if run:
                yield run
            run = [group]
    if run:
        yield run


def _in_pieces(flat: str, last: Group, group: Group) -> bool:
    """Short pieces with words between them that join the pieces of one number."""
    short = max(len(last.digits), len(group.digits)) <= _LONGEST_PIECE
    return short and not (last.spelt or group.spelt) and bool(_WORDS_GAP.fullmatch(flat, last.end, group.start))


def most_digits(flat: str) -> int:
    """No number of the text has more digits than this: all digits with letters that may be some, and digit words."""
    digits = len("".join(_MAY_BE_DIGITS.findall(flat))) if _DIGIT.search(flat) else 0
    return digits + count_digit_words(flat)


def count_digit_words(flat: str) -> int:
    """How many words may stand for a digit; each letter o counts when some stand together."""
    if flat.isascii():
        words = sum(map(_DIGIT_WORDS_IN_BYTES.__contains__, flat.encode().translate(_SIGNS_AS_SPACES).split()))
    else:
        words = len(_DIGIT_WORD.findall(flat))
    return words + ("oo" in flat) * flat.count("o")


def _group(match: re.Match[str]) -> Group | None:
    written = match[0]
    if any(sign.isdigit() for sign in written) or set(written) == {"o"}:
        return Group(written.translate(LOOK_ALIKES), match.start(), match.end(), spelt=False)
    digit = _DIGIT_WORDS.get(written)
    return Group(digit, match.start(), match.end(), spelt=True) if digit else None
