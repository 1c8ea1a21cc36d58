"""Rows written and read by the hundred are the ones Django itself would write and read."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Subquery

from binhyen.core import clock
from binhyen.core.database import Among
from binhyen.core.many_rows import NUMBERED_FROM, insert_rows, update_rows
from binhyen.core.reading_rows import read_instances, read_tuples
from binhyen.inbox.models import Author, Conversation, Direction, DutyAlert, Message
from binhyen.inbox.tests.factories import House, make_conversation, make_house

pytestmark = pytest.mark.django_db
MANY = 3 * NUMBERED_FROM


@pytest.fixture
def house() -> House:
    return make_house()


def messages(conversation: Conversation, texts: list[str]) -> list[Message]:
    now = clock.now()
    kind = {"unit": conversation.unit, "conversation": conversation, "sent_at": now, "created_at": now}
    return [
        Message(text=text, direction=Direction.OUTBOUND, author=Author.MACHINE, buttons=[["Có", "say", text]], **kind)
        for text in texts
    ]


@pytest.mark.parametrize("count", [1, NUMBERED_FROM - 1, NUMBERED_FROM, MANY])
def test_each_row_knows_its_own_key_and_new_keys_follow_old_ones(house: House, count: int) -> None:
    conversation = make_conversation(house.zalo)
    Message.objects.all().delete()  # keys are never given twice, not even the last one
    old = messages(conversation, ["trước"])
    old[0].save()
    rows = messages(conversation, [f"tin {number}" for number in range(count)])
    insert_rows(rows)
    later = messages(conversation, ["sau"])[0]
    later.save()
    assert [row.pk for row in rows] == sorted({row.pk for row in rows})
    assert old[0].pk < rows[0].pk
    assert rows[-1].pk < later.pk
    stored = {message.pk: message for message in Message.objects.filter(direction=Direction.OUTBOUND)}
    for row in rows:
        assert (stored[row.pk].text, stored[row.pk].buttons) == (row.text, row.buttons)
        assert stored[row.pk].created_at == row.created_at


def test_of_rows_that_break_a_rule_none_is_written(house: House) -> None:
    conversation = make_conversation(house.zalo)
    before = Message.objects.count()
    rows = messages(conversation, [f"tin {number}" for number in range(MANY)])
    rows[-1].external_id = rows[-2].external_id = "hai-lan"
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(rows)
    assert Message.objects.count() == before


def test_changed_rows_are_changed_and_others_are_not(house: House) -> None:
    ours = [make_conversation(house.zalo) for _ in range(3)]
    for number, one in enumerate(ours[:2]):
        one.preview, one.kind = f"mới {number}", "report"
    update_rows(ours[:2], ["preview", "kind"])
    found = list(Conversation.objects.order_by("pk").values_list("preview", "kind"))
    assert found[:2] == [("mới 0", "report"), ("mới 1", "report")]
    assert found[2][1] != "report"


def test_instances_read_at_once_are_those_of_the_queryset(house: House) -> None:
    for _ in range(3):
        conversation = make_conversation(house.zalo)
        insert_rows(messages(conversation, ["một", "hai"]))
    DutyAlert.objects.create(unit=house.unit, conversation=conversation, created_at=clock.now())
    latest = Message.objects.filter(conversation=OuterRef("pk"), direction=Direction.OUTBOUND).order_by("-id")
    rows = Conversation.objects.annotate(
        offered=Subquery(latest.values("buttons")[:1]),
        rings=Exists(DutyAlert.objects.filter(conversation=OuterRef("pk"))),
    ).order_by("pk")
    read, usual = read_instances(rows), list(rows)
    assert [{**vars(one), "_state": None} for one in read] == [{**vars(one), "_state": None} for one in usual]
    assert read[0].account == house.zalo
    read[0].preview = "đổi"
    read[0].save()  # an update, since it is known to be stored
    assert Conversation.objects.count() == 3


def test_tuples_read_at_once_are_those_of_the_queryset(house: House) -> None:
    insert_rows(messages(make_conversation(house.zalo), ["một", "hai"]))
    rows = Message.objects.order_by("pk").values_list("text", "created_at", "seen_at", "buttons")
    assert read_tuples(rows) == list(rows)
    assert read_tuples(rows.filter(pk__in=[])) == []


def test_among_finds_what_in_finds(house: House) -> None:
    keys = [make_conversation(house.zalo).pk for _ in range(4)]
    names = [f"person-{house.zalo.pk}-{number}" for number in (1, 3, 99)]
    rows = Conversation.objects.order_by("pk")
    assert list(rows.filter(Among("pk", keys[1:]))) == list(rows.filter(pk__in=keys[1:]))
    assert list(rows.exclude(Among("id", set(keys[:2])))) == list(rows.exclude(pk__in=keys[:2]))
    assert list(rows.filter(Among("contact__external_id", names))) == list(rows.filter(contact__external_id__in=names))
    assert rows.filter(Among("pk", keys)).update(kind="other") == len(keys)


def test_among_nothing_asks_nothing(house: House, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert list(Conversation.objects.filter(Among("pk", []))) == []
