"""Parts of the outreach bench, each a process of its own that prints one JSON object; see `main`."""

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import httpx

from bench.measure import percentile_ms, rss_mb

BARE = 2_000
NEW_MINUTE_S = 2.0
"""Seconds into a minute at which the rated part looks again."""


def plan(groups: int, people: int, warnings: int = 1, prefix: str = "nhom") -> float:
    """Approved warnings, their groups and the people who wrote lately, planned by the product; rows a second."""
    from tests.faults.outgoing import plan as plan_people

    from binhyen.core import clock
    from binhyen.groups.models import Group, GroupKind
    from binhyen.inbox.models import Delivery
    from binhyen.outreach.models import Post, PostState
    from binhyen.workflows.publishing import start_due_posts

    account, now = _page(), clock.now()
    ids = [f"{prefix}{number:06d}" for number in range(groups)]
    page = {"unit_id": account.unit_id, "account": account, "kind": GroupKind.GMF, "created_at": now}
    Group.objects.bulk_create((Group(name=one, external_id=one, **page) for one in ids), batch_size=2_000)
    if people:
        plan_people(account, people, first=1_000_000)
        Delivery.objects.all().delete()
    for number in range(warnings):
        Post.objects.create(
            unit_id=account.unit_id,
            kind="warning",
            title=f"Cảnh báo {number + 1}",
            what="Có người giả danh công an gọi điện.",
            channels=["gmf", "recent"] if people else ["gmf"],
            state=PostState.APPROVED,
            send_at=now,
            created_at=now,
            changed_at=now,
        )
    began = time.perf_counter()
    assert start_due_posts() == warnings
    return (groups * warnings + people) / (time.perf_counter() - began)


def _page() -> Any:
    """The page of this installation, with its tokens."""
    from binhyen.channels.applications import AppKeys, register_application
    from binhyen.channels.consent import connect_demo
    from binhyen.channels.models import Account

    account = Account.objects.select_related("application").get(connector="zalo_oa")
    keys = AppKeys("1000000000000000001", "AppSecretForTests01", "OaSecretKeyForTests01")
    register_application(account.unit_id, keys, actor_key=None)
    return connect_demo(Account.objects.select_related("application").get(pk=account.pk))


@dataclass
class Watched:
    """A way out that notes how long each call took."""

    way: Any
    durations_s: list[float] = field(default_factory=list)

    def send(self, outbound: Any, keys: Any) -> Any:
        """One call."""
        at = time.perf_counter()
        outcome = self.way.send(outbound, keys)
        self.durations_s.append(time.perf_counter() - at)
        return outcome


def send(durations_s: list[float] | None = None, each_round: Callable[[], None] = lambda: None) -> None:
    """What the senders of one worker do until nothing is due. Durations of the calls are added."""
    from binhyen.inbox.sending import BATCH as REPLIES_AT_ONCE
    from binhyen.inbox.sending import REPLIES, Sender
    from binhyen.outreach.sending import BATCH, POSTS

    stop = threading.Event()
    sources = [REPLIES, POSTS] if durations_s is None else [_watched(one, durations_s) for one in (REPLIES, POSTS)]
    with Sender(source=sources[0]) as replies, Sender(source=sources[1]) as posts:
        while replies.send_due(REPLIES_AT_ONCE, stop) or posts.send_due(BATCH, stop):
            each_round()


def _watched(source: Any, durations_s: list[float]) -> Any:
    def address(row: Any) -> Any:
        found = source.address(row)
        return (Watched(found[0], durations_s), found[1]) if isinstance(found, tuple) else found

    return replace(source, address=address)


def fast(groups: int, people: int) -> dict[str, Any]:
    """Everything planned goes out; memory is looked at after every batch."""
    plan_rows_per_s = plan(groups, people)
    durations_s: list[float] = []
    memory_mb: list[float] = []
    began, cpu = time.perf_counter(), time.process_time()
    send(durations_s, lambda: memory_mb.append(rss_mb(os.getpid())))
    elapsed_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    count = groups + people  # what the simulator did not get is counted as lost
    tenth = max(1, len(memory_mb) // 10)
    ceiling = bare(groups)
    return {
        "sends_per_s": round(count / elapsed_s),
        "ceiling_per_s": round(ceiling),
        "share_of_ceiling": round(count / elapsed_s / ceiling, 3),
        "sends_per_cpu_s": round(count / cpu_s),
        "p50_ms": percentile_ms(durations_s, 0.5),
        "p99_ms": percentile_ms(durations_s, 0.99),
        "rss_mb": max(memory_mb),
        "memory_growth_mb": round(max(memory_mb) - max(memory_mb[:tenth]), 1),
        "plan_rows_per_s": round(plan_rows_per_s),
    }


def bare(groups: int) -> float:
    """Posts a second of the same HTTP client with the same number of threads and nothing of the product."""
    from binhyen.channels.accounts import credentials_for
    from binhyen.channels.models import Account
    from binhyen.channels.zalo_oa.api import Answer, Deadline, call
    from binhyen.inbox.sending import THREADS

    keys = credentials_for(Account.objects.select_related("application").get(connector="zalo_oa"))
    url, headers = f"{keys['api_url']}/v3.0/oa/group/message", {"access_token": keys["access_token"]}

    def post(number: int) -> None:
        body = {"recipient": {"group_id": f"thu{number % groups:06d}"}, "message": {"text": "Cảnh báo"}}
        reply = call("POST", url, Deadline(9.0), headers=headers, json=body)
        assert isinstance(reply, Answer)
        assert reply.code == 0

    with ThreadPoolExecutor(THREADS) as pool:
        began = time.perf_counter()
        list(pool.map(post, range(BARE)))
        return BARE / (time.perf_counter() - began)


def finish() -> dict[str, Any]:
    """What another worker does a while after a sender died; which group and warning nobody knows of."""
    from binhyen.core import clock
    from binhyen.outreach.models import Sending, SendingState
    from binhyen.outreach.sending import LOST_AFTER, park_lost_posts

    with clock.at(clock.now() + LOST_AFTER + timedelta(seconds=1)):
        park_lost_posts()
    send()
    rows = Sending.objects.filter(state=SendingState.UNKNOWN).values_list("target_address", "post__title")
    return {"parked": [(address, title[-1]) for address, title in rows]}


def rated(groups: int, minutes: int) -> dict[str, Any]:
    """Posts accepted in each of several minutes of a limited app; the clocks of both sides are moved, nobody waits."""
    from binhyen.core import clock
    from binhyen.outreach.models import Sending, SendingState

    plan(groups, 0, prefix="nhip")
    url, ahead, real = os.environ["BINHYEN_ZALO_API_URL"], timedelta(), clock.now
    clock.now = lambda: real() + ahead
    accepted: list[int] = []
    for _ in range(minutes):
        step_s = 60 - clock.now().timestamp() % 60 + NEW_MINUTE_S
        httpx.post(f"{url}/_sim/clock", json={"advance_s": step_s}).raise_for_status()
        ahead += timedelta(seconds=step_s)
        send()
        accepted.append(Sending.objects.filter(state=SendingState.SENT).count() - sum(accepted))
    return {"accepted": accepted}


def main() -> None:
    """Run one part: `fast GROUPS PEOPLE`, `plan GROUPS WARNINGS`, `send`, `finish` or `rated GROUPS MINUTES`."""
    import django

    django.setup()
    match sys.argv[1:]:
        case ["fast", groups, people]:
            figures = fast(int(groups), int(people))
        case ["plan", groups, warnings]:
            figures = {"plan_rows_per_s": plan(int(groups), 0, int(warnings), prefix="giet")}
        case ["rated", groups, minutes]:
            figures = rated(int(groups), int(minutes))
        case ["finish"]:
            figures = finish()
        case _:
            send()
            figures = {}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
