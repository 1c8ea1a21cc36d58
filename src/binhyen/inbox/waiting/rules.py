"""Ages of waiting conversations in office time: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

DEFAULT_LIMIT = timedelta(hours=8)
"""One working day, for a unit that set nothing."""
SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=80)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One waiting conversation and its age in office time."""

    key: int
    public_id: str
    number: int
    unit_id: int
    age: timedelta
    limit: timedelta

    @property
    def is_over(self) -> bool:
        """Older than the unit allows."""
        return self.age >= self.limit


@dataclass(frozen=True, slots=True)
class Ages:
    """What stands above the queue."""

    waiting: int
    over: int
    median: timedelta | None
    worst: Waiting | None


def ages_of(found: Sequence[Waiting]) -> Ages:
    """Median, worst and those over the limit; the person plays no part (G31)."""
    if not found:
        return Ages(0, 0, None, None)
    middle = timedelta(seconds=median(one.age.total_seconds() for one in found))
    worst = max(found, key=lambda one: (one.age, -one.key))
    return Ages(len(found), sum(one.is_over for one in found), middle, worst)
