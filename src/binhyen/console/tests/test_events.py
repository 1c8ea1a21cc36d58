"""The live stream, spoken to as a server would."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from asgiref.sync import SyncToAsync, sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.db import connections
from django.test import Client

from binhyen.console import events
from binhyen.console.tests.factories import (
    age_session,
    make_conversation,
    make_house,
    make_officer,
    sign_in,
)
from binhyen.inbox.alerts import ring
from binhyen.units.actions import end_sessions
from binhyen.units.models import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_connection_left_behind() -> Iterator[None]:
    """Reads of the stream run in a thread of their own, whose connection would outlive the test database."""
    yield
    SyncToAsync.single_thread_executor.submit(connections.close_all).result()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "POLL_S", 0.02)
    monkeypatch.setattr(events, "CHECK_SESSION_S", 0.1)
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.3)


def listen(client: Client | None) -> ApplicationCommunicator:
    cookie = f"sessionid={client.cookies['sessionid'].value}" if client else ""
    headers = [(b"cookie", cookie.encode())]
    scope = {"type": "http", "method": "GET", "path": "/console/events", "headers": headers}
    return ApplicationCommunicator(events.events_application, scope)


async def status_of(stream: ApplicationCommunicator) -> int:
    await stream.send_input({"type": "http.request"})
    return int((await stream.receive_output(5))["status"])


async def until(stream: ApplicationCommunicator, start: str) -> str:
    for _ in range(50):
        text = (await stream.receive_output(5)).get("body", b"").decode()
        if text.startswith(start):
            return text
    raise AssertionError(start)


async def stop(*streams: ApplicationCommunicator) -> None:
    for stream in streams:
        await stream.send_input({"type": "http.disconnect"})
        await stream.wait(5)


def test_nobody_listens_without_a_session():
    async def run() -> int:
        return await status_of(listen(None))

    assert asyncio.run(run()) == 401


def test_a_change_in_the_own_unit_arrives_with_ids_only_and_a_foreign_one_does_not():
    house, other = make_house(), make_house("khac")
    client = sign_in(make_officer(house.unit, "may"))

    async def run() -> str:
        stream = listen(client)
        assert await status_of(stream) == 200
        await until(stream, "retry: 5000")
        await sync_to_async(make_conversation)(other.zalo, "tin của nơi khác")
        mine = await sync_to_async(make_conversation)(house.zalo, "bí mật")
        found = await until(stream, "event: inbox")
        assert json.loads(found.partition("data: ")[2]) == {"conversations": [mine.public_id]}
        await until(stream, "event: beat")
        await stop(stream)
        return found

    assert "bí mật" not in asyncio.run(run())
    assert not events.poller.listeners


def test_a_fourth_stream_of_one_officer_is_refused():
    client = sign_in(make_officer(make_house().unit, "may"))

    async def run() -> list[int]:
        streams = [listen(client) for _ in range(4)]
        found = [await status_of(stream) for stream in streams]
        await stop(*streams[:3])
        return found

    assert asyncio.run(run()) == [200, 200, 200, 429]


def test_an_officer_whom_an_alert_must_not_reach_notices_nothing():
    house = make_house()
    aside = make_officer(house.unit, "hung")
    clients = [sign_in(aside), sign_in(make_officer(house.unit, "may"))]

    async def heard_until_beats(stream: ApplicationCommunicator) -> str:
        found = ""
        while found.count("event: beat") < 2:
            found += (await stream.receive_output(5)).get("body", b"").decode()
        return found

    async def run() -> list[str]:
        streams = [listen(client) for client in clients]
        for stream in streams:
            assert await status_of(stream) == 200
            await until(stream, "event: beat")
        await sync_to_async(ring)(house.unit.pk, "crime.first_look", "tin-kin", "/console/cases/tin-kin/", [aside.pk])
        found = [await heard_until_beats(stream) for stream in streams]
        await stop(*streams)
        return found

    of_aside, of_other = asyncio.run(run())
    assert "event: alert" in of_other
    assert "event: alert" not in of_aside


@pytest.mark.parametrize("why", ["cut_off", "idle"])
def test_the_stream_ends_with_the_session(why: str):
    officer = make_officer(make_house().unit, "may")
    client = sign_in(officer)

    async def run() -> str:
        stream = listen(client)
        await status_of(stream)
        if why == "cut_off":
            await sync_to_async(end_sessions)(officer)
        else:
            await sync_to_async(age_session)(client, acted=timedelta(minutes=16))
        said = await until(stream, "event: ended")
        await stream.wait(5)  # the application itself is over
        return said

    assert asyncio.run(run()).startswith("event: ended")


def test_a_technical_administrator_hears_nothing():
    house = make_house()
    client = sign_in(make_officer(house.unit, "ky-thuat", Role.TECHNICAL_ADMINISTRATOR))

    found = events.listener_for(client.cookies["sessionid"].value)

    assert found is not None
    assert found.unit_ids == frozenset()
