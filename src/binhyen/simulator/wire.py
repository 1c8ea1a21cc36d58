"""Bytes in and out of one HTTP call, and the faults that spoil it; below any framework, to be lean and to cut."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from binhyen.simulator.errors import error_text
from binhyen.simulator.faults import Fault, drop_connection
from binhyen.simulator.state import World

Send = Callable[[Any], Awaitable[None]]
Receive = Callable[[], Awaitable[Any]]
Scope = dict[str, Any]
Headers = list[tuple[bytes, bytes]]
Acted = tuple[bytes, Headers]
"""JSON body and further headers of an answer."""
Act = Callable[[Scope, bytes | None], Awaitable[Acted]]
"""Does what the call asks; the body is `None` when it was larger than `BODY_LIMIT_BYTES`."""

BODY_LIMIT_BYTES = 8 * 1024 * 1024


async def serve(world: World, act: Act, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one call, with the fault that waits for it, if any."""
    body = await read_body(receive)
    fault = world.faults.take(scope["path"]) if world.faults.waiting else None
    if fault is None:
        await answer(send, *await act(scope, body))
        return
    world.count("faults")
    acted = await act(scope, body) if fault.when == "after" or fault.kind == "slow" else None
    await send_fault(fault, send, acted)


async def read_body(receive: Receive) -> bytes | None:
    """The whole body, or `None` when it is too large (the rest is read and dropped)."""
    event = await receive()
    body: bytes = event.get("body", b"")
    size_bytes = len(body)
    while event.get("more_body"):
        event = await receive()
        part = event.get("body", b"")
        size_bytes += len(part)
        if size_bytes <= BODY_LIMIT_BYTES:
            body += part
    return body if size_bytes <= BODY_LIMIT_BYTES else None


async def answer(
    send: Send,
    body: bytes,
    headers: Headers | None = None,
    status: int = 200,
    media_type: bytes = b"application/json;charset=UTF-8",
) -> None:
    """Send one whole answer."""
    head = [(b"content-type", media_type), (b"content-length", b"%d" % len(body)), *(headers or ())]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})


async def send_fault(fault: Fault, send: Send, acted: Acted | None) -> None:
    """Spoil the answer of one call as the fault says."""
    if fault.kind in {"hang", "slow"}:
        await asyncio.sleep(fault.seconds)
    if fault.kind == "slow" and acted is not None:
        await answer(send, *acted)
    elif fault.kind == "http":
        page = (
            f"<html><head><title>{fault.status}</title></head><body><h1>{fault.status} Bad Gateway</h1></body></html>"
        )
        await answer(send, page.encode(), status=fault.status, media_type=b"text/html")
    elif fault.kind == "wrong_json":
        await answer(send, (acted[0] if acted else b'{"data":{"message_id":')[:20])
    elif fault.kind == "error":
        message = fault.message if fault.message is not None else error_text(fault.code, variant=fault.variant)
        await answer(send, msgspec.json.encode({"error": fault.code, "message": message}))
    else:
        await drop_connection(send, is_reset=fault.kind == "reset")
