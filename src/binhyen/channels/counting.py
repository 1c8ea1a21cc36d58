"""Asks Zalo once a day how many follow each page and whether it is verified (zalo section 3.8)."""

import logging

from binhyen.channels.accounts import credentials_for
from binhyen.channels.models import Account, AccountState, PageCount, PageCountSource
from binhyen.channels.zalo_oa.profile import PageInfo, page_info
from binhyen.core import clock
from binhyen.core.errors import BinhYenError

MOST_AT_ONCE = 50
_log = logging.getLogger(__name__)


def count_pages() -> int:
    """Count up to `MOST_AT_ONCE` pages that have no figure of today yet; the number counted."""
    today = clock.today()
    pages = Account.objects.filter(connector="zalo_oa", state=AccountState.ACTIVE).exclude(sealed_tokens=b"")
    counted = 0
    for page in pages.exclude(counts__counted_on=today).order_by("pk")[:MOST_AT_ONCE]:
        info = _asked(page)
        if info is None or info.follower_count is None:
            continue
        PageCount.objects.update_or_create(
            account=page,
            counted_on=today,
            defaults={
                "follower_count": info.follower_count,
                "is_verified": info.is_verified,
                "source": PageCountSource.API,
                "created_at": clock.now(),
            },
        )
        counted += 1
    return counted


def _asked(page: Account) -> PageInfo | None:
    try:
        answer = page_info(credentials_for(page))
    except BinhYenError as error:
        _log.info("Page %s was not counted: %s", page.public_id, type(error).__name__)
        return None
    return answer if isinstance(answer, PageInfo) else None
