"""The ceiling of the webhook door: the same server and the same durable append with group commit, and nothing else.

`python -m bench.bare --port P`: every POST body goes, by the bare driver, into a table with the columns, the unique key
and the indexes of the product's own (a table with fewer would be another append); concurrent requests share a commit;
then 200. The key is the hash of the body. No signature, no reading of the body, no counts, no addresses.
"""

import argparse
import asyncio
import contextlib
import hashlib
import itertools
import os
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

Row = tuple[str, str, bytes]
Batch = list[tuple[bytes, "asyncio.Future[None]"]]


INSERT = (
    "INSERT INTO bare_call"
    " (queue, key, kind, lane, unit_key, body, state, attempts, run_at, leased_until, created_at, why) "
)
PRODUCT_TABLE = "jobs_jobrow"


def row_of(body: bytes) -> Row:
    """Key, lane and body; keys and lanes as long and as scattered as the product's."""
    digest = hashlib.sha256(body).hexdigest()
    return f"{'p' * 16}:{digest}", f"{'p' * 16}:7{int(digest[:8], 16) % 5_000:018d}", body


def _sqlite() -> Callable[[list[Row]], None]:
    folder = Path(os.environ["BINHYEN_DATA_DIR"])
    connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    for statement in _schema(folder / "binhyen.sqlite3"):
        connection.execute(statement)

    def append(rows: list[Row]) -> None:
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
        values = f"('intake', ?, 'call.zalo_oa', ?, 1, ?, 'waiting', 0, '{now}', NULL, '{now}', '')"
        statement = f"{INSERT}VALUES {', '.join([values] * len(rows))} ON CONFLICT DO NOTHING"
        connection.execute(statement, list(itertools.chain.from_iterable(rows)))

    return append


def _schema(product: Path) -> list[str]:
    """Statements that make the product's table and its indexes under other names."""
    with contextlib.closing(sqlite3.connect(product)) as connection:
        found = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC",
            [PRODUCT_TABLE],
        ).fetchall()
    return [
        sql.replace(f'"{name}"', f'"bare_{name}"')
        .replace(f'"{PRODUCT_TABLE}"', '"bare_call"')
        .replace('"bare_jobs_jobrow"', '"bare_call"')
        for name, sql in found
    ]


def _postgresql(url: str) -> Callable[[list[Row]], None]:
    connection = psycopg.connect(url, autocommit=True)
    connection.execute(f"CREATE TABLE IF NOT EXISTS bare_call (LIKE {PRODUCT_TABLE} INCLUDING ALL)")

    def append(rows: list[Row]) -> None:
        connection.execute(
            INSERT + "SELECT 'intake', key, 'call.zalo_oa', lane, 1, body, 'waiting', 0, now(), NULL, now(), ''"
            " FROM unnest(%b::text[], %b::text[], %b::bytea[]) AS new (key, lane, body) ON CONFLICT DO NOTHING",
            [*map(list, zip(*rows, strict=True))],
        )

    return append


class Bare:
    """An ASGI application without a product."""

    def __init__(self) -> None:
        url = os.environ["BINHYEN_DATABASE"]
        self.append = _sqlite() if url == "sqlite" else _postgresql(url)
        self.wake = threading.Condition()
        self.waiting: Batch = []
        self.loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Keep the body, answer 200."""
        if self.loop is None:
            self.loop = asyncio.get_running_loop()
            threading.Thread(target=self.run, daemon=True).start()
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        if scope["method"] == "POST":
            future = self.loop.create_future()
            with self.wake:
                self.waiting.append((body, future))
                self.wake.notify()
            await future
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})

    def run(self) -> None:
        """Commit whatever has gathered."""
        assert self.loop is not None
        while True:
            with self.wake:
                while not self.waiting:
                    self.wake.wait()
                batch, self.waiting = self.waiting, []
            self.append([row_of(body) for body, _ in batch])
            self.loop.call_soon_threadsafe(_answer, batch)


def _answer(batch: Batch) -> None:
    for _, future in batch:
        if not future.done():
            future.set_result(None)


def serve(application: Any) -> None:
    """Serve on `--port` with the same server and the same settings as the product."""
    import uvicorn

    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    uvicorn.run(
        application,
        port=parser.parse_args().port,
        http="httptools",
        loop="uvloop",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=True,
    )


if __name__ == "__main__":
    serve(Bare())
