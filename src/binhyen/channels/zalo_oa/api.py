"""HTTP to Zalo: shared connections, bounded in time and size; the answer says whether Zalo may have acted."""

import functools
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from json import dumps, loads
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

from urllib3 import (
    HTTPConnectionPool,
    HTTPSConnectionPool,
    PoolManager,
    ProxyManager,
    Timeout,
    encode_multipart_formdata,
)
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

ANSWER_LIMIT_BYTES = 1_000_000
CALL_LIMIT_S = 9.0
"""One call from connecting to the last byte."""
_KEPT_CONNECTIONS = 128
_PIECE_BYTES = 65_536


class _NotConnected(Exception):
    """No connection came about: nothing left this machine, so Zalo cannot have acted."""


@contextmanager
def _connecting() -> Iterator[None]:
    try:
        yield
    except (OSError, HTTPError) as error:
        raise _NotConnected(type(error).__name__) from error


class _Connection(HTTPConnection):
    def connect(self) -> None:
        with _connecting():
            super().connect()


class _TlsConnection(HTTPSConnection):
    def connect(self) -> None:
        with _connecting():
            super().connect()


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


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
def connections(scheme: str, host: str) -> PoolManager:
    """The connections all threads share: they are kept open, TLS is set up once; a proxy of the environment is used.

    urllib3, since a call by it takes half the processor time of one by httpx or by httpcore, which read every answer
    in Python.
    """
    import httpx  # its list of authorities, as for all other calls; loaded with the first one

    address = None if proxy_bypass(host) else getproxies().get(scheme)
    kept: dict[str, Any] = {"maxsize": _KEPT_CONNECTIONS, "ssl_context": httpx.create_ssl_context(), "retries": False}
    manager = ProxyManager(address, **kept) if address else PoolManager(**kept)
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
    return manager


# Two processes must never speak on one connection.
os.register_at_fork(after_in_child=connections.cache_clear)


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
    if params:
        url = f"{url}?{urlencode(params)}"
    kind, content = _body(json, files)
    head = {**headers, "accept": "application/json", "accept-encoding": "identity", **kind}
    if not all(map(str.isprintable, head.values())):
        return NotSent("header")  # a line end in a token; the library's own error would show the token
    parts = urlsplit(url)
    try:
        response = connections(parts.scheme, parts.hostname or "").urlopen(
            method,
            url,
            body=content,
            headers=_encoded(head),
            timeout=Timeout(connect=min(4.0, left_s), read=left_s),
            redirect=False,
            preload_content=False,
        )
        body = _bounded(response, ends)
    except _NotConnected as error:
        return NotSent(f"network_{error}")
    except (OSError, HTTPError) as error:
        return Lost(f"network_{type(error).__name__}")
    return _reply(response.status, response.headers, body)


def _body(json: Any, files: Mapping[str, tuple[str, bytes, str]] | None) -> tuple[dict[str, str], bytes | None]:
    """Header of the content's kind, and the content."""
    if files:
        content, kind = encode_multipart_formdata(files)
        return {"content-type": kind}, content
    if json is None:
        return {}, None
    text = dumps(json, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return {"content-type": "application/json"}, text.encode()


def _encoded(headers: Mapping[str, str]) -> Mapping[str, Any]:
    """As bytes: the library takes no letters beyond Latin-1, and a spoilt token must be Zalo's to refuse."""
    return {name: value.encode() for name, value in headers.items()}


def _bounded(response: BaseHTTPResponse, ends: Deadline) -> bytes | None:
    """The whole answer, None when it is too long or drips in too slowly: then the connection is not kept."""
    body = b""
    while piece := response.read1(_PIECE_BYTES, decode_content=False):
        body += piece
        if len(body) > ANSWER_LIMIT_BYTES or ends.left_s <= 0:
            response.close()
            return None
    response.release_conn()
    return body


def _reply(status: int, headers: Mapping[str, str], body: bytes | None) -> Reply:
    if body is None:
        return Lost("answer_too_long")
    if status == HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Lost(f"http_{status}")
    if status >= HTTPStatus.MULTIPLE_CHOICES:
        return HttpRefusal(status)
    if headers.get("content-encoding", "identity") != "identity":
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
        calls_left=_number(headers.get("x-ratelimit-remain", "")),
        calls_a_minute=_number(headers.get("x-ratelimit-limit", "")),
    )


def _number(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        return int(value)
    except ValueError:
        return None
