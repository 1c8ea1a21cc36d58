"""The webhook door: judges a call on its raw bytes and answers 200 only once it is durable.

It stands outside Django's pages, holds no rule, and writes neither bodies nor callers' addresses into any log.
"""

import asyncio
import logging
import re
from urllib.parse import parse_qs

from binhyen.channels.connector import Call, Connector, Forged, Genuine, Probe
from binhyen.channels.registry import connector_for
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.hooks.addresses import LOOK_AGAIN_AFTER_S, Address, AddressBook, ConnectorFor, Page
from binhyen.hooks.committing import Full, GroupCommitter, NotStored
from binhyen.hooks.counts import Counts
from binhyen.hooks.http import Gone, Patience, Receive, Scope, Send, TooLarge, answer
from binhyen.hooks.judging import job_of
from binhyen.jobs.contract import JobQueue
from binhyen.jobs.queue import job_queue

_ADDRESS = re.compile(r"/hooks/([a-z_]{1,20})/([A-Za-z0-9_-]{1,32})/?")
_CHALLENGE = re.compile(r"[\w.~+/=-]{1,200}", re.ASCII)
_log = logging.getLogger(__name__)


class HooksDoor:
    """What one web process needs to take webhook calls."""

    def __init__(self, queue: JobQueue, connectors: ConnectorFor, forged_status: int) -> None:
        self.counts = Counts()
        self._book = AddressBook(connectors)
        self._connectors = connectors
        self._committer = GroupCommitter(queue.append, self.counts)
        self._forged_status = forged_status
        self._patience = Patience()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Read the addresses, start the committing thread and the refresh."""
        self._committer.start()
        await self._book.look_again()
        watches = (self._book.keep_fresh(), self._committer.give_up_late(), self._patience.watch())
        self._tasks = [asyncio.create_task(watch) for watch in watches]

    async def stop(self) -> None:
        """Make durable what waits, write the counts."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.to_thread(self._committer.stop)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        try:
            status, text, closes = await self._answer_to(scope, receive)
        except Gone:
            self.counts.add("hooks.refused.gone")
            status, text, closes = 408, "", True
        except TooLarge:
            self.counts.add("hooks.refused.too_large")
            status, text, closes = 413, "", True
        except Exception as trouble:  # noqa: BLE001 - the door's last guard; the platform repeats what is answered 500
            _log.error("A webhook call failed: %s", type(trouble).__name__)
            self.counts.add("hooks.failed")
            status, text, closes = 500, "", True
        await answer(send, status, text, closes)

    async def _answer_to(self, scope: Scope, receive: Receive) -> tuple[int, str, bool]:
        match = _ADDRESS.fullmatch(scope["path"])
        if match is None or not self._knows(match[1]):
            self.counts.add("hooks.refused.unknown_connector")
            return 404, "", True
        method = scope["method"]
        if method in ("GET", "HEAD"):
            return 200, _challenge(scope["query_string"]) or "ok", False
        if method != "POST":
            self.counts.add("hooks.refused.method")
            return 405, "", True
        headers = {name.decode("latin1"): value.decode("latin1") for name, value in scope["headers"]}
        body = await self._patience.read_body(receive, headers)
        address = await self._find(match[1], match[2])
        if address is None and not self._book.is_current:
            self.counts.add("hooks.refused.addresses_away")
            return 503, "", False
        if address is None and self._book.is_unreadable(match[1], match[2]):
            self.counts.add("hooks.refused.keys_away")
            return 503, "", False
        if address is None:
            self.counts.add("hooks.dropped.unknown_address")
            return 200, "ok", False
        if headers.get("num_retry", "0") != "0":
            self.counts.add("hooks.announced_repeat")
        return await self._judge(address, Call(body, headers, clock.now())), "ok", False

    def _knows(self, connector: str) -> bool:
        try:
            self._connectors(connector)
        except LookupError:
            return False
        return True

    async def _find(self, connector: str, public_id: str) -> Address | None:
        address = self._book.find(connector, public_id)
        if address is None:
            await self._book.look_again(LOOK_AGAIN_AFTER_S)
            address = self._book.find(connector, public_id)
        return address

    async def _judge(self, address: Address, call: Call) -> int:
        connector = address.connector
        match connector.verify(call, address.keys):
            case Probe():
                self.counts.add("hooks.probe")
                return 200
            case Forged(reason):
                self.counts.add(f"hooks.refused.{reason}")
                # A slow genuine call must come again with `num_retry` (docs/adr/0004-webhook-age.md).
                return 401 if reason == "stale" else self._forged_status
            case Genuine(storable=False):
                self.counts.add("hooks.dropped.not_storable")
                return 200
            case Genuine() as genuine:
                return await self._keep(address, connector, genuine, call.body)

    async def _keep(self, address: Address, connector: Connector, genuine: Genuine, body: bytes) -> int:
        page = address.pages.get(genuine.account) or await self._new_page(connector.name, address, genuine.account)
        if page is None and not self._book.is_current:
            self.counts.add("hooks.refused.addresses_away")
            return 503
        if page is None:
            self.counts.add("hooks.dropped.unknown_page")
            return 200
        if genuine.is_late:
            self.counts.add("hooks.late", unit_key=page.unit_key)
        try:
            await self._committer.submit(job_of(page, connector.name, genuine, body))
        except Full:
            self.counts.add("hooks.refused.full")
            return 503
        except NotStored:
            return 503
        return 200

    async def _new_page(self, connector: str, address: Address, account: str) -> Page | None:
        """The page, if it was added to this application a moment ago."""
        await self._book.look_again()
        newer = self._book.find(connector, address.public_id)
        return newer.pages.get(account) if newer else None


def _challenge(query: bytes) -> str:
    """The value of hub.challenge, if it is harmless (zalo section 2.1)."""
    values = parse_qs(query.decode("latin1"), max_num_fields=20).get("hub.challenge", [""])
    return values[0] if _CHALLENGE.fullmatch(values[0]) else ""


_door: HooksDoor | None = None


async def start() -> None:
    """Open the door of this process; the server's lifespan calls it."""
    global _door  # noqa: PLW0603 - one door a process, like the server itself
    _door = HooksDoor(job_queue(), connector_for, configuration().forged_call_status)
    await _door.start()


async def stop() -> None:
    """Close the door: nothing that was accepted is lost."""
    global _door  # noqa: PLW0603
    if _door is not None:
        await _door.stop()
        _door = None


async def hooks_application(scope: Scope, receive: Receive, send: Send) -> None:
    """ASGI application of /hooks/; opens the door at the first call when the server speaks no lifespan."""
    if _door is None:
        await start()
    assert _door is not None  # noqa: S101 - start() set it
    await _door(scope, receive, send)
