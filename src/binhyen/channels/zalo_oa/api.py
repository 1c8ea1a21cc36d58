"""HTTP to Zalo: one shared client, bounded in time and size; the answer says whether Zalo may have acted."""

import functools
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

ANSWER_LIMIT_BYTES = 1_000_000
CALL_LIMIT_S = 9.0
"""One call from connecting to the last byte."""
_LIMITS = httpx.Limits(max_connections=128, max_keepalive_connections=128, keepalive_expiry=15)

# Nothing left this machine, or not the whole request head: Zalo cannot have acted.
_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


@dataclass(frozen=True, slots=True)
class Answer:
    """Zalo answered in its envelope; `code` 0 is success."""

    code: int
    message: str
    data: Mapping[str, Any] = field(repr=False)
    calls_left: int | None = None
    """From X-RateLimit-Remain: calls of the app left in this minute."""
    calls_a_minute: int | None = None
    """From X-RateLimit-Limit."""
    rows: Sequence[Any] = field(default=(), repr=False)
    """`data` of calls that answer a list."""


@dataclass(frozen=True, slots=True)
class NotSent:
    """The request did not reach Zalo."""

    why: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The request went out and no clear answer came back: Zalo may have acted."""

    why: str


@dataclass(frozen=True, slots=True)
class HttpRefusal:
    """Something before the API refused the request (proxy, firewall)."""

    status: int


Reply = Answer | NotSent | Lost | HttpRefusal


class Deadline:
    """The moment by which a whole send must be over."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    @property
    def left_s(self) -> float:
        """Seconds left, possibly negative."""
        return self._ends - time.monotonic()


@functools.cache
def client() -> httpx.Client:
    """The client all threads share: connections are kept open, TLS is set up once."""
    return httpx.Client(limits=_LIMITS, follow_redirects=False, headers={"accept-encoding": "identity"})


# Two processes must never speak on one connection.
os.register_at_fork(after_in_child=client.cache_clear)


def call(method: str, url: str, deadline: Deadline, **request: Any) -> Reply:
    """Make one call; `request` is what `httpx.Client.build_request` takes. Never raises for network trouble."""
    left_s = min(deadline.left_s, CALL_LIMIT_S)
    if left_s < 1:
        return NotSent("no_time_left")
    ends = Deadline(left_s)
    timeout = httpx.Timeout(left_s, connect=min(4.0, left_s), pool=min(4.0, left_s))
    try:
        with client().stream(method, url, timeout=timeout, **request) as response:
            body = _bounded(response, ends)
    except _BEFORE_SENDING as error:
        return NotSent(f"network_{type(error).__name__}")
    except httpx.TransportError as error:
        return Lost(f"network_{type(error).__name__}")
    except httpx.DecodingError:
        return Lost("answer_encoding")
    return _reply(response, body)


def _bounded(response: httpx.Response, ends: Deadline) -> bytes | None:
    body = b""
    for piece in response.iter_bytes():
        body += piece
        if len(body) > ANSWER_LIMIT_BYTES or ends.left_s <= 0:
            return None
    return body


def _reply(response: httpx.Response, body: bytes | None) -> Reply:
    status = response.status_code
    if body is None:
        return Lost("answer_too_long")
    if status == httpx.codes.REQUEST_TIMEOUT or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return Lost(f"http_{status}")
    if status >= httpx.codes.MULTIPLE_CHOICES:
        return HttpRefusal(status)
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return Lost("answer_not_json")
    code = _number(found.get("error")) if isinstance(found, dict) else None
    if code is None:
        return Lost("answer_shape")
    data = found.get("data")
    return Answer(
        code=code,
        message=str(found.get("message") or ""),
        data=data if isinstance(data, dict) else {},
        rows=data if isinstance(data, list) else (),
        calls_left=_number(response.headers.get("x-ratelimit-remain")),
        calls_a_minute=_number(response.headers.get("x-ratelimit-limit")),
    )


def _number(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        return int(value)
    except ValueError:
        return None
