"""Fetches an attachment a resident sent, from the platform's media hosts only (G47)."""

import time
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx

from binhyen.channels.connector import MediaKind
from binhyen.core.authorities import trusted_authorities
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.core.outgoing_address import OutgoingAddress, check_outgoing_address
from binhyen.vault.media_types import MOST_BYTES, recognise

FETCHED_KINDS = frozenset({MediaKind.IMAGE, MediaKind.GIF, MediaKind.AUDIO, MediaKind.VIDEO, MediaKind.FILE})
"""Links, stickers, cards and places are shown as text and never fetched."""
MOST_REDIRECTS = 3
TOTAL_LIMIT_S = 30.0
_STEP_LIMIT_S = 10.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it came; `content_type` is by content."""

    content: bytes = field(repr=False)
    content_type: str


def fetch(url: str) -> Fetched:
    """The file behind an address.

    Raises NotPossible, for good: "media_address" (not an allowed host, scheme or machine), "media_redirects",
    "media_gone" (4xx), and what `media_types.recognise` raises. Raises TryAgain for passing trouble.
    """
    ends = time.monotonic() + TOTAL_LIMIT_S
    for _ in range(MOST_REDIRECTS + 1):
        found = _step(check_outgoing_address(url, configuration().media_hosts, "media_address"), ends)
        if isinstance(found, bytes):
            return Fetched(found, recognise(found))
        url = urljoin(url, found)
    raise NotPossible("media_redirects")


def _step(target: OutgoingAddress, ends: float) -> bytes | str:
    """The content, or the next address."""
    headers = {"host": target.host_header, "accept-encoding": "identity", "user-agent": "binhyen"}
    try:
        # The certificate is checked against the name, while the connection goes to the machine that was checked.
        with (
            httpx.Client(
                verify=trusted_authorities(), trust_env=False, timeout=_STEP_LIMIT_S, follow_redirects=False
            ) as client,
            client.stream(
                "GET", target.direct_url, headers=headers, extensions={"sni_hostname": target.host}
            ) as response,
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
