"""The little HTTP the webhook door needs: read a body within limits, answer in one line."""

import asyncio
import functools
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MOST_BODY_BYTES = 1024 * 1024
"""A message of 100,000 characters written as \\u escapes still fits."""
READ_WITHIN_S = 10.0


class TooLarge(Exception):
    """The body is longer than `MOST_BODY_BYTES`."""


class Gone(Exception):
    """The caller went away or was too slow."""


class Patience:
    """Ends reads that take longer than `READ_WITHIN_S`, by one look a second instead of a timer for every call."""

    def __init__(self) -> None:
        self._reading: dict[asyncio.Task[None], float] = {}
        self._ended: set[asyncio.Task[None]] = set()

    async def watch(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(1)
            now = asyncio.get_running_loop().time()
            late = [task for task, started_at in self._reading.items() if now - started_at > READ_WITHIN_S]
            for task in late:
                self._ended.add(task)
                task.cancel()

    async def read_body(self, receive: Receive, headers: dict[str, str]) -> bytes:
        """The whole body. Raises TooLarge, Gone."""
        announced = headers.get("content-length", "")
        if announced.isdecimal() and (len(announced) > 12 or int(announced) > MOST_BODY_BYTES):
            raise TooLarge
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - an ASGI server calls us in a task
        self._reading[task] = asyncio.get_running_loop().time()
        try:
            return await _read_all(receive)
        except asyncio.CancelledError:
            if task not in self._ended:
                raise
            self._ended.discard(task)
            task.uncancel()
            raise Gone from None
        finally:
            del self._reading[task]


async def _read_all(receive: Receive) -> bytes:
    message = await receive()
    body = _part(message)
    if not message.get("more_body", False):
        return body
    parts, size = [body], len(body)
    while message.get("more_body", False):
        message = await receive()
        parts.append(_part(message))
        size += len(parts[-1])
        if size > MOST_BODY_BYTES:
            raise TooLarge
    return b"".join(parts)


def _part(message: Message) -> bytes:
    if message["type"] == "http.disconnect":
        raise Gone
    part: bytes = message.get("body", b"")
    if len(part) > MOST_BODY_BYTES:
        raise TooLarge
    return part


async def answer(send: Send, status: int, text: str = "", closes: bool = False) -> None:
    """Send a plain text answer; `closes` ends the connection, because its body was not read."""
    start, body = _messages(status, text, closes)
    await send(start)
    await send(body)


@functools.lru_cache(maxsize=64)
def _messages(status: int, text: str, closes: bool) -> tuple[Message, Message]:
    content = text.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(content)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
    ]
    headers += [(b"connection", b"close")] if closes else []
    headers += [(b"retry-after", b"30")] if status == 503 else []
    headers += [(b"allow", b"POST, GET, HEAD")] if status == 405 else []
    return (
        {"type": "http.response.start", "status": status, "headers": headers},
        {"type": "http.response.body", "body": content},
    )
