"""Calls of an app within its minute: never one more than the platform allows, none fewer (zalo section 4)."""

import threading
from dataclasses import dataclass

from binhyen.channels.zalo_oa.api import Answer
from binhyen.core import clock

UNTIL_TOLD = 8
"""Calls in flight before the first answer has told the limit."""


@dataclass
class _Minute:
    """What this process knows of one app."""

    minute: int = -1
    limit: int | None = None
    left: int | None = None
    flying: int = 0


_apps: dict[str, _Minute] = {}
_lock = threading.Lock()


def take(app: str) -> bool:
    """Take one call of the app's minute; False when none is left, and nothing may be sent then."""
    with _lock:
        known = _apps.setdefault(app, _Minute())
        minute = int(clock.now().timestamp()) // 60
        if minute != known.minute:
            # Calls still in flight may be counted by the platform in the new minute.
            known.minute = minute
            known.left = None if known.limit is None else known.limit - known.flying
        if known.left is None:
            if known.flying >= UNTIL_TOLD:
                return False
        elif known.left <= 0:
            return False
        else:
            known.left -= 1
        known.flying += 1
        return True


def told(app: str, answer: Answer | None) -> None:
    """A call has ended; the answer may say what is left, of which other processes take their part."""
    with _lock:
        known = _apps.setdefault(app, _Minute())
        known.flying = max(0, known.flying - 1)
        if answer is None or answer.calls_left is None:
            return
        known.limit = answer.calls_a_minute or known.limit
        if int(clock.now().timestamp()) // 60 != known.minute:
            return
        if known.left is None:
            known.left = answer.calls_left - known.flying
        known.left = min(known.left, answer.calls_left)


def forget_all() -> None:
    """Drop what is known, for tests."""
    with _lock:
        _apps.clear()
