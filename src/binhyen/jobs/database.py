"""Background work kept in the product's own database, SQLite or PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import F, Min, QuerySet

from binhyen.core import clock
from binhyen.core.counting import count
from binhyen.core.database import Among, aware, binary_cursor
from binhyen.jobs.claims import MOST_ATTEMPTS
from binhyen.jobs.contract import Job, NewJob
from binhyen.jobs.models import JobRow, JobState

_INSERT = (
    "INSERT INTO jobs_jobrow"
    " (queue, key, kind, lane, unit_key, body, state, attempts, run_at, leased_until, created_at, why) "
)
_ROW = "(%s, %s, %s, %s, %s, %s, 'waiting', 0, %s, NULL, %s, '')"
_ARRAYS = (
    "SELECT queue, key, kind, lane, unit_key, body, 'waiting', 0, coalesce(run_at, %t), NULL, %t, '' FROM "
    "unnest(%b::text[], %b::text[], %b::bytea[], %b::text[], %b::text[], %b::bigint[], %b::timestamptz[]) "
    "AS new (queue, kind, body, key, lane, unit_key, run_at) "
)
_ONCE = "ON CONFLICT DO NOTHING"
_ANY_DUE = "SELECT 1 FROM jobs_jobrow WHERE queue = %s AND state = 'waiting' AND run_at <= %s LIMIT 1"
_DUE = """
SELECT id, queue, kind, body, key, lane, unit_key, attempts, created_at, leased_until FROM jobs_jobrow AS job
WHERE queue = %s AND state = 'waiting' AND run_at <= %s AND (leased_until IS NULL OR leased_until <= %s)
AND (lane = '' OR NOT EXISTS (
    SELECT 1 FROM jobs_jobrow AS earlier
    WHERE earlier.queue = job.queue AND earlier.state = 'waiting' AND earlier.lane = job.lane AND earlier.id < job.id
    AND (earlier.leased_until > %s OR earlier.run_at > %s)))
ORDER BY id LIMIT %s"""
IN_ONE_STATEMENT = 2_000
"""Jobs; SQLite binds at most 32,766 values in one statement."""


class _Found(NamedTuple):
    """A due row, in the order of `Job`, and whether its last holder vanished."""

    id: int
    queue: str
    kind: str
    body: bytes
    key: str
    lane: str
    unit_key: int
    attempts: int
    created_at: datetime
    leased_until: datetime | None

    @property
    def is_suspect(self) -> bool:
        """Twice given out and never heard of again: it may be what kills the worker."""
        return self.leased_until is not None and self.attempts > 1


class DatabaseQueue:
    """The contract `JobQueue` on the default database; every call joins the caller's transaction."""

    def append(self, jobs: Sequence[NewJob]) -> int:
        """See `JobQueue.append`. Raises django.db.Error when the jobs are not kept."""
        if not jobs:
            return 0
        if len(jobs) <= IN_ONE_STATEMENT:  # which is all or nothing by itself
            return _insert(jobs)
        with transaction.atomic(savepoint=False):
            parts = range(0, len(jobs), IN_ONE_STATEMENT)
            return sum(_insert(jobs[start : start + IN_ONE_STATEMENT]) for start in parts)

    def take(self, queue: str, limit: int, lease_s: float) -> list[Job]:
        """See `JobQueue.take`. A job whose holder vanished again and again comes alone, then is buried."""
        now = clock.now()
        if not _is_any_due(queue, now):
            return []  # an idle worker takes nobody's turn to write
        with transaction.atomic():
            found = _without_overtaking(queue, _due(queue, limit, now))
            found = _bury_exhausted(found)
            found = _apart(found)
            JobRow.objects.filter(Among("id", [row.id for row in found])).update(
                attempts=F("attempts") + 1, leased_until=now + timedelta(seconds=lease_s)
            )
        return [_job(row) for row in found]

    def finish(self, jobs: Sequence[Job]) -> None:
        """See `JobQueue.finish`."""
        JobRow.objects.filter(Among("id", [job.id for job in jobs]), state=JobState.WAITING).update(
            state=JobState.DONE, body=b"", lane="", leased_until=None
        )

    def retry(self, job: Job, after_s: float, why: str) -> None:
        """See `JobQueue.retry`. After `MOST_ATTEMPTS` tries the job is buried instead."""
        if job.attempts >= MOST_ATTEMPTS:
            return self.bury(job, why)
        run_at = clock.now() + timedelta(seconds=after_s)
        _held(job).update(run_at=run_at, leased_until=None, why=why[:200])
        return None

    def bury(self, job: Job, why: str) -> None:
        """See `JobQueue.bury`."""
        with transaction.atomic():
            if _held(job).update(state=JobState.BURIED, leased_until=None, why=why[:200]):
                count(f"jobs.buried.{job.queue}", unit_key=job.unit_key)

    def waiting(self, queue: str) -> int:
        """See `JobQueue.waiting`."""
        return JobRow.objects.filter(queue=queue, state=JobState.WAITING).count()


def _insert(jobs: Sequence[NewJob]) -> int:
    """Number of rows that were new, of one statement.

    Plain SQL, since building rows through the ORM costs more than storing them; one statement, since between two the
    thread that commits calls has to wait until the thread that takes them lets it go on.
    """
    if connection.vendor == "postgresql":
        return _insert_arrays(jobs)
    as_text = connection.ops.adapt_datetimefield_value
    now = as_text(clock.now())
    values: list[str | int | bytes | None] = []
    for job in jobs:
        run_at = as_text(job.run_at) if job.run_at else now
        values += (job.queue, job.key, job.kind, job.lane, job.unit_key, job.body, run_at, now)
    with connection.cursor() as cursor:
        cursor.execute(f"{_INSERT}VALUES {', '.join([_ROW] * len(jobs))} {_ONCE}", values)
        return int(cursor.rowcount)


def _insert_arrays(jobs: Sequence[NewJob]) -> int:
    """PostgreSQL: one array a column, in the order of `NewJob`."""
    now = clock.now()
    with binary_cursor() as cursor:
        cursor.execute(_INSERT + _ARRAYS + _ONCE, [now, now, *map(list, zip(*jobs, strict=True))])
        return cursor.rowcount


def _is_any_due(queue: str, now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_ANY_DUE, [queue, connection.ops.adapt_datetimefield_value(now)])
        return cursor.fetchone() is not None


def _due(queue: str, limit: int, now: datetime) -> list[_Found]:
    """Due rows in order of arrival, locked; a lane with an earlier row leased or not yet due is left out."""
    at = connection.ops.adapt_datetimefield_value(now)
    locked = " FOR UPDATE OF job SKIP LOCKED" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_DUE + locked, [queue, at, at, at, at, limit])
        return [_Found(*row[:-2], *map(aware, row[-2:])) for row in cursor.fetchall()]


def _without_overtaking(queue: str, found: list[_Found]) -> list[_Found]:
    """Leave out rows of a lane whose earlier row another worker is claiming at this moment.

    That row was skipped because it is locked, while the lease on it is not yet visible.
    """
    lanes = {row.lane for row in found if row.lane}
    if not lanes or not connection.features.has_select_for_update:
        return found
    ids = {row.id for row in found}
    others = JobRow.objects.filter(Among("lane", lanes), queue=queue, state=JobState.WAITING, id__lt=max(ids))
    earliest = dict(others.exclude(Among("id", ids)).values_list("lane").annotate(first=Min("id")))
    return [row for row in found if row.id < earliest.get(row.lane, row.id + 1)]


def _bury_exhausted(found: list[_Found]) -> list[_Found]:
    """Bury rows whose holders vanished `MOST_ATTEMPTS` times; the rest is returned."""
    exhausted = [row for row in found if row.is_suspect and row.attempts >= MOST_ATTEMPTS]
    for row in exhausted:
        JobRow.objects.filter(id=row.id).update(
            state=JobState.BURIED, leased_until=None, why=f"its worker ended {row.attempts} times without an answer"
        )
        count(f"jobs.buried.{row.queue}", unit_key=row.unit_key)
    return [row for row in found if row not in exhausted]


def _apart(found: list[_Found]) -> list[_Found]:
    """A suspect row alone, so that it cannot take its neighbours along into the grave; else all before the first."""
    for place, row in enumerate(found):
        if row.is_suspect:
            return found[: max(place, 1)]
    return found


def _held(job: Job) -> QuerySet[JobRow]:
    """The row, if nobody else was given it in the meantime."""
    return JobRow.objects.filter(id=job.id, state=JobState.WAITING, attempts=job.attempts)


def _job(row: _Found) -> Job:
    return Job(
        id=row.id,
        queue=row.queue,
        kind=row.kind,
        body=bytes(row.body),
        key=row.key,
        lane=row.lane,
        unit_key=row.unit_key,
        attempts=row.attempts + 1,
        created_at=row.created_at,
    )
