"""The ceiling of sending a report: the same server, the same two requests, and only what any such service must do.

`python -m bench.bare_reports --port P`: the form is read; the photo is written to disk and synced; one slow hash of the
receipt (the cost of ADR 8, in a thread); two durable commits of the bare driver, for the file and for the report; every
answer is as long as a page. No templates, no sealing, no history, no clocks, no flood control.
"""

import asyncio
import itertools
import os
import secrets
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nacl.pwhash

from bench.bare import serve

PAGE = (
    b"<!doctype html>"
    + b" " * 9_000
    + (b'<input name="draft" value="x"><input name="sheet" value="x"><p class="code">')
)


class BareReports:
    """An ASGI application without a product."""

    def __init__(self) -> None:
        folder = Path(os.environ["BINHYEN_DATA_DIR"]) / "bare"
        folder.mkdir(exist_ok=True)
        self.folder, self.numbers = folder, itertools.count()
        self.threads, self.writer = ThreadPoolExecutor(4), ThreadPoolExecutor(1)
        self.connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None, check_same_thread=False)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.execute("CREATE TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY, body BLOB)")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Keep what was sent, answer with a page."""
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        if scope["method"] == "POST":
            await self._keep(body)
        headers = [(b"content-length", str(len(PAGE)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": PAGE})

    async def _keep(self, body: bytes) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self.threads, self._write, body)
        await loop.run_in_executor(self.threads, _slow_hash)
        for _ in range(2):
            await loop.run_in_executor(self.writer, self._commit, body[:500])

    def _write(self, content: bytes) -> None:
        descriptor = os.open(self.folder / f"{next(self.numbers)}", os.O_WRONLY | os.O_CREAT)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())

    def _commit(self, body: bytes) -> None:
        self.connection.execute("INSERT INTO kept (body) VALUES (?)", [body])


def _slow_hash() -> None:
    from binhyen.vault.receipts import ARGON2_MEMORY_BYTES, ARGON2_OPERATIONS

    salt = secrets.token_bytes(nacl.pwhash.argon2id.SALTBYTES)
    nacl.pwhash.argon2id.kdf(32, b"0" * 18, salt, opslimit=ARGON2_OPERATIONS, memlimit=ARGON2_MEMORY_BYTES)


if __name__ == "__main__":
    serve(BareReports())
