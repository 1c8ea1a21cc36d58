"""The ceiling of the webhook door: the same server and the same durable append with group commit, and nothing else.

`python -m bench.bare --port P`: every POST body goes into one table with the same two indexes (a unique key, here the
hash of the body, and a lane), by the bare driver; concurrent requests share a commit; then 200. No signature, no
reading of the body, no counts, no addresses.
"""

import argparse
import asyncio
import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

Row = tuple[str, str, bytes]
Batch = list[tuple[bytes, "asyncio.Future[None]"]]


COLUMNS = "key TEXT, lane TEXT, body"
INDEXES = (
    "CREATE UNIQUE INDEX IF NOT EXISTS bare_key ON bare_call (key)",
    "CREATE INDEX IF NOT EXISTS bare_lane ON bare_call (lane, id)",
)


def row_of(body: bytes) -> Row:
    """Key, lane and body; keys and lanes as long and as scattered as the product's."""
    digest = hashlib.sha256(body).hexdigest()
    return f"{'p' * 16}:{digest}", f"{'p' * 16}:7{int(digest[:8], 16) % 5_000:018d}", body


def _sqlite() -> Callable[[list[Row]], None]:
    file = Path(os.environ["BINHYEN_DATA_DIR"]) / "bare.sqlite3"
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"CREATE TABLE IF NOT EXISTS bare_call (id INTEGER PRIMARY KEY, {COLUMNS} BLOB)")
    for index in INDEXES:
        connection.execute(index)

    def append(rows: list[Row]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO bare_call (key, lane, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows)
        connection.execute("COMMIT")

    return append


def _postgresql(url: str) -> Callable[[list[Row]], None]:
    connection = psycopg.connect(url, autocommit=True)
    connection.execute(
        "CREATE TABLE IF NOT EXISTS bare_call (id BIGSERIAL PRIMARY KEY, key TEXT, lane TEXT, body BYTEA)"
    )
    for index in INDEXES:
        connection.execute(index)

    def append(rows: list[Row]) -> None:
        connection.execute(
            "INSERT INTO bare_call (key, lane, body) SELECT * FROM unnest(%t::text[], %t::text[], %b::bytea[])"
            " ON CONFLICT DO NOTHING",
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


def main() -> None:
    """Serve with the same server and the same settings as the product."""
    import uvicorn

    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    uvicorn.run(
        Bare(),
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
    main()
