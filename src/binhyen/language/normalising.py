"""Bring a resident's message into the forms that matching works on: tokens, short forms read out, folded text."""

import json
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from binhyen.core.text import clean, fold

MATCHED_CHARACTERS = 4_000
"""A longer message is matched by its first three quarters and last quarter of this many characters."""

_TOKEN = re.compile(r"[^\W_]+")
_REPEATED = re.compile(r"(.)\1\1")
_REPEATED_LETTER = re.compile(r"([^\W\d_])\1{2,}")
_CHANNEL = re.compile(
    r"\b(?:tr[êe]n|qua|b[ằa]ng|v[àa]o|d[ùu]ng)"
    r"(?: app| [ứu]ng d[ụu]ng| t[àa]i kho[ảa]n)? "
    r"(?:vneid|m[ạa]ng|dvc|c[ổo]ng d[ịi]ch v[ụu] c[ôo]ng|internet|[đd]i[ệe]n tho[ạa]i)\b",
    re.IGNORECASE,
)
_CHANNEL_PARTS = ("vne", "mang", "mạng", "dvc", "ng d", "nternet", "n tho")
"""One of them stands in every channel; letters that take odd shapes in capitals (i, s, k) are left out."""
_LONGEST_SHORT_FORM = 8


@cache
def short_forms() -> dict[str, tuple[str, ...]]:
    """Return the table of short forms: typed form to readings, the best for this domain first."""
    source = files("binhyen") / "data" / "language" / "teencode.json"
    table: dict[str, list[str]] = json.loads(source.read_text(encoding="utf-8"))
    return {form: tuple(readings) for form, readings in table.items()}


def matched_part(text: str) -> str:
    """Clean the text and shorten it to what matching looks at (see MATCHED_CHARACTERS)."""
    if len(text) > 2 * MATCHED_CHARACTERS:
        # Cleaning may drop characters, so leave it some to drop before the exact cut.
        text = text[: 2 * MATCHED_CHARACTERS] + " " + text[-MATCHED_CHARACTERS:]
    text = clean(text)
    if len(text) > MATCHED_CHARACTERS:
        tail = MATCHED_CHARACTERS // 4
        text = text[: MATCHED_CHARACTERS - tail] + " " + text[-tail:]
    return text


def tokens(text: str) -> list[str]:
    """Split into lower-case syllables; a letter typed three times or more counts once ("nhaaa" is "nha").

    Short forms stay as they are ("cccd", "pccc").
    """
    text = text.lower()
    words = _TOKEN.findall(text)
    if not _REPEATED.search(text):  # four times as fast as looking for letters alone
        return words
    table = short_forms()
    return [word if word in table else _REPEATED_LETTER.sub(r"\1", word) for word in words]


class Spoken(NamedTuple):
    """One token as it is read: several readings when it is a short form."""

    token: str
    folded: str
    """Every reading without marks, side by side."""
    marked: str
    """The first reading, marks kept."""
    bare: str
    """The token itself without marks."""
    has_mark: bool
    """Carries a tone or vowel mark; the stroke of đ alone does not count."""


def speak(words: Sequence[str]) -> list[Spoken]:
    """How the tokens are read; short ones are remembered, because messages repeat few syllables."""
    return [_short_spoken(word) if len(word) <= _LONGEST_SHORT_FORM else _spoken(word) for word in words]


@lru_cache(maxsize=16_384)  # bounded: tokens come from outside
def _short_spoken(token: str) -> Spoken:
    return _spoken(token)


def _spoken(token: str) -> Spoken:
    bare = fold(token)
    has_mark = token.replace("đ", "d") != bare
    found = readings(token)
    if not found:
        return Spoken(token, bare, token, bare, has_mark)
    folded = [fold(reading) for reading in found]
    if len(token) > 2:
        folded.append(bare)
    return Spoken(token, " ".join(folded), found[0], bare, has_mark)


@lru_cache(maxsize=16_384)
def _folded_token(token: str) -> str:
    return fold(token)


def folded_token(token: str) -> str:
    """Fold one syllable; remembered, because messages repeat few syllables."""
    return _folded_token(token) if len(token) <= _LONGEST_SHORT_FORM else fold(token)


def readings(token: str) -> tuple[str, ...]:
    """Return the readings of a short form, or nothing for an ordinary word.

    A token with marks of its own is a real word unless the table lists it with them ("mún", "thág");
    the stroke of đ alone does not count as a mark ("đk" is "dk").
    """
    if len(token) > _LONGEST_SHORT_FORM:
        return ()
    table = short_forms()
    if token in table:
        return table[token]
    bare = token.replace("đ", "d")
    return table.get(bare, ()) if bare == folded_token(token) else ()


def expand(words: Sequence[Spoken]) -> str:
    """Each short form by its first reading, marks kept."""
    return " ".join([word.marked for word in words])


def folded_readings(words: Sequence[Spoken]) -> str:
    """The words without marks, with every reading of a short form side by side."""
    return " ".join([word.folded for word in words])


_TWINS = (
    (re.compile(r"\btừ từ\b", re.IGNORECASE), "thong thả"),  # slowly; "tự tử" is suicide
    (re.compile(r"\bnhà cháu\b", re.IGNORECASE), "nhà em"),  # my home; "nhà cháy" is a house on fire
)


def without_twins(text: str) -> str:
    """Say by another word of that meaning what would read as a danger without its marks, or nearly so."""
    for harmless, other in _TWINS:
        text = harmless.sub(other, text)
    return text


def drop_channel(text: str) -> str:
    """Cut "on VNeID", "online": such words name a channel, not what is asked about.

    The text comes back whole when fewer than three words would be left.
    """
    lower = text.lower()
    if not any(part in lower for part in _CHANNEL_PARTS):
        return text
    shortened = _CHANNEL.sub(" ", text)
    return shortened if len(shortened.split()) >= 3 else text


def has_marks(words: Sequence[Spoken]) -> bool:
    """Say whether the writer types diacritics: at least a quarter of the words carry one."""
    return sum([word.has_mark for word in words]) * 4 >= len(words) > 0
