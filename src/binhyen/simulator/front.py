"""The front of openapi.zalo.me: checks token, rates and rights of a call and runs its handler."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import msgspec

from binhyen.simulator.config import API_PACKAGES, GOVERNMENT_TYPE
from binhyen.simulator.errors import ApiRefusal, error_text, invalid, refusal
from binhyen.simulator.people_state import Page
from binhyen.simulator.state import World
from binhyen.simulator.wire import Acted, Headers, Receive, Scope, Send, serve

FREE_FOR_ALL = frozenset({"/v2.0/oa/getoa"})
"""Calls that answer whatever the page's package and verification."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


@dataclass(slots=True)
class Call:
    """One call of a page's API, after the token was accepted."""

    world: World
    page: Page
    path: str
    scope: Scope
    body: bytes
    notices: list[dict[str, Any]] = field(default_factory=list)

    def json(self) -> dict[str, Any]:
        """The JSON object of the body; -201 when it is none."""
        return _object(self.body, "body")

    def query(self) -> dict[str, str]:
        """Query parameters, the last of each name."""
        return {name: values[-1] for name, values in parse_qs(self.scope["query_string"].decode("latin-1")).items()}

    def data(self) -> dict[str, Any]:
        """The JSON object in the query parameter `data`, as many GET calls have it."""
        return _object(self.query().get("data", "").encode(), "data")


Handler = Callable[[Call], Any]
"""Gives the `data` of the answer (`None` for an answer without it), or an awaitable of it; raises `ApiRefusal`."""
Notify = Callable[[list[dict[str, Any]]], None]
"""Takes webhook bodies that a call caused."""


def _object(raw: bytes, field_name: str) -> dict[str, Any]:
    try:
        value = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise invalid(field_name) from None
    if not isinstance(value, dict):
        raise invalid(field_name)
    return value


class ApiFront:
    """An ASGI application for the calls in `routes`, keyed by method and path."""

    def __init__(self, world: World, routes: dict[tuple[str, str], Handler], notify: Notify) -> None:
        self.world = world
        self.routes = routes
        self.notify = notify

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        await serve(self.world, self._act, scope, receive, send)

    async def _act(self, scope: Scope, body: bytes | None) -> Acted:
        headers: Headers = []
        try:
            if body is None:
                raise refusal(-210)
            page = self._admit(scope, headers)
            call = Call(self.world, page, scope["path"], scope, body)
            handler = self.routes.get((scope["method"], scope["path"]))
            if handler is None:
                raise unknown_call(scope["path"])
            data = handler(call)
            if inspect.isawaitable(data):
                data = await data
        except ApiRefusal as refused_call:
            self.world.count(f"error {refused_call.code}")
            return _encode(refused(refused_call)), headers
        if call.notices:
            self.notify(call.notices)
        return _encode(envelope(data)), headers

    def _admit(self, scope: Scope, headers: Headers) -> Page:
        world = self.world
        page = self._page_of_token(scope)
        switches = world.switches
        if switches.app_state != "active":
            raise refusal(-219 if switches.app_state == "disabled" else -209)
        now_ms = world.clock.now_ms()
        app_limit = switches.app_rate_per_minute
        if app_limit:
            left = world.rates.remaining("app", app_limit, now_ms)
            headers.append((b"x-ratelimit-limit", b"%d" % app_limit))
            headers.append((b"x-ratelimit-remain", b"%d" % max(left, 0)))
            if left < 0:
                raise refusal(-32)
        oa_limit = page.rate_per_minute if switches.oa_rate_per_minute is None else switches.oa_rate_per_minute
        if oa_limit and world.rates.remaining(page.oa_id, oa_limit, now_ms) < 0:
            raise refusal(-32, variant=1)
        check_rights(world, page, scope["path"])
        return page

    def _page_of_token(self, scope: Scope) -> Page:
        token = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"access_token"), "")
        grant = self.world.tokens.access.get(token)
        if grant is None or grant.is_dead:
            raise refusal(-216)
        if grant.expires_ms <= self.world.clock.now_ms():
            if self.world.switches.expired_code == "-216":
                raise ApiRefusal(-216, "Access token has expired")
            raise refusal(-220)
        return self.world.pages[grant.oa_id]


def check_rights(world: World, page: Page, path: str) -> None:
    """Refuse what the page's state, verification, package or type does not allow."""
    if page.is_disabled:
        raise refusal(-204)
    if path in FREE_FOR_ALL:
        return
    if not page.is_verified:
        raise refusal(-221)
    if page.package not in API_PACKAGES:
        raise refusal(-224)
    if page.oa_type == GOVERNMENT_TYPE and path.startswith(tuple(world.switches.government_refused)):
        raise refusal(-235)


def unknown_call(path: str) -> ApiRefusal:
    """Calls the simulator has not: products the app did not register, and paths Zalo has shut."""
    is_other_product = path.startswith("/v2.0/article/upload_video")
    return refusal(-212 if is_other_product else -209)


def envelope(data: Any) -> dict[str, Any]:
    """The answer of a call that went well."""
    done = {"error": 0, "message": error_text(0)}
    return done if data is None else {"data": data, **done}


def refused(refused_call: ApiRefusal) -> dict[str, Any]:
    """The answer of a refused call."""
    return {"error": refused_call.code, "message": refused_call.message}
