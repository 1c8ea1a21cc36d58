"""The contract of durable background work; no room knows which engine keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol


class NewJob(NamedTuple):
    """Work to be kept until it is finished."""

    queue: str
    """"intake" for raw inbound calls, "work" for everything else."""
    kind: str
    """Name of the handler, for example "webhook.zalo_oa"."""
    body: bytes
    """Raw body of an inbound call, or JSON of ids; never names or text of our own making."""
    key: str
    """Appending a (queue, key) a second time changes nothing: the identity of the event."""
    lane: str = ""
    """Jobs of one lane are worked in order of arrival; the empty lane has no order."""
    unit_key: int = 0
    run_at: datetime | None = None
    """Not before; None is at once."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work that was taken under a lease."""

    id: int
    queue: str
    kind: str
    body: bytes
    key: str
    lane: str
    unit_key: int
    attempts: int
    """1 at the first try."""
    created_at: datetime


class JobQueue(Protocol):
    """Durable, at least once, deduplicated by key."""

    def append(self, jobs: Sequence[NewJob]) -> int:
        """Keep the jobs; the number that was new. Returns only when they survive a crash."""

    def take(self, queue: str, limit: int, lease_s: float) -> list[Job]:
        """Up to `limit` due jobs in order of arrival; a lane with an earlier unfinished job elsewhere is left out.

        A job that is neither finished nor retried within `lease_s` seconds is given out again.
        """

    def finish(self, jobs: Sequence[Job]) -> None:
        """Forget the bodies; the keys are remembered for `REMEMBERED_DAYS`. Joins the caller's transaction.

        The jobs end only if it commits. An engine outside the database ends them just after the commit; a crash in
        between gives them out again, so that their outcome must be recognised by the identity of the event.
        """

    def retry(self, job: Job, after_s: float, why: str) -> None:
        """Give the job out again after `after_s` seconds; its lane waits for it."""

    def bury(self, job: Job, why: str) -> None:
        """Set a poison job aside for a person, so that its lane goes on."""

    def waiting(self, queue: str) -> int:
        """Number of jobs not yet finished or buried."""


REMEMBERED_DAYS = 3
"""Days a finished key stays known; Zalo's retry ladder ends after less than two hours (zalo section 2.1)."""
BURIED_DAYS = 30
"""Days a person has to look at a poison job before its body, which may hold what a resident wrote, is erased."""
