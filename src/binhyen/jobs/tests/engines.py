"""Both engines of the contract, with what a test may look at behind it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from binhyen.core.ids import new_public_id
from binhyen.jobs.contract import JobQueue
from binhyen.jobs.database import DatabaseQueue
from binhyen.jobs.jetstream import JetStreamQueue
from binhyen.jobs.models import JobRow
from binhyen.jobs.routing import RoutedQueue
from binhyen.jobs.stream import Kept


class Engine:
    """A queue with nothing in it."""

    queue: JobQueue

    def bodies(self) -> list[bytes]:
        """Every body that is kept for work."""
        raise AssertionError

    def buried(self) -> dict[str, str]:
        """Why each buried key was buried."""
        raise AssertionError


class InDatabase(Engine):
    def __init__(self) -> None:
        JobRow.objects.all().delete()
        self.queue = DatabaseQueue()

    def bodies(self) -> list[bytes]:
        return [bytes(row.body) for row in JobRow.objects.order_by("id") if row.body]

    def buried(self) -> dict[str, str]:
        return dict(JobRow.objects.filter(state="buried").values_list("key", "why"))


class InJetStream(Engine):
    def __init__(self, url: str) -> None:
        JobRow.objects.all().delete()
        self.name = f"test{new_public_id().replace('-', '_')}"
        self.intake = JetStreamQueue(url, "intake", self.name)
        self.queue = RoutedQueue({"intake": self.intake}, DatabaseQueue())

    def bodies(self) -> list[bytes]:
        return [kept.body for kept in self._kept("INTAKE", f"{self.name}.intake.key.*") if kept.body]

    def buried(self) -> dict[str, str]:
        about = [json.loads(kept.headers["Binhyen-Job"]) for kept in self._kept("INTAKE-BURIED", f"{self.name}.>")]
        return {found["key"]: found["why"] for found in about}

    def lives_of_marks_s(self) -> set[int]:
        """After how many seconds the server forgets marks of finished jobs."""
        kept = self._kept("INTAKE", f"{self.name}.intake.key.*")
        return {int(one.headers["Nats-TTL"]) for one in kept if "Nats-TTL" in one.headers}

    def life_of_graves_s(self) -> float:
        """After how many seconds the server erases a buried job."""

        async def ask() -> float:
            client = await self.intake.stream.connected()
            return (await client.jetstream().stream_info(f"{self.name}-INTAKE-BURIED".upper())).config.max_age or 0

        return self.intake.stream.run(ask)

    def erase(self) -> None:
        """Remove the streams and hang up."""

        async def delete() -> None:
            client = await self.intake.stream.connected()
            for name in ("INTAKE", "INTAKE-BURIED"):
                await client.jetstream().delete_stream(f"{self.name}-{name}".upper())

        self.intake.stream.run(delete)
        self.intake.close()

    def _kept(self, name: str, subjects: str) -> list[Kept]:
        stream = f"{self.name}-{name}".upper()
        return self.intake.stream.run(lambda: self.intake.stream.after(stream, 1, subjects, 1_000))


@contextmanager
def engine_on(kind: str, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A fresh engine; JetStream on a real server."""
    if kind == "database":
        yield InDatabase()
        return
    engine = InJetStream(request.getfixturevalue("nats_url"))
    try:
        yield engine
    finally:
        engine.erase()
