"""One process group per data folder: a second one says where the first is instead of sharing its files."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


@contextmanager
def only_one(mark: Path, where: str) -> Iterator[None]:
    """Hold the file `mark` for this process; `where` is what a second start is told.

    The kernel lets go when the process ends in any way, kill -9 included; children do not inherit the hold.
    Raises click.ClickException while another process holds it.
    """
    descriptor = os.open(mark, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            there = os.read(descriptor, 500).decode("utf-8", "replace").strip() or "its address is not written yet"
            raise click.ClickException(
                f"A demo already runs on {mark.parent}: {there}. Stop it with Ctrl-C, or choose another --data-dir."
            ) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, where.encode(), 0)
        yield
    finally:
        os.close(descriptor)
