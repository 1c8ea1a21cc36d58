"""Intake: what came in becomes conversations, decisions and planned replies, a whole batch in one transaction."""

import logging
import re
import threading
from collections.abc import Iterable, Sequence

from django.db import DataError, IntegrityError, connection, transaction
from django.db import Error as DatabaseError

from binhyen.channels.connector import AccessRevoked, Event, Ignored, PublicComment, Unknown
from binhyen.channels.models import Account, AccountState
from binhyen.channels.states import set_state
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.inbox.models import Conversation, UnreadEvent
from binhyen.jobs.contract import Job
from binhyen.jobs.queue import job_queue
from binhyen.language.understanding import Understander
from binhyen.vault.keyring import seal
from binhyen.workflows import answering
from binhyen.workflows.arrivals import Arrival, read_calls
from binhyen.workflows.changes import Changes
from binhyen.workflows.echoes import recall_open_sends, settle_receipts
from binhyen.workflows.erasing import leave_out_erased
from binhyen.workflows.threads import open_threads
from binhyen.workflows.triage import UNDERSTOOD_LIMIT, Triage

LANES_ON_POSTGRESQL = 2
"""Batches one worker has in hand: while the server stores one, the next is understood. Two are never of one person."""
LEASE_S = 60.0
"""A batch that is not finished within this time is given to another worker."""
LONGEST_PAUSE_S = 15.0
"""Between two tries while the database is away, locked or full."""
UNREAD_PURPOSE = "intake.unread"
"""Sealing purpose of bodies kept for an operator to look at."""
_KNOWN_NAME = re.compile(r"[a-z_]{1,50}")
_log = logging.getLogger(__name__)


def intake_lanes() -> int:
    """How many threads of one worker take in. On SQLite one: who writes there holds the whole database."""
    return LANES_ON_POSTGRESQL if connection.vendor == "postgresql" else 1


def work_intake(limit: int = 200, understander: Understander | None = None, stop: threading.Event | None = None) -> int:
    """Work up to `limit` calls; the number taken. All of a batch is written at once, or nothing of it.

    A call that breaks the batch is found by working one by one and set aside, so that the others go on.
    While the database is away or full, the batch stays in hand and is tried again until `stop` is set; without `stop`,
    django.db.Error is raised and the calls are given out again after `LEASE_S`.
    """
    jobs = job_queue().take("intake", limit, LEASE_S)
    pause_s = 0.5
    while jobs:
        try:
            _work(jobs, understander or answering.understander())
        except DatabaseError as error:
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
            _log.error("The database refuses (%s); %d calls wait %.0f s", type(error).__name__, len(jobs), pause_s)
            if stop is None or stop.wait(pause_s):
                raise
            connection.close()
        else:
            break
    return len(jobs)


def _work(jobs: Sequence[Job], understander: Understander) -> None:
    try:
        _work_together(jobs, understander)
    except Exception as error:  # the runner of intake jobs: any other fault is one call's own
        if _is_database_away(error):
            raise
        _log.warning("A batch of %d calls failed (%s); working them one by one", len(jobs), type(error).__name__)
        _work_one_by_one(jobs, understander)


def receive_now(account: Account, event: Event) -> Conversation:
    """Take in one event at once, for the paste-in desk. Raises NotPossible("not_received") for an event of nobody."""
    arrival = Arrival(account, event, clock.now())
    with transaction.atomic():
        _take_in([arrival], Changes(clock.now()), answering.understander())
        found = (
            arrival.person
            and Conversation.objects.filter(account=account, contact__external_id=arrival.person[1]).first()
        )
    if not found:
        raise NotPossible("not_received")
    return found


def _work_together(jobs: Sequence[Job], understander: Understander) -> None:
    with transaction.atomic():
        changes = Changes(clock.now())
        _take_in(read_calls(jobs, changes.counts), changes, understander)
        job_queue().finish(jobs)


def _work_one_by_one(jobs: Sequence[Job], understander: Understander) -> None:
    for job in jobs:
        try:
            _work_together([job], understander)
        except Exception as error:  # the runner of intake jobs
            if _is_database_away(error):
                raise
            _bury(job, error)


def _bury(job: Job, error: Exception) -> None:
    """The traceback may hold what a resident wrote, so only the kind of trouble is logged and kept."""
    _log.error("Call %d (%s) cannot be worked: %s; it is set aside", job.id, job.kind, type(error).__name__)
    job_queue().bury(job, f"{type(error).__module__}.{type(error).__name__}")


def _is_database_away(error: Exception) -> bool:
    """Whether the database itself is the trouble (away, locked, full) and not the rows."""
    return isinstance(error, DatabaseError) and not isinstance(error, DataError | IntegrityError)


def _take_in(arrivals: Sequence[Arrival], changes: Changes, understander: Understander) -> None:
    _note_events_of_nobody(arrivals, changes)
    people = [arrival for arrival in leave_out_erased(arrivals, changes) if arrival.person]
    people = _without_small_talk(people, changes, understander)
    threads = open_threads(people, changes.now)
    recall_open_sends(threads, people)
    settle_receipts(threads, people, changes)
    Triage(threads, changes, understander).work(people)
    changes.write(threads)


def _note_events_of_nobody(arrivals: Iterable[Arrival], changes: Changes) -> None:
    for arrival in arrivals:
        unit_id = arrival.account.unit_id
        match arrival.event:
            case Ignored(kind=kind):
                changes.counts[unit_id, f"intake.ignored.{_counted_name(kind)}"] += 1
            case Unknown(kind=kind, reason=reason):
                changes.counts[unit_id, "intake.unread"] += 1
                changes.unread.append(_unread(arrival, kind, reason, changes))
            case AccessRevoked():
                _log.error("Account %s took back its access; an administrator must consent", arrival.account.public_id)
                set_state(arrival.account.pk, AccountState.NEEDS_CONSENT, "permission_revoked")


def _counted_name(kind: str) -> str:
    return kind if _KNOWN_NAME.fullmatch(kind) else "other"


def _unread(arrival: Arrival, kind: str, reason: str, changes: Changes) -> UnreadEvent:
    return UnreadEvent(
        account=arrival.account,
        kind=kind[:60],
        reason=reason[:100],
        sealed_body=seal(UNREAD_PURPOSE, arrival.body),
        created_at=changes.now,
    )


def _without_small_talk(arrivals: Sequence[Arrival], changes: Changes, understander: Understander) -> list[Arrival]:
    """Of what was written in public only reports are kept, on the private path; the rest is counted (G14, G15)."""
    comments = [arrival for arrival in arrivals if isinstance(arrival.event, PublicComment)]
    if not comments:
        return list(arrivals)
    texts = [arrival.event.text[:UNDERSTOOD_LIMIT] for arrival in comments if isinstance(arrival.event, PublicComment)]
    left_out = {
        id(arrival)
        for arrival, understood in zip(comments, understander.understand(texts), strict=True)
        if not answering.is_reported(understood)
    }
    for arrival in comments:
        if id(arrival) in left_out:
            changes.counts[arrival.account.unit_id, "intake.public_comment"] += 1
    return [arrival for arrival in arrivals if id(arrival) not in left_out]
