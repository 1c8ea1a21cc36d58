"""The simulator's own time: the real clock plus an offset that tests move, so that 7 days pass at once."""

import time
from datetime import UTC, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Zalo states no zone for its dates and night hours; Viet Nam has had no other offset since 1975."""

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
LONGEST_MOVE_S = 10 * 365 * 86_400
"""Ten years at once: enough for every clock, and no date leaves the calendar."""


class VirtualClock:
    """Milliseconds since the epoch, as Zalo counts them, movable by tests."""

    def __init__(self) -> None:
        self.offset_ms = 0

    def now_ms(self) -> int:
        """Current virtual time in milliseconds since the epoch."""
        return time.time_ns() // 1_000_000 + self.offset_ms

    def advance_ms(self, by_ms: int) -> None:
        """Move the time, backwards too (a clock far off is a thing to test)."""
        self.offset_ms += by_ms

    def move_to_ms(self, target_ms: int) -> None:
        """Make `now_ms` equal `target_ms`."""
        self.offset_ms += target_ms - self.now_ms()


def vietnam_time(at_ms: int) -> datetime:
    """The local time in Viet Nam of a moment in epoch milliseconds."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(VIETNAM)


def vietnam_date(at_ms: int) -> str:
    """`DD/MM/YYYY`, the form of dates in Zalo's answers."""
    return vietnam_time(at_ms).strftime("%d/%m/%Y")
