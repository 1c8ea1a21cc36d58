"""Live events of the console: one lean ASGI function, ids and counts only, one poller per process.

`GET /console/events` is a stream of server-sent events for a signed-in officer. Whatever an event names is fetched
with the usual checks, so nothing secret travels here.
"""

import asyncio
import contextlib
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import close_old_connections
from django.utils.crypto import constant_time_compare

from binhyen.console.sign_in import ACTED_AT, STARTED_AT
from binhyen.core import clock
from binhyen.core.clock import from_epoch_ms
from binhyen.inbox.models import AlertState, Conversation, DutyAlert
from binhyen.units import policy
from binhyen.units.models import Officer, Unit
from binhyen.units.rules import session_has_ended
from binhyen.units.scope import CONVERSATION_ROLES, scope_of

POLL_S = 1.0
"""How often the one poller looks; a listener waits at most this long."""
HEARTBEAT_S = 25.0
"""A beat this often keeps proxies from closing the stream, and tells the page that somebody is at the other end."""
CHECK_SESSION_S = 5.0
RETRY_MS = 5000
_OVERLAP = timedelta(seconds=3)
"""Transactions commit a little after the time they carry."""

ASGIReceive = Callable[[], Awaitable[MutableMapping[str, Any]]]
P = ParamSpec("P")
T = TypeVar("T")
ASGISend = Callable[[MutableMapping[str, Any]], Awaitable[None]]


async def _ask_database(question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a read beside the loop, on a connection that is neither too old nor broken."""

    def asked() -> T:
        close_old_connections()
        return question(*args, **kwargs)

    return await sync_to_async(asked)()


@dataclass(frozen=True, slots=True)
class Change:
    """What happened in one unit: the kind of event and the public ids it names."""

    unit_id: int
    kind: str
    facts: Mapping[str, Any]
    kept_from: frozenset[int] = frozenset()
    """Officers who must not even notice that something happened (G7)."""


@dataclass(eq=False, slots=True)
class Listener:
    """One open stream."""

    officer_id: int
    unit_ids: frozenset[int]
    queue: asyncio.Queue[Change] = field(default_factory=lambda: asyncio.Queue(maxsize=1000))


Ringing = dict[str, frozenset[int]]
"""Alerts of a unit that ring, each with the officers it must never reach."""


def _kept_from(before: Ringing, now: Ringing) -> frozenset[int]:
    """Who must not notice the difference: officers whom every alert that came, went or changed is kept from."""
    pairs = [(before.get(one), now.get(one)) for one in before.keys() | now.keys()]
    changed = [(old, new) for old, new in pairs if old != new]
    return frozenset.intersection(*(each for pair in changed for each in pair if each is not None))


class Poller:
    """Looks once for all listeners of the process, and only while there is one."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self._task: asyncio.Task[None] | None = None
        self._sent: dict[int, datetime] = {}
        self._duty: dict[int, tuple[Ringing, bool]] = {}

    def add(self, listener: Listener) -> None:
        """Start to listen."""
        self.listeners.add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    def remove(self, listener: Listener) -> None:
        """Stop to listen; the last one to go ends the poller."""
        self.listeners.discard(listener)
        if not self.listeners and self._task is not None:
            self._task.cancel()
            self._task = None

    def count_for(self, officer_id: int) -> int:
        """Open streams of one officer."""
        return sum(listener.officer_id == officer_id for listener in self.listeners)

    async def _run(self) -> None:
        since = clock.now()
        self._sent, self._duty = {}, {}
        while self.listeners:
            started = clock.now()
            unit_ids = frozenset().union(*(listener.unit_ids for listener in self.listeners))
            for change in await _ask_database(self.look, unit_ids, since - _OVERLAP):
                self._hand_out(change)
            since = started
            await asyncio.sleep(POLL_S)

    def look(self, unit_ids: frozenset[int], since: datetime) -> list[Change]:
        """Changes of these units since then, each reported once; three queries however many listen."""
        found = Conversation.objects.filter(unit_id__in=unit_ids, changed_at__gte=since)
        by_unit: dict[int, list[str]] = defaultdict(list)
        seen: dict[int, datetime] = {}
        for pk, public_id, unit_id, changed_at in found.values_list("pk", "public_id", "unit_id", "changed_at"):
            seen[pk] = changed_at
            if self._sent.get(pk) != changed_at:
                by_unit[unit_id].append(public_id)
        self._sent = seen
        changes = [Change(unit_id, "inbox", {"conversations": ids[:200]}) for unit_id, ids in by_unit.items()]
        return changes + self._duty_changes(unit_ids)

    def _duty_changes(self, unit_ids: frozenset[int]) -> list[Change]:
        ringing: dict[int, Ringing] = defaultdict(dict)
        alerts = DutyAlert.objects.filter(unit_id__in=unit_ids, state=AlertState.RINGING)
        for unit_id, public_id, kept_from in alerts.values_list("unit_id", "public_id", "excluded_officer_ids"):
            ringing[unit_id][public_id] = frozenset(kept_from)
        stopped = set(
            Unit.objects.filter(pk__in=unit_ids).exclude(sending_stopped_at=None).values_list("pk", flat=True)
        )
        changes = []
        for unit_id in unit_ids:
            before, now = self._duty.get(unit_id), (ringing[unit_id], unit_id in stopped)
            self._duty[unit_id] = now
            if before is not None and before[0] != now[0]:
                changes.append(Change(unit_id, "alert", {}, _kept_from(before[0], now[0])))
            if before is not None and before[1] != now[1]:
                changes.append(Change(unit_id, "stop", {"stopped": now[1]}))
        return changes

    def _hand_out(self, change: Change) -> None:
        for listener in self.listeners:
            is_for = change.unit_id in listener.unit_ids and listener.officer_id not in change.kept_from
            if is_for and not listener.queue.full():
                listener.queue.put_nowait(change)


poller = Poller()
"""The one poller of this process."""


async def events_application(scope: Mapping[str, Any], receive: ASGIReceive, send: ASGISend) -> None:
    """The stream; 401 without a living session, 429 for a fourth stream of one officer."""
    session_key = _session_key(scope)
    found = await _ask_database(listener_for, session_key)
    if found is None:
        await _refuse(send, 401)
        return
    if poller.count_for(found.officer_id) >= policy.EVENT_STREAMS_PER_OFFICER:
        await _refuse(send, 429)
        return
    poller.add(found)
    gone = asyncio.create_task(_wait_until_gone(receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": _STREAM_HEADERS})
        await _stream(send, found, session_key, gone)
    finally:
        gone.cancel()
        poller.remove(found)


_STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def _stream(send: ASGISend, listener: Listener, session_key: str, gone: asyncio.Task[None]) -> None:
    loop = asyncio.get_running_loop()
    await _write(send, f"retry: {RETRY_MS}\n\n")
    beat_at = loop.time() + HEARTBEAT_S
    check_at = loop.time() + CHECK_SESSION_S
    while not gone.done():
        getting = asyncio.ensure_future(listener.queue.get())
        wait_s = max(0.0, min(beat_at, check_at) - loop.time())
        await asyncio.wait({getting, gone}, timeout=wait_s, return_when=asyncio.FIRST_COMPLETED)
        if getting.done():
            change = getting.result()
            await _write(send, f"event: {change.kind}\ndata: {json.dumps(dict(change.facts))}\n\n")
        else:
            getting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await getting
        if loop.time() >= check_at:
            check_at = loop.time() + CHECK_SESSION_S
            if await _ask_database(listener_for, session_key) is None:
                await _write(send, "event: ended\ndata: {}\n\n", is_last=True)
                return
        if loop.time() >= beat_at:
            beat_at = loop.time() + HEARTBEAT_S
            await _write(send, "event: beat\ndata: {}\n\n")


async def _wait_until_gone(receive: ASGIReceive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: ASGISend, text: str, is_last: bool = False) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": not is_last})


async def _refuse(send: ASGISend, status: int) -> None:
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _session_key(scope: Mapping[str, Any]) -> str:
    raw = b"; ".join(value for name, value in scope.get("headers", ()) if name == b"cookie")
    try:
        cookie = SimpleCookie(raw.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def listener_for(session_key: str) -> Listener | None:
    """A listener for the officer of a living console session; None for anyone else. Moves no idle clock."""
    if not session_key:
        return None
    store = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    started, acted = store.get(STARTED_AT), store.get(ACTED_AT)
    if not isinstance(started, float) or not isinstance(acted, float) or BACKEND_SESSION_KEY not in store:
        return None
    if session_has_ended(from_epoch_ms(int(started * 1000)), from_epoch_ms(int(acted * 1000)), clock.now()):
        return None
    records = store.get(AUTHENTICATION_METHODS_SESSION_KEY) or []
    officer = Officer.objects.filter(pk=store.get(SESSION_KEY), is_active=True).first()
    if officer is None or not any(record.get("method") == "mfa" for record in records):
        return None
    if not constant_time_compare(store.get(HASH_SESSION_KEY, ""), officer.get_session_auth_hash()):
        return None
    return Listener(officer.pk, scope_of(officer).units_with(CONVERSATION_ROLES))
