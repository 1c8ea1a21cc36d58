"""Senders: every attempt is marked before the call, every outcome recorded after it, in order per conversation."""

import functools
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from queue import Empty, SimpleQueue
from typing import Any, Protocol, Self

from binhyen.channels.connector import (
    Button,
    ButtonKind,
    Credentials,
    Later,
    Outbound,
    OutboundFile,
    Outcome,
    Refused,
)
from binhyen.channels.models import Account, AccountState
from binhyen.channels.registry import connector_for
from binhyen.channels.states import set_state
from binhyen.channels.tokens import fresh_credentials
from binhyen.core import clock
from binhyen.core.errors import BinhYenError, Misconfigured, NotPossible, TryAgain
from binhyen.inbox.deliveries import claim, record_results, stopped_units
from binhyen.inbox.due_rows import DueDelivery
from binhyen.inbox.models import Attachment
from binhyen.inbox.outcomes import HandedBack, Result
from binhyen.inbox.rules import reply_window
from binhyen.vault import files

THREADS = 8
BATCH = 64
"""Attempts marked in one go: what a crash can leave unknown at most."""
CALLS_BEGIN_WITHIN_S = 8.0
"""A marked attempt whose turn comes later is handed back uncalled."""
RECORD_EVERY_S = 0.25
"""Outcomes are written so often while other calls of the batch are slow: a crash leaves only those unknown."""
LOOK_EVERY_S = 2.0
"""Between two looks at the units' switches while a batch is going out (G44 asks for 10 s)."""
TROUBLE_OF_ALL = 3
"""The same trouble with so many conversations of a batch is the account's trouble: the rest waits (G61)."""
MOST_HOLD = timedelta(minutes=10)
_NEEDS_CONSENT = frozenset({"no_token", "zalo-216", "zalo-220", "zalo-223"})
_log = logging.getLogger(__name__)

MADE = "made:"
"""Start of the address of an attachment whose content is made when it is sent, by a room above."""
FileMaker = Callable[[Attachment], OutboundFile]


def send_due(
    limit: int = BATCH,
    stop: threading.Event | None = None,
    account: Account | None = None,
    threads: int = THREADS,
    make_file: FileMaker | None = None,
) -> int:
    """Send what is due now, in one batch of at most `limit`; the number of deliveries worked."""
    with Sender(threads, replies(make_file)) as sender:
        return sender.send_due(limit, stop or threading.Event(), account.pk if account else None)


OutgoingRow = Any
"""A `DueDelivery`, or a row of another room with the same fields `pk`, `unit_id`, `account_id` and `account`."""


class Way(Protocol):
    """What a thread calls: a connector, or one of its special ways out."""

    def send(self, outbound: Outbound, keys: Credentials) -> Outcome:
        """See `Connector.send`."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sender's rows come from, what is sent for one, and where its outcome is written."""

    claim: Callable[[int, int | None], Sequence[OutgoingRow]]
    address: Callable[[OutgoingRow], tuple[Way, Outbound] | Outcome]
    """Way and message of a row, or why it cannot go out now."""
    record: Callable[[Iterable[tuple[OutgoingRow, Result]]], None]


@dataclass
class _Round:
    """One batch on its way out."""

    deliveries: Sequence[OutgoingRow]
    stop: threading.Event
    source: Source
    ends_at: float = field(default_factory=lambda: time.monotonic() + CALLS_BEGIN_WITHIN_S)
    stopped: set[int] = field(default_factory=set)
    keys: dict[int, Credentials] = field(default_factory=dict)
    troubles: Counter[tuple[int, str]] = field(default_factory=Counter)
    closed_accounts: set[int] = field(default_factory=set)
    running: "dict[Future[Result], tuple[OutgoingRow, bool]]" = field(default_factory=dict)
    """Calls on their way, each with its row and whether it may be made once more with a new token."""
    finished: "SimpleQueue[Future[Result]]" = field(default_factory=SimpleQueue)

    def reason_not_to_call(self, delivery: OutgoingRow) -> str:
        """Looked at by the calling thread at the last moment before a call."""
        if self.stop.is_set():
            return "stopping"
        if delivery.unit_id in self.stopped:
            return "unit_stopped"
        if delivery.account_id in self.closed_accounts:
            return "account_waits"
        return "too_late" if time.monotonic() > self.ends_at else ""


class Sender:
    """A pool of threads that call platforms; only the thread that owns the sender touches the database."""

    def __init__(self, threads: int = THREADS, source: "Source | None" = None) -> None:
        self._source = source or REPLIES
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="sender")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True)

    def send_due(self, limit: int, stop: threading.Event, account_key: int | None = None) -> int:
        """Claim, send and record one batch; the number claimed. Not inside a transaction."""
        deliveries = self._source.claim(limit, account_key)
        if not deliveries:
            return 0
        self._send(_Round(deliveries, stop, self._source))
        return len(deliveries)

    def _send(self, batch: _Round) -> None:
        results: list[tuple[OutgoingRow, Result]] = []
        for delivery in batch.deliveries:
            ready = _prepared(delivery, batch)
            if isinstance(ready, Ready):
                self._begin(ready, batch, may_renew=True)
            else:
                results.append((delivery, ready))
        recorded_at = looked_at = time.monotonic()
        while batch.running:
            done = _finished(batch.finished, RECORD_EVERY_S)
            results += [settled for future in done if (settled := self._settled(future, batch))]
            now = time.monotonic()
            if results and batch.running and now - recorded_at > RECORD_EVERY_S:
                self._source.record(results)
                results, recorded_at = [], now
            if now - looked_at > LOOK_EVERY_S:
                batch.stopped |= stopped_units(batch.deliveries)
                looked_at = now
        self._source.record(results)

    def _begin(self, ready: "Ready", batch: _Round, *, may_renew: bool) -> None:
        future = self._pool.submit(_call, ready, batch)
        batch.running[future] = (ready.delivery, may_renew)
        future.add_done_callback(batch.finished.put)

    def _settled(self, future: Future[Result], batch: _Round) -> tuple[OutgoingRow, Result] | None:
        """What became of one call; None when it is made once more with a new token."""
        delivery, may_renew = batch.running.pop(future)
        result = future.result()
        if may_renew and isinstance(result, Later) and result.needs_new_token:
            again = _renewed(delivery, batch)
            if isinstance(again, Ready):
                self._begin(again, batch, may_renew=False)
                return None
            result = again
        _note(delivery, result, batch)
        return delivery, result


@dataclass(frozen=True, slots=True)
class Ready:
    """Everything a thread needs for one call."""

    delivery: OutgoingRow
    connector: Way
    outbound: Outbound
    keys: Credentials


def _finished(queue: "SimpleQueue[Future[Result]]", timeout_s: float) -> "list[Future[Result]]":
    """Calls that have ended, waiting for the first; `futures.wait` would look at all that still run each time."""
    done: list[Future[Result]] = []
    try:
        done.append(queue.get(timeout=timeout_s))
        while True:
            done.append(queue.get_nowait())
    except Empty:
        return done


def _call(ready: Ready, batch: _Round) -> Result:
    reason = batch.reason_not_to_call(ready.delivery)
    return HandedBack(reason) if reason else ready.connector.send(ready.outbound, ready.keys)


def _reply(delivery: DueDelivery, make_file: FileMaker | None = None) -> tuple[Way, Outbound] | Outcome:
    """The connector and the message of a reply, or why its window is closed."""
    connector = connector_for(delivery.account.connector)
    if reply_window(delivery.last_interaction_at, clock.now(), connector.capabilities).state == "closed":
        return Refused("window_closed", hint="other_way")
    return connector, _outbound(delivery, make_file)


def replies(make_file: FileMaker | None) -> Source:
    """Replies whose attachments may be made at the moment of sending, by a room above."""
    return Source(claim, functools.partial(_reply, make_file=make_file), record_results)


REPLIES = replies(None)
"""What officers and the machine answer to residents."""


def _prepared(delivery: OutgoingRow, batch: _Round) -> Ready | Result:
    try:
        addressed = batch.source.address(delivery)
        if not isinstance(addressed, tuple):
            return addressed
        if delivery.account_id not in batch.keys:
            batch.keys[delivery.account_id] = fresh_credentials(delivery.account)
        return Ready(delivery, *addressed, batch.keys[delivery.account_id])
    except TryAgain as error:
        return Later(error.after_s, str(error))
    except NotPossible as error:  # the account's state says so already
        return HandedBack(error.code)
    except BinhYenError as error:
        _log.error("Delivery %d cannot be prepared: %s", delivery.pk, error)
        return Refused(type(error).__name__, hint="operator")


def _renewed(delivery: OutgoingRow, batch: _Round) -> Ready | Result:
    """Ready for the one further try after the platform refused the token."""
    spent = batch.keys[delivery.account_id].get("access_token", "")
    account = Account.objects.select_related("application").get(pk=delivery.account_id)
    try:
        batch.keys[delivery.account_id] = fresh_credentials(account, spent)
    except TryAgain as error:
        return Later(error.after_s, str(error))
    except NotPossible as error:
        batch.closed_accounts.add(delivery.account_id)
        return HandedBack(error.code)
    return _prepared(delivery, batch)


def _note(delivery: OutgoingRow, result: Result, batch: _Round) -> None:
    """Draw the conclusions for the other deliveries of the account."""
    account_key = delivery.account_id
    match result:
        case Refused(why=why, stops_account=True):
            if account_key not in batch.closed_accounts:
                set_state(account_key, _state_after(why), why)
            batch.closed_accounts.add(account_key)
        case Later(why=why, after_s=after_s) if after_s > 0:
            batch.troubles[account_key, why] += 1
            if batch.troubles[account_key, why] >= TROUBLE_OF_ALL and account_key not in batch.closed_accounts:
                batch.closed_accounts.add(account_key)
                hold = min(timedelta(seconds=after_s), MOST_HOLD)
                Account.objects.filter(pk=account_key).update(held_until=clock.now() + hold)


def _state_after(why: str) -> AccountState:
    return AccountState.NEEDS_CONSENT if why in _NEEDS_CONSENT else AccountState.BLOCKED


def _outbound(delivery: DueDelivery, make_file: FileMaker | None) -> Outbound:
    message = delivery.message
    buttons = tuple(Button(title, ButtonKind(kind), value) for title, kind, value in message.buttons)
    stored = next((one.original for one in message.files if one.original), None)
    file = OutboundFile(stored.name, stored.content_type, files.open(stored)) if stored else None
    made = next((one for one in message.files if one.url.startswith(MADE)), None)
    if made:
        if make_file is None:
            raise Misconfigured(f"delivery {delivery.pk} needs a file that this process cannot make")
        file = make_file(made)
    return Outbound(delivery.person, message.text, buttons, file, message.quoted_id)
