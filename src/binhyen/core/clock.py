"""The one source of the current time, so that tests and replays can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
"""Civil time of every unit; Zalo's night hours are taken in it too (zalo section 4)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_fixed: ContextVar[datetime | None] = ContextVar("fixed_now", default=None)


def now() -> datetime:
    """Current time, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """Current day in Vietnam."""
    return now().astimezone(VIETNAM).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at an aware `moment` inside the block."""
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)


def from_epoch_ms(milliseconds: int) -> datetime:
    """Aware UTC time of a Unix time in milliseconds; out-of-range values are held to years 1970..9998."""
    bounded = max(0, min(milliseconds, 253_370_764_800_000))
    return _EPOCH + timedelta(milliseconds=bounded)
