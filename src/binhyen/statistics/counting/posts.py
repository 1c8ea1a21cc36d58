"""Posts, their views and shares: numbers about posts, never about who looked."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, QuerySet

from binhyen.outreach.models import Figure, Post
from binhyen.statistics.counting.counted import Counted, bounds

MEASURES = ("views", "shares")


def published(day: date) -> Iterator[Counted]:
    """`posts`: those that first went out on that day."""
    start, end = bounds(day)
    rows = Post.objects.filter(published_at__gte=start, published_at__lt=end, is_cancellation=False)
    for unit_id, count in rows.values_list("unit_id").annotate(n=Count("id")).order_by():
        yield Counted(unit_id, "posts", count)


def reach(day: date) -> Iterator[Counted]:
    """`views` and `shares`: the latest count of each post and channel less the latest one before the day.

    A count that was read off wrongly is taken back on the day of the next one, so that longer periods stay exact.
    """
    start, end = bounds(day)
    today = Figure.objects.filter(at__gte=start, at__lt=end, measure__in=MEASURES)
    now = _latest(today.order_by("at", "id"))
    posts = {post_id for _, post_id, _, _ in now}
    before = _latest(Figure.objects.filter(post__in=posts, at__lt=start, measure__in=MEASURES).order_by("at", "id"))
    for key, value in now.items():
        unit_id, _, _, measure = key
        yield Counted(unit_id, measure, value - before.get(key, 0))


def _latest(rows: QuerySet[Figure]) -> dict[tuple[int, int, str, str], int]:
    columns = ("post__unit_id", "post_id", "channel", "measure", "value")
    return {(unit, post, channel, measure): value for unit, post, channel, measure, value in rows.values_list(*columns)}
