"""Which engine keeps the background work of this installation."""

import functools

from binhyen.jobs.contract import JobQueue
from binhyen.jobs.database import DatabaseQueue


@functools.cache
def job_queue() -> JobQueue:
    """The one queue of this process."""
    return DatabaseQueue()
