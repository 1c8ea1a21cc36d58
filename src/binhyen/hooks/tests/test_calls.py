"""What the webhook door answers, keeps and counts."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from binhyen.channels.models import Account, Application
from binhyen.core import clock
from binhyen.core.models import DailyCount
from binhyen.hooks.http import MOST_BODY_BYTES
from binhyen.hooks.tests.calling import PAGE_ID, Reply, at_the_door, call, new_application, signed, text_event
from binhyen.jobs.models import JobRow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def application() -> Application:
    return new_application()


def counts() -> dict[str, int]:
    return {row.name: row.count for row in DailyCount.objects.all()}


def post(path: str, body: bytes | list[bytes], headers: dict[str, str] | None = None, **door: Any) -> Reply:
    return at_the_door(lambda opened: call(opened, path, body, headers), **door)  # type: ignore[no-any-return]


def address(application: Application) -> str:
    return f"/hooks/{application.connector}/{application.public_id}"


def test_a_signed_message_is_kept_as_it_came(application: Application) -> None:
    body = text_event(1)
    assert post(address(application), body, signed(body)).status == 200
    account = Account.objects.get()
    job = JobRow.objects.get()
    assert bytes(job.body) == body
    assert (job.queue, job.kind, job.unit_key) == ("intake", "call.zalo_oa", account.unit_id)
    assert job.key.startswith(f"{account.public_id}:")
    assert job.lane == f"{account.public_id}:7000000000000000011"
    assert counts() == {"hooks.stored": 1}


def test_the_address_of_the_page_works_too(application: Application) -> None:
    body = text_event(1)
    assert post(f"/hooks/zalo_oa/{Account.objects.get().public_id}", body, signed(body)).status == 200
    assert JobRow.objects.count() == 1


def test_a_repeated_delivery_is_kept_once_and_counted(application: Application) -> None:
    body = text_event(1)

    async def visit(door: Any) -> list[Reply]:
        first = await call(door, address(application), body, signed(body))
        again = await call(door, address(application), body, {**signed(body), "num_retry": "2"})
        return [first, again]

    assert [reply.status for reply in at_the_door(visit)] == [200, 200]
    assert JobRow.objects.count() == 1
    assert counts() == {"hooks.stored": 1, "hooks.repeated": 1, "hooks.announced_repeat": 1}


def test_calls_of_one_moment_are_all_kept(application: Application) -> None:
    bodies = [text_event(n) for n in range(300)]

    async def visit(door: Any) -> list[Reply]:
        return await asyncio.gather(*(call(door, address(application), body, signed(body)) for body in bodies))

    assert {reply.status for reply in at_the_door(visit)} == {200}
    assert sorted(bytes(job.body) for job in JobRow.objects.all()) == sorted(bodies)


def test_a_body_in_pieces_is_put_together(application: Application) -> None:
    body = text_event(1)
    assert post(address(application), [body[:10], body[10:50], body[50:]], signed(body)).status == 200
    assert bytes(JobRow.objects.get().body) == body


@pytest.mark.parametrize(("setting", "status"), [(401, 401), (200, 200)])
def test_a_forged_call_changes_nothing(application: Application, setting: int, status: int) -> None:
    body = text_event(1)
    assert post(address(application), body, signed(body, "another secret"), forged_status=setting).status == status
    assert JobRow.objects.count() == 0
    assert counts() == {"hooks.refused.bad_signature": 1}


def test_an_unsigned_check_call_is_answered_and_forgotten(application: Application) -> None:
    assert post(address(application), text_event(1)).status == 200
    assert JobRow.objects.count() == 0
    assert counts() == {"hooks.probe": 1}


def test_what_group_members_write_is_dropped_before_storage(application: Application) -> None:
    body = text_event(1).replace(b"user_send_text", b"user_send_group_text")
    assert post(address(application), body, signed(body)).status == 200
    assert JobRow.objects.count() == 0
    assert counts() == {"hooks.dropped.not_storable": 1}


def test_an_unknown_page_is_dropped_and_counted(application: Application) -> None:
    body = text_event(1).replace(PAGE_ID.encode(), b"2999999999999999999")
    assert post(address(application), body, signed(body)).status == 200
    assert JobRow.objects.count() == 0
    assert counts() == {"hooks.dropped.unknown_page": 1}


def test_an_unknown_application_is_dropped_and_counted(application: Application) -> None:
    body = text_event(1)
    assert post("/hooks/zalo_oa/AAAAAAAAAAAAAAAA", body, signed(body)).status == 200
    assert JobRow.objects.count() == 0
    assert counts() == {"hooks.dropped.unknown_address": 1}


def test_while_the_keys_cannot_be_opened_a_call_is_to_come_again(application: Application) -> None:
    sealed, body = bytes(application.sealed_keys), text_event(1)
    Application.objects.update(sealed_keys=b"x" * len(sealed))
    page = f"/hooks/zalo_oa/{Account.objects.get().public_id}"
    assert [post(path, body, signed(body)).status for path in (address(application), page)] == [503, 503]
    assert counts() == {"hooks.refused.keys_away": 2}
    Application.objects.update(sealed_keys=sealed)
    assert post(address(application), body, signed(body)).status == 200
    assert JobRow.objects.count() == 1


@pytest.mark.parametrize(
    "path", ["/hooks/viber/abc", "/hooks/", "/hooks/zalo_oa", "/hooks/zalo_oa/a/b", "/hooks/../x/y"]
)
def test_an_unknown_connector_is_not_found(application: Application, path: str) -> None:
    assert post(path, b"{}").status == 404
    assert counts() == {"hooks.refused.unknown_connector": 1}


@pytest.mark.parametrize(
    ("method", "query", "status", "text"),
    [
        ("GET", b"", 200, "ok"),
        ("HEAD", b"", 200, "ok"),
        ("GET", b"hub.mode=subscribe&hub.challenge=1158201444", 200, "1158201444"),
        ("GET", b"hub.challenge=%3Cscript%3E", 200, "ok"),
        ("GET", b"hub.challenge=" + b"9" * 5_000, 200, "ok"),
        ("PUT", b"", 405, ""),
        ("DELETE", b"", 405, ""),
    ],
)
def test_other_methods(application: Application, method: str, query: bytes, status: int, text: str) -> None:
    reply = at_the_door(lambda door: call(door, address(application), method=method, query=query))
    assert (reply.status, reply.text) == (status, text)
    assert reply.headers["content-type"].startswith("text/plain")
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert JobRow.objects.count() == 0


LARGE = b"x" * (2 * 1024 * 1024)
LARGE_CALLS = [
    pytest.param(LARGE, {"content-length": str(len(LARGE))}, id="announced"),
    pytest.param(b"", {"content-length": "9" * 400}, id="announced absurdly"),
    pytest.param([LARGE[:500_000]] * 4, {}, id="in pieces"),
    pytest.param(LARGE, {}, id="at once"),
]


@pytest.mark.parametrize(("body", "headers"), LARGE_CALLS)
def test_a_body_of_two_megabytes_is_refused(
    application: Application, body: bytes | list[bytes], headers: dict[str, str]
) -> None:
    reply = post(address(application), body, headers)
    assert reply.status == 413
    assert reply.headers["connection"] == "close"
    assert counts() == {"hooks.refused.too_large": 1}


def test_a_message_of_100000_characters_is_kept(application: Application) -> None:
    body = text_event(1, "ữ" * 100_000)
    assert len(body) < MOST_BODY_BYTES
    assert post(address(application), body, signed(body)).status == 200
    assert bytes(JobRow.objects.get().body) == body


def test_a_caller_that_hangs_up_is_counted(application: Application) -> None:
    assert post(address(application), []).status == 408
    assert counts() == {"hooks.refused.gone": 1}


def test_a_page_added_after_the_start_is_known_at_once(application: Application) -> None:
    account = Account.objects.get()
    body = text_event(1).replace(PAGE_ID.encode(), b"2000000000000000002")

    async def visit(door: Any) -> Reply:
        await asyncio.to_thread(_add_page, account)
        return await call(door, address(application), body, signed(body))

    assert at_the_door(visit).status == 200
    assert JobRow.objects.count() == 1


def _add_page(account: Account) -> None:
    from django.db import connection

    Account.objects.create(
        unit=account.unit, connector="zalo_oa", application=account.application, external_id="2000000000000000002"
    )
    connection.close()


def test_a_caller_that_never_finishes_its_body_is_sent_away(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("binhyen.hooks.http.READ_WITHIN_S", 0.0)

    async def visit(door: Any) -> int:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return await asyncio.get_running_loop().create_future()

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "POST", "path": address(application), "query_string": b"", "headers": []}
        await asyncio.create_task(door(scope, receive, send))
        return sent[0]["status"]

    assert at_the_door(visit) == 408
    assert counts() == {"hooks.refused.gone": 1}


@pytest.mark.parametrize("setting", [200, 401])
def test_a_stale_call_is_never_answered_200(application: Application, setting: int) -> None:
    with clock.at(clock.now() - timedelta(minutes=6)):
        body = text_event(1)
    assert post(address(application), body, signed(body), forged_status=setting).status == 401
    assert JobRow.objects.count() == 0
    assert counts() == {"hooks.refused.stale": 1}
