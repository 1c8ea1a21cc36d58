"""Search in the inbox: names, and speed among many messages."""

import time

import pytest

from binhyen.core import clock
from binhyen.core.text import fold
from binhyen.inbox.filters.rules import View
from binhyen.inbox.models import Contact, Message
from binhyen.inbox.tests.factories import House, make_conversation, make_house, make_officer
from binhyen.inbox.tests.test_actions import order
from binhyen.units.scope import Scope, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def scope(house: House) -> Scope:
    return scope_of(make_officer(house.unit, "may"))


def test_search_finds_names_with_and_without_marks(house: House, scope: Scope):
    conversation = make_conversation(house.zalo)
    name = {"display_name": "Đặng Thị Mỹ", "folded_name": "dang thi my"}
    Contact.objects.filter(pk=conversation.contact_id).update(**name)

    for typed in ("Đặng Thị", "dang thi my", "MỸ"):
        assert order(scope, View.UNIT, search=typed) == [conversation.number]
    assert order(scope, View.UNIT, search="dũng") == []


@pytest.mark.slow
def test_search_stays_quick_among_100_000_messages(house: House, scope: Scope):
    conversation = make_conversation(house.zalo)
    now, text = clock.now(), "làm căn cước cho bé cần giấy tờ gì, mấy ngày thì được lấy"
    Message.objects.bulk_create(
        (
            Message(
                unit=house.unit,
                conversation=conversation,
                text=text,
                folded=fold(text),
                direction="inbound",
                author="resident",
                sent_at=now,
                created_at=now,
            )
            for _ in range(100_000)
        ),
        batch_size=2_000,
    )

    started = time.perf_counter()
    assert order(scope, View.UNIT, search="không có chữ này") == []
    # Measured: 0.06 s on SQLite, 0.1 s on PostgreSQL; the bound only catches a search that reads rows one by one.
    assert time.perf_counter() - started < 5
