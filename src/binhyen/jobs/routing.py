"""Several engines behind one contract: each queue has its own, all others share one."""

from collections.abc import Mapping, Sequence

from binhyen.jobs.contract import Job, JobQueue, NewJob


class RoutedQueue:
    """The contract `JobQueue`; a call that names jobs of several queues reaches several engines one by one."""

    def __init__(self, engines: Mapping[str, JobQueue], otherwise: JobQueue) -> None:
        self._engines = engines
        self._otherwise = otherwise

    def _engine(self, queue: str) -> JobQueue:
        return self._engines.get(queue, self._otherwise)

    def append(self, jobs: Sequence[NewJob]) -> int:
        """See `JobQueue.append`."""
        return sum(
            self._engine(queue).append([job for job in jobs if job.queue == queue])
            for queue in dict.fromkeys(job.queue for job in jobs)
        )

    def take(self, queue: str, limit: int, lease_s: float) -> list[Job]:
        """See `JobQueue.take`."""
        return self._engine(queue).take(queue, limit, lease_s)

    def finish(self, jobs: Sequence[Job]) -> None:
        """See `JobQueue.finish`."""
        for queue in dict.fromkeys(job.queue for job in jobs):
            self._engine(queue).finish([job for job in jobs if job.queue == queue])

    def retry(self, job: Job, after_s: float, why: str) -> None:
        """See `JobQueue.retry`."""
        self._engine(job.queue).retry(job, after_s, why)

    def bury(self, job: Job, why: str) -> None:
        """See `JobQueue.bury`."""
        self._engine(job.queue).bury(job, why)

    def waiting(self, queue: str) -> int:
        """See `JobQueue.waiting`."""
        return self._engine(queue).waiting(queue)
