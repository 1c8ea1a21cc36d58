"""What officers do in conversations, from the outside."""

from datetime import timedelta

import pytest

from binhyen.audit.models import AuditRow
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox import actions, alerts, drafts, queries, queue
from binhyen.inbox.filters.rules import View
from binhyen.inbox.models import Conversation, Delivery, DeliveryState, Draft, DutyAlert, LabelledExample
from binhyen.inbox.tests.factories import House, make_conversation, make_delivery, make_house, make_officer
from binhyen.units.models import Role
from binhyen.units.scope import Scope, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def scope(house: House) -> Scope:
    return scope_of(make_officer(house.unit, "may"))


def order(scope: Scope, view: View, **more: object) -> list[int]:
    return [conversation.number for conversation in queue.queue_for(scope, view, **more).conversations]


def test_a_reply_is_promised_once_and_the_resident_no_longer_waits(house: House, scope: Scope):
    conversation = make_conversation(house.zalo)

    actions.reply(scope, conversation, "  Chào chị,\r\nmang căn cước ạ \u202e ")

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.message.text) == ("planned", "Chào chị,\nmang căn cước ạ")
    after = Conversation.objects.get()
    assert (after.state, after.waiting_since, after.assigned_to_id) == ("answered", None, scope.officer_id)
    assert AuditRow.objects.get().action == "conversation.replied"


def test_at_the_desk_a_reply_waits_to_be_copied_by_hand(house: House, scope: Scope):
    conversation = make_conversation(house.manual)

    actions.reply(scope, conversation, "Chào anh")

    delivery = queries.access_delivery(scope, conversation, queries.delivery_key(Delivery.objects.get()))
    actions.mark_done_by_hand(scope, delivery)
    assert Delivery.objects.get().state == "sent"
    with pytest.raises(NotPossible):
        actions.mark_done_by_hand(scope, delivery)


@pytest.mark.parametrize(
    ("text", "hours_ago", "code"),
    [("  \n ", 0, "reply_empty"), ("x" * 2001, 0, "reply_too_long"), ("Chào", 24 * 7 + 1, "reply_window_closed")],
)
def test_replies_that_cannot_go_out_are_refused_with_the_reason(house, scope, text: str, hours_ago: int, code: str):
    conversation = make_conversation(house.zalo, at=clock.now() - timedelta(hours=hours_ago))

    with pytest.raises(NotPossible) as refused:
        actions.reply(scope, conversation, text)

    assert refused.value.code == code
    assert not Delivery.objects.exists()


def test_two_officers_at_once_do_not_answer_twice(house: House, scope: Scope):
    conversation = make_conversation(house.zalo)
    colleague = scope_of(make_officer(house.unit, "hung"))
    seen_at = clock.now()

    actions.reply(colleague, conversation, "Tôi trả lời trước", seen_at)
    with pytest.raises(NotPossible, match="reply_conflict"):
        actions.reply(scope, conversation, "Tôi trả lời sau", seen_at)

    assert Delivery.objects.count() == 1


def test_drafts_of_reply_and_note_are_kept_apart_and_show_a_colleague_only_that_somebody_types(house, scope):
    conversation = make_conversation(house.zalo)
    colleague = scope_of(make_officer(house.unit, "hung"))

    drafts.save_draft(scope, conversation, "Chào chị")
    drafts.save_draft(scope, conversation, "gọi lại", is_note=True)

    assert queries.drafts_for(scope, conversation) == {False: "Chào chị", True: "gọi lại"}
    assert queries.drafts_for(colleague, conversation) == {}
    assert queries.colleague_replying(colleague, conversation).officer.username == "may"
    with clock.at(clock.now() + timedelta(minutes=4)):
        assert queries.colleague_replying(colleague, conversation) is None
    drafts.save_draft(scope, conversation, " ")
    assert Draft.objects.get().is_note


@pytest.mark.parametrize("typed", ["Mời chị", "Mời chị ra trực ban "])
def test_a_draft_saved_late_does_not_bring_back_what_was_sent(house: House, scope: Scope, typed: str):
    conversation = make_conversation(house.zalo)
    shown_at = clock.now()
    reply = actions.reply(scope, conversation, "Mời chị ra trực ban")
    note = actions.add_note(scope, conversation, "đã mời")
    drafts.save_draft(scope, conversation, typed, seen_at=shown_at)
    drafts.save_draft(scope, conversation, "đã", is_note=True, seen_at=shown_at)
    assert queries.drafts_for(scope, conversation) == {}
    drafts.save_draft(scope, conversation, "Và mang căn cước", seen_at=reply.created_at)
    drafts.save_draft(scope, conversation, "gọi lại", is_note=True, seen_at=note.created_at)
    assert queries.drafts_for(scope, conversation) == {False: "Và mang căn cước", True: "gọi lại"}
    with clock.at(clock.now() + timedelta(minutes=1)):
        drafts.save_draft(scope, conversation, "Từ trang mở lâu rồi", seen_at=shown_at)
    assert queries.drafts_for(scope, conversation)[False] == "Từ trang mở lâu rồi"


def test_a_correction_becomes_an_example_without_personal_data(house: House, scope: Scope):
    conversation = make_conversation(house.zalo, "Làm tạm trú cho số 0912345678 ạ", kind="other")

    actions.label(scope, conversation, "procedure", "dang-ky-tam-tru")

    example = LabelledExample.objects.get()
    assert (example.kind, example.procedure) == ("procedure", "dang-ky-tam-tru")
    assert "0912345678" not in example.text
    assert Conversation.objects.get().procedure == "dang-ky-tam-tru"


def test_assigning_closing_and_reopening(house: House, scope: Scope):
    conversation = make_conversation(house.zalo)
    chief = make_officer(house.unit, "chi", Role.COMMANDER)
    colleague = make_officer(house.unit, "hung")

    actions.assign(scope, conversation, colleague)
    assert order(scope_of(colleague), View.MINE) == [1]
    with pytest.raises(NotPossible, match="officer_cannot_reply"):
        actions.assign(scope, conversation, chief)
    actions.close(scope, conversation)
    assert order(scope, View.DONE) == [1]
    actions.reopen(scope, conversation)
    assert order(scope, View.UNIT) == [1]


def test_what_is_due_first_comes_first_and_danger_before_all(house: House, scope: Scope):
    now = clock.now()
    for hours, urgency in ((1, 0), (5, 0), (2, 2), (3, 1)):
        make_conversation(house.zalo, at=now - timedelta(hours=hours), urgency=urgency)
    make_conversation(house.zalo, state="answered", waiting_since=None, urgency=2)

    assert order(scope, View.UNIT) == [3, 4, 2, 1, 5]


def test_search_finds_with_and_without_marks_and_prefers_the_marks_typed(house: House, scope: Scope):
    make_conversation(house.zalo, "Tôi muốn hỏi về tạm trú")
    make_conversation(house.zalo, "toi muon hoi ve tam tru")
    make_conversation(house.zalo, "Hỏi tắm trư")

    assert set(order(scope, View.UNIT, search="tam tru")) == {1, 2, 3}
    assert order(scope, View.UNIT, search="tạm trú")[0] == 1
    assert order(scope, View.UNIT, search="#2") == [2]
    assert order(scope, View.UNIT, search="hộ chiếu") == []
    assert order(scope, View.UNIT, search="?!") == []


def test_an_alert_is_taken_by_one_named_officer(house: House, scope: Scope):
    conversation = make_conversation(house.zalo)
    alert = DutyAlert.objects.create(unit=house.unit, conversation=conversation, created_at=clock.now())
    colleague = scope_of(make_officer(house.unit, "hung"))

    assert alerts.accept_alert(scope, alert)
    assert not alerts.accept_alert(colleague, alert)
    assert Conversation.objects.get().assigned_to_id == scope.officer_id
    assert alerts.ringing_alerts_for(scope) == []


@pytest.mark.parametrize(("resend", "state"), [(True, "planned"), (False, "cancelled")])
def test_an_unknown_delivery_is_decided_by_a_person_once(house: House, scope: Scope, resend: bool, state: str):
    conversation = make_conversation(house.zalo)
    delivery = make_delivery(conversation, "unknown")
    assert order(scope, View.REVIEW) == [1]

    actions.resolve_unknown(scope, delivery, resend=resend)

    assert Delivery.objects.get().state == state
    with pytest.raises(NotPossible):
        actions.resolve_unknown(scope, delivery, resend=resend)


def test_a_commander_reads_but_does_not_reply(house: House):
    conversation = make_conversation(house.zalo)
    chief = scope_of(make_officer(house.unit, "chi", Role.COMMANDER))

    assert order(chief, View.UNIT) == [1]
    for act in (
        lambda: actions.reply(chief, conversation, "x"),
        lambda: actions.close(chief, conversation),
        lambda: actions.label(chief, conversation, "report"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_button_pressed_twice_promises_the_words_once(house: House, scope: Scope):
    conversation = make_conversation(house.zalo)
    first = actions.reply(scope, conversation, "Vâng")
    assert actions.reply(scope, conversation, " Vâng ") == first
    assert Delivery.objects.count() == 1
    with clock.at(clock.now() + timedelta(seconds=11)):
        assert actions.reply(scope, conversation, "Vâng") != first
    Delivery.objects.update(state=DeliveryState.CANCELLED)
    actions.reply(scope, conversation, "Vâng")
    assert Delivery.objects.filter(state=DeliveryState.PLANNED).count() == 1, "what was taken back may be said again"
