"""One worker over stored calls, then the bare inserts of what it wrote; prints one JSON object.

`python -m bench.pipeline_worker --messages 12000`, in the environment of an installation.
"""

import argparse
import itertools
import json
import os
import time
from collections.abc import Iterator
from importlib import resources
from typing import Any

from bench.load import APP_ID, PAGE_ID
from bench.measure import percentile_ms, rss_mb

PEOPLE = 4_000
BATCH = 200
SAMPLE = 8_000
"""Messages whose rows are inserted again for the ceiling."""
TABLES = ("inbox_contact", "inbox_conversation", "inbox_message", "inbox_delivery")


def bodies(count: int) -> Iterator[bytes]:
    """Calls of residents who write the messages the model was developed with, in everyday styles."""
    source = resources.files("binhyen.data") / "messages" / "development.jsonl"
    texts = [json.loads(line)["text"] for line in source.read_text(encoding="utf8").splitlines()]
    now_ms = int(time.time() * 1000)
    for number, text in zip(range(count), itertools.cycle(texts)):
        event = {
            "app_id": APP_ID,
            "sender": {"id": f"7{number * 7919 % PEOPLE:018d}"},
            "recipient": {"id": PAGE_ID},
            "event_name": "user_send_text",
            "message": {"text": text, "msg_id": f"{number:020x}"},
            "timestamp": str(now_ms),
        }
        yield json.dumps(event, ensure_ascii=False).encode()


def store(count: int) -> None:
    """Put the calls into the intake queue as the webhook door does."""
    from binhyen.channels.models import Account
    from binhyen.channels.registry import connector_for
    from binhyen.jobs.contract import NewJob
    from binhyen.jobs.queue import job_queue

    account = Account.objects.get(connector="zalo_oa")
    jobs = []
    for body in bodies(count):
        found = connector_for("zalo_oa").identify(body)
        assert found is not None
        jobs.append(
            NewJob(
                queue="intake",
                kind="call.zalo_oa",
                body=body,
                key=f"{account.public_id}:{found.key}",
                lane=f"{account.public_id}:{found.lane}",
                unit_key=account.unit_id,
            )
        )
    for start in range(0, count, 2_000):
        job_queue().append(jobs[start : start + 2_000])


def work(count: int) -> dict[str, Any]:
    """Work everything that is stored; memory is read after the first tenth and at the end."""
    from binhyen.core.memory import settle
    from binhyen.procedures.queries import catalogue
    from binhyen.workflows.intake import work_intake
    from binhyen.workflows.training import trained_understander

    understander = trained_understander()
    catalogue()
    settle()
    durations_s: list[float] = []
    worked, early_mb, began, cpu_began = 0, 0.0, time.perf_counter(), time.process_time()
    while True:
        at = time.perf_counter()
        taken = work_intake(BATCH, understander)
        if not taken:
            break
        durations_s.append(time.perf_counter() - at)
        worked += taken
        if not early_mb and worked >= count * 0.3:
            early_mb = rss_mb(os.getpid())
    elapsed_s = time.perf_counter() - began
    cpu_s = time.process_time() - cpu_began
    assert worked == count, (worked, count)
    late_mb = rss_mb(os.getpid())
    return {
        "messages": worked,
        "messages_per_s": round(worked / elapsed_s),
        "cpu_ms_per_message": round(cpu_s / worked * 1000, 3),
        "p50_ms": percentile_ms(durations_s, 0.5),
        "p99_ms": percentile_ms(durations_s, 0.99),
        "rss_mb": late_mb,
        "memory_growth_mb": round(late_mb - early_mb, 1),
    }


def ceiling(messages: int) -> float:
    """Messages a second when the very rows that were written are inserted again, batch by batch, and nothing else.

    The bare tables have the same columns and indexes as the product's.
    """
    from django.db import connection, transaction

    work = [(f"bare_{table}", _rows_of(table)) for table in TABLES]
    for table in TABLES:
        _copy_table(table)
    sampled = min(messages, SAMPLE)
    rounds = max(1, sampled // BATCH)
    began = time.perf_counter()
    for number in range(rounds):
        with transaction.atomic(), connection.cursor() as cursor:
            for table, rows in work:
                part = rows[len(rows) * number // rounds : len(rows) * (number + 1) // rounds]
                marks = f"({', '.join(['%s'] * len(rows[0]))})"
                values = [value for row in part for value in row]
                if part:
                    cursor.execute(f"INSERT INTO {table} VALUES {', '.join([marks] * len(part))}", values)
    return sampled / (time.perf_counter() - began)


def _rows_of(table: str) -> list[tuple[Any, ...]]:
    """What the worker wrote for the first `SAMPLE` messages."""
    from django.db import connection

    first = "(SELECT id FROM inbox_message WHERE direction = 'inbound' ORDER BY id LIMIT %s)"
    which = {
        "inbox_contact": f"id IN (SELECT contact_id FROM inbox_conversation WHERE id IN "
        f"(SELECT conversation_id FROM inbox_message WHERE id IN {first}))",
        "inbox_conversation": f"id IN (SELECT conversation_id FROM inbox_message WHERE id IN {first})",
        "inbox_message": f"id IN {first} OR answers_id IN {first}",
        "inbox_delivery": f"message_id IN (SELECT id FROM inbox_message WHERE answers_id IN {first})",
    }[table]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {which} ORDER BY id", [SAMPLE] * which.count("%s"))
        return [_plain(row) for row in cursor.fetchall()]


def _copy_table(table: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [table])
        for name, sql in sorted(cursor.fetchall(), key=lambda row: row[0] != table):
            cursor.execute(sql.replace(f'"{name}"', f'"bare_{name}"', 1).replace(f'ON "{table}"', f'ON "bare_{table}"'))


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(json.dumps(value) if isinstance(value, list | dict) else value for value in row)


def main() -> None:
    """Store, work, compare, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, required=True)
    count = parser.parse_args().messages
    import django

    django.setup()
    store(count)
    figures = work(count)
    figures["ceiling_per_s"] = round(ceiling(count))
    figures["share_of_ceiling"] = round(figures["messages_per_s"] / figures["ceiling_per_s"], 3)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
