"""Acts on many conversations: preview, one delivery for each resident, undo that says what it could not undo."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from binhyen.audit.models import AuditRow
from binhyen.console.tests.factories import House, make_conversation, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.inbox.bulk.rules import CANCEL_WINDOW, UNDO_FOR
from binhyen.inbox.deliveries import claim
from binhyen.inbox.models import (
    BulkAct,
    CannedReply,
    Conversation,
    ConversationTopic,
    Delivery,
    GroupedThread,
    Macro,
    Message,
    ThreadGroup,
    Topic,
)

pytestmark = pytest.mark.django_db


def asked(house: House, *numbers: int, **fields: object) -> list[Conversation]:
    return [make_conversation(house.zalo, f"Câu {number}", **fields) for number in numbers]


def do(signed_in: Client, act: str, chosen: list[Conversation], query: str = "", **form: str):
    names = {"act": act, "c": [each.public_id for each in chosen], "step": "do", "expected": str(len(chosen))}
    return signed_in.post(f"/console/bulk/{query}", names | form)


def shown(signed_in: Client, query: str = "view=unit") -> list[str]:
    page = signed_in.get(f"/console/?{query}").content.decode()
    return [part.partition("<")[0] for part in page.split('row-preview">')[1:]]


def undo(signed_in: Client) -> str:
    act = BulkAct.objects.latest("pk")
    return signed_in.post(f"/console/bulk/{act.public_id}/", follow=True).content.decode()


def states() -> list[tuple[str, object, object]]:
    return list(Conversation.objects.order_by("pk").values_list("state", "waiting_since", "assigned_to__username"))


def test_assign_topic_and_close_are_done_and_undone(house: House, signed_in: Client):
    chosen = asked(house, 1, 2, 3)
    colleague = make_officer(house.unit, "hung")
    topic = Topic.objects.create(unit=house.unit, name="Chợ đêm")
    before = states()

    do(signed_in, "assign", chosen, officer=colleague.public_id)
    assert [row[2] for row in states()] == ["hung"] * 3
    assert "3 cuộc trò chuyện đã về như cũ" in undo(signed_in)
    assert states() == before

    do(signed_in, "topic", chosen, topic=topic.public_id)
    assert ConversationTopic.objects.count() == 3
    undo(signed_in)
    assert not ConversationTopic.objects.exists()

    do(signed_in, "close", chosen)
    assert [row[0] for row in states()] == ["closed"] * 3
    undo(signed_in)
    assert states() == before
    assert AuditRow.objects.filter(action="conversations.changed_together").count() == 3
    assert AuditRow.objects.filter(action="conversations.undone").count() == 3


def test_everything_that_matches_is_more_than_the_page(house: House, signed_in: Client):
    asked(house, *range(60), kind="report")
    asked(house, 99, kind="procedure")
    page = signed_in.get("/console/bulk/?view=unit&kind=report&act=close&all=yes").content.decode()
    assert "60 cuộc trò chuyện" in page
    form = {"act": "close", "all": "yes", "step": "do"}
    assert signed_in.post("/console/bulk/?view=unit&kind=report", form | {"expected": "59"}).status_code == 422
    signed_in.post("/console/bulk/?view=unit&kind=report", form | {"expected": "60"})
    assert Conversation.objects.filter(state="closed").count() == 60


def test_the_number_of_queries_does_not_grow_with_the_conversations(house: House, signed_in: Client):
    canned = {"text": "{Ai} mang căn cước tới {cq}, việc #{so}"}

    def queries_for(count: int) -> int:
        chosen = asked(house, *range(count))
        with CaptureQueriesContext(connection) as found:
            assert do(signed_in, "reply", chosen, **canned).status_code == 302
        return len(found)

    queries_for(10)
    assert queries_for(20) == queries_for(120)


def test_a_reply_is_previewed_for_each_and_goes_to_each_alone(house: House, signed_in: Client):
    first, late = asked(house, 1, 2)
    by_code = make_conversation(house.web, "Câu 3")
    late.contact.last_interaction_at = clock.now() - timedelta(days=8)
    late.contact.save()
    chosen = [first, late, by_code]
    text = {"text": "{Ai} mang căn cước, việc #{so}"}

    preview = do(signed_in, "reply", chosen, step="preview", **text).content.decode()
    assert "Bà con mang căn cước, việc #1" in preview
    assert "Bà con mang căn cước, việc #3" in preview
    assert "Đã quá 7 ngày" in preview
    assert not Delivery.objects.exists(), "a preview sends nothing"

    do(signed_in, "reply", chosen, **text)
    sent = Delivery.objects.order_by("conversation_id")
    assert [(each.conversation_id, each.message.text) for each in sent] == [
        (first.pk, "Bà con mang căn cước, việc #1"),
        (by_code.pk, "Bà con mang căn cước, việc #3"),
    ]
    late.refresh_from_db()
    assert late.state == "waiting"
    act = BulkAct.objects.get()
    assert (act.done_count, act.skipped_count) == (2, 1)
    assert "đang chờ gửi" in do(signed_in, "reply", chosen, **text).content.decode(), "pressed twice, promised once"
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Viết"),
        ("Gửi ảnh chụp căn cước cho tôi", "không xin tiền"),
        ("Xem bit.ly/x", "bit.ly/x"),
        ("Giờ làm việc: {gio}", "chưa được điền"),
        ("Gọi {so_truk} nhé", "{so_truk}"),
    ],
)
def test_words_that_may_not_go_out_go_to_nobody(house: House, signed_in: Client, text: str, words: str):
    answer = do(signed_in, "reply", asked(house, 1, 2), text=text)
    assert answer.status_code == 422
    assert words.lower() in answer.content.decode().lower()
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_within_the_cancel_window_nothing_goes_out_and_undo_reaches_nobody(house: House, signed_in: Client):
    chosen = asked(house, 1, 2)
    before = states()
    do(signed_in, "reply", chosen, text="Chào {ai}")
    assert claim(10) == []
    page = undo(signed_in)
    assert "2 cuộc trò chuyện đã về như cũ" in page
    assert states() == before
    assert set(Delivery.objects.values_list("state", flat=True)) == {"cancelled"}
    assert shown(signed_in) == ["Câu 1", "Câu 2"], "the preview is the resident's again"
    with clock.at(clock.now() + CANCEL_WINDOW + timedelta(seconds=1)):
        assert claim(10) == []


def test_what_has_gone_out_is_said_to_have_gone_out(house: House, signed_in: Client):
    chosen = asked(house, 1, 2)
    do(signed_in, "reply", chosen, text="Chào {ai}")
    Delivery.objects.filter(conversation=chosen[0]).update(state="sent")
    page = undo(signed_in)
    assert "1 trả lời đã gửi đi, không rút lại được" in page
    assert "1 cuộc trò chuyện đã về như cũ" in page
    assert list(Conversation.objects.order_by("pk").values_list("state", flat=True)) == ["answered", "waiting"]


def test_what_somebody_changed_since_stays_but_nobody_is_left_without_an_answer(house: House, signed_in: Client):
    chosen = asked(house, 1, 2)
    do(signed_in, "reply", chosen, text="Chào {ai}")
    colleague = make_officer(house.unit, "hung")
    Conversation.objects.filter(pk=chosen[0].pk).update(assigned_to=colleague)
    page = undo(signed_in)
    assert "1 cuộc trò chuyện đã có người sửa" in page
    assert [(state, name) for state, _since, name in states()] == [("waiting", "hung"), ("waiting", None)]


def test_undo_ends_after_ten_minutes_and_works_once(house: House, signed_in: Client):
    do(signed_in, "close", asked(house, 1))
    with clock.at(clock.now() + UNDO_FOR):
        assert "quá hạn hoàn tác" in undo(signed_in)
    assert Conversation.objects.get().state == "closed"
    undo(signed_in)
    assert "đã được hoàn tác" in undo(signed_in)


def test_merging_shows_one_thread_and_every_resident_keeps_the_own(house: House, signed_in: Client):
    chosen = asked(house, 1, 2, 3)
    do(signed_in, "merge", chosen, lead=chosen[1].public_id)
    assert shown(signed_in) == ["Câu 2"]
    assert "Gộp với 2 cuộc trò chuyện" in signed_in.get(f"/console/c/{chosen[1].public_id}/").content.decode()
    assert Message.objects.filter(conversation=chosen[0]).count() == 1, "no message is moved"
    assert shown(signed_in, "q=cau+3") == ["Câu 3"], "search still finds each"

    page = signed_in.get(f"/console/bulk/?act=reply&c={chosen[1].public_id}").content.decode()
    assert "3 cuộc trò chuyện" in page, "a reply to the group goes to every member"
    answer = signed_in.post(
        "/console/bulk/",
        {"act": "reply", "c": chosen[1].public_id, "step": "do", "expected": "3", "text": "Chào {ai}"},
    )
    assert answer.status_code == 302
    assert Delivery.objects.values("conversation").distinct().count() == 3
    undo(signed_in)
    signed_in.post(f"/console/c/{chosen[1].public_id}/group/", {"act": "end"})
    assert shown(signed_in) == ["Câu 1", "Câu 2", "Câu 3"]
    assert not ThreadGroup.objects.exists()


def test_a_merge_can_be_undone_and_one_can_leave(house: House, signed_in: Client):
    chosen = asked(house, 1, 2, 3)
    do(signed_in, "merge", chosen)
    undo(signed_in)
    assert shown(signed_in) == ["Câu 1", "Câu 2", "Câu 3"]
    do(signed_in, "merge", chosen)
    signed_in.post(f"/console/c/{chosen[0].public_id}/group/", {"act": "leave"})
    assert shown(signed_in) == ["Câu 1", "Câu 2"], "the one that waits longest leads the rest"
    signed_in.post(f"/console/c/{chosen[1].public_id}/group/", {"act": "leave"})
    assert not GroupedThread.objects.exists(), "one alone is no group"


def test_answering_the_lead_alone_brings_the_others_back(house: House, signed_in: Client):
    chosen = asked(house, 1, 2)
    do(signed_in, "merge", chosen)
    assert shown(signed_in, "view=unassigned") == ["Câu 1"]
    signed_in.post(f"/console/c/{chosen[0].public_id}/reply/", {"text": "Chào chị"})
    assert shown(signed_in, "view=unassigned") == ["Câu 2"]


def test_a_merged_one_cannot_be_merged_twice(house: House, signed_in: Client):
    chosen = asked(house, 1, 2, 3)
    do(signed_in, "merge", chosen[:2])
    answer = do(signed_in, "merge", [chosen[1], chosen[2]])
    assert answer.status_code == 422
    assert "nhóm gộp khác" in do(signed_in, "merge", [chosen[1], chosen[2]], step="preview").content.decode()


def test_a_macro_is_shown_first_and_then_done_in_its_fixed_order(house: House, signed_in: Client):
    topic = Topic.objects.create(unit=house.unit, name="Chợ đêm")
    canned = CannedReply.objects.create(unit=house.unit, title="Cảm ơn", text="Cảm ơn {ai}, việc #{so}")
    macro = Macro.objects.create(
        unit=house.unit, name="Xong", topic=topic, canned=canned, assigns="me", closes=True, made_at=clock.now()
    )
    first, late = asked(house, 1, 2)
    late.contact.last_interaction_at = clock.now() - timedelta(days=8)
    late.contact.save()

    dry = signed_in.get(f"/console/bulk/?act=macro&c={first.public_id}&c={late.public_id}&macro={macro.public_id}")
    assert "Cảm ơn bà con, việc #1" in dry.content.decode()
    assert not Delivery.objects.exists()
    do(signed_in, "macro", [first, late], macro=macro.public_id)

    assert Delivery.objects.get().message.text == "Cảm ơn bà con, việc #1"
    assert [(state, name) for state, _since, name in states()] == [("closed", "may"), ("waiting", None)]
    undo(signed_in)
    assert [state for state, _since, _name in states()] == ["waiting", "waiting"]
    assert not ConversationTopic.objects.exists()


def test_foreign_conversations_officers_topics_and_acts_are_unknown(house: House, signed_in: Client):
    other = make_house("khac", "Công an xã Khác")
    theirs = asked(other, 1)
    stranger = make_officer(other.unit, "khac")
    mine = asked(house, 1)
    topic = Topic.objects.create(unit=other.unit, name="Chợ")
    assert do(signed_in, "close", mine + theirs).status_code == 404
    assert do(signed_in, "assign", mine, officer=stranger.public_id).status_code == 404
    assert do(signed_in, "topic", mine, topic=topic.public_id).status_code == 404
    do(sign_in(stranger), "close", theirs)
    assert signed_in.post(f"/console/bulk/{BulkAct.objects.get().public_id}/").status_code == 404


def test_two_units_at_once_are_refused_with_words(house: House):
    other = make_house("khac", "Công an xã Khác")
    officer = make_officer(house.unit, "may")
    officer.memberships.create(unit=other.unit, role="duty_officer")
    page = do(sign_in(officer), "close", asked(house, 1) + asked(other, 2)).headers["Location"]
    assert page.startswith("/console/")
    assert Conversation.objects.filter(state="closed").count() == 0


@pytest.mark.parametrize("form", [{"act": "delete"}, {"act": "close"}, {"act": "close", "c": ["nothing-here"]}])
def test_odd_requests_change_nothing(house: House, signed_in: Client, form: dict[str, object]):
    asked(house, 1)
    assert signed_in.post("/console/bulk/", form | {"step": "do", "expected": "1"}).status_code in (302, 404)
    assert Conversation.objects.get().state == "waiting"
