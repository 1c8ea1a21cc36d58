"""Cut a draft into sentences with their places; an initial or a number does not end one."""

import re
from dataclasses import dataclass

from binhyen.language.flat_text import FlatText

_END = re.compile(r"(?<![.\s][A-ZĐ])(?<!^[A-ZĐ])[.!?…]+(?=[\s”\"’)]|$)|\n+|;")
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft: offsets into the flat text, the text as shown, lower case, and without marks."""

    start: int
    end: int
    shown: str
    lower: str
    flat: str


def sentences_of(text: FlatText) -> list[Sentence]:
    """Sentences in order; each at most 2,000 characters."""
    cuts, start = [], 0
    for match in _END.finditer(text.shown):
        cuts.append((start, match.end()))
        start = match.end()
    cuts.append((start, len(text.shown)))
    pieces = ((at, min(at + _LONGEST, end)) for begin, end in cuts for at in range(begin, end, _LONGEST))
    return [_sentence(text, begin, end) for begin, end in pieces if text.shown[begin:end].strip()]


def _sentence(text: FlatText, start: int, end: int) -> Sentence:
    shown = text.shown[start:end]
    return Sentence(start, end, shown, _same_length_lower(shown), text.flat[start:end])


def _same_length_lower(shown: str) -> str:
    return "".join(low if len(low := character.lower()) == 1 else character for character in shown)
