"""Find the unit's own hamlets in a message, and tell two numbered places apart."""

import difflib
import itertools
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from binhyen.core.text import fold

_UNIT_WORDS = {
    "thon": "thon", "th": "thon", "lang": "lang", "xom": "xom", "to dan pho": "tdp", "tdp": "tdp", "to dp": "tdp",
    "to": "tdp", "khu pho": "kp", "kp": "kp", "khoi pho": "khoi", "khoi": "khoi", "khom": "khom", "soc": "soc",
    "buon": "buon", "bon": "buon", "ban": "ban", "ap": "ap", "phum": "phum", "lang sinh thai": "lang",
}  # fmt: skip
_NUMBER_WORDS = {
    "mot": "1", "hai": "2", "ba": "3", "bon": "4", "tu": "4", "nam": "5", "sau": "6", "bay": "7", "tam": "8",
    "chin": "9", "muoi": "10", "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7",
}  # fmt: skip
_SAME_FAMILY = frozenset({"thon", "lang", "xom", "khoi", "kp", "ap", "ban", "buon", "khom"})
_LONGEST_FIRST = sorted(_UNIT_WORDS, key=len, reverse=True)
_NUMBERED_WORDS = (
    "thon|xom|tdp|to dan pho|ap|buon|khu pho|kp|khoi|khom|ngo|ngach|hem|kiet|kenh|km|so nha|nha so|duong so|tieu khu|"
    "quoc lo|ql|tinh lo|tl|cot moc|cay so|cot km"
)
_ALSO_COUNTS = "to|ban|phong|lo|tro|karaoke|nha nghi|khach san|xe buyt|lop|tuyen"
_COUNTED = (
    r"(?! (?:con|nguoi|cai|chiec|dua|trieu|tr|nam|tuoi|gio|lan|xe|ho|em|chau|phut|k"
    r"|nha(?! (?:nghi|tro|hang|ong|ba|anh|chi|co|chu)))\b)"
)
_NUMBERED = re.compile(rf"\b({_NUMBERED_WORDS}|(?:{_ALSO_COUNTS})(?=(?: so)? \d+\b{_COUNTED}))(?: so)? (\d+[a-z]?)\b")
_CODED = re.compile(
    r"\b(kenh|lo|phong|toa|khu|cau|duong|tram|bai|kho) ([a-z]) (\d+)\b|\b(chung cu|toa|nha) (ct) (\d+)\b"
)
"""Places with a letter before the number: kênh N2, chung cư CT3."""
_SIDE = re.compile(r"\b(bo|cong|cua) (dong|tay|nam|bac)\b")
"""Sides of a river or a gate by the compass: bờ Nam, cổng Đông."""
_HAMLET_SIDE = re.compile(r"\b(thon|xom|ap|lang|buon) (dong|tay|nam|bac)\b")
"""Halves of a hamlet: xóm Bắc, thôn Đông."""
_THE_NTH = re.compile(r"\b(?!(?:nha|mot|thoai|bien|cai) )([a-z]{2,}) so (\d{1,3})\b")
"""Things of which there are several: trạm bơm số 2, lô cao su số 8."""
_NEXT_NUMBER = re.compile(rf" (?:va |den |toi |voi )?(?:thon |to |xom |ap )?(\d+[a-z]?)\b{_COUNTED}")
_SAME_WORD = {"nha so": "so nha", "quoc lo": "ql", "tinh lo": "tl", "cay so": "km", "cot km": "km"}
_SIMILAR_ENOUGH = 0.86
_LETTER_DIGIT = re.compile(r"([^\W\d_])\.?(\d)")
_DIGIT = re.compile(r"\d")
_OTHER_LETTERS = re.compile(r"[^a-z0-9 ]+")
_LEADING_ZERO = re.compile(r"\b0+(\d)")


def place_text(text: str) -> str:
    """Fold for place matching: "kp.02" and "KP 2" become "kp 2"."""
    has_digits = _DIGIT.search(text) is not None
    folded = fold(_LETTER_DIGIT.sub(r"\1 \2", text) if has_digits else text)
    if not folded.isascii():
        folded = _OTHER_LETTERS.sub(" ", folded)
    return _LEADING_ZERO.sub(r"\1", folded) if has_digits else folded


class Gazetteer:
    """The areas of one unit, under their present and old names. Never a list of the whole country."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names as they should be returned, such as "Thôn 4"."""
        self._rows = [(name, *_unit_and_core(name)) for name in names]
        self._place = _place_pattern({unit for _, unit, _ in self._rows})

    def find(self, text: str) -> list[str]:
        """Return the areas named in the text, in order of appearance, each once."""
        folded = place_text(text[:4_000])
        hits: list[tuple[int, str]] = []
        for match in self._place.finditer(folded):
            best = max(
                ((_similarity(match[1], match[2].split(), unit, core), name) for name, unit, core in self._rows),
                default=(0.0, ""),
            )
            if best[0] >= _SIMILAR_ENOUGH:
                hits.append((match.start(), best[1]))
        if not hits:
            hits = self._bare_names(folded)
        return list(dict.fromkeys(name for _, name in sorted(hits)))

    def _bare_names(self, folded: str) -> list[tuple[int, str]]:
        """Names of two words or more, written without "thôn" or "tổ" before them."""
        padded = f" {folded} "
        return [
            (padded.find(f" {core} "), name)
            for name, _, core in self._rows
            if len(core) >= 6 and " " in core and f" {core} " in padded
        ]


def _place_pattern(units: set[str]) -> re.Pattern[str]:
    """One of the words people say for such units, and the up to three words after it."""
    known = units | _SAME_FAMILY if units & _SAME_FAMILY else units
    words = "|".join(word for word in _LONGEST_FIRST if _UNIT_WORDS[word] in known) or "(?!)"
    return re.compile(rf"\b({words})(?: so| thu)? (?=([a-z0-9]+(?: [a-z0-9]+){{0,2}}))")


def _unit_and_core(name: str) -> tuple[str, str]:
    folded = place_text(name)
    word = next((word for word in _LONGEST_FIRST if folded.startswith(word + " ")), "")
    return _UNIT_WORDS.get(word, ""), folded[len(word) :].strip()


def _similarity(word: str, rest: list[str], unit: str, core: str) -> float:
    """How well "word rest" names the area (unit, core), 0 to 1; numbers must agree exactly."""
    named = _UNIT_WORDS[word]
    if named != unit and not {named, unit} <= _SAME_FAMILY:
        return 0.0
    if core.isdigit():
        return float(named == unit and _NUMBER_WORDS.get(rest[0], rest[0]) == core)
    candidate = " ".join(rest[: len(core.split())])
    score = _ratio(candidate, core) if len(core) >= 5 else float(candidate == core)
    return score - 0.04 * (named != unit)


@lru_cache(maxsize=8_192)
def _ratio(candidate: str, core: str) -> float:
    if abs(len(candidate) - len(core)) > 3:
        return 0.0
    return difflib.SequenceMatcher(None, candidate, core).ratio()


def place_conflict(first: str, second: str) -> bool:
    """Say whether both texts name the same sort of numbered place with different numbers."""
    return numbers_conflict(numbered_places(first), numbered_places(second))


def numbers_conflict(first: Mapping[str, frozenset[str]], second: Mapping[str, frozenset[str]]) -> bool:
    """Say whether one sort of place carries different numbers in the two (see `numbered_places`)."""
    return any(unit in second and not first[unit] & second[unit] for unit in first)


def numbered_places(text: str) -> dict[str, frozenset[str]]:
    """Numbers by sort of place: "thôn 7-8, hẻm 3" gives thon: 7, 8 and hem: 3."""
    found: dict[str, set[str]] = {}
    folded = place_text(text[:4_000])
    for match in _NUMBERED.finditer(folded):
        sort = _SAME_WORD.get(match[1], _UNIT_WORDS.get(match[1], match[1]))
        numbers = found.setdefault(sort, set())
        numbers.add(match[2])
        following = _NEXT_NUMBER.match(folded, match.end())
        if following:
            numbers.add(following[1])
    for match in _CODED.finditer(folded):
        sort, letter, number = (part for part in match.groups() if part)
        found.setdefault(f"{sort} {letter}", set()).add(number)
    for match in itertools.chain(_SIDE.finditer(folded), _THE_NTH.finditer(folded)):
        found.setdefault(_UNIT_WORDS.get(match[1], match[1]), set()).add(match[2])
    for match in _HAMLET_SIDE.finditer(folded):
        found.setdefault(f"{match[1]} side", set()).add(match[2])
    return {sort: frozenset(numbers) for sort, numbers in found.items()}
