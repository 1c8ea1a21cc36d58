"""Pages, verified ones and followers."""

from collections.abc import Iterator
from datetime import date

from binhyen.channels.models import Account, PageCount
from binhyen.statistics.counting.counted import Counted


def page_levels(day: date) -> Iterator[Counted]:
    """`pages`, `verified_pages` and `followers`, by the latest count of each page up to the day."""
    latest: dict[int, tuple[int, bool]] = {}
    rows = PageCount.objects.filter(counted_on__lte=day).order_by("account_id", "counted_on", "id")
    for account_id, followers, is_verified in rows.values_list("account_id", "follower_count", "is_verified"):
        latest[account_id] = (followers, is_verified)
    for account_id, unit_id in Account.objects.filter(connector="zalo_oa").values_list("pk", "unit_id"):
        followers, is_verified = latest.get(account_id, (0, False))
        yield Counted(unit_id, "pages", 1)
        yield Counted(unit_id, "verified_pages", int(is_verified))
        yield Counted(unit_id, "followers", followers)
