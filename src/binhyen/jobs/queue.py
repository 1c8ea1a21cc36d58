"""Which engine keeps the background work of this installation."""

import functools

from binhyen.core.configuration import configuration
from binhyen.jobs.contract import JobQueue
from binhyen.jobs.database import DatabaseQueue
from binhyen.jobs.routing import RoutedQueue


@functools.cache
def job_queue() -> JobQueue:
    """The one queue of this process: the database, or JetStream for "intake" when BINHYEN_NATS_URL is set.

    All other queues stay in the database, because their jobs are appended within its transactions.
    """
    url = configuration().nats_url
    if not url:
        return DatabaseQueue()
    from binhyen.jobs.jetstream import JetStreamQueue  # and the client of NATS, only where there is one

    return RoutedQueue({"intake": JetStreamQueue(url, "intake")}, DatabaseQueue())
