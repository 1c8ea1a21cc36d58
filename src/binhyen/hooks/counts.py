"""Counts of what came to the door, held in memory and written now and then."""

import threading
from collections import Counter
from collections.abc import Callable, Mapping

Sink = Callable[[Mapping[tuple[int, str], int]], None]
"""Takes counts keyed by (unit key or 0, name), as `core.counting.add_counts`."""


class Counts:
    """A tally for all threads of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tally: Counter[tuple[int, str]] = Counter()

    def add(self, name: str, times: int = 1, unit_key: int = 0) -> None:
        """Remember that `name` happened; `name` comes from the code only, never from outside text."""
        if times:
            with self._lock:
                self._tally[unit_key, name] += times

    def flush(self, sink: Sink) -> None:
        """Hand everything to `sink`; what it raises is raised on, and the counts are kept for the next time."""
        with self._lock:
            taken, self._tally = self._tally, Counter()
        if not taken:
            return
        try:
            sink(taken)
        except BaseException:
            with self._lock:
                self._tally.update(taken)
            raise
