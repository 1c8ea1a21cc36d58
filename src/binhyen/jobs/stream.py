"""What is wanted of NATS JetStream, callable from any thread: atomic writes and reads."""

import asyncio
import json
import logging
import secrets
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import TimeoutError as WaitedTooLong
from dataclasses import dataclass, field
from typing import Any, TypeVar

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.api import StorageType, StreamConfig
from nats.js.errors import APIError, NotFoundError

import nats
from binhyen.core.errors import Misconfigured, TryAgain

ANSWER_WITHIN_S = 2.0
"""Longest wait for one answer of the server."""
CALL_WITHIN_S = 4.5
"""Longest time of a whole call; the webhook door gives up after five seconds."""
REPLICAS = 3
"""Copies in a cluster; a server that stands alone keeps one."""
MOST_IN_ONE_WRITE = 400
"""Messages of one atomic write; the server takes 1,000."""
_WRONG_LAST_SEQUENCE = 10071
_NO_CLUSTER = 10074
_OTHER_SETTINGS = 10058
EXPECTED = "Nats-Expected-Last-Subject-Sequence"

Found = TypeVar("Found")
_log = logging.getLogger(__name__)


class Conflict(Exception):
    """Nothing of an atomic write was kept: a subject holds something else than expected."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message to be written; `expected` is the sequence its subject must be at (0: empty), None any."""

    subject: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """One message as the stream holds it."""

    sequence: int
    subject: str
    body: bytes
    headers: Mapping[str, str]
    left: int
    """Messages after this one that match the same filter."""


class Stream:
    """One connection in a thread of its own; made at the first use, renewed when it breaks."""

    def __init__(self, url: str) -> None:
        self._servers = url.split(",")
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._client: Client | None = None
        self._connecting: asyncio.Lock | None = None
        self._streams: list[StreamConfig] = []

    def wants(self, name: str, subjects: Sequence[str], max_age_s: float = 0) -> None:
        """Create the stream at the next connection, unless it is there (then an operator's settings stay)."""
        self._streams.append(
            StreamConfig(
                name=name,
                subjects=list(subjects),
                storage=StorageType.FILE,
                num_replicas=REPLICAS,
                max_msgs_per_subject=1,
                max_age=max_age_s,
                allow_direct=True,
                allow_msg_ttl=True,
                allow_atomic=True,
            )
        )

    def run(self, work: Callable[[], Coroutine[Any, Any, Found]]) -> Found:
        """The result of `work`, from any thread. Raises TryAgain while the cluster does not answer."""
        future = asyncio.run_coroutine_threadsafe(work(), self._running_loop())
        try:
            return future.result(CALL_WITHIN_S)
        except (TimeoutError, NatsError, OSError, WaitedTooLong) as trouble:
            future.cancel()
            raise TryAgain(f"jetstream_{type(trouble).__name__}", after_s=5) from trouble

    def close(self) -> None:
        """Hang up and end the thread."""
        with self._lock:
            if self._loop is None or self._thread is None:
                return
            asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result(CALL_WITHIN_S)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()
            self._loop = self._thread = None

    async def write(self, entries: Sequence[Entry]) -> None:
        """Keep all or nothing, durably. Raises Conflict."""
        client = await self.connected()
        batch, last = secrets.token_hex(11), len(entries)
        for number, entry in enumerate(entries, start=1):
            headers = {**entry.headers}
            if entry.expected is not None:
                headers[EXPECTED] = str(entry.expected)
            if last > 1:
                headers |= {"Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(number)}
                headers |= {"Nats-Batch-Commit": "1"} if number == last else {}
            if number in (1, last):
                answer = await client.request(entry.subject, entry.body, ANSWER_WITHIN_S, headers=headers)
                _check(answer)
            else:
                await client.publish(entry.subject, entry.body, headers=headers)

    async def latest(self, stream: str, subject: str) -> Kept | None:
        """The newest message of a subject, as the leader has it."""
        client = await self.connected()
        try:
            found = await client.jetstream(timeout=ANSWER_WITHIN_S).get_msg(stream, subject=subject)
        except NotFoundError:
            return None
        return Kept(found.seq or 0, subject, found.data or b"", found.headers or {}, 0)

    async def at(self, stream: str, sequence: int) -> Kept | None:
        """The message with this number, unless it is gone."""
        client = await self.connected()
        try:
            found = await client.jetstream(timeout=ANSWER_WITHIN_S).get_msg(stream, seq=sequence)
        except NotFoundError:
            return None
        return Kept(sequence, found.subject or "", found.data or b"", found.headers or {}, 0)

    async def after(self, stream: str, first: int, wanted: str, number: int) -> list[Kept]:
        """Up to `number` messages from sequence `first` on whose subject matches."""
        return await self._several(stream, {"seq": first, "batch": number, "next_by_subj": wanted})

    async def latest_of(self, stream: str, subjects: Sequence[str]) -> list[Kept]:
        """The newest message of each subject that has one."""
        return await self._several(stream, {"multi_last": list(subjects), "batch": len(subjects)})

    async def _several(self, stream: str, request: Mapping[str, object]) -> list[Kept]:
        """The server answers in several messages, the last of which has a status (ADR-31 of NATS)."""
        client = await self.connected()
        inbox, found = client.new_inbox(), list[Kept]()
        subscription = await client.subscribe(inbox)
        try:
            await client.publish(f"$JS.API.DIRECT.GET.{stream}", json.dumps(request).encode(), reply=inbox)
            while True:
                message = await subscription.next_msg(ANSWER_WITHIN_S)
                headers = message.headers or {}
                status = headers.get("Status")
                if status is None:
                    found.append(_kept(message.data, headers))
                elif status in ("204", "404"):
                    return found
                else:
                    raise APIError(code=int(status), description=headers.get("Description"))
        finally:
            await subscription.unsubscribe()

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="jetstream", daemon=True)
                self._thread.start()
            return self._loop

    async def connected(self) -> Client:
        """The open connection; for use within `run`. Raises OSError, NatsError, Misconfigured."""
        if self._connecting is None:
            self._connecting = asyncio.Lock()
        async with self._connecting:
            if self._client is None or self._client.is_closed:
                client = await nats.connect(
                    self._servers, max_reconnect_attempts=-1, reconnect_time_wait=1, error_cb=_note, name="binhyen"
                )
                for wanted in self._streams:
                    await _create(client, wanted)
                self._client = client
        if not self._client.is_connected:
            raise OSError("not connected")
        return self._client

    async def _hang_up(self) -> None:
        if self._client is not None:
            await self._client.close()
            self._client = None


def _kept(body: bytes, headers: Mapping[str, str]) -> Kept:
    return Kept(
        int(headers["Nats-Sequence"]), headers["Nats-Subject"], body, headers, int(headers.get("Nats-Num-Pending", 0))
    )


def _check(answer: Msg) -> None:
    """Raise what the server objects to; the first message of an atomic write is answered by nothing."""
    error = json.loads(answer.data).get("error") if answer.data else None
    if error and error["err_code"] == _WRONG_LAST_SEQUENCE:
        raise Conflict
    if error:
        raise APIError(error.get("code"), error.get("description"), error["err_code"])


async def _create(client: Client, wanted: StreamConfig) -> None:
    context = client.jetstream(timeout=ANSWER_WITHIN_S)
    try:
        await context.add_stream(wanted)
    except APIError as refusal:
        if refusal.err_code == _NO_CLUSTER:
            wanted.num_replicas = 1
            await _create(client, wanted)
        elif refusal.err_code != _OTHER_SETTINGS:
            await client.close()
            raise Misconfigured(f"JetStream refuses stream {wanted.name}: {refusal.description}") from refusal


async def _note(error: Exception) -> None:
    """The address may hold a password, so only the kind of trouble is logged."""
    _log.warning("JetStream: %s", type(error).__name__)
