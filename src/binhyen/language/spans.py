"""A stretch of personal data in a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of personal data: `type`, and character offsets into the text as given."""

    type: str
    start: int
    end: int
