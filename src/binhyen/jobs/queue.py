"""Which engine keeps the background work of this installation."""

import functools

from binhyen.core.configuration import configuration
from binhyen.core.errors import Misconfigured
from binhyen.jobs.contract import JobQueue
from binhyen.jobs.database import DatabaseQueue


@functools.cache
def job_queue() -> JobQueue:
    """The one queue of this process. Raises Misconfigured when a cluster is asked for."""
    if configuration().nats_url:
        raise Misconfigured("BINHYEN_NATS_URL is set, but this version keeps work in the database only. Unset it.")
    return DatabaseQueue()
