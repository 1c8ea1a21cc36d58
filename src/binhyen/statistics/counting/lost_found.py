"""Lost and found: what went back, and after how long."""

from collections.abc import Iterator
from datetime import date

from binhyen.lost_found.models import HandOver
from binhyen.statistics.counting.counted import Counted, bounds
from binhyen.statistics.spreads import bucket_of


def returned(day: date) -> Iterator[Counted]:
    """`found_returned` and the spread `return_time`: hand-overs whose record was signed on that day."""
    start, end = bounds(day)
    rows = HandOver.objects.filter(done_at__gte=start, done_at__lt=end)
    for unit_id, received_at, done_at in rows.values_list("record__unit_id", "record__received_at", "done_at"):
        if done_at is not None:
            yield Counted(unit_id, "found_returned", 1)
            yield Counted(unit_id, "return_time", 1, bucket_of((done_at - received_at).total_seconds() / 60))
