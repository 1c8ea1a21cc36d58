"""Fetches an attachment a resident sent, from the platform's media hosts only (G47)."""

import ipaddress
import re
import socket
import time
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from binhyen.channels.connector import MediaKind
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.vault.media_types import MOST_BYTES, recognise

FETCHED_KINDS = frozenset({MediaKind.IMAGE, MediaKind.GIF, MediaKind.AUDIO, MediaKind.VIDEO, MediaKind.FILE})
"""Links, stickers, cards and places are shown as text and never fetched."""
MOST_REDIRECTS = 3
TOTAL_LIMIT_S = 30.0
_STEP_LIMIT_S = 10.0
_LOOPBACK_MODES = ("demo", "test")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
_TUNNELS = tuple(ipaddress.ip_network(one) for one in ("64:ff9b::/32", "2001::/32", "2002::/16"))
"""IPv6 ranges that carry an IPv4 address inside, which may be a private one."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it came; `content_type` is by content."""

    content: bytes = field(repr=False)
    content_type: str


@dataclass(frozen=True, slots=True)
class _Target:
    """An address that passed the checks, with the machine it was resolved to: it is not resolved a second time."""

    url: SplitResult
    host: str
    machine: str


def fetch(url: str) -> Fetched:
    """The file behind an address.

    Raises NotPossible, for good: "media_address" (not an allowed host, scheme or machine), "media_redirects",
    "media_gone" (4xx), and what `media_types.recognise` raises. Raises TryAgain for passing trouble.
    """
    ends = time.monotonic() + TOTAL_LIMIT_S
    for _ in range(MOST_REDIRECTS + 1):
        found = _step(_checked(url), ends)
        if isinstance(found, bytes):
            return Fetched(found, recognise(found))
        url = urljoin(url, found)
    raise NotPossible("media_redirects")


def is_allowed_host(host: str, allowed: tuple[str, ...]) -> bool:
    """Whether a host is on the list; "*.zdn.vn" stands for every host below zdn.vn."""
    host = host.lower().rstrip(".")
    return any(fnmatchcase(host, pattern.lower()) for pattern in allowed)


def _checked(url: str) -> _Target:
    settings = configuration()
    may_loop = settings.mode in _LOOPBACK_MODES
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise NotPossible("media_address") from None
    is_scheme_right = parts.scheme == "https" or (may_loop and parts.scheme == "http")
    is_plain = parts.username is None and parts.password is None and _HOST.fullmatch(host) is not None
    if not is_scheme_right or not is_plain or not is_allowed_host(host, settings.media_hosts):
        raise NotPossible("media_address")
    if port not in (None, 443) and not may_loop:
        raise NotPossible("media_address")
    return _Target(parts, host, _machine(host, port or (443 if parts.scheme == "https" else 80), may_loop=may_loop))


def _machine(host: str, port: int, *, may_loop: bool) -> str:
    """One public address of the host; a name that points anywhere inside is refused whole."""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise TryAgain("media_host_unknown", 60) from None
    addresses = sorted((ipaddress.ip_address(one) for one in found), key=lambda address: address.version)
    for address in addresses:
        if not (_is_public(address) or (may_loop and address.is_loopback)):
            raise NotPossible("media_address")
    return str(addresses[0])


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    plain = getattr(address, "ipv4_mapped", None) or address
    is_tunnel = any(plain in network for network in _TUNNELS)
    return plain.is_global and not plain.is_multicast and not plain.is_reserved and not is_tunnel


def _step(target: _Target, ends: float) -> bytes | str:
    """The content, or the next address."""
    machine = f"[{target.machine}]" if ":" in target.machine else target.machine
    port = f":{target.url.port}" if target.url.port else ""
    address = target.url._replace(netloc=machine + port, fragment="").geturl()
    headers = {"host": target.host + port, "accept-encoding": "identity", "user-agent": "binhyen"}
    try:
        # The certificate is checked against the name, while the connection goes to the machine that was checked.
        with (
            httpx.Client(trust_env=False, timeout=_STEP_LIMIT_S, follow_redirects=False) as client,
            client.stream("GET", address, headers=headers, extensions={"sni_hostname": target.host}) as response,
        ):
            return _read(response, ends)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise TryAgain(f"media_{type(error).__name__}", 30) from None


def _read(response: httpx.Response, ends: float) -> bytes | str:
    if response.is_redirect:
        return response.headers["location"]
    if response.is_client_error:
        raise NotPossible("media_gone")
    if not response.is_success:
        raise TryAgain("media_host_failed", 60)
    announced = response.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > MOST_BYTES:
        raise NotPossible("media_too_large", limit_mb=MOST_BYTES // (1024 * 1024))
    content = bytearray()
    for piece in response.iter_raw(64 * 1024):
        content += piece
        if len(content) > MOST_BYTES:
            raise NotPossible("media_too_large", limit_mb=MOST_BYTES // (1024 * 1024))
        if time.monotonic() > ends:
            raise TryAgain("media_too_slow", 120)
    return bytes(content)
