"""Who holds which job of a stream: one small document, changed only by whoever read its latest version."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

MOST_ATTEMPTS = 5
"""A job that was given out so often without being finished is buried."""
MOST_KNOWN = 10_000
"""Unfinished jobs the document may list; beyond this workers read no further into the stream."""


@dataclass(slots=True)
class Claim:
    """What is known of one unfinished job."""

    lane: str
    """`lane_name` of its lane; empty has no order."""
    attempts: int
    not_before_ms: int
    """End of its lease, or the time it is due; milliseconds since 1970."""
    is_leased: bool

    @property
    def is_suspect(self) -> bool:
        """Twice given out and never heard of again (once its lease has ended): it may be what kills the worker."""
        return self.is_leased and self.attempts > 1

    @property
    def is_exhausted(self) -> bool:
        """Its holders vanished too often."""
        return self.is_suspect and self.attempts >= MOST_ATTEMPTS


@dataclass(slots=True)
class Claims:
    """Every unfinished job below `floor`; what lies above was read by no worker yet."""

    floor: int = 1
    """Sequence number in the stream."""
    finished_above: int = 0
    """Marks of finished jobs that lie above the floor and are no work."""
    jobs: dict[int, Claim] = field(default_factory=dict)
    """By sequence number, in order of arrival."""

    def as_bytes(self) -> bytes:
        """The document."""
        rows = [[seq, job.lane, job.attempts, job.not_before_ms, int(job.is_leased)] for seq, job in self.jobs.items()]
        whole = {"floor": self.floor, "finished_above": self.finished_above, "jobs": rows}
        return json.dumps(whole, separators=(",", ":")).encode()

    @classmethod
    def read(cls, document: bytes) -> "Claims":
        """The opposite of `as_bytes`."""
        found = json.loads(document)
        jobs = {row[0]: Claim(row[1], row[2], row[3], bool(row[4])) for row in found["jobs"]}
        return cls(found["floor"], found["finished_above"], jobs)

    def see_job(self, sequence: int, lane: str, run_at: datetime | None) -> None:
        """Take note of a job the floor passes."""
        self.jobs[sequence] = Claim(lane_name(lane), 0, as_ms(run_at) if run_at else 0, is_leased=False)
        self.floor = sequence + 1

    def see_finished_mark(self, sequence: int) -> None:
        """Pass over the mark of a finished job."""
        self.finished_above = max(0, self.finished_above - 1)
        self.floor = sequence + 1

    def free(self, limit: int, now: datetime) -> list[int]:
        """Sequence numbers of jobs that may be given out; a lane with an earlier job held or not due is left out."""
        now_ms, blocked, found = as_ms(now), set[str](), list[int]()
        for sequence, job in self.jobs.items():
            if len(found) == limit:
                break
            if job.lane in blocked:
                continue
            if job.not_before_ms <= now_ms:
                found.append(sequence)
            elif job.lane:
                blocked.add(job.lane)
        return found

    def without_neighbours(self, free: list[int]) -> list[int]:
        """A suspect job alone, so that it cannot take others along into the grave; else all before the first."""
        for place, sequence in enumerate(free):
            if self.jobs[sequence].is_suspect:
                return free[: max(place, 1)]
        return free

    def lease(self, sequences: Collection[int], until: datetime) -> None:
        """Give jobs out."""
        for sequence in sequences:
            job = self.jobs[sequence]
            job.attempts += 1
            job.not_before_ms, job.is_leased = as_ms(until), True

    def put_back(self, sequence: int, attempts: int, due_at: datetime) -> bool:
        """Give the job out again later; False when somebody else was given it in the meantime."""
        if not self.is_held(sequence, attempts):
            return False
        job = self.jobs[sequence]
        job.not_before_ms, job.is_leased = as_ms(due_at), False
        return True

    def is_held(self, sequence: int, attempts: int) -> bool:
        """Whether the job is unfinished and was given to nobody else since its `attempts`-th try."""
        job = self.jobs.get(sequence)
        return job is not None and job.attempts == attempts

    def end(self, sequences: Collection[int]) -> list[int]:
        """Forget jobs whose marks are being written; those that were still unfinished."""
        ended = [sequence for sequence in sequences if self.jobs.pop(sequence, None)]
        self.finished_above += len(ended)
        return ended


def lane_name(lane: str) -> str:
    """A short name of a lane; two lanes that share one merely wait for each other."""
    return hashlib.sha256(lane.encode()).hexdigest()[:16] if lane else ""


def as_ms(moment: datetime) -> int:
    """Milliseconds since 1970."""
    return int(moment.timestamp() * 1000)
