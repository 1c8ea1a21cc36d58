"""Watches what arrives for reports of one event: suggests pairs, and lets a swarm ring within seconds."""

from datetime import datetime, timedelta

from binhyen.cases.incidents import swarms
from binhyen.cases.incidents.comparing import compare_waiting
from binhyen.core import clock

OVERLAP = timedelta(seconds=30)
"""A message becomes readable a moment after its time of arrival, so each look goes back so far."""


class ArrivalWatch:
    """One per worker; remembers only until when it has looked."""

    def __init__(self) -> None:
        self._looked_until: datetime | None = None

    def look(self) -> int:
        """Compare what came since the last look; the number of new swarms. Done every two seconds (10 s at most)."""
        now = clock.now()
        since = self._looked_until or now - swarms.WINDOW
        fresh = compare_waiting()
        units = {case.unit_id for case in fresh} | swarms.units_with_messages(since)
        found = sum(swarms.look_for_swarms(unit_id) for unit_id in sorted(units))
        self._looked_until = now - OVERLAP
        return found
