"""Calls of an app within its minute: never one more than the platform allows, none fewer (zalo section 4)."""

import threading
from dataclasses import dataclass

from binhyen.channels.zalo_oa.api import Answer
from binhyen.core import clock

UNTIL_TOLD = 24
"""Calls in flight before the first answer has told the limit: more than a worker's senders have threads."""


@dataclass
class _Minute:
    """What this process knows of one app."""

    minute: int = -1
    limit: int | None = None
    taken: int = 0
    """Calls of this process in the minute, those in flight too."""
    others: int = 0
    """Calls of other processes in the minute: so many at least."""
    flying: int = 0

    @property
    def has_one_left(self) -> bool:
        """Whether one more call may be made now."""
        if self.limit is None:
            return self.flying < UNTIL_TOLD
        return self.taken + self.others < self.limit


_apps: dict[str, _Minute] = {}
_lock = threading.Lock()


def take(app: str) -> int | None:
    """Take one call of the app's minute, which is given back; None when none is left: nothing may be sent then."""
    with _lock:
        known = _apps.setdefault(app, _Minute())
        minute = int(clock.now().timestamp()) // 60
        if minute != known.minute:
            # Calls still in flight may be counted by the platform in the new minute.
            known.minute, known.taken, known.others = minute, known.flying, 0
        if not known.has_one_left:
            return None
        known.taken += 1
        known.flying += 1
        return minute


def told(app: str, minute: int, answer: Answer | None) -> None:
    """A call taken in `minute` has ended; the answer may say what is left, of which other processes take their part.

    Answers come in any order. What the platform counted beyond everything taken here is certainly of others; an
    answer that is older than calls taken since says less, never more; one of an earlier minute says nothing.
    """
    with _lock:
        known = _apps.setdefault(app, _Minute())
        known.flying = max(0, known.flying - 1)
        if answer is None or answer.calls_left is None:
            return
        known.limit = answer.calls_a_minute or known.limit
        if known.limit is not None and minute == known.minute:
            known.others = max(known.others, known.limit - answer.calls_left - known.taken)


def forget_all() -> None:
    """Drop what is known, for tests."""
    with _lock:
        _apps.clear()
