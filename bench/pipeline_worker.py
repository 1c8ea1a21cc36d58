"""One worker over stored calls, turn by turn with the bare inserts of what it wrote; prints one JSON object.

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

from bench.intake_worker import BATCH, Lanes
from bench.load import APP_ID, PAGE_ID
from bench.measure import percentile_ms, rss_mb

PEOPLE = 4_000
TURN = 15 * BATCH
"""Messages after which the lanes wait for each other and the ceiling catches up."""
TABLES = ("inbox_contact", "inbox_conversation", "inbox_message", "inbox_delivery")


def bodies(count: int, people: int = PEOPLE) -> Iterator[bytes]:
    """Calls of residents who write the messages the model was developed with, in everyday styles."""
    source = resources.files("binhyen.data") / "messages" / "development.jsonl"
    texts = [json.loads(line)["text"] for line in source.read_text(encoding="utf8").splitlines()]
    now_ms = int(time.time() * 1000)
    for number, text in zip(range(count), itertools.cycle(texts)):
        event = {
            "app_id": APP_ID,
            "sender": {"id": f"7{number * 7919 % people:018d}"},
            "recipient": {"id": PAGE_ID},
            "event_name": "user_send_text",
            "message": {"text": text, "msg_id": f"{number:020x}"},
            "timestamp": str(now_ms),
        }
        yield json.dumps(event, ensure_ascii=False).encode()


def store(count: int, people: int = PEOPLE) -> None:
    """Put calls of so many people, in turn, into the intake queue as the webhook door does."""
    from binhyen.channels.models import Account
    from binhyen.channels.registry import connector_for
    from binhyen.jobs.contract import NewJob
    from binhyen.jobs.queue import job_queue

    account = Account.objects.get(connector="zalo_oa")
    jobs = []
    for body in bodies(count, people):
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


def work(count: int, ceiling: "Ceiling") -> dict[str, Any]:
    """Work everything that is stored, and let the ceiling insert the same rows after every `TURN` messages.

    Memory is read after the first 30 in 100 and at the end.
    """
    from binhyen.workflows.worker import ready_understander

    lanes = Lanes(ready_understander())
    early_mb, elapsed_s, cpu_s = 0.0, 0.0, 0.0
    while lanes.messages < count:
        at, cpu_at, before = time.perf_counter(), time.process_time(), lanes.messages
        lanes.work(TURN)
        elapsed_s += time.perf_counter() - at
        cpu_s += time.process_time() - cpu_at
        assert lanes.messages > before, f"{lanes.messages} of {count} messages were worked"
        ceiling.catch_up(lanes.messages)
        if not early_mb and lanes.messages >= count * 0.3:
            early_mb = rss_mb(os.getpid())
    lanes.end()
    assert lanes.messages == count, (lanes.messages, count)
    late_mb = rss_mb(os.getpid())
    return {
        "messages": count,
        "messages_per_s": round(count / elapsed_s),
        "cpu_ms_per_message": round(cpu_s / count * 1000, 3),
        "p50_ms": percentile_ms(lanes.durations_s, 0.5),
        "p99_ms": percentile_ms(lanes.durations_s, 0.99),
        "rss_mb": late_mb,
        "memory_growth_mb": round(late_mb - early_mb, 1),
    }


class Ceiling:
    """The bare engine: the very rows that the worker wrote, inserted again batch by batch, and nothing else.

    Same connection and durability, one transaction for a batch, one statement for a table; the tables have the same
    columns, indexes and foreign keys. It takes turns with the worker, so that a machine that gets busier slows both.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self.messages = 0
        self._last_ids = dict.fromkeys(TABLES, 0)
        for table in TABLES:
            _copy_table(table)

    @property
    def per_s(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds

    def catch_up(self, worked: int) -> None:
        """Insert what was written since the last turn; `worked` messages are stored by now."""
        from django.db import connection, transaction

        batches = -(-(worked - self.messages) // BATCH)
        rows = {table: self._new_rows(table) for table in TABLES}
        for number in range(batches):
            parts = {
                f"bare_{table}": of[len(of) * number // batches : len(of) * (number + 1) // batches]
                for table, of in rows.items()
            }
            began = time.perf_counter()
            with transaction.atomic(), connection.cursor() as cursor:
                for table, part in parts.items():
                    if part:
                        marks = f"({', '.join(['%s'] * len(part[0]))})"
                        values = list(itertools.chain.from_iterable(part))
                        cursor.execute(f"INSERT INTO {table} VALUES {', '.join([marks] * len(part))}", values)
            self.seconds += time.perf_counter() - began
        self.messages = worked

    def _new_rows(self, table: str) -> list[tuple[Any, ...]]:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} WHERE id > %s ORDER BY id", [self._last_ids[table]])
            rows = [_plain(row) for row in cursor.fetchall()]
        if rows:
            self._last_ids[table] = rows[-1][0]
        return rows


def _copy_table(table: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass",
                [table],
            )
            for (foreign_key,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE bare_{table} ADD {foreign_key}")
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
    ceiling = Ceiling()
    figures = work(count, ceiling)
    figures["ceiling_per_s"] = round(ceiling.per_s)
    figures["share_of_ceiling"] = round(figures["messages_per_s"] / figures["ceiling_per_s"], 3)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
