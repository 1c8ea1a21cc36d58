"""Lost and found from the chat to the groups and back: drafts, two officers, take-down everywhere."""

from datetime import timedelta

import pytest
import time_machine

from binhyen.channels.connector import Text
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.groups.models import Group
from binhyen.inbox.models import Conversation, Direction, DutyAlert
from binhyen.inbox.tests.factories import make_house, make_officer
from binhyen.lost_found import actions, queries
from binhyen.lost_found.models import Record, RecordKind, RecordState, TakeDown
from binhyen.lost_found.tests.factories import PUBLISHER, make_child, make_record
from binhyen.outreach.actions import tick
from binhyen.outreach.models import Post, PostState, Sending, SendingState
from binhyen.units.models import Area, Role
from binhyen.units.scope import scope_of
from binhyen.workflows import lost_found
from binhyen.workflows.intake import receive_now
from binhyen.workflows.lost_kinds import kind_of
from binhyen.workflows.publishing import finish_posts, start_due_posts
from binhyen.workflows.retention import erase_due

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house():
    return make_house()


@pytest.fixture
def first(house):
    return scope_of(make_officer(house.unit, "hung"))


@pytest.fixture
def second(house):
    return scope_of(make_officer(house.unit, "may"))


@pytest.fixture
def groups(house):
    return [
        Group.objects.create(
            unit=house.unit, name=f"Nhóm thôn {i}", link=f"https://zalo.me/g/abcde{i}", created_at=clock.now()
        )
        for i in range(12)
    ]


def published(first, second, house):
    record = make_child(first, house.unit)
    actions.submit(first, record, PUBLISHER)
    lost_found.publish(second, record, picture_seen=False)
    return record


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("em nhặt được ví ở chợ", RecordKind.FOUND_ITEM),
        ("tôi đánh rơi điện thoại ở bến xe", RecordKind.LOST_ITEM),
        ("con tôi đi lạc từ sáng", RecordKind.MISSING_CHILD),
        ("thấy một bé trai đi lạc ở cầu", RecordKind.FOUND_CHILD),
        ("mẹ tôi bị lẫn, đi lạc chưa về", RecordKind.MISSING_PERSON),
    ],
)
def test_a_message_is_guessed_and_the_officer_decides(text, kind):
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("con trai 6 tuổi đi lạc ở chợ", "child.first_look"),
        ("mẹ tôi bị lẫn, đi lạc chưa về", "person.first_look"),
    ],
)
def test_somebody_who_is_lost_rings_and_the_family_is_told_to_call_now(house, text, rule):
    conversation = receive_now(house.zalo, Text("zalo-9", "m1", text, clock.now()))
    receive_now(house.zalo, Text("zalo-9", "m2", f"{text}, mặc áo đỏ", clock.now()))
    record, alert = Record.objects.get(), DutyAlert.objects.get()
    assert (alert.rule_id, alert.subject, alert.number) == (rule, record.public_id, record.number)
    assert alert.address == f"/console/lost/{record.public_id}/"
    told = conversation.messages.filter(direction=Direction.OUTBOUND).order_by("id").first()
    assert "GỌI NGAY 113" in told.text
    assert conversation.urgency > 0


def test_who_found_a_child_is_told_to_stay_with_it_and_to_call(house):
    conversation = receive_now(house.zalo, Text("zalo-9", "m1", "tìm thấy một bé gái đi lạc ở cầu", clock.now()))
    told = conversation.messages.filter(direction=Direction.OUTBOUND).get().text
    assert "GỌI NGAY 113" in told
    assert "ở lại với người đó" in told


def test_a_thing_that_is_lost_rings_nobody(house):
    receive_now(house.zalo, Text("zalo-9", "m1", "cháu nhặt được cái ví ở chợ", clock.now()))
    assert not DutyAlert.objects.exists()


def test_a_message_of_a_find_becomes_one_draft_without_its_words(house):
    receive_now(house.manual, Text("n1", "m1", "em nhặt được cái ví ở chợ ai mất không", clock.now()))
    receive_now(house.manual, Text("n1", "m2", "ví màu nâu em nhặt được hôm qua", clock.now()))
    record = Record.objects.get()
    assert (record.state, record.kind, record.source) == (RecordState.DRAFT, RecordKind.FOUND_ITEM, "chat")
    assert record.conversation_key == Conversation.objects.get().pk
    assert record.description == ""


def test_one_yes_reaches_board_and_every_group(first, second, house, groups):
    record = published(first, second, house)
    assert [notice.public_id for notice in queries.public_notices(house.unit)] == [record.public_id]
    assert start_due_posts() == 1
    post = Post.objects.get(public_id=record.post_key)
    assert (post.author_id, post.approver_id, post.state) == (first.officer_id, second.officer_id, PostState.SENDING)
    assert Sending.objects.filter(post=post, state=SendingState.BY_HAND).count() == len(groups)


def test_only_the_chosen_hamlets_get_it(first, second, house, groups):
    hamlet, other = (Area.objects.create(unit=house.unit, name=name) for name in ("Thôn 4", "Thôn 5"))
    Group.objects.update(area=other)
    Group.objects.filter(pk=groups[3].pk).update(area=hamlet)
    record = make_child(first, house.unit)
    actions.submit(first, record, PUBLISHER)
    lost_found.publish(second, record, picture_seen=False, areas=[hamlet])
    start_due_posts()
    sent = Sending.objects.filter(post__public_id=record.post_key, state=SendingState.BY_HAND)
    assert [row.target_key for row in sent] == [groups[3].pk]


def test_found_ends_it_everywhere_and_the_hand_list_becomes_a_list_to_clean(first, second, house, groups):
    record = published(first, second, house)
    start_due_posts()
    post = Post.objects.get(public_id=record.post_key)
    pasted = list(Sending.objects.filter(post=post, state=SendingState.BY_HAND))[:3]
    for row in pasted:
        tick(first, row)
    closing = lost_found.resolve(first, record)
    post.refresh_from_db()
    assert post.state == PostState.WITHDRAWN
    assert not Sending.objects.filter(post=post, state=SendingState.BY_HAND).exists()
    assert {row.target_name for row in queries.open_take_downs(record)} == {row.target_name for row in pasted}
    assert queries.public_notices(house.unit) == []
    assert queries.was_public(house.unit, record.public_id)
    assert closing.state == PostState.REVIEW
    assert closing.title == "Đã tìm thấy gia đình"
    assert closing.picture is None
    assert lost_found.confirm_take_downs() == 0
    for row in queries.open_take_downs(record):
        actions.tick_take_down(first, row)
    assert lost_found.confirm_take_downs() == 1
    record.refresh_from_db()
    assert record.taken_down_at <= record.resolved_at + timedelta(minutes=15)


def test_found_before_anything_went_out_sends_nothing(first, second, house, groups):
    record = make_record(first, house.unit)
    actions.submit(first, record, PUBLISHER)
    lost_found.publish(second, record, picture_seen=False)
    assert lost_found.resolve(first, record) is None
    assert start_due_posts() == 0
    assert not TakeDown.objects.exists()
    assert not Sending.objects.exists()


def test_a_child_notice_ends_by_itself_after_72_hours(first, second, house, groups):
    record = published(first, second, house)
    start_due_posts()
    with time_machine.travel(clock.now() + timedelta(hours=71, minutes=59), tick=False):
        assert lost_found.end_due_notices() == 0
        assert queries.public_notice(house.unit, record.public_id)
    with time_machine.travel(clock.now() + timedelta(hours=72, minutes=1), tick=False):
        assert queries.public_notice(house.unit, record.public_id) is None
        assert lost_found.end_due_notices() == 1
        assert lost_found.end_due_notices() == 0
    record.refresh_from_db()
    assert record.state == RecordState.KEPT
    assert Post.objects.get(public_id=record.post_key).state == PostState.WITHDRAWN
    actions.submit(first, record, PUBLISHER)
    with pytest.raises(NotPossible, match="lost_own"):
        lost_found.publish(first, record, picture_seen=False)
    lost_found.publish(second, record, picture_seen=False)
    assert queries.public_notice(house.unit, record.public_id)


def test_who_may_not_write_posts_or_decide_about_them_publishes_nothing(first, house):
    record = make_child(first, house.unit)
    with pytest.raises(NotAllowed):
        actions.submit(scope_of(make_officer(house.unit, "chi", Role.COMMANDER)), record, PUBLISHER)
    actions.submit(first, record, PUBLISHER)
    with pytest.raises(NotAllowed):
        lost_found.publish(scope_of(make_officer(house.unit, "kv", Role.BEAT_OFFICER)), record, picture_seen=False)


def test_people_are_forgotten_after_the_end(first, second, house):
    record = published(first, second, house)
    lost_found.resolve(first, record)
    assert erase_due().get("lost_found_personal", 0) == 0
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        assert erase_due().get("lost_found_personal", 0) == 1
        assert erase_due().get("lost_found_personal", 0) == 0
    finish_posts()
