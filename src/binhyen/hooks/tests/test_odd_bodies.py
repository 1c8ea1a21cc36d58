"""Whatever bytes come, the door answers with a clear status and stays open."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from binhyen.channels.models import Application
from binhyen.core.models import DailyCount
from binhyen.hooks.tests.calling import (
    APP_ID,
    PAGE_ID,
    Reply,
    at_the_door,
    call,
    new_application,
    signed,
    text_event,
)
from binhyen.jobs.models import JobRow

pytestmark = pytest.mark.django_db(transaction=True)

NESTED = b'{"message":' * 50_000 + b"1" + b"}" * 50_000


def lone_surrogate() -> bytes:
    """Half a pair; made when it is sent, for an event older than five minutes is refused (G48)."""
    return text_event(1).replace(b"Cho em", b"\\ud800 em")


def answers(calls: list[tuple[bytes, dict[str, str]]], application: Application) -> list[Reply]:
    """The door's answers, one after the other."""

    async def visit(door: Any) -> list[Reply]:
        return [await call(door, f"/hooks/zalo_oa/{application.public_id}", body, head) for body, head in calls]

    return at_the_door(visit)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"\xff\xfe\x00", b"{", NESTED, b'{"timestamp": {}}', b"\x00" * 100],
    ids=["empty", "null", "list", "no UTF-8", "cut off", "deep", "odd time", "NUL"],
)
def test_what_is_no_event_is_refused(body: bytes) -> None:
    application = new_application()
    (reply,) = answers([(body, signed(body))], application)
    assert reply.status == 401
    assert JobRow.objects.count() == 0
    assert sum(row.count for row in DailyCount.objects.filter(name__startswith="hooks.refused.")) == 1


@pytest.mark.parametrize(
    "make",
    [
        lone_surrogate,
        lambda: text_event(1, "a\x00b"),
        lambda: text_event(1, "\u202eabc\u200b"),
        lambda: text_event(1).replace(b'"7000000000000000011"', b"7000000000000000011"),
        lambda: text_event(1).replace(b"0" * 19 + b"1", b"\\u0000\\ud800"),
        lambda: text_event(1, person="7" * 300),
        lambda: text_event(1).replace(b'"text":', b'"attachments": [' + b"{}," * 999 + b'{}], "text":'),
    ],
    ids=["surrogate", "NUL", "direction", "number as id", "odd message id", "long id", "1,000 attachments"],
)
def test_a_signed_odd_event_is_kept_raw(make: Callable[[], bytes]) -> None:
    application = new_application()
    body = make()
    (reply,) = answers([(body, signed(body))], application)
    assert reply.status == 200
    assert bytes(JobRow.objects.get().body) == body


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just("\x00\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = ["user_send_text", "follow", "oa_send_text", "anonymous_send_text", "never_seen_before"]
EVENTS = st.fixed_dictionaries(
    {"app_id": st.just(APP_ID), "timestamp": VALUES | st.just("now")},
    optional={
        "event_name": st.sampled_from(["user_send_text", "follow", "oa_send_text", "anonymous_send_text", "new"])
        | VALUES,
        "sender": st.just({"id": "7"}) | VALUES,
        "recipient": st.just({"id": PAGE_ID}) | VALUES,
        "oa_id": st.just(PAGE_ID) | VALUES,
        "message": st.fixed_dictionaries({"msg_id": VALUES, "text": VALUES}) | VALUES,
    },
)


@given(events=st.lists(EVENTS, max_size=12), noise=st.lists(st.binary(max_size=80), max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_break_the_door(events: list[dict[str, Any]], noise: list[bytes]) -> None:
    application = Application.objects.first() or new_application()
    now = json.loads(text_event(1))["timestamp"]
    bodies = [json.dumps({**event, "timestamp": now} if event["timestamp"] == "now" else event) for event in events]
    calls = [(body, signed(body)) for body in [*(text.encode("utf8", "replace") for text in bodies), *noise]]
    good = text_event(1)
    *odd, last = answers([*calls, (good, signed(good))], application)
    assert {reply.status for reply in odd} <= {200, 401}
    assert last.status == 200
    assert not DailyCount.objects.filter(name__in=["hooks.failed", "hooks.not_stored"]).exists()


def test_a_call_beyond_what_can_wait_is_sent_back() -> None:
    application = new_application()
    bodies = [text_event(number) for number in range(30)]

    async def visit(door: Any) -> list[Reply]:
        path = f"/hooks/zalo_oa/{application.public_id}"
        return await asyncio.gather(*(call(door, path, body, signed(body)) for body in bodies))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("binhyen.hooks.committing.MOST_WAITING", 1)
        statuses = [reply.status for reply in at_the_door(visit)]
    assert set(statuses) == {200, 503}
    assert JobRow.objects.count() == statuses.count(200)
    assert DailyCount.objects.get(name="hooks.refused.full").count == statuses.count(503)
