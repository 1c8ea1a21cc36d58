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


async def read_body(receive: Receive, headers: dict[str, str]) -> bytes:
    """The whole body. Raises TooLarge, Gone."""
    announced = headers.get("content-length", "")
    if announced.isdecimal() and (len(announced) > 12 or int(announced) > MOST_BODY_BYTES):
        raise TooLarge
    message = await _within(receive)
    body: bytes = _part(message)
    if not message.get("more_body", False):
        return body
    return await _read_rest(receive, body)


async def _read_rest(receive: Receive, first: bytes) -> bytes:
    deadline = asyncio.get_running_loop().time() + READ_WITHIN_S
    parts, size = [first], len(first)
    while True:
        message = await _within(receive, deadline)
        part = _part(message)
        parts.append(part)
        size += len(part)
        if size > MOST_BODY_BYTES:
            raise TooLarge
        if not message.get("more_body", False):
            return b"".join(parts)


async def _within(receive: Receive, deadline: float | None = None) -> Message:
    try:
        async with asyncio.timeout_at(deadline or asyncio.get_running_loop().time() + READ_WITHIN_S):
            return await receive()
    except TimeoutError as error:
        raise Gone from error


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
