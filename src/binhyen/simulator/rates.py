"""Calls a minute, counted in whole minutes for the app and for each page (Zalo section 4)."""

from binhyen.simulator.clock import MINUTE_MS


class RateMeter:
    """Minute buckets; a limit of 0 means lifted."""

    def __init__(self) -> None:
        self._minute = -1
        self._used: dict[str, int] = {}

    def remaining(self, key: str, limit: int, now_ms: int) -> int:
        """Count one call of `key`; calls left in this minute, -1 when this one is too many."""
        minute = now_ms // MINUTE_MS
        if minute != self._minute:
            self._minute = minute
            self._used.clear()
        used = self._used.get(key, 0) + 1
        if used > limit:
            return -1
        self._used[key] = used
        return limit - used
