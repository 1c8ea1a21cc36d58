"""G48: a webhook with a wrong signature, an old time stamp or a seen event id changes nothing."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from binhyen.channels import zalo_oa
from binhyen.channels.models import Application
from binhyen.core import clock
from binhyen.hooks.tests.calling import Reply, at_the_door, call, new_application, signed, text_event
from binhyen.jobs.models import JobRow

pytestmark = pytest.mark.django_db(transaction=True)

VECTORS = json.loads(
    (Path(zalo_oa.__file__).parent / "tests" / "data" / "signature_vectors.json").read_text(encoding="utf8")
)
Calls = list[tuple[bytes, dict[str, str]]]
Deliver = Callable[[Calls], list[int]]


@pytest.fixture
def application() -> Application:
    return new_application()


@pytest.fixture
def deliver(application: Application) -> Deliver:
    """Statuses of calls, one after the other."""

    def run(calls: Calls) -> list[int]:
        async def visit(door: Any) -> list[Reply]:
            return [await call(door, f"/hooks/zalo_oa/{application.public_id}", body, head) for body, head in calls]

        return [reply.status for reply in at_the_door(visit)]

    return run


def stored() -> list[bytes]:
    return [bytes(row.body) for row in JobRow.objects.order_by("id")]


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_only_calls_signed_by_the_recipe_are_kept(deliver: Deliver, vector: dict[str, Any]) -> None:
    headers = {name.lower(): value for name, value in vector["header"].items()}
    body = vector["raw_body"].encode()
    with clock.at(clock.from_epoch_ms(int(vector["timestamp"]) + 1_000)):
        (status,) = deliver([(body, headers)])
    is_group = b"_group_" in body
    assert stored() == ([body] if vector["valid"] and not (is_group and b"[@" not in body) else [])
    assert status == (200 if vector["valid"] or not headers else 401)


def test_altered_body_header_and_missing_header_change_nothing(deliver: Deliver) -> None:
    body = text_event(1)
    mac = signed(body)["x-zevent-signature"]
    altered = [
        (body + b" ", {"x-zevent-signature": mac}),
        (body.replace(b"Cho em", b"Cho toi"), {"x-zevent-signature": mac}),
        (body, {"x-zevent-signature": mac[:-1] + ("0" if mac[-1] != "0" else "1")}),
        (body, {"x-zevent-signature": ""}),
        (body, {"x-zevent-signature": "mac="}),
        (body, {"x-zevent-signature": "mac=\xe9"}),
    ]
    assert deliver(altered) == [401] * len(altered)
    assert deliver([(body, {})]) == [200]
    assert stored() == []


def test_an_old_time_stamp_changes_nothing_unless_the_platform_repeats(deliver: Deliver) -> None:
    now = clock.now()
    with clock.at(now - timedelta(minutes=6)):
        body = text_event(1)
    assert deliver([(body, signed(body))]) == [401]
    assert stored() == []
    assert deliver([(body, {**signed(body), "num_retry": "1"})]) == [200]
    assert stored() == [body]


def test_a_replayed_event_changes_nothing_even_after_it_was_worked(deliver: Deliver) -> None:
    first, second = text_event(1), text_event(2)
    assert deliver([(second, signed(second)), (first, signed(first)), (second, signed(second))]) == [200] * 3
    assert stored() == [second, first]
    JobRow.objects.update(state="done", body=b"")
    assert deliver([(first, signed(first))]) == [200]
    assert stored() == [b"", b""]


def test_two_megabytes_change_nothing(deliver: Deliver) -> None:
    body = text_event(1, "x" * 2_000_000)
    assert deliver([(body, signed(body))]) == [413]
    assert stored() == []


def test_signatures_are_compared_in_constant_time() -> None:
    source = (Path(zalo_oa.__file__).parent / "signature.py").read_text(encoding="utf8")
    assert "hmac.compare_digest" in source
    assert "mac ==" not in source
    assert "== mac" not in source
