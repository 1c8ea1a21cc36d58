"""A folded copy of a text with one character for each of its own, so that places found in it hold in the text."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from binhyen.core.text import bare_letters, clean


@dataclass(frozen=True, slots=True)
class FlatText:
    """`shown` is composed and free of invisible characters, `flat` its lower-case copy without marks.

    Both have the same length; `starts` maps their characters to the text as given, or is None when they agree.
    """

    shown: str
    flat: str
    starts: tuple[int, ...] | None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Map a stretch of `shown` to the text as given."""
        if self.starts is None:
            return start, end
        return self.starts[start], self.starts[end]


def flatten(text: str) -> FlatText:
    """Compose, drop what cannot be seen, and fold character by character."""
    if _USUAL.fullmatch(text):
        bare = bare_letters(text)
        flat = text.translate(_USUAL_FLAT) if bare is None else bare.translate(_FLAT_LETTERS).decode()
        return FlatText(text, flat, None)
    if unicodedata.is_normalized("NFC", text) and all(map(_is_plain, text)):
        return FlatText(text, "".join(map(_flat_character, text)), None)
    shown: list[str] = []
    starts: list[int] = []
    for position, character in enumerate(text):
        if unicodedata.combining(character) and shown:
            joined = unicodedata.normalize("NFC", shown[-1] + character)
            if len(joined) == 1:
                shown[-1] = joined
            continue
        if _is_plain(character):
            shown.append(character)
            starts.append(position)
    composed = "".join(shown)
    return FlatText(composed, "".join(map(_flat_character, composed)), (*starts, len(text)))


@lru_cache(maxsize=4_096)
def _is_plain(character: str) -> bool:
    """Visible, or a space: what cleaning keeps."""
    return character.isspace() or (bool(clean(character)) and not unicodedata.combining(character))


@lru_cache(maxsize=4_096)
def _flat_character(character: str) -> str:
    if character in "đĐðÐ":
        return "d"
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    base = unicodedata.normalize("NFKD", character)[:1].lower()
    if character.isspace():
        return " "
    return base if len(base) == 1 else character


_USUAL = re.compile("[\t\n -~\u00a1-\u00ac\u00ae-\u024f\u1e00-\u1eff]*")
"""Visible Latin letters, already composed: what nearly all messages are made of."""
_USUAL_FLAT = {
    code: flat
    for code in (9, 10, *range(0x20, 0x250), *range(0x1E00, 0x1F00))
    if (flat := _flat_character(chr(code))) != chr(code)
}
_FLAT_LETTERS = bytes(ord(_flat_character(chr(code))) if code < 128 else 32 for code in range(256))
"""The same for letters whose marks are off already."""
