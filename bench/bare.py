"""The ceiling of the webhook door: the same server and the same durable group commit, and nothing else.

`python -m bench.bare --port P`: every POST body goes into one table; concurrent requests share a commit; then 200.
"""

import argparse
import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

Batch = list[tuple[bytes, "asyncio.Future[None]"]]


def _sqlite() -> Callable[[list[bytes]], None]:
    file = Path(os.environ["BINHYEN_DATA_DIR"]) / "binhyen.sqlite3"
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS bare_call (id INTEGER PRIMARY KEY, body BLOB)")

    def append(bodies: list[bytes]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO bare_call (body) VALUES (?)", [(body,) for body in bodies])
        connection.execute("COMMIT")

    return append


def _postgresql(url: str) -> Callable[[list[bytes]], None]:
    connection = psycopg.connect(url, autocommit=True)
    connection.execute("CREATE TABLE IF NOT EXISTS bare_call (id BIGSERIAL PRIMARY KEY, body BYTEA)")

    def append(bodies: list[bytes]) -> None:
        connection.execute("INSERT INTO bare_call (body) SELECT unnest(%b::bytea[])", [bodies])

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
            self.append([body for body, _ in batch])
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
