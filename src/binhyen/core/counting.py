"""Daily counts of events that leave no other trace."""

from collections.abc import Mapping

from django.db.models import F

from binhyen.core import clock
from binhyen.core.models import DailyCount


def count(name: str, times: int = 1, unit_key: int = 0) -> None:
    """Add `times` to today's count of `name`; joins the caller's transaction."""
    add_counts({(unit_key, name): times})


def add_counts(counts: Mapping[tuple[int, str], int]) -> None:
    """Add several counts, keyed by (unit key or 0, name), in one statement per name."""
    day = clock.today()
    for (unit_key, name), times in sorted(counts.items()):
        DailyCount.objects.bulk_create([DailyCount(day=day, unit_key=unit_key, name=name[:100])], ignore_conflicts=True)
        DailyCount.objects.filter(day=day, unit_key=unit_key, name=name[:100]).update(count=F("count") + times)
