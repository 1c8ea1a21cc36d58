"""Where this server may connect to: a host on a list, at a public machine, resolved once (G11, G47)."""

import ipaddress
import re
import socket
from dataclasses import dataclass
from fnmatch import fnmatchcase
from urllib.parse import SplitResult, urlsplit

from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible, TryAgain

_LOOPBACK_MODES = ("demo", "test")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
_TUNNELS = tuple(ipaddress.ip_network(one) for one in ("64:ff9b::/32", "2001::/32", "2002::/16"))
"""IPv6 ranges that carry an IPv4 address inside, which may be a private one."""


@dataclass(frozen=True, slots=True)
class OutgoingAddress:
    """An address that passed the checks, with the machine it was resolved to: it is not resolved a second time."""

    url: SplitResult
    host: str
    machine: str

    @property
    def direct_url(self) -> str:
        """The address with the machine in place of the name; send `host_header` and `host` as the TLS name with it."""
        machine = f"[{self.machine}]" if ":" in self.machine else self.machine
        return self.url._replace(netloc=machine + self._port, fragment="").geturl()

    @property
    def host_header(self) -> str:
        """Name and port for the Host header."""
        return self.host + self._port

    @property
    def _port(self) -> str:
        return f":{self.url.port}" if self.url.port else ""


def is_allowed_host(host: str, allowed: tuple[str, ...]) -> bool:
    """Whether a host is on the list; "*.zdn.vn" stands for every host below zdn.vn."""
    host = host.lower().rstrip(".")
    return any(fnmatchcase(host, pattern.lower()) for pattern in allowed)


def check_outgoing_address(url: str, allowed: tuple[str, ...], code: str) -> OutgoingAddress:
    """The address, resolved. HTTPS at port 443 only; demo and test also reach the loopback, over HTTP.

    Raises NotPossible(`code`) when scheme, host or machine are not permitted, TryAgain when the name does not resolve.
    """
    may_loop = configuration().mode in _LOOPBACK_MODES
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise NotPossible(code) from None
    is_scheme_right = parts.scheme == "https" or (may_loop and parts.scheme == "http")
    is_plain = parts.username is None and parts.password is None and _HOST.fullmatch(host) is not None
    if not is_scheme_right or not is_plain or not is_allowed_host(host, allowed):
        raise NotPossible(code)
    if port not in (None, 443) and not may_loop:
        raise NotPossible(code)
    port = port or (443 if parts.scheme == "https" else 80)
    return OutgoingAddress(parts, host, _machine(host, port, code, may_loop=may_loop))


def _machine(host: str, port: int, code: str, *, may_loop: bool) -> str:
    """One public address of the host; a name that points anywhere inside is refused whole."""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise TryAgain(f"{code}_unknown_host", 60) from None
    addresses = sorted((ipaddress.ip_address(one) for one in found), key=lambda address: address.version)
    for address in addresses:
        if not (_is_public(address) or (may_loop and address.is_loopback)):
            raise NotPossible(code)
    return str(addresses[0])


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    plain = getattr(address, "ipv4_mapped", None) or address
    is_tunnel = any(plain in network for network in _TUNNELS)
    return plain.is_global and not plain.is_multicast and not plain.is_reserved and not is_tunnel
