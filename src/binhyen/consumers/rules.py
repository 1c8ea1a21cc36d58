"""What a key may open, what a webhook may tell, and how long a failed notice waits."""

from datetime import datetime, timedelta
from enum import StrEnum


class ApiScope(StrEnum):
    """One right of a key."""

    PROCEDURES = "procedures:read"
    DIRECTORY = "directory:read"
    POSTS = "posts:read"
    FIGURES = "figures:read"
    QUESTIONS = "questions:write"
    """Ask on behalf of a resident; the receipt code comes back."""
    RECEIPTS = "receipts:read"
    """Read the state behind a receipt code that the resident gave."""
    CASES = "cases:read"
    """Read state and days of a report by the receipt code that the reporter gave; never a word of it."""
    REQUESTS = "requests:write"
    """Send non-confidential service requests (Open311 GeoReport)."""


class NoticeEvent(StrEnum):
    """What a webhook tells."""

    TEST = "test"
    POST_PUBLISHED = "post.published"
    POST_CORRECTED = "post.corrected"
    POST_WITHDRAWN = "post.withdrawn"
    REQUEST_CHANGED = "request.changed"


MOST_ATTEMPTS = 8
"""Tries of one notice; with the waits below they span about a day."""
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=8)


def wait_after(attempts: int) -> timedelta:
    """How long a notice waits after its `attempts`-th failed try: 30 s, four times as long each time, at most 8 h."""
    factor: int = 4 ** max(0, attempts - 1)
    return min(_FIRST_WAIT * factor, _LONGEST_WAIT)


def window_start(now: datetime, length_s: int) -> datetime:
    """Beginning of the window of `length_s` seconds that holds `now` (aware, UTC)."""
    seconds = int(now.timestamp())
    return now.replace(microsecond=0) - timedelta(seconds=seconds % length_s)
