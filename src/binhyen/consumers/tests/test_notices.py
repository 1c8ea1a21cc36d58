"""Webhooks: signed, tried again, never to a forbidden place, the same id at every try."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from standardwebhooks.webhooks import Webhook

from binhyen.consumers import actions
from binhyen.consumers.models import Consumer, Notice, Subscription
from binhyen.consumers.retention import NOTICES_KEPT, forget_old_calls
from binhyen.consumers.rules import MOST_ATTEMPTS, ApiScope, NoticeEvent, wait_after
from binhyen.consumers.sending import send_due_notices
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible
from binhyen.inbox.tests.factories import House, make_house, make_officer
from binhyen.units.models import Role
from binhyen.units.scope import Scope, scope_of

pytestmark = pytest.mark.django_db


class Receiver(BaseHTTPRequestHandler):
    """Keeps what comes and answers what the test wants."""

    def do_POST(self) -> None:
        """One notice."""
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.seen.append((dict(self.headers), body))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def receiver(monkeypatch) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.seen, server.answer = [], 204
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("BINHYEN_WEBHOOK_HOSTS", "127.0.0.1")
    configuration.cache_clear()
    yield server
    server.shutdown()
    server.server_close()
    monkeypatch.undo()
    configuration.cache_clear()


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def administrator(house: House) -> Scope:
    return scope_of(make_officer(house.unit, "quan-tri", Role.UNIT_ADMINISTRATOR))


def subscribed(
    administrator: Scope, house: House, receiver: ThreadingHTTPServer, *events: str
) -> tuple[Consumer, Subscription, str]:
    consumer, _ = actions.create_consumer(administrator, house.unit, "Cổng xã", [ApiScope.POSTS])
    url = f"http://127.0.0.1:{receiver.server_port}/nhan"
    subscription, secret = actions.subscribe(administrator, consumer, url, events or [NoticeEvent.POST_PUBLISHED])
    return consumer, subscription, secret


def test_a_notice_is_signed_so_that_the_published_library_accepts_it(house, administrator, receiver):
    _, _, secret = subscribed(administrator, house, receiver)
    assert actions.announce(house.unit, NoticeEvent.POST_PUBLISHED, {"post": "abc"}) == 1
    assert send_due_notices() == 1

    headers, body = receiver.seen[0]
    read = Webhook(secret).verify(body, headers)
    assert read["type"] == "post.published"
    assert read["data"] == {"unit": "thach-binh", "post": "abc"}
    assert Notice.objects.get().state == "sent"
    assert send_due_notices() == 0


def test_only_wanted_events_of_the_own_line_of_units_are_told(house, administrator, receiver):
    subscribed(administrator, house, receiver, NoticeEvent.POST_WITHDRAWN)
    other = make_house("khac", "Công an xã Khác")
    assert actions.announce(house.unit, NoticeEvent.POST_PUBLISHED, {}) == 0
    assert actions.announce(other.unit, NoticeEvent.POST_WITHDRAWN, {}) == 0
    assert actions.announce(house.unit, NoticeEvent.POST_WITHDRAWN, {}) == 1


def test_a_failing_receiver_is_tried_again_later_and_later_under_one_id_then_given_up(house, administrator, receiver):
    consumer, _, _ = subscribed(administrator, house, receiver)
    receiver.answer = 503
    actions.announce(house.unit, NoticeEvent.POST_PUBLISHED, {})
    moment = clock.now()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        with clock.at(moment):
            assert send_due_notices() == 1
            assert send_due_notices() == 0, "not again at once"
        moment += wait_after(attempt)
    notice = Notice.objects.get()
    assert (notice.state, notice.why, notice.attempts) == ("failed", "http_503", MOST_ATTEMPTS)
    assert len({headers["webhook-id"] for headers, _ in receiver.seen}) == 1

    receiver.answer = 200
    actions.replay(administrator, consumer, notice)
    assert send_due_notices() == 1
    assert receiver.seen[-1][0]["webhook-id"] == notice.public_id
    notice.refresh_from_db()
    assert (notice.state, notice.why) == ("sent", "")


def test_waits_grow_and_stay_within_bounds():
    waits = [wait_after(number) for number in range(1, MOST_ATTEMPTS + 1)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=30)
    assert timedelta(hours=20) < sum(waits, timedelta(0)) < timedelta(hours=48)


@pytest.mark.parametrize(
    "url",
    ["http://evil.example/x", "https://10.0.0.1/", "https://127.0.0.1.evil.example/", "ftp://127.0.0.1/", "x", ""],
)
def test_forbidden_addresses_are_refused(house, administrator, receiver, url):
    consumer, _ = actions.create_consumer(administrator, house.unit, "Cổng xã", [ApiScope.POSTS])
    with pytest.raises(NotPossible, match="webhook_address"):
        actions.subscribe(administrator, consumer, url, [NoticeEvent.POST_PUBLISHED])


def test_a_host_taken_off_the_list_is_told_nothing_more(house, administrator, receiver, monkeypatch):
    subscribed(administrator, house, receiver)
    actions.announce(house.unit, NoticeEvent.POST_PUBLISHED, {})
    monkeypatch.setenv("BINHYEN_WEBHOOK_HOSTS", "elsewhere.example")
    configuration.cache_clear()
    send_due_notices()
    assert receiver.seen == []
    assert Notice.objects.get().why == "webhook_address"


def test_a_consumer_that_is_cut_off_is_told_nothing_more(house, administrator, receiver):
    consumer, _, _ = subscribed(administrator, house, receiver)
    actions.announce(house.unit, NoticeEvent.POST_PUBLISHED, {})
    actions.revoke_consumer(administrator, consumer)
    send_due_notices()
    assert receiver.seen == []
    assert Notice.objects.get().state == "failed"
    assert actions.announce(house.unit, NoticeEvent.POST_PUBLISHED, {}) == 0


def test_the_signing_secret_is_sealed(house, administrator, receiver):
    _, subscription, secret = subscribed(administrator, house, receiver)
    row = json.dumps({key: str(value) for key, value in subscription.__dict__.items()})
    assert secret not in row
    assert secret.encode() not in bytes(subscription.sealed_secret)


def test_old_notices_are_forgotten(house, administrator, receiver):
    subscribed(administrator, house, receiver)
    actions.announce(house.unit, NoticeEvent.POST_PUBLISHED, {})
    send_due_notices()
    with clock.at(clock.now() + NOTICES_KEPT + timedelta(hours=1)):
        assert forget_old_calls() == 1
    assert Notice.objects.count() == 0
