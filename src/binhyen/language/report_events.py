"""What kinds of event a report tells of: fire, theft, noise and so on, and the words that say so."""

import json
import re
from functools import cache
from importlib.resources import files

from binhyen.core.text import clean, without_marks


def read_events(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds of event a text tells of, and the words, folded, that say so; several kinds or none."""
    shown = clean(text).lower()
    flat = without_marks(shown)
    events, words = set[str](), set[str]()
    for event, pattern, marked in _event_patterns():
        told = pattern.findall(flat)
        if marked:
            told += [without_marks(word) for word in marked.findall(shown)]
        if told:
            events.add(event)
            words.update(word for phrase in told for word in phrase.split())
    return frozenset(events), frozenset(words)


@cache
def _event_patterns() -> list[tuple[str, re.Pattern[str], re.Pattern[str] | None]]:
    """Kind of event, its phrases without marks, and those that need their marks ("=cháy" is no "chạy")."""
    source = files("binhyen") / "data" / "language" / "report_events.json"
    table: dict[str, list[str]] = json.loads(source.read_text(encoding="utf-8"))
    patterns = []
    for event, parts in table.items():
        flat = "|".join(part for part in parts if not part.startswith("="))
        marked = "|".join(part[1:] for part in parts if part.startswith("="))
        patterns.append((event, re.compile(rf"\b(?:{flat})"), re.compile(rf"\b(?:{marked})\b") if marked else None))
    return patterns
