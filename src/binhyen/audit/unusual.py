"""Counts of reading that a commander should know of, without a word about what was read (G19). Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from binhyen.audit.queries import Read
from binhyen.core import clock

MANY_A_DAY = 20
"""More different cases in a day than this are unusual in a commune."""
NIGHT_BEGINS, NIGHT_ENDS = 22, 6
"""Hours of Vietnam."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One officer's reading in numbers."""

    actor_key: int
    cases: int
    """Different ones."""
    busiest_day: int
    """Different cases on the day with most."""
    at_night: int
    on_days_off: int
    outside_area: int
    own_family: int
    """Different cases that name somebody who may be of the reader's family."""

    @property
    def is_unusual(self) -> bool:
        """Whether the commander should ask. Nothing follows by itself (G27)."""
        counts = (self.at_night, self.on_days_off, self.outside_area, self.own_family)
        return self.busiest_day > MANY_A_DAY or any(counts)


def readings(reads: Iterable[Read]) -> list[Reading]:
    """One entry for each officer who read anything, unusual ones first, then by number of cases."""
    by_actor: dict[int, list[Read]] = {}
    for read in reads:
        by_actor.setdefault(read.actor_key, []).append(read)
    found = [_reading(actor, theirs) for actor, theirs in by_actor.items()]
    return sorted(found, key=lambda one: (not one.is_unusual, -one.cases, one.actor_key))


def _reading(actor_key: int, reads: list[Read]) -> Reading:
    local = [(read, read.at.astimezone(clock.VIETNAM)) for read in reads]
    days = Counter(day for day, _ in {(at.date(), read.subject) for read, at in local})
    return Reading(
        actor_key=actor_key,
        cases=len({read.subject for read in reads}),
        busiest_day=max(days.values()),
        at_night=sum(at.hour >= NIGHT_BEGINS or at.hour < NIGHT_ENDS for _, at in local),
        on_days_off=sum(at.weekday() >= 5 and NIGHT_ENDS <= at.hour < NIGHT_BEGINS for _, at in local),
        outside_area=sum(read.is_outside_area for read in reads),
        own_family=len({read.subject for read in reads if read.is_own_family}),
    )
