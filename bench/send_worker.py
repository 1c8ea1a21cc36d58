"""One sender process over planned deliveries, then bare posts of the same bodies; prints one JSON object."""

import argparse
import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import urllib3

from bench.measure import percentile_ms, rss_mb

BARE = 1_500


def send(account: Any, messages: int) -> dict[str, Any]:
    """Send everything that is planned."""
    from binhyen.inbox.models import Delivery, DeliveryState
    from binhyen.inbox.sending import BATCH, Sender

    stop, durations_s = threading.Event(), []
    with Sender() as sender:
        began = time.perf_counter()
        while True:
            at = time.perf_counter()
            if not sender.send_due(BATCH, stop, account.pk):
                break
            durations_s.append(time.perf_counter() - at)
        elapsed_s = time.perf_counter() - began
    others = Delivery.objects.exclude(state=DeliveryState.SENT)
    assert not others.exists(), list(others.values_list("state", "why", "attempts")[:20])
    return {
        "sends_per_s": round(messages / elapsed_s),
        "p50_ms": percentile_ms(durations_s, 0.5),
        "p99_ms": percentile_ms(durations_s, 0.99),
        "rss_mb": rss_mb(os.getpid()),
    }


def bare(account: Any, people: list[str]) -> float:
    """Posts a second of the same HTTP client with the same number of threads and nothing of the product."""
    from binhyen.channels.accounts import credentials_for
    from binhyen.inbox.sending import THREADS

    keys = credentials_for(account)
    url = f"{keys['api_url']}/v3.0/oa/message/cs"
    headers = {"access_token": keys["access_token"], "content-type": "application/json"}
    with urllib3.PoolManager(maxsize=THREADS) as pool, ThreadPoolExecutor(THREADS) as threads:

        def post(number: int) -> None:
            body = {
                "recipient": {"user_id": people[number % len(people)]},
                "message": {"text": f"số {number}"},
            }
            answer = pool.request("POST", url, headers=headers, body=json.dumps(body).encode(), retries=False)
            assert answer.json()["error"] == 0

        began = time.perf_counter()
        list(threads.map(post, range(BARE)))
        return BARE / (time.perf_counter() - began)


def main() -> None:
    """Plan, send, compare, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, required=True)
    parser.add_argument("--per-person", type=int, required=True)
    asked = parser.parse_args()
    import django

    django.setup()
    from tests.faults.outgoing import plan

    from binhyen.channels.applications import AppKeys, register_application
    from binhyen.channels.consent import connect_demo
    from binhyen.channels.models import Account

    account = Account.objects.select_related("application").get(connector="zalo_oa")
    keys = AppKeys("1000000000000000001", "AppSecretForTests01", "OaSecretKeyForTests01")
    register_application(account.unit_id, keys, actor_key=None)
    account = connect_demo(Account.objects.select_related("application").get(pk=account.pk))
    people = plan(account, asked.messages, asked.per_person, first=1_000_000)
    figures = send(account, asked.messages)
    figures["ceiling_per_s"] = round(bare(account, people))
    figures["share_of_ceiling"] = round(figures["sends_per_s"] / figures["ceiling_per_s"], 3)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
