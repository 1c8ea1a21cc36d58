"""What kinds of event a report tells of: fire, theft, noise and so on, and the words that say so."""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from binhyen.core.text import clean, without_marks


def read_events(text: str, only: frozenset[str] | None = None) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds of event a text tells of, and the words, folded, that say so; several kinds or none.

    `only`: the kinds to look for.
    """
    shown = clean(text).lower()
    flat = without_marks(shown)
    if len(flat) != len(shown):  # a letter that is several without marks
        shown = flat
    events, words = set[str](), set[str]()
    for kind in _kinds():
        if only is not None and kind.event not in only:
            continue
        told = [found[0] for found in kind.flat.finditer(flat) if kind.may_mean(shown[found.start() : found.end()])]
        if kind.marked:
            told += [without_marks(word) for word in kind.marked.findall(shown)]
        if told:
            events.add(kind.event)
            words.update(word for phrase in told for word in phrase.split())
    return frozenset(events), frozenset(words)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of event, its phrases without marks, and those that need their marks ("=cháy" is no "chạy")."""

    event: str
    flat: re.Pattern[str]
    marked: re.Pattern[str] | None
    meant: dict[str, frozenset[str]]
    """Word without marks -> the words with marks that are meant: "lua" of a fraud is "lừa", not "lửa" or "lúa"."""

    def may_mean(self, phrase: str) -> bool:
        """Whether the marks, where somebody wrote them, are those of what is meant."""
        if phrase.isascii():
            return True
        known = self.meant
        return all(word.isascii() or word in known.get(without_marks(word), (word,)) for word in _WORD.findall(phrase))


_WORD = re.compile(r"[^\W\d_]+")


@cache
def _kinds() -> list[_Kind]:
    source = files("binhyen") / "data" / "language" / "report_events.json"
    table: dict[str, list[str]] = json.loads(source.read_text(encoding="utf-8"))
    return [_kind(event, parts) for event, parts in table.items()]


def _kind(event: str, parts: list[str]) -> _Kind:
    flat = "|".join(part for part in parts if part[0] not in "=:")
    marked = "|".join(part[1:] for part in parts if part.startswith("="))
    forms = (form.split("=") for part in parts if part.startswith(":") for form in part[1:].split())
    return _Kind(
        event,
        re.compile(rf"\b(?:{flat})"),
        re.compile(rf"\b(?:{marked})\b") if marked else None,
        {word: frozenset(meant.split(",")) for word, meant in forms},
    )
