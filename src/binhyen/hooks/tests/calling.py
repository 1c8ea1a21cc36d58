"""Calls the webhook door as a server would, without a network."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from binhyen.channels.accounts import sealed_keys
from binhyen.channels.models import Account, Application
from binhyen.channels.registry import connector_for
from binhyen.core import clock
from binhyen.hooks.application import HooksDoor
from binhyen.jobs.database import DatabaseQueue
from binhyen.units.models import Unit, UnitKind
from binhyen.vault.keyring import create_keyring

APP_ID = "1000000000000000001"
PAGE_ID = "2000000000000000001"
SECRET = "OaSecretKeyForTests01"


def new_application(connector: str = "zalo_oa") -> Application:
    """An application with one page of one unit."""
    create_keyring()
    unit = Unit.objects.create(
        kind=UnitKind.COMMUNE_POLICE, name="Công an xã Thạch Bình", short_name="Công an xã", slug="thach-binh"
    )
    application = Application.objects.create(
        connector=connector, external_id=APP_ID, sealed_keys=sealed_keys({"oa_secret_key": SECRET})
    )
    Account.objects.create(unit=unit, connector=connector, application=application, external_id=PAGE_ID)
    return application


def text_event(number: int, text: str = "Cho em hỏi đăng ký tạm trú", person: str = "7000000000000000011") -> bytes:
    """Body of a text a resident wrote now."""
    event = {
        "app_id": APP_ID,
        "sender": {"id": person},
        "recipient": {"id": PAGE_ID},
        "event_name": "user_send_text",
        "message": {"text": text, "msg_id": f"{number:020x}"},
        "timestamp": str(int(clock.now().timestamp() * 1000)),
    }
    return json.dumps(event, ensure_ascii=False).encode("utf8", "surrogatepass")


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    """The header Zalo sends along (zalo section 2.2)."""
    try:
        timestamp = str(json.loads(body)["timestamp"])
    except (ValueError, KeyError, TypeError, RecursionError):
        timestamp = ""
    mac = hashlib.sha256(APP_ID.encode() + body + timestamp.encode("utf8", "replace") + secret.encode()).hexdigest()
    return {"x-zevent-signature": f"mac={mac}"}


@dataclass(frozen=True, slots=True)
class Reply:
    """What the door answered."""

    status: int
    text: str
    headers: dict[str, str]


Parts = list[bytes]


async def call(
    door: Callable[..., Awaitable[None]],
    path: str,
    body: bytes | Parts = b"",
    headers: dict[str, str] | None = None,
    method: str = "POST",
    query: bytes = b"",
) -> Reply:
    """One request; a list of parts arrives in so many pieces, an empty last list entry hangs up."""
    parts = [body] if isinstance(body, bytes) else list(body)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not parts:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
    }
    await door(scope, receive, send)
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Reply(sent[0]["status"], sent[1]["body"].decode(), found)


@asynccontextmanager
async def open_door(forged_status: int = 401, **parts: Any) -> AsyncIterator[HooksDoor]:
    """A door with the real connectors on the test database, closed at the end."""
    door = HooksDoor(parts.get("queue") or DatabaseQueue(), parts.get("connectors") or connector_for, forged_status)
    await door.start()
    try:
        yield door
    finally:
        await door.stop()


def at_the_door(visit: Callable[[HooksDoor], Coroutine[Any, Any, Any]], **parts: Any) -> Any:
    """Run `visit` with an open door; the counts are written when it returns."""

    async def run() -> Any:
        async with open_door(**parts) as door:
            return await visit(door)

    return asyncio.run(run())
