"""Keeping a demonstration over restarts: tokens, residents and conversations in one private file."""

import asyncio
import json
import os
import sys
from collections import deque
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec

from binhyen.simulator.people_state import ChatMessage, Resident
from binhyen.simulator.state import World
from binhyen.simulator.tokens import Grant

SAVE_EVERY_S = 5.0
RESIDENT_FIELDS = tuple(item.name for item in fields(Resident) if item.name != "conversation")


class Snapshot(msgspec.Struct):
    """The file's contents."""

    message_n: int
    out_n: int
    offset_ms: int
    access: dict[str, Grant]
    refresh: dict[str, Grant]
    residents: list[dict[str, Any]]
    messages: list[ChatMessage]
    pages: dict[str, dict[str, Any]]


def snapshot_of(world: World) -> Snapshot:
    """What is worth keeping: people who wrote or were written to, with their conversations."""
    people = [resident for resident in world.residents.values() if resident.conversation or resident.is_follower]
    return Snapshot(
        message_n=world.message_n,
        out_n=world.out_n,
        offset_ms=world.clock.offset_ms,
        access=dict(world.tokens.access),
        refresh=dict(world.tokens.refresh),
        residents=[{name: getattr(person, name) for name in RESIDENT_FIELDS} for person in people],
        messages=sorted((message for person in people for message in person.conversation), key=lambda m: m.n),
        pages={page.oa_id: {"quota_used": page.quota_used, "tags": page.tags} for page in world.pages.values()},
    )


def restore(world: World, kept: Snapshot) -> None:
    """Put a snapshot back into a fresh world; pages that are no longer configured are left out."""
    world.message_n, world.out_n, world.clock.offset_ms = kept.message_n, kept.out_n, kept.offset_ms
    for oa_id, facts in kept.pages.items():
        if oa_id in world.pages:
            world.pages[oa_id].quota_used, world.pages[oa_id].tags = facts["quota_used"], facts["tags"]
    world.tokens.access.update({token: grant for token, grant in kept.access.items() if grant.oa_id in world.pages})
    world.tokens.refresh.update({token: grant for token, grant in kept.refresh.items() if grant.oa_id in world.pages})
    for row in kept.residents:
        if row["oa_id"] in world.pages:
            conversation: deque[ChatMessage] = deque(maxlen=world.config.conversation_size)
            world.residents[row["user_id"]] = Resident(**row, conversation=conversation)
    for message in kept.messages:
        if message.user_id in world.residents:
            world.residents[message.user_id].conversation.append(message)
            world.messages[message.msg_id] = message
            if message.is_from_page:
                world.outbox.append(message)


class StateFile:
    """Loads once, saves at every new token, every few seconds while something changed, and at the end."""

    def __init__(self, world: World, path: Path) -> None:
        self.world = world
        self.path = path
        self._saved: tuple[int, int] | None = None

    def load(self) -> None:
        """Restore the file if there is one; one that cannot be read is set aside, and the state starts anew."""
        if not self.path.exists():
            return
        try:
            kept = msgspec.convert(json.loads(self.path.read_bytes()), type=Snapshot)
            restore(self.world, kept)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            aside = self.path.replace(self.path.with_suffix(".unreadable"))
            self.world.start_over()
            sys.stderr.write(f"simulator: the kept state cannot be read ({error}); it lies in {aside}, starting anew\n")

    def save(self) -> None:
        """Write the file whole, readable by its owner only.

        Plain ASCII: a resident may have sent half a surrogate pair, which has no UTF-8 form.
        """
        content = json.dumps(msgspec.to_builtins(snapshot_of(self.world))).encode("ascii")
        draft = self.path.with_suffix(".new")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        draft.replace(self.path)
        self._saved = self._mark()

    def _mark(self) -> tuple[int, int]:
        return self.world.message_n, self.world.tokens.issued

    async def keep_saving(self) -> None:
        """Save in the background, until cancelled."""
        while True:
            await asyncio.sleep(SAVE_EVERY_S)
            if self._mark() != self._saved:
                self.save()
