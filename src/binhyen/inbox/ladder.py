"""The fixed ladder an urgent matter climbs until a named officer accepts (G56). Pure.

Its steps hang on the length L of the matter's clock in `deadlines.yaml`: the officer on duty at once, the second
officer after L/2, the chief at L (the clock is missed), the superior unit's duty desk at 2 L. A clock of zero tells
all at once.
"""

from datetime import datetime, timedelta

from binhyen.core.law import Amount

DUTY, SECOND, CHIEF, SUPERIOR = STEPS = ("duty", "second", "chief", "superior")
"""In the order they are told."""
_SHARES = (0.0, 0.5, 1.0, 2.0)
_MINUTES = {"minutes": 1, "hours": 60}
COALESCED_WITHIN = timedelta(minutes=5)
"""One person is told about the same matter at most once in this time, however many steps name them."""


def ladder_length(due: Amount) -> timedelta:
    """The clock's length. Raises ValueError for a clock that is not counted in minutes or hours."""
    if due.unit not in _MINUTES:
        raise ValueError(f"a clock of {due.unit} has no ladder")
    return timedelta(minutes=due.value * _MINUTES[due.unit])


def steps_due(created_at: datetime, length: timedelta, now: datetime) -> int:
    """How many steps must have been told by `now`, 0..4."""
    return sum(now >= created_at + length * share for share in _SHARES)


def is_told_already(told_at: datetime | None, now: datetime) -> bool:
    """Whether somebody last told at `told_at` needs no further message about the same matter now."""
    return told_at is not None and now - told_at < COALESCED_WITHIN
