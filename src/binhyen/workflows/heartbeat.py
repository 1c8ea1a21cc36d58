"""Sign of life of the worker processes of this machine: one small file each in the data folder."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from binhyen.core.configuration import configuration
from binhyen.core.errors import TryAgain

BEAT_EVERY_S = 0.5
_LOOK_EVERY_S = 0.05


class Heartbeat:
    """Written by one worker while its loop goes round."""

    def __init__(self) -> None:
        self._file = _folder() / str(os.getpid())
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._next = 0.0

    def beat(self) -> None:
        """Touch the file, at most every `BEAT_EVERY_S`."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + BEAT_EVERY_S
            self._file.touch()

    def end(self) -> None:
        """The worker stops in good order."""
        self._file.unlink(missing_ok=True)


@contextmanager
def heartbeat() -> Iterator[Heartbeat]:
    """A heartbeat that ends with the block; files of processes long gone are swept."""
    mine = Heartbeat()
    for file in _folder().iterdir():
        if time.time() - file.stat().st_mtime > 24 * 3600:
            file.unlink(missing_ok=True)
    try:
        yield mine
    finally:
        mine.end()


def last_heartbeat() -> datetime | None:
    """When any worker of this machine was last seen going round; None when there is none."""
    times = [_changed_at(file) for file in _folder().glob("*")]
    newest = max((at for at in times if at is not None), default=None)
    return datetime.fromtimestamp(newest, UTC) if newest is not None else None


def wait_until_ready(timeout_s: float) -> None:
    """Return once a worker has loaded its model and goes round. Raises TryAgain after `timeout_s` seconds."""
    begun, ends = time.time(), time.monotonic() + timeout_s
    while time.monotonic() < ends:
        seen = last_heartbeat()
        if seen is not None and seen.timestamp() >= begun - 0.01:
            return
        time.sleep(_LOOK_EVERY_S)
    raise TryAgain("no worker is ready", 5)


def _folder() -> Path:
    return configuration().data_dir / "heartbeats"


def _changed_at(file: Path) -> float | None:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return None
