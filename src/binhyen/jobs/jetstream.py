"""Background work kept in NATS JetStream (server 2.12 or newer), so that calls are accepted while the database is away.

One stream holds a message a key: first the job, then, written over it, the mark that it is finished, which the server
forgets after `REMEMBERED_DAYS`. A document in the same stream says who holds what (`claims`). A write of jobs or marks
together with that document is atomic.
"""

import asyncio
import hashlib
import itertools
import json
import logging
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from binhyen.core import clock
from binhyen.core.counting import count
from binhyen.core.errors import TryAgain
from binhyen.jobs.claims import MOST_ATTEMPTS, MOST_KNOWN, Claims
from binhyen.jobs.contract import BURIED_DAYS, REMEMBERED_DAYS, Job, NewJob
from binhyen.jobs.stream import MOST_IN_ONE_WRITE, Conflict, Entry, Kept, Stream

DAY_S = 86_400
_ABOUT = "Binhyen-Job"
"""Header with everything but the body, as JSON in ASCII; a mark of a finished job has none."""
_PAGE = 200
"""Messages read in one step."""
_log = logging.getLogger(__name__)


class JetStreamQueue:
    """The contract `JobQueue` for one queue. Every call raises TryAgain while the cluster does not answer."""

    def __init__(self, url: str, queue: str, prefix: str = "binhyen") -> None:
        self._queue = queue
        self._name = f"{prefix}-{queue}".upper()
        self._subject = f"{prefix}.{queue}"
        self._keys = f"{self._subject}.key.*"
        self._claims_subject = f"{self._subject}.claims"
        self.stream = Stream(url)
        self.stream.wants(self._name, [f"{self._subject}.>"])
        self.stream.wants(f"{self._name}-BURIED", [f"{prefix}.buried.{queue}.>"], BURIED_DAYS * DAY_S)
        self._buried_subject = f"{prefix}.buried.{queue}"

    def append(self, jobs: Sequence[NewJob]) -> int:
        """See `JobQueue.append`. Joins no transaction: the jobs are durable when it returns."""
        now = clock.now()
        entries = list({entry.subject: entry for entry in (self._entry(job, now) for job in reversed(jobs))}.values())
        entries.reverse()
        parts = [entries[at : at + MOST_IN_ONE_WRITE] for at in range(0, len(entries), MOST_IN_ONE_WRITE)]
        return sum(self.stream.run(lambda part=part: self._append(part)) for part in parts)  # type: ignore[misc]

    def take(self, queue: str, limit: int, lease_s: float) -> list[Job]:
        """See `JobQueue.take`. A job whose holder vanished again and again comes alone, then is buried."""
        now = clock.now()
        until = now + timedelta(seconds=lease_s)
        jobs, exhausted = self.stream.run(lambda: self._take(limit, now, until))
        for job in exhausted:
            self.bury(job, f"its worker ended {job.attempts} times without an answer")
        if exhausted:
            return self.take(queue, limit, lease_s)
        return jobs

    def finish(self, jobs: Sequence[Job]) -> None:
        """See `JobQueue.finish`. The marks are written once the caller's transaction is committed.

        When the process or the cluster fails in between, the jobs are given out again after their lease, and whoever
        stored their outcome recognises them by their keys (the inbox: by the message's id).
        """
        transaction.on_commit(lambda: self._finish(jobs))

    def retry(self, job: Job, after_s: float, why: str) -> None:
        """See `JobQueue.retry`. After `MOST_ATTEMPTS` tries the job is buried instead."""
        if job.attempts >= MOST_ATTEMPTS:
            return self.bury(job, why)
        due_at = clock.now() + timedelta(seconds=after_s)
        self._change(lambda claims: [] if claims.put_back(job.id, job.attempts, due_at) else None)
        return None

    def bury(self, job: Job, why: str) -> None:
        """See `JobQueue.bury`: into the stream of the dead, from which it is aged out after `BURIED_DAYS`."""

        def end(claims: Claims) -> list[Entry] | None:
            if not claims.is_held(job.id, job.attempts):
                return None
            claims.end([job.id])
            return [self._mark(job.key, BURIED_DAYS)]

        dead = Entry(f"{self._buried_subject}.{_hash(job.key)}", job.body, _about(job, why=why[:200]))
        claims, _ = self.stream.run(self._read_claims)
        if claims.is_held(job.id, job.attempts):
            self.stream.run(lambda: self.stream.write([dead]))
            if self._change(end):
                count(f"jobs.buried.{job.queue}", unit_key=job.unit_key)

    def waiting(self, queue: str) -> int:  # noqa: ARG002 - an engine of one queue
        """See `JobQueue.waiting`; a number of a moment, while others write."""

        async def ask() -> int:
            claims, _ = await self._read_claims()
            unread = await self.stream.after(self._name, claims.floor, self._keys, 1)
            above = unread[0].left + 1 - claims.finished_above if unread else 0
            return len(claims.jobs) + max(0, above)

        return self.stream.run(ask)

    def close(self) -> None:
        """Hang up."""
        self.stream.close()

    async def _append(self, entries: list[Entry]) -> int:
        """Repeated keys make the whole write fail; they are left out and the rest is written again."""
        for _ in range(3):
            if not entries:
                return 0
            try:
                await self.stream.write(entries)
            except Conflict:
                known = await self.stream.latest_of(self._name, [entry.subject for entry in entries])
                subjects = {kept.subject for kept in known}
                entries = [entry for entry in entries if entry.subject not in subjects]
            else:
                return len(entries)
        raise TryAgain("jetstream_conflict", after_s=1)

    async def _take(self, limit: int, now: datetime, until: datetime) -> tuple[list[Job], list[Job]]:
        """Jobs given out, or those to be buried first."""
        fresh: dict[int, Kept] = {}
        for tries in itertools.count():
            claims, revision = await self._read_claims()
            floor, known = claims.floor, len(claims.jobs)
            await self._read_on(claims, limit, now, fresh)
            free = claims.free(limit, now)
            if exhausted := [sequence for sequence in free if claims.jobs[sequence].is_exhausted]:
                return [], [_job(kept, claims.jobs[kept.sequence].attempts) for kept in await self._get(exhausted)]
            chosen = claims.without_neighbours(free)
            if not chosen and len(claims.jobs) == known and claims.floor - floor < _PAGE:
                return [], []  # a few marks are not worth a write that others would have to wait for
            missing = await self._get(sequence for sequence in chosen if sequence not in fresh)
            found = fresh | {kept.sequence: kept for kept in missing}  # bodies never change
            for sequence in set(chosen) - found.keys():  # an operator removed the message
                del claims.jobs[sequence]
            chosen = [sequence for sequence in chosen if sequence in found]
            claims.lease(chosen, until)
            try:
                await self.stream.write([self._document(claims, revision)])
            except Conflict:
                await _step_aside(tries)
            else:
                return [_job(found[sequence], claims.jobs[sequence].attempts) for sequence in chosen], []
        raise AssertionError  # never reached: counting does not end

    async def _read_on(self, claims: Claims, limit: int, now: datetime, seen: dict[int, Kept]) -> None:
        """Move the floor until enough jobs are free.

        `seen` holds what was read of the stream by earlier tries, without gaps, and takes what is read now.
        """
        for sequence, kept in seen.items():
            if sequence >= claims.floor:
                _pass(claims, kept)
        while len(claims.free(limit, now)) < limit and len(claims.jobs) < MOST_KNOWN:
            page = await self.stream.after(self._name, claims.floor, self._keys, _PAGE)
            for kept in page:
                seen[kept.sequence] = kept
                _pass(claims, kept)
            if not page or page[-1].left == 0:
                claims.finished_above = 0
                break

    async def _get(self, sequences: Iterable[int]) -> list[Kept]:
        found = await asyncio.gather(*(self.stream.at(self._name, sequence) for sequence in sequences))
        return [kept for kept in found if kept]

    def _finish(self, jobs: Sequence[Job]) -> None:
        """Runs after the commit, where an error would make finished work look failed."""
        keys = {job.id: job.key for job in jobs}
        ids = list(keys)
        try:
            for at in range(0, len(ids), MOST_IN_ONE_WRITE):
                part = ids[at : at + MOST_IN_ONE_WRITE]
                self._change(lambda claims, part=part: [self._mark(keys[i]) for i in claims.end(part)] or None)  # type: ignore[misc]
        except TryAgain as trouble:
            _log.error("%d finished jobs could not be marked and will be given out again: %s", len(jobs), trouble)

    def _change(self, change: Callable[[Claims], list[Entry] | None]) -> bool:
        """Write what `change` makes of the claims, with the entries it gives, at once; False when it gives None."""

        async def attempt() -> bool:
            for tries in itertools.count():
                claims, revision = await self._read_claims()
                entries = change(claims)
                if entries is None:
                    break
                try:
                    await self.stream.write([*entries, self._document(claims, revision)])
                except Conflict:
                    await _step_aside(tries)
                else:
                    return True
            return False

        return self.stream.run(attempt)

    async def _read_claims(self) -> tuple[Claims, int]:
        kept = await self.stream.latest(self._name, self._claims_subject)
        return (Claims.read(kept.body), kept.sequence) if kept else (Claims(), 0)

    def _document(self, claims: Claims, revision: int) -> Entry:
        return Entry(self._claims_subject, claims.as_bytes(), expected=revision)

    def _entry(self, job: NewJob, now: datetime) -> Entry:
        return Entry(f"{self._subject}.key.{_hash(job.key)}", job.body, _about(job, created_at=now), expected=0)

    def _mark(self, key: str, days: int = REMEMBERED_DAYS) -> Entry:
        return Entry(f"{self._subject}.key.{_hash(key)}", headers={"Nats-TTL": str(days * DAY_S)})


def _pass(claims: Claims, kept: Kept) -> None:
    """Let the floor pass one message."""
    if _ABOUT in kept.headers:
        about = json.loads(kept.headers[_ABOUT])
        claims.see_job(kept.sequence, about["lane"], _moment(about["run_at"]))
    else:
        claims.see_finished_mark(kept.sequence)


async def _step_aside(tries: int) -> None:
    """Another worker was first: let it go on a little, longer each time, before the next try."""
    await asyncio.sleep(random.uniform(0, min(0.002 * 2**tries, 0.1)))  # noqa: S311 - spreads workers, keeps no secret


def _hash(key: str) -> str:
    """A key as one part of a subject, which knows no dots, spaces or letters beyond ASCII."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def _about(job: NewJob | Job, created_at: datetime | None = None, why: str = "") -> Mapping[str, str]:
    created_at = job.created_at if isinstance(job, Job) else created_at
    run_at = job.run_at if isinstance(job, NewJob) else None
    facts = {
        "queue": job.queue,
        "kind": job.kind,
        "key": job.key,
        "lane": job.lane,
        "unit_key": job.unit_key,
        "created_at": created_at.isoformat() if created_at else None,
        "run_at": run_at.isoformat() if run_at else None,
        "why": why,
    }
    return {_ABOUT: json.dumps(facts, separators=(",", ":"))}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _job(kept: Kept, attempts: int) -> Job:
    about = json.loads(kept.headers[_ABOUT])
    return Job(
        id=kept.sequence,
        queue=about["queue"],
        kind=about["kind"],
        body=kept.body,
        key=about["key"],
        lane=about["lane"],
        unit_key=about["unit_key"],
        attempts=attempts,
        created_at=datetime.fromisoformat(about["created_at"]),
    )
