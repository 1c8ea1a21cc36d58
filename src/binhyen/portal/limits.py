"""Flood control: keyed hashes that expire within a day, never an address (G40, G41).

Each process counts in its memory first, so that a flood reaches the database only as far as the limit allows; what
counts for the whole installation is then counted in a row that all processes share.
"""

import ipaddress
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import OperationalError
from django.http import HttpRequest

from binhyen.core import clock
from binhyen.vault import flood_windows
from binhyen.vault.flood_windows import Window
from binhyen.vault.keyring import keyed_hash

LONGEST_KEPT = timedelta(hours=24)
MOST_KEPT = 50_000
"""Windows held at once; under a flood from more places those that end first go."""
SWEEP_EVERY = timedelta(minutes=1)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` in each window of `window`."""

    name: str
    times: int
    window: timedelta
    is_shared: bool = False
    """Counted for all processes together; else for this one alone."""

    def __post_init__(self) -> None:
        """Nothing about anybody is remembered for longer than a day."""
        if self.window > LONGEST_KEPT:
            raise ValueError(f"limit {self.name} would remember for {self.window}")


class Limiter:
    """Counts per window. The subject enters as a keyed hash that changes with every window."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, tuple[datetime, int]] = {}
        self._swept_at = datetime.min.replace(tzinfo=UTC)

    def take(self, limit: Limit, subject: str) -> bool:
        """Count one more; whether it still is within the limit."""
        return self.take_all((limit, subject))

    def take_all(self, *wanted: tuple[Limit, str]) -> bool:
        """Count one more in each of several limits, or in none when this process knows that one is reached.

        While the database is away a shared limit counts for this process alone: nobody is turned away for that.
        """
        windows = [(limit, Window(*_window_of(limit, subject), limit.times)) for limit, subject in wanted]
        if not self._take_here([window for _, window in windows]):
            return False
        shared = [window for limit, window in windows if limit.is_shared]
        try:
            return not shared or flood_windows.take(shared)
        except OperationalError as error:
            _log.warning("Limit %s counts for one process only: %s", wanted[0][0].name, type(error).__name__)
            return True

    def give_back(self, limit: Limit, subject: str) -> None:
        """What was counted last did not happen, so that it may be tried again at once."""
        key, _ = _window_of(limit, subject)
        with self._lock:
            if key in self._counts:
                ends_at, count = self._counts[key]
                self._counts[key] = (ends_at, max(0, count - 1))
        if limit.is_shared:
            try:
                flood_windows.give_back(key)
            except OperationalError as error:
                _log.warning("Limit %s gave nothing back: %s", limit.name, type(error).__name__)

    def _take_here(self, windows: Sequence[Window]) -> bool:
        with self._lock:
            if clock.now() - self._swept_at >= SWEEP_EVERY or len(self._counts) >= MOST_KEPT:
                self._forget_past()
            counts = [self._counts.get(window.key_hash, (window.ends_at, 0))[1] for window in windows]
            if any(count >= window.times for count, window in zip(counts, windows, strict=True)):
                return False
            for count, window in zip(counts, windows, strict=True):
                self._counts[window.key_hash] = (window.ends_at, count + 1)
            return True

    def is_open(self, limit: Limit, subject: str) -> bool:
        """Whether `take` would succeed, without counting."""
        key, ends_at = _window_of(limit, subject)
        with self._lock:
            if self._counts.get(key, (ends_at, 0))[1] >= limit.times:
                return False
        if not limit.is_shared:
            return True
        try:
            return flood_windows.taken(key) < limit.times
        except OperationalError as error:
            _log.warning("Limit %s counts for one process only: %s", limit.name, type(error).__name__)
            return True

    def kept(self) -> dict[str, tuple[datetime, int]]:
        """What this process remembers now: hash -> (forgotten at, count); for checks."""
        with self._lock:
            self._forget_past()
            return dict(self._counts)

    def forget(self) -> None:
        """Start anew; for tests."""
        with self._lock:
            self._counts.clear()

    def _forget_past(self) -> None:
        now = self._swept_at = clock.now()
        kept = sorted((item for item in self._counts.items() if item[1][0] > now), key=lambda item: item[1][0])
        self._counts = dict(kept[-MOST_KEPT // 2 :])


def _window_of(limit: Limit, subject: str) -> tuple[str, datetime]:
    length_s = limit.window.total_seconds()
    number = int(clock.now().timestamp() // length_s)
    ends_at = datetime.fromtimestamp((number + 1) * length_s, tz=UTC)
    return keyed_hash("portal.limit", f"{limit.name}:{number}:{subject}"), ends_at


limiter = Limiter()
"""The one of this process."""


def sender_of(request: HttpRequest) -> str:
    """What tells senders apart for a while: the network address, of IPv6 the network alone. Only ever hashed."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((int(address), 64), strict=False))
