"""Number plates as people write them: spaced, with letters for digits, read aloud, of the army, old and temporary ones."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Iterator
from dataclasses import dataclass

from binhyen.language.flat_text import FlatText

_WORDS = {
    "khong": "0", "mot": "1", "hai": "2", "ba": "3", "bon": "4", "tu": "4", "nam": "5", "lam": "5", "sau": "6",
    "bay": "7", "tam": "8", "chin": "9", "linh": "0", "cham": ".", "phay": ".", "gach": "-", "ngang": " ",
}  # fmt: skip
_LETTERS = {
    "be": "b", "ce": "c", "xe": "c", "de": "d", "ep": "f", "gie": "g", "hat": "h", "ca": "k", "ka": "k", "lo": "l", "em": "m",
    "mo": "m", "en": "n", "no": "n", "pe": "p", "et": "s", "so": "s", "te": "t", "ve": "v", "ich": "x", "zet": "z",
}  # fmt: skip
"""Letters of a series as they are read aloud; only after two digits ("bốn bảy đê một")."""
_TWO_DIGITS = re.compile(r"(?<!\d)(?<!\d )\d ?\d ?$")
_LEET = str.maketrans("0134", "oiae")
_TOKEN = re.compile(r"[a-z]*\d[a-z\d]*|[a-z]+|[^a-z\d]")
_LETTER_IN_NUMBER = re.compile(r"(?<=\d)[oi](?=[\d.])|(?<=[\d.-])o(?=\d)")
_SERIES = r"(?:[a-hk-npr-vxyz]|[a-z]{2}) ?-? ?\d?"
_NUMBER = r"\d(?: ?[.,_–-]? ?\d){3,4}"
_PLATE = re.compile(
    rf"(?<![\w/.,])[1-9] ?\d ?[-–_./]? ?(?P<series>{_SERIES}) ?[-–_./,]? {{0,2}}(?P<number>{_NUMBER})(?![\w/%]|[.,-]\d)"
)
_TIDY = re.compile(r"\d{3}[ .,–-]?\d{2}|\d{4,5}")
_TOLD = re.compile(
    r"(?<!\w)(?:b(?:ie|i|e)n(?: so| kiem soat| xanh| trang| vang| do)?|bks|bs|ten bien|duoi(?: so)?|(?:xe|chiec|con)(?: \w+){0,4}|oto|o to|moto|mo to|container|so xe)\W{0,3}(?:\w+\W{1,2}){0,2}$"
)
_SURE = re.compile(
    r"(?<!\w)(?:bien(?: so| kiem soat| xanh| trang| vang| do)?|bks|bs)\W{0,3}(?:la |mang |so )?(?:so )?$"
)
_NOT_A_SERIES = frozenset({"h", "g", "tr", "t", "x", "ty", "va", "la", "co", "ho", "m", "k", "kg", "km", "d", "ha"})
_NOT_BEFORE = re.compile(r"(?<!\w)(?:lop|dieu|khoan|diem|nghi dinh|so luong|mau|luat|thong tu|quyet dinh|ngay)\W{1,2}$")
_OTHERS = (
    re.compile(r"(?<![\w/.,-])(?P<series>[a-z]{2})[ –-]{1,3}\d{2}[ .–-]{1,2}\d{2}(?![\w/]|[.,-]\d)"),
    re.compile(
        r"(?<![\w/.,-])\d{2}[ –-]{0,2}(?:\d{1,3}[ –-]{1,2})?(?P<series>ng|nn|qt|cv)[ –-]{0,2}\d{2,3}(?:[ .–-]\d{2})?(?![\w/])"
    ),
)
"""Army plates ("TM 12-34") and those of foreigners ("80-NG-123-45"); only where a vehicle is spoken of."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """A text with its digit words as digits; `places` gives for each character where it stands in the flat text."""

    text: str
    places: tuple[int, ...]


def plain_digit_words(flat: str) -> str:
    """The flat text with "kh0ng", "ch1n" as "khong", "chin"; of the same length."""

    def word(match: re.Match[str]) -> str:
        plain = match[0].translate(_LEET)
        return plain if plain in _WORDS else match[0]

    return re.sub(r"(?<![^\W_])[a-z]+\d[a-z\d]{0,4}(?![^\W_])", word, flat)


def names_no_vehicle(before: str) -> bool:
    """Whether the flat text before a number speaks of a form, an article or a date: "lớp 12A 2024"."""
    return _NOT_BEFORE.search(before) is not None


def plates_in(text: FlatText) -> Iterator[tuple[int, int]]:
    """Places of plates in `text.shown`."""
    heard = _hear(text.flat)
    for match in _PLATE.finditer(heard.text):
        start, end = heard.places[match.start()], heard.places[match.end() - 1] + 1
        if _is_plate(text, match, heard.text, start, end):
            yield start, _whole_word(text.flat, end)
    for pattern in _OTHERS:
        for match in pattern.finditer(text.flat):
            upper = text.shown[match.start("series") : match.end("series")].isupper()
            if upper and _TOLD.search(text.flat[max(0, match.start() - 30) : match.start()]):
                yield match.span()


def _is_plate(text: FlatText, match: re.Match[str], heard: str, start: int, end: int) -> bool:
    before = text.flat[max(0, start - 40) : start]
    if names_no_vehicle(before):
        return False
    series = re.sub(r"[^a-z\d]", "", match["series"])
    written = text.shown[start:end]
    upper = any(letter.isupper() for letter in written)
    tidy = bool(_TIDY.fullmatch(match["number"])) and len(re.sub(r"\D", "", match["number"])) == 5
    joined = bool(re.search(r"[-–_]", heard[match.start() : match.start("number")]))
    if series in _NOT_A_SERIES and not (
        _SURE.search(before) or (upper and (_TOLD.search(before) or (joined and tidy and written[-3] in ". ")))
    ):
        return False
    if _TOLD.search(before):
        return True
    return upper and (tidy or joined) and written.upper() == written


def _whole_word(flat: str, end: int) -> int:
    """A digit that was heard from a word covers the whole word."""
    while end < len(flat) and flat[end].isalpha():
        end += 1
    return end


def _hear(flat: str) -> _Heard:
    heard: list[str] = []
    places: list[int] = []
    for match in _TOKEN.finditer(flat):
        token = match[0]
        sign = _WORDS.get(token) or (_WORDS.get(token.translate(_LEET)) if len(token) > 1 else None)
        if sign is None and token in _LETTERS and _TWO_DIGITS.search("".join(heard[-4:])):
            sign = _LETTERS[token]
        piece = token if sign is None else sign
        heard.append(piece)
        places.extend([match.start()] if sign is not None else range(match.start(), match.end()))
    text = "".join(heard)
    text = _LETTER_IN_NUMBER.sub(lambda letter: "0" if letter[0] == "o" else "1", text)
    return _Heard(text, tuple(places))
