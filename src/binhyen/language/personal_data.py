"""Find personal data in free text and cover it up; best effort, tuned so that digits do not stay visible."""

from binhyen.language.personal_data_search import search
from binhyen.language.spans import Span

__all__ = ["Span", "find_personal_data", "redact"]


def find_personal_data(text: str) -> list[Span]:
    """Spans in order, never overlapping."""
    return search(text)


def redact(text: str) -> str:
    """Put "[PHONE]" and the like in place of each span."""
    parts, end = [], 0
    for span in find_personal_data(text):
        parts += [text[end : span.start], f"[{span.type}]"]
        end = span.end
    return "".join([*parts, text[end:]])
