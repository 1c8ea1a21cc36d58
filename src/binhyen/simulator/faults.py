"""Faults on demand: which call goes wrong, how, when and how often."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

import msgspec

FaultKind = Literal["hang", "drop", "reset", "slow", "http", "wrong_json", "error"]
Send = Callable[[Any], Awaitable[None]]


class Fault(msgspec.Struct, forbid_unknown_fields=True):
    """One fault. `path` is a beginning of the call's path (`*` for any); `when` says whether the call acts first.

    `hang`: no answer for `seconds`, then the connection is dropped. `drop`: closed without an answer. `reset`: TCP
    reset. `slow`: the true answer after `seconds`. `http`: HTML with `status`. `wrong_json`: a cut JSON body with 200.
    `error`: `code` with the table's text, or its text `variant`, or `message`.
    """

    path: str
    kind: FaultKind
    when: Literal["before", "after"] = "before"
    count: Annotated[int, msgspec.Meta(ge=1)] = 1
    skip: Annotated[int, msgspec.Meta(ge=0)] = 0
    seconds: Annotated[float, msgspec.Meta(ge=0, le=600)] = 30.0
    status: Annotated[int, msgspec.Meta(ge=400, le=599)] = 502
    code: int = -200
    variant: int = 0
    message: str | None = None


class FaultList:
    """Faults waiting for their calls; each is used up after `count` calls."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def take(self, path: str) -> Fault | None:
        """The fault for this call, if one waits; counts the call against it."""
        for fault in self.waiting:
            if fault.path != "*" and not path.startswith(fault.path):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.count -= 1
            if not fault.count:
                self.waiting.remove(fault)
            return fault
        return None


class ConnectionDropped(ConnectionError):
    """Raised in-process, where there is no connection to close."""


async def drop_connection(send: Send, *, is_reset: bool) -> None:
    """Close the caller's connection without an answer; with `is_reset` by a TCP reset."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionDropped("the simulator dropped this connection")
    raw = transport.get_extra_info("socket")
    if is_reset and raw is not None:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    transport.abort()
    for _ in range(3):
        await asyncio.sleep(0)
