"""Writers of one process that come in the same moment share one transaction, and with it one wait for the disk.

SQLite writes one transaction at a time, and each waits for the disk. Under load that wait, not the writing, is what a
report takes longest for (docs/adr/0020-turns-to-write-on-sqlite.md). The first writer leads: it does what has gathered
meanwhile, each piece of work in a savepoint of its own, commits once and wakes the others.
"""

import contextvars
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import Error, OperationalError, transaction

from binhyen.core.database import this_connection
from binhyen.core.errors import BinhYenError

Result = TypeVar("Result")

MOST_TOGETHER = 16
"""Pieces of work in one transaction, so that other processes get their turn."""


class _Work:
    """One piece of work, done by whichever thread leads."""

    def __init__(self, write: Callable[[], Any]) -> None:
        self.write = write
        self.context = contextvars.copy_context()
        self.woken = threading.Event()
        self.is_over = False
        self.is_kept = False
        self.result: Any = None
        self.error: Exception | None = None

    def do_alone(self) -> None:
        """In a transaction that is its own."""
        self.result = self.context.run(self.write)

    def do_beside_others(self) -> None:
        """In a transaction that others have part in: an error undoes this work alone."""
        try:
            with transaction.atomic():
                self.do_alone()
        except (Error, BinhYenError, OSError, ValueError) as error:  # raised in the thread whose work it is
            self.error = error


class _Group:
    """Who waits, and whether somebody leads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[_Work] = []
        self._is_led = False

    def do(self, work: _Work) -> None:
        """Return when the work is over, whoever has done it."""
        with self._lock:
            self._waiting.append(work)
            leads, self._is_led = not self._is_led, True
        if not leads:
            work.woken.wait()
        if not work.is_over:
            self._lead()

    def _lead(self) -> None:
        with self._lock:
            together, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
        try:
            _write_down(together)
        finally:
            with self._lock:
                following = self._waiting[:1]
                self._is_led = bool(following)
            for work in together:
                work.is_over = True
            for work in [*together, *following]:
                work.woken.set()


_group = _Group()


def share_commit(write: Callable[[], Result]) -> Result:
    """Do `write` in a transaction and return what it returns, once that is committed.

    It may run in another thread than the caller's, so that texts in the reader's language are worded before. What it
    raises is raised here and undoes nobody else's work; where the transaction as a whole fails, by a fault of ours too,
    everybody else gets an OperationalError. Inside an open transaction, and on PostgreSQL, whose commits share their
    way to the disk by themselves, it is an ordinary transaction.
    """
    database = this_connection()
    if database.vendor != "sqlite" or database.in_atomic_block:
        with transaction.atomic():
            return write()
    work = _Work(write)
    _group.do(work)
    if work.error is not None:
        raise work.error
    if not work.is_kept:
        raise OperationalError("a transaction of several writers was broken off")
    result: Result = work.result
    return result


def _write_down(together: list[_Work]) -> None:
    """One transaction. What it raises as a whole is the leader's to raise; the others see that nothing is kept."""
    is_whole = True
    with transaction.atomic():
        if len(together) == 1:
            together[0].do_alone()
        else:
            for work in together:
                work.do_beside_others()
                if this_connection().needs_rollback:  # SQLite has undone everything: a full disk
                    is_whole = False
                    break
    for work in together:
        work.is_kept = is_whole and work.error is None
