"""The webhook sender: signatures over raw bytes, the retry ladder, duplicates and reordering (Zalo section 2)."""

import asyncio
import hashlib
import heapq
import json
import random
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from binhyen.simulator.clock import MINUTE_MS, SECOND_MS
from binhyen.simulator.state import World

RETRY_LADDER_MS = (30 * SECOND_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS, 60 * MINUTE_MS)
KEPT_DELIVERIES = 2_000
CONNECTIONS = 32
QUEUE_LIMIT = 20_000


def signature(app_id: str, raw_body: bytes, timestamp: str, secret: str) -> str:
    """Value of `X-ZEvent-Signature`: plain SHA-256 over app id, raw body, timestamp and secret, in hex."""
    digest = hashlib.sha256(app_id.encode() + raw_body + timestamp.encode() + secret.encode())
    return "mac=" + digest.hexdigest()


def checked_url(url: Any) -> str | None:
    """Where events go, or None for nowhere. Raises ValueError for what is no web address."""
    if url is None:
        return None
    parts = urlsplit(str(url))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("webhook_url must be a web address or null")
    return str(url)


def raw_json(body: dict[str, Any], form: str) -> bytes:
    """The body as bytes: `compact`, `spaced` or `escaped`; lone surrogates force the escaped form."""
    separators = (", ", ": ") if form == "spaced" else (",", ":")
    if form != "escaped":
        try:
            return json.dumps(body, ensure_ascii=False, separators=separators).encode()
        except UnicodeEncodeError:
            pass
    return json.dumps(body, separators=separators).encode()


@dataclass(slots=True)
class Attempt:
    """One try: `status` of the answer, or what went wrong."""

    at_ms: int
    num_retry: int
    status: int | None
    problem: str
    took_ms: float


@dataclass(slots=True)
class Delivery:
    """One event on its way to the webhook."""

    n: int
    event_name: str
    raw: bytes
    headers: dict[str, str]
    state: str = "new"
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def http_status(self) -> int | None:
        """Status of the last answer; `None` when there was none."""
        return self.attempts[-1].status if self.attempts else None


class WebhookSender:
    """Delivers events of one app to its webhook URL."""

    def __init__(self, world: World, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.world = world
        self._transport = transport
        self._client: httpx.AsyncClient | None = None
        self.url = world.config.webhook_url
        self.start_over()

    def start_over(self) -> None:
        """Forget all deliveries and subscribe again."""
        self.deliveries: deque[Delivery] = deque(maxlen=KEPT_DELIVERIES)
        self.held: list[Delivery] = []
        self.is_holding = False
        self.is_subscribed = True
        self._n = 0
        self._due: list[tuple[int, int, Delivery]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._background: set[asyncio.Task[None]] = set()
        self._queue: deque[Delivery] = deque()
        self._is_draining = False

    def prepare(self, body: dict[str, Any], *, signed_as: str | None = None) -> Delivery:
        """Serialise and sign an event; `signed_as` replaces the header (`""` leaves it out)."""
        raw = raw_json(body, self.world.switches.webhook_json)
        header = self._signature_of(body, raw) if signed_as is None else signed_as
        headers = {"Content-Type": "application/json"}
        if header:
            headers["X-ZEvent-Signature"] = header
        return self.prepare_raw(raw, headers, str(body.get("event_name", "")))

    def prepare_raw(self, raw: bytes, headers: dict[str, str], event_name: str) -> Delivery:
        """A delivery of exactly these bytes."""
        self._n += 1
        delivery = Delivery(self._n, event_name, raw, headers)
        self.deliveries.append(delivery)
        return delivery

    def _signature_of(self, body: dict[str, Any], raw: bytes) -> str:
        switches, config = self.world.switches, self.world.config
        oa_id = oa_of(body)
        page = self.world.pages.get(oa_id, self.world.first_page)
        secret = page.secret_key if switches.webhook_key == "oa_secret_key" else config.app_secret
        first = config.app_id if switches.mac_first_term == "app_id" else oa_id
        return signature(first, raw, str(body.get("timestamp", "")), secret)

    async def dispatch(self, body: dict[str, Any]) -> Delivery:
        """Deliver an event; returns after the first attempt (or at once while holding)."""
        delivery = self.prepare(body)
        await self.send_now(delivery)
        return delivery

    async def send_now(self, delivery: Delivery) -> None:
        """First attempt of a delivery, with its duplicates, unless deliveries are held or switched off."""
        if not self._may_send(delivery):
            return
        await self._attempt(delivery, 0)
        for _ in range(self.world.switches.duplicates):
            await self.post(delivery, 0)

    def dispatch_soon(self, bodies: Sequence[dict[str, Any]]) -> None:
        """Deliver events in the background, in order; past a bound they are counted and dropped."""
        for body in bodies:
            if len(self._queue) >= QUEUE_LIMIT:
                self.world.count("webhooks dropped")
                continue
            self._queue.append(self.prepare(body))
        if not self._is_draining:
            self._is_draining = True
            self._in_background(self._drain())

    async def _drain(self) -> None:
        try:
            while self._queue:
                await self.send_now(self._queue.popleft())
        finally:
            self._is_draining = False

    def _in_background(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def settle(self) -> None:
        """Wait until nothing is being delivered in the background (retries that are not due stay)."""
        while self._background:
            await asyncio.gather(*self._background)

    def _may_send(self, delivery: Delivery) -> bool:
        if self.url is None:
            delivery.state = "no webhook"
        elif not self.is_subscribed:
            delivery.state = "not subscribed"
            self.world.count("webhooks not subscribed")
        elif self.is_holding:
            delivery.state = "held"
            self.held.append(delivery)
        else:
            return True
        return False

    async def post(self, delivery: Delivery, num_retry: int) -> Attempt:
        """POST a delivery once and note what came back."""
        headers = dict(delivery.headers)
        if num_retry:
            headers["num_retry"] = str(num_retry)
        status, problem, started = None, "", time.perf_counter()
        try:
            answer = await self._http().post(
                str(self.url), content=delivery.raw, headers=headers, timeout=self.world.switches.webhook_timeout_s
            )
            status = answer.status_code
        except httpx.ConnectError:
            problem = "connection failed"
        except httpx.TimeoutException:
            problem = "no answer in time"
        except httpx.TransportError as error:
            problem = f"broken off: {type(error).__name__}"
        took_ms = (time.perf_counter() - started) * 1000
        attempt = Attempt(self.world.clock.now_ms(), num_retry, status, problem, round(took_ms, 3))
        delivery.attempts.append(attempt)
        return attempt

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
            self._client = httpx.AsyncClient(transport=self._transport, limits=limits, trust_env=False)
        return self._client

    async def _attempt(self, delivery: Delivery, num_retry: int) -> None:
        attempt = await self.post(delivery, num_retry)
        self.world.count("webhook attempts")
        if attempt.status == httpx.codes.OK:
            delivery.state = "delivered"
        elif self.world.switches.retry_on == "connection_failure" and attempt.problem != "connection failed":
            delivery.state = "not retried"
        elif num_retry == len(RETRY_LADDER_MS):
            delivery.state = "given up"
            self.is_subscribed = False
            self.world.count("subscriptions lost")
        else:
            delivery.state = "waiting"
            wait_ms = int(RETRY_LADDER_MS[num_retry] * self.world.switches.retry_scale)
            heapq.heappush(self._due, (self.world.clock.now_ms() + wait_ms, delivery.n, delivery))
            self._arm()

    def next_due_ms(self) -> int | None:
        """Virtual time of the next retry."""
        return self._due[0][0] if self._due else None

    async def run_due(self) -> None:
        """Make every retry whose time has come."""
        while self._due and self._due[0][0] <= self.world.clock.now_ms():
            delivery = heapq.heappop(self._due)[2]
            if self.is_subscribed:
                await self._attempt(delivery, delivery.attempts[-1].num_retry + 1)
        self._arm()

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._due:
            wait_s = max(self._due[0][0] - self.world.clock.now_ms(), 0) / 1000
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(wait_s, lambda: self._in_background(self.run_due()))

    async def advance(self, by_ms: int) -> None:
        """Move the virtual time, stopping at every retry on the way."""
        target_ms = self.world.clock.now_ms() + by_ms
        while (due_ms := self.next_due_ms()) is not None and due_ms <= target_ms:
            self.world.clock.advance_ms(max(due_ms - self.world.clock.now_ms(), 0))
            await self.run_due()
        self.world.clock.move_to_ms(max(target_ms, self.world.clock.now_ms()) if by_ms >= 0 else target_ms)
        self._arm()

    async def release(self, order: str, duplicates: int, seed: int) -> list[Delivery]:
        """Send what was held, at once over several connections: `as_held`, `reversed` or `shuffled`."""
        self.is_holding = False
        waiting, self.held = self.held, []
        if order == "reversed":
            waiting.reverse()
        elif order == "shuffled":
            random.Random(seed).shuffle(waiting)  # noqa: S311
        if order == "as_held":
            for delivery in waiting:
                await self._attempt(delivery, 0)
        else:
            await asyncio.gather(*(self._attempt(delivery, 0) for delivery in waiting))
        await asyncio.gather(*(self.post(delivery, 0) for delivery in waiting for _ in range(duplicates)))
        return waiting

    async def close(self) -> None:
        """Stop the timer and close the connections."""
        if self._timer is not None:
            self._timer.cancel()
        if self._client is not None:
            await self._client.aclose()
            self._client = None


def oa_of(body: dict[str, Any]) -> str:
    """The page an event belongs to, wherever its class puts the id."""
    direct = body.get("oa_id") or body.get("oaId")
    if isinstance(direct, str):
        return direct
    side = (
        "recipient"
        if str(body.get("event_name", "")).startswith(("user_send", "user_submit", "user_reacted", "anon"))
        else "sender"
    )
    party = body.get(side)
    return str(party.get("id", "")) if isinstance(party, dict) else ""
