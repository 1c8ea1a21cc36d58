"""HTTP to Zalo: shared connections, bounded in time and size; the answer says whether Zalo may have acted."""

import functools
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from json import dumps, loads
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore

ANSWER_LIMIT_BYTES = 1_000_000
CALL_LIMIT_S = 9.0
"""One call from connecting to the last byte."""
_MOST_CONNECTIONS = 128
_KEPT_FOR_S = 15.0

# Nothing left this machine, or not the whole request head: Zalo cannot have acted.
_BEFORE_SENDING = (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout, httpcore.ProxyError)
_TROUBLE = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)


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
def pool(scheme: str, host: str) -> httpcore.ConnectionPool:
    """The connections all threads share: they are kept open, TLS is set up once; a proxy of the environment is used.

    httpcore is what httpx itself calls; without httpx around it a call takes half the processor time.
    """
    import httpx  # loaded with the first call: it takes a tenth of a second

    address = None if proxy_bypass(host) else getproxies().get(scheme)
    return httpcore.ConnectionPool(
        ssl_context=httpx.create_ssl_context(),
        proxy=httpcore.Proxy(address) if address else None,
        max_connections=_MOST_CONNECTIONS,
        keepalive_expiry=_KEPT_FOR_S,
    )


# Two processes must never speak on one connection.
os.register_at_fork(after_in_child=pool.cache_clear)


def call(
    method: str,
    url: str,
    deadline: Deadline,
    *,
    headers: Mapping[str, str],
    params: Mapping[str, Any] | None = None,
    json: Any = None,
    files: Mapping[str, tuple[str, bytes, str]] | None = None,
) -> Reply:
    """Make one call: `params` go into the address, `json` or `files` (name, content, type) into the body.

    Never raises for network trouble.
    """
    left_s = min(deadline.left_s, CALL_LIMIT_S)
    if left_s < 1:
        return NotSent("no_time_left")
    ends = Deadline(left_s)
    short_s = min(4.0, left_s)
    timeout = {"connect": short_s, "pool": short_s, "read": left_s, "write": left_s}
    if params:
        url = f"{url}?{urlencode(params)}"
    kind, content = _body(json, files)
    head = {**headers, "accept": "application/json", "accept-encoding": "identity", **kind}
    parts = urlsplit(url)
    try:
        with pool(parts.scheme, parts.hostname or "").stream(
            method, url, headers=_encoded(head), content=content, extensions={"timeout": timeout}
        ) as response:
            body = _bounded(response, ends)
    except _BEFORE_SENDING as error:
        return NotSent(f"network_{type(error).__name__}")
    except _TROUBLE as error:
        return Lost(f"network_{type(error).__name__}")
    return _reply(response.status, _headers(response), body)


def _body(json: Any, files: Mapping[str, tuple[str, bytes, str]] | None) -> tuple[dict[str, str], bytes | None]:
    """Header of the content's kind, and the content."""
    if files:
        import httpx

        form = httpx.Request("POST", "https://form", files=files)
        return {"content-type": form.headers["content-type"]}, form.read()
    if json is None:
        return {}, None
    text = dumps(json, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return {"content-type": "application/json"}, text.encode()


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """As bytes: httpcore raises TypeError for letters beyond ASCII, and a spoilt token must be Zalo's to refuse."""
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _headers(response: httpcore.Response) -> dict[bytes, bytes]:
    return {name.lower(): value for name, value in response.headers}


def _bounded(response: httpcore.Response, ends: Deadline) -> bytes | None:
    body = b""
    for piece in response.iter_stream():
        body += piece
        if len(body) > ANSWER_LIMIT_BYTES or ends.left_s <= 0:
            return None
    return body


def _reply(status: int, headers: Mapping[bytes, bytes], body: bytes | None) -> Reply:
    if body is None:
        return Lost("answer_too_long")
    if status == HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Lost(f"http_{status}")
    if status >= HTTPStatus.MULTIPLE_CHOICES:
        return HttpRefusal(status)
    if headers.get(b"content-encoding", b"identity") != b"identity":
        return Lost("answer_encoding")
    try:
        found = loads(body)
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
        calls_left=_number(headers.get(b"x-ratelimit-remain", b"").decode("latin-1")),
        calls_a_minute=_number(headers.get(b"x-ratelimit-limit", b"").decode("latin-1")),
    )


def _number(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        return int(value)
    except ValueError:
        return None
