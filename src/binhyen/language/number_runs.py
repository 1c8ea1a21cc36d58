"""Find numbers however people write them: grouped, dotted, with o for 0, l and i for 1, or as words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGIT_WORDS = {
    "khong": "0", "kong": "0", "mot": "1", "moot": "1", "hai": "2", "ba": "3", "bon": "4", "tu": "4", "nam": "5",
    "lam": "5", "sau": "6", "bay": "7", "bay3": "7", "tam": "8", "chin": "9", "linh": "0", "le": "0", "o": "0",
}  # fmt: skip
_GROUP = re.compile(
    r"(?<![^\W\d_])[0-9](?:[0-9o]|[li](?=[0-9o])){0,29}(?![^\W\d_])|(?<![^\W_])o[0-9o]{1,29}(?![^\W_])|[0-9]{1,30}|(?<![^\W_])[a-z]{1,5}(?![^\W_])"
)
_MAY_BE_DIGITS = re.compile(r"[oli]*[0-9][0-9oli]*")
_DIGIT_WORD = re.compile(rf"(?<![^\W_])(?:{'|'.join(_DIGIT_WORDS)})(?![^\W_])")
_SIGNS_AS_SPACES = {code: " " for code in range(128) if not chr(code).isalnum()}
_LOOK_ALIKES = str.maketrans("oli", "011")
_GAP = re.compile(r"[ \t.,\-–—_·/()+:|*~]{0,4}")
_MOST_GROUPS = 24


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that stand together, as they are to be read, and whether they were spelt out."""

    digits: str
    start: int
    end: int
    spelt: bool


def number_runs(flat: str) -> Iterator[list[Group]]:
    """Yield stretches of neighbouring groups, at most 24 in one; `flat` is lower case without marks."""
    run: list[Group] = []
    for match in _GROUP.finditer(flat):
        group = _group(match)
        if group is None:
            continue
        if run and (len(run) >= _MOST_GROUPS or not _GAP.fullmatch(flat, run[-1].end, group.start)):
            yield run
            run = []
        run.append(group)
    if run:
        yield run


def most_digits(flat: str) -> int:
    """No number of the text has more digits than this: all digits with letters that may be some, and digit words."""
    return len("".join(_MAY_BE_DIGITS.findall(flat))) + count_digit_words(flat)


def count_digit_words(flat: str) -> int:
    """How many words may stand for a digit; each letter o counts when some stand together."""
    if flat.isascii():
        words = sum(map(_DIGIT_WORDS.__contains__, flat.translate(_SIGNS_AS_SPACES).split()))
    else:
        words = len(_DIGIT_WORD.findall(flat))
    return words + ("oo" in flat) * flat.count("o")


def _group(match: re.Match[str]) -> Group | None:
    written = match[0]
    if written[0].isdigit() or (written[0] == "o" and any(c.isdigit() for c in written)) or set(written) == {"o"}:
        digits = written.translate(_LOOK_ALIKES)
        return Group(digits, match.start(), match.end(), spelt=False)
    digit = _DIGIT_WORDS.get(written)
    return Group(digit, match.start(), match.end(), spelt=True) if digit else None
