"""Group commit: calls that arrive together share one durable append."""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from queue import SimpleQueue

from django.db import Error, connection, transaction

from binhyen.core.counting import add_counts
from binhyen.core.errors import BinhYenError
from binhyen.hooks.counts import Counts
from binhyen.jobs.contract import NewJob

MOST_WAITING = 4_000
"""Calls that may wait for the disk at once; further ones are answered 503, so that the platform repeats them."""
MOST_WAITING_BYTES = 64 * 1024 * 1024
"""The same for the bytes of their bodies."""
MOST_IN_COMMIT = 400
"""Calls that share one commit."""
FLUSH_EVERY_S = 2.0
"""How often counts are written."""
COUNTS_WITHIN_S = 10.0
"""Longest wait for the last counts when the process ends."""
ANSWER_WITHIN_S = 5.0
"""Longest wait for the disk; the platform stops listening after 2 s (zalo section 2.1) and repeats the call."""
LOCK_WAIT_MS = 4_000
"""How long one append waits for SQLite's write lock; the caller gives up soon after."""

Append = Callable[[Sequence[NewJob]], int]

_log = logging.getLogger(__name__)


class Full(Exception):
    """Too many calls wait already."""


class NotStored(Exception):
    """The append failed: the call must be repeated."""


_Waiting = tuple[NewJob, asyncio.Future[None], float]
"""A job, who waits for it, and since when (loop time)."""


class GroupCommitter:
    """One thread that appends whatever has gathered since its last commit, and one that writes the counts.

    The counts go to the database, for which no call must wait when the queue is elsewhere.
    """

    def __init__(self, append: Append, counts: Counts) -> None:
        self._append = append
        self._counts = counts
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        """What the committing thread has not seen yet; None ends it."""
        self._in_flight: deque[_Waiting] = deque()
        """What nobody was told of, in order; only the event loop's thread looks at it."""
        self._in_flight_bytes = 0
        self._is_stopping = False
        self._ends = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = self._new_thread()
        self._ending = threading.Event()
        self._counting = threading.Thread(target=self._write_counts, name="hook counts", daemon=True)

    def _new_thread(self) -> threading.Thread:
        return threading.Thread(target=self._run, name="group commit", daemon=True)

    def start(self) -> None:
        """Start the threads; the running event loop is the one that will be told."""
        self._loop = asyncio.get_running_loop()
        self._thread.start()
        self._counting.start()

    def stop(self) -> None:
        """Append what waits, write the counts, end the threads. Blocks, for the counts at most `COUNTS_WITHIN_S`."""
        with self._ends:
            self._is_stopping = True
            self._queue.put(None)
        self._thread.join()
        self._ending.set()
        self._counting.join(COUNTS_WITHIN_S)

    def submit(self, job: NewJob) -> asyncio.Future[None]:
        """A future that is done once `job` survives a crash, and raises NotStored otherwise. Raises Full.

        Call it in the thread of the event loop.
        """
        assert self._loop is not None, "the group committer was not started"  # noqa: S101
        if len(self._in_flight) >= MOST_WAITING or self._in_flight_bytes > MOST_WAITING_BYTES:
            raise Full
        waiting = (job, self._loop.create_future(), self._loop.time())
        with self._ends:
            if self._is_stopping:
                raise Full
            self._queue.put(waiting)
        self._in_flight.append(waiting)
        self._in_flight_bytes += len(job.body)
        if not self._thread.is_alive():
            self._thread = self._new_thread()
            self._thread.start()
        return waiting[1]

    async def give_up_late(self) -> None:
        """Tell callers who wait too long that their call may not be stored; one look a second, until cancelled."""
        while True:
            await asyncio.sleep(1)
            before = asyncio.get_running_loop().time() - ANSWER_WITHIN_S
            _resolve([one for one in self._in_flight if one[2] < before], NotStored())

    def _run(self) -> None:
        while batch := self._next_batch():
            self._commit(batch)
        connection.close()

    def _next_batch(self) -> list[_Waiting]:
        """Whatever has gathered, at least one call; empty at the end."""
        batch: list[_Waiting] = []
        while not batch or (len(batch) < MOST_IN_COMMIT and not self._queue.empty()):
            waiting = self._queue.get()
            if waiting is None:
                self._queue.put(None)  # for the next look
                return batch
            batch.append(waiting)
        return batch

    def _write_counts(self) -> None:
        while not self._ending.wait(FLUSH_EVERY_S):
            self._flush_counts()
        # A connection that was cut since the last flush is noticed only now: once more over a new one.
        _ = self._flush_counts() or self._flush_counts()
        connection.close()

    def _commit(self, batch: list[_Waiting]) -> None:
        error: NotStored | None = None
        try:
            _wait_briefly_for_locks()
            new = self._append([job for job, _, _ in batch])
            self._counts.add("hooks.stored", new)
            self._counts.add("hooks.repeated", len(batch) - new)
        except (Error, BinhYenError, OSError, ValueError) as trouble:
            # The class alone is logged: a database message may quote what a resident wrote.
            _log.error("Webhook calls were not stored, the platform will repeat them: %s", type(trouble).__name__)
            self._counts.add("hooks.not_stored", len(batch))
            error = NotStored()
            connection.close()
        except BaseException:  # our own fault: the callers must hear of it, the next call starts a new thread
            self._tell(batch, NotStored())
            raise
        self._tell(batch, error)

    def _tell(self, batch: list[_Waiting], error: NotStored | None) -> None:
        assert self._loop is not None  # noqa: S101 - set by start()
        try:
            self._loop.call_soon_threadsafe(self._end, batch, error)
        except RuntimeError:  # the loop has ended: nobody is left to tell
            _log.warning("%d webhook calls ended after their callers were gone", len(batch))

    def _end(self, batch: list[_Waiting], error: NotStored | None) -> None:
        """Batches end in the order in which their calls came."""
        for job, _, _ in batch:
            self._in_flight.popleft()
            self._in_flight_bytes -= len(job.body)
        _resolve(batch, error)

    def _flush_counts(self) -> bool:
        try:
            self._counts.flush(transaction.atomic(add_counts))
        except (Error, BinhYenError) as trouble:  # kept in memory, tried again at the next flush
            _log.warning("Counts of the webhook door wait for the database: %s", type(trouble).__name__)
            connection.close()
            return False
        return True


def _wait_briefly_for_locks() -> None:
    """A caller gives up after seconds, so that the thread must not wait as long as a page may."""
    if connection.vendor == "sqlite" and connection.connection is None:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {LOCK_WAIT_MS:d}")


def _resolve(batch: Sequence[_Waiting], error: NotStored | None) -> None:
    for _, future, _ in batch:
        if future.done():
            continue
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)
