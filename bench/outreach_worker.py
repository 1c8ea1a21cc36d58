"""Parts of the outreach bench, each a process of its own: `plan GROUPS PEOPLE`, `send SECONDS`, `park`, `left`."""

import json
import os
import sys
import threading
import time
from datetime import timedelta
from typing import Any

from bench.measure import rss_mb


def plan(groups: int, people: int) -> dict[str, Any]:
    """One approved warning, its groups and the people who wrote lately; planned by the product."""
    from tests.faults.outgoing import plan as plan_people

    from binhyen.channels.applications import AppKeys, register_application
    from binhyen.channels.consent import connect_demo
    from binhyen.channels.models import Account
    from binhyen.core import clock
    from binhyen.groups.models import Group, GroupKind
    from binhyen.inbox.models import Delivery
    from binhyen.outreach.models import Post, PostState
    from binhyen.workflows.publishing import start_due_posts

    account = Account.objects.select_related("application").get(connector="zalo_oa")
    keys = AppKeys("1000000000000000001", "AppSecretForTests01", "OaSecretKeyForTests01")
    register_application(account.unit_id, keys, actor_key=None)
    account = connect_demo(Account.objects.select_related("application").get(pk=account.pk))
    now = clock.now()
    Group.objects.bulk_create(
        (
            Group(
                unit_id=account.unit_id,
                account=account,
                kind=GroupKind.GMF,
                name=f"Nhóm {number}",
                external_id=f"nhom{number:06d}",
                created_at=now,
            )
            for number in range(groups)
        ),
        batch_size=2_000,
    )
    if people:
        plan_people(account, people, first=1_000_000)
        Delivery.objects.all().delete()
    Post.objects.create(
        unit_id=account.unit_id,
        kind="warning",
        title="Cảnh báo",
        what="Có người giả danh công an gọi điện.",
        channels=["gmf", "recent"] if people else ["gmf"],
        state=PostState.APPROVED,
        send_at=now,
        created_at=now,
        changed_at=now,
    )
    began = time.perf_counter()
    assert start_due_posts() == 1
    return {"plan_rows_per_s": round((groups + people) / (time.perf_counter() - began))}


def send(limit_s: float) -> dict[str, Any]:
    """What one sender process does until nothing is due or the time is over."""
    from binhyen.core import clock
    from binhyen.inbox.models import Delivery, DeliveryState
    from binhyen.inbox.sending import BATCH as REPLIES_AT_ONCE
    from binhyen.inbox.sending import Sender
    from binhyen.outreach.models import Sending, SendingState
    from binhyen.outreach.sending import BATCH, POSTS

    print("begins", flush=True)
    stop = threading.Event()
    start_mb = 0.0
    before = Sending.objects.filter(state=SendingState.SENT).count()
    first_minute = int(clock.now().timestamp()) // 60
    with Sender() as replies, Sender(source=POSTS) as posts:
        began = time.perf_counter()
        while time.perf_counter() - began < limit_s:
            count = replies.send_due(REPLIES_AT_ONCE, stop) or posts.send_due(BATCH, stop)
            start_mb = start_mb or rss_mb(os.getpid())
            if not count:
                if not _is_rated(limit_s):
                    break
                time.sleep(0.1)
        elapsed_s = time.perf_counter() - began
    sent = Sending.objects.filter(state=SendingState.SENT).count() - before
    sent += Delivery.objects.filter(state=DeliveryState.SENT).count()
    return {
        "sends_per_s": round(sent / elapsed_s),
        "rss_mb_start": round(start_mb, 1),
        "rss_mb_end": round(rss_mb(os.getpid()), 1),
        "minutes": int(clock.now().timestamp()) // 60 - first_minute + 1,
    }


def _is_rated(limit_s: float) -> bool:
    """A run with a time limit goes on when the minute is spent."""
    return limit_s < 60


def park() -> dict[str, Any]:
    """What a worker does a while after a sender died."""
    from binhyen.core import clock
    from binhyen.outreach.sending import LOST_AFTER, park_lost_posts

    with clock.at(clock.now() + LOST_AFTER + timedelta(seconds=1)):
        return {"parked": park_lost_posts()}


def left() -> dict[str, Any]:
    """Groups whose outcome is unknown."""
    from binhyen.outreach.models import Sending, SendingState

    rows = Sending.objects.filter(state=SendingState.UNKNOWN).values_list("target_address", flat=True)
    return {"parked": list(rows)}


def main() -> None:
    """Run one part and print its figures as the last line."""
    import django

    django.setup()
    match sys.argv[1:]:
        case ["plan", groups, people]:
            figures = plan(int(groups), int(people))
        case ["send", limit_s]:
            figures = send(float(limit_s))
        case ["park"]:
            figures = park()
        case _:
            figures = left()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
