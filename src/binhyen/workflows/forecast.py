"""What a post would meet if it were approved now: the time it leaves, followers, broadcasts used, packages that end."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from binhyen.channels.models import PageCount
from binhyen.core import clock
from binhyen.core.clock import VIETNAM
from binhyen.groups.models import Group, GroupKind, GroupState
from binhyen.outreach.models import Channel, Post, Sending, SendingState
from binhyen.outreach.queries import other_times
from binhyen.outreach.rules import after_night, is_night, send_time
from binhyen.workflows.publishing import Audience

SOON = timedelta(days=30)
"""Packages that end so soon after the post are named."""
A_MONTH = (1, 6)
"""Broadcasts a follower may get in a month, by the page's package; at most one a day (zalo section 4).

No call tells how many are left, and Zalo has not said what the packages of 2026 allow: what we sent is what we know.
"""


@dataclass(frozen=True, slots=True)
class Followers:
    """How many follow a page, and the day it was counted; None where it never was."""

    page: str
    count: int | None
    counted_on: date | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """Everything the second officer should know besides the words."""

    send_at: datetime
    reason: str
    """Why not at once: urgent (it does), window, wanted, night or calm."""
    broadcast_at: datetime
    """Zalo takes broadcasts from 06:00 to 21:59 only, urgent ones too."""
    followers: list[Followers]
    broadcasts_today: int
    broadcasts_this_month: int
    ending: list[Group]
    """Groups whose package ends before the post or soon after."""
    lapsed: list[Group]
    """Groups of the page that cannot be written to: their package has ended."""


def forecast_of(post: Post, audience: Audience) -> Forecast:
    """The forecast at this moment, in four queries. Not needed for deciding: nothing is refused here."""
    now = clock.now()
    others = other_times(post, now) if post.corrects_id is None else []
    send_at = send_time(now, post.wanted_at, others, is_urgent=post.is_urgent)
    today, month = _broadcasts(post.unit_id, now)
    ends = send_at.astimezone(VIETNAM).date() + SOON
    return Forecast(
        send_at=send_at,
        reason=_reason(post, now, send_at, others),
        broadcast_at=after_night(send_at),
        followers=_followers(audience),
        broadcasts_today=today,
        broadcasts_this_month=month,
        ending=[group for group in audience.gmf if group.package_until and group.package_until <= ends],
        lapsed=_lapsed(post),
    )


def _reason(post: Post, now: datetime, send_at: datetime, others: list[datetime]) -> str:
    if post.is_urgent:
        return "urgent"
    without_calm = send_time(now, post.wanted_at, [], is_urgent=False)
    if others and send_at != without_calm:
        return "calm"
    if is_night(max(now, post.wanted_at or now)) or is_night(send_at - timedelta(seconds=1)):
        return "night"
    return "wanted" if post.wanted_at and post.wanted_at > now else "window"


def _followers(audience: Audience) -> list[Followers]:
    """The latest count of each page."""
    rows = PageCount.objects.filter(account__in=audience.pages).order_by("account_id", "counted_on")
    latest = {row.account_id: row for row in rows}
    return [
        Followers(page.name, found.follower_count if found else None, found.counted_on if found else None)
        for page in audience.pages
        for found in [latest.get(page.pk)]
    ]


def _broadcasts(unit_id: int, now: datetime) -> tuple[int, int]:
    """Broadcasts of the unit's pages today and in this calendar month; an unknown outcome counts as sent."""
    here = now.astimezone(VIETNAM)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Sending.objects.filter(
        unit_id=unit_id,
        channel=Channel.BROADCAST,
        state__in=[SendingState.SENT, SendingState.UNKNOWN],
        finished_at__gte=midnight.replace(day=1),
    )
    times = list(rows.values_list("finished_at", flat=True))
    return sum(at >= midnight for at in times if at), len(times)


def _lapsed(post: Post) -> list[Group]:
    rows = Group.objects.filter(unit_id=post.unit_id, kind=GroupKind.GMF, state=GroupState.DISABLED)
    return list(rows.order_by("name"))
