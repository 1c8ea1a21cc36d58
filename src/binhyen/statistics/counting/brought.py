"""Figures from before this system, of which nothing but the total is known; each row names its source."""

from collections.abc import Iterator
from datetime import date

from binhyen.statistics.counting.counted import Counted
from binhyen.statistics.models import BroughtIn


def brought_in(day: date) -> Iterator[Counted]:
    """Whatever was brought in for that day, added to what the rooms counted."""
    for unit_id, code, count in BroughtIn.objects.filter(day=day).values_list("unit_id", "code", "count"):
        yield Counted(unit_id, code, count)
