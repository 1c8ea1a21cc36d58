"""G44: one switch stops all outgoing messages of a unit within 10 seconds, in the middle of a large batch too."""

import threading
from datetime import timedelta

from django.db import connection

from binhyen.channels.models import Account
from binhyen.core import clock
from binhyen.groups.models import Group
from binhyen.inbox import sending
from binhyen.inbox.models import Delivery, DeliveryState
from binhyen.inbox.sending import send_due
from binhyen.outreach.models import Post, Sending, SendingState
from binhyen.outreach.sending import BATCH, POSTS
from binhyen.units.models import Unit
from binhyen.workflows.publishing import start_due_posts
from tests.faults.outgoing import plan
from tests.flows.living_page import LivingPage, page, zalo_url

__all__ = ["page", "zalo_url"]


def test_nothing_leaves_while_the_switch_is_off_and_everything_after(page: LivingPage) -> None:
    page.zalo.do("settings", auto_residents=True)
    plan(page.account, 5)
    Unit.objects.update(sending_stopped_at=clock.now())
    assert send_due() == 0
    assert page.zalo.sent() == []
    Unit.objects.update(sending_stopped_at=None)
    assert send_due() == 5
    assert len(page.zalo.sent()) == 5


def test_the_switch_stops_a_batch_that_is_on_its_way(page: LivingPage) -> None:
    """Calls are slow, so that most of the batch still waits for its turn when the switch is flipped."""
    page.zalo.do("settings", auto_residents=True)
    page.zalo.do("faults", path="/v3.0/oa/message/cs", kind="slow", seconds=1, count=1000)
    plan(page.account, 30)

    def flip() -> None:
        while len(page.zalo.sent()) < 2:
            pass
        Unit.objects.update(sending_stopped_at=clock.now())
        connection.close()

    officer = threading.Thread(target=flip)
    officer.start()
    send_due(threads=2)
    officer.join()
    page.zalo.http.delete("/_sim/faults")
    stopped_at = Unit.objects.get().sending_stopped_at
    sent_at = [clock.from_epoch_ms(message["sent_at_ms"]) for message in page.zalo.sent()]
    assert stopped_at is not None
    assert max(sent_at) - stopped_at < timedelta(seconds=10)
    left = Delivery.objects.filter(state=DeliveryState.PLANNED)
    assert left.count() == 30 - len(sent_at) > 10
    assert {delivery.attempts for delivery in left} == {0}
    assert sending.LOOK_EVERY_S < 10


def test_other_units_go_on(page: LivingPage) -> None:
    page.zalo.do("settings", auto_residents=True)
    plan(page.account, 1)
    other = Unit.objects.create(kind="commune_police", name="Công an xã B", short_name="Công an xã", slug="xa-b")
    Account.objects.create(unit=other, connector="web", external_id=other.public_id)
    Unit.objects.filter(pk=other.pk).update(sending_stopped_at=clock.now())
    assert send_due() == 1


def test_the_switch_stops_a_warning_on_its_way_into_groups(page: LivingPage) -> None:
    page.zalo.do("settings", auto_groups=True, government_refused=[])
    page.zalo.do("faults", path="/v3.0/oa/group/message", kind="slow", seconds=1, count=1000)
    plan_warning(page, 30)

    def flip() -> None:
        while len(posted(page)) < 2:
            pass
        Unit.objects.update(sending_stopped_at=clock.now())
        connection.close()

    officer = threading.Thread(target=flip)
    officer.start()
    with sending.Sender(threads=2, source=POSTS) as sender:
        sender.send_due(BATCH, threading.Event())
        officer.join()
        assert sender.send_due(BATCH, threading.Event()) == 0
    page.zalo.http.delete("/_sim/faults")
    sent = len(posted(page))
    left = Sending.objects.filter(state=SendingState.PLANNED)
    assert left.count() == 30 - sent > 10
    assert {row.attempts for row in left} == {0}
    Unit.objects.update(sending_stopped_at=None)
    with sending.Sender(source=POSTS) as sender:
        sender.send_due(BATCH, threading.Event())
    assert sorted(posted(page)) == [f"nhom{number:04d}" for number in range(30)]


def plan_warning(page: LivingPage, count: int) -> None:
    now = clock.now()
    for number in range(count):
        Group.objects.create(
            unit=page.unit, account=page.account, kind="gmf", name=f"Nhóm {number}", external_id=f"nhom{number:04d}",
            created_at=now,
        )  # fmt: skip
    Post.objects.create(
        unit=page.unit, kind="warning", title="Cảnh báo", what="Giả danh công an.", channels=["gmf"],
        state="approved", send_at=now, version=1, created_at=now, changed_at=now,
    )  # fmt: skip
    assert start_due_posts() == 1


def posted(page: LivingPage) -> list[str]:
    return [one["group_id"] for one in page.zalo.http.get("/_sim/group_messages").json()["messages"]]
