"""What this process remembers for a while about pages: refused shapes, spent minutes, uploads."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from binhyen.core import clock


class Memory:
    """A bounded map whose entries end by themselves; safe for threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[tuple[str, ...], tuple[datetime, str]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, key: tuple[str, ...], value: str, life: timedelta) -> None:
        """Remember `value` for `life`; the oldest entry goes when there are too many."""
        with self._lock:
            self._entries[key] = (clock.now() + life, value)
            self._entries.move_to_end(key)
            if len(self._entries) > self._most:
                self._entries.popitem(last=False)

    def value(self, key: tuple[str, ...]) -> str:
        """The value, or "" when nothing is remembered."""
        with self._lock:
            until, value = self._entries.get(key, (None, ""))
            return value if until and until > clock.now() else ""

    def forget(self, key: tuple[str, ...]) -> None:
        """Drop one entry."""
        with self._lock:
            self._entries.pop(key, None)

    def forget_all(self) -> None:
        """Drop everything."""
        with self._lock:
            self._entries.clear()
