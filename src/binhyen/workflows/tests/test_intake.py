"""What becomes of stored calls: whole batches, in order, once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhyen.channels.connector import ConsentWithdrawn, Media, MediaItem, MediaKind, Text
from binhyen.channels.models import Account
from binhyen.core import clock
from binhyen.core.models import DailyCount
from binhyen.inbox.models import (
    Attachment,
    Contact,
    Conversation,
    ConversationState,
    Delivery,
    Direction,
    DutyAlert,
    Message,
    Tombstone,
    UnreadEvent,
)
from binhyen.jobs.models import JobRow, JobState
from binhyen.units.models import Unit
from binhyen.vault.keyring import unseal
from binhyen.workflows import changes, intake, triage
from binhyen.workflows.decision import forget_unit_facts
from binhyen.workflows.intake import UNREAD_PURPOSE, receive_now, work_intake
from binhyen.workflows.tests.receiving import HOA, event, new_page, people, say, store

pytestmark = pytest.mark.django_db(transaction=True)

QUESTION = "Đăng ký tạm trú cho người thuê trọ cần giấy tờ gì?"


@pytest.fixture
def page() -> Account:
    return new_page()


def counted(name: str) -> int:
    return sum(DailyCount.objects.filter(name=name).values_list("count", flat=True))


def statements(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        work()
    return len(seen)


def test_the_number_of_statements_does_not_grow_with_the_batch(page: Account) -> None:
    used = []
    for group in (people(10), people(10), people(70)[10:]):  # the first only warms what is kept in memory
        for text in (QUESTION, "thế lệ phí bao nhiêu?"):
            for person in group:
                say(page, text, person=person)
            used.append(statements(work_intake))
        Conversation.objects.all().delete()
        Contact.objects.all().delete()
    assert used[2:4] == used[4:6]
    assert max(used[2:]) < 25


def test_conversations_are_numbered_without_gaps_in_each_unit(page: Account) -> None:
    for batch in (people(5), people(9)):
        for person in batch:
            say(page, "Chào ạ", person=person)
        work_intake()
    assert sorted(Conversation.objects.values_list("number", flat=True)) == list(range(1, 10))


def test_messages_of_one_batch_keep_their_order_and_see_each_other(page: Account) -> None:
    say(page, QUESTION, "thế lệ phí bao nhiêu?")
    work_intake()
    written = Message.objects.filter(direction=Direction.INBOUND).order_by("id")
    assert [message.text for message in written] == [QUESTION, "thế lệ phí bao nhiêu?"]
    assert [message.procedure for message in written] == ["dang-ky-tam-tru"] * 2
    assert Delivery.objects.earliest("id").message.answers.text == QUESTION


def test_a_procedure_of_yesterday_gives_no_meaning_any_more(page: Account) -> None:
    say(page, QUESTION)
    work_intake()
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        say(page, "thế lệ phí bao nhiêu?")
        work_intake()
    assert Message.objects.filter(direction=Direction.INBOUND).last().procedure != "dang-ky-tam-tru"


def test_the_same_message_under_another_key_is_stored_once(page: Account) -> None:
    say(page, QUESTION)
    work_intake()
    known = Message.objects.get(direction=Direction.INBOUND)
    receive_now(page, Text(HOA, known.external_id, QUESTION, clock.now()))
    assert Message.objects.filter(direction=Direction.INBOUND).count() == 1
    assert Delivery.objects.count() == 1
    assert counted("intake.repeated") == 1


STEPS = [
    (changes, "write_contacts"),
    (changes, "write_conversations"),
    (changes, "insert_rows"),
    (changes, "add_counts"),
    (triage, "apply_decision"),
]


@pytest.mark.parametrize(("place", "step"), STEPS, ids=[step for _, step in STEPS])
def test_a_worker_that_dies_at_any_step_leaves_nothing_half_done(
    page: Account, monkeypatch: pytest.MonkeyPatch, place: Any, step: str
) -> None:
    say(page, QUESTION, "có kẻ đang cầm dao đâm người ở chợ")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(place, step, die)
        with pytest.raises(KeyboardInterrupt):
            work_intake()
    assert not Contact.objects.exists()
    assert not Message.objects.exists()
    with clock.at(clock.now() + timedelta(seconds=intake.LEASE_S + 1)):
        assert work_intake() == 2
    assert Message.objects.filter(direction=Direction.INBOUND).count() == 2
    assert set(JobRow.objects.values_list("state", flat=True)) == {JobState.DONE}


def test_one_poison_call_is_set_aside_and_the_others_are_worked(page: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    for person in people(3):
        say(page, "Chào ạ" if person != people(3)[1] else "đây là thuốc độc", person=person)
    preview_of = triage.preview_of

    def choke(text: str, *more: Any) -> str:
        if "thuốc độc" in text:
            raise ValueError(text)
        return preview_of(text, *more)

    monkeypatch.setattr(triage, "preview_of", choke)
    assert work_intake() == 3
    assert Conversation.objects.count() == 2
    buried = JobRow.objects.get(state=JobState.BURIED)
    assert "ValueError" in buried.why
    assert "thuốc độc" not in buried.why
    assert counted("jobs.buried.intake") == 1


def test_an_event_never_seen_before_is_kept_sealed_and_counted(page: Account) -> None:
    body = event("user_send_hologram", message={"msg_id": "h1", "text": "xin chào"})
    store(page, [body])
    work_intake()
    kept = UnreadEvent.objects.get()
    assert kept.kind == "user_send_hologram"
    assert b"hologram" not in bytes(kept.sealed_body)
    assert unseal(UNREAD_PURPOSE, bytes(kept.sealed_body)) == body
    assert counted("intake.unread") == 1
    assert not Message.objects.exists()


def test_a_known_event_that_needs_nothing_is_counted(page: Account) -> None:
    store(page, [event("oa_reacted_message", message={"msg_id": "r1"})])
    work_intake()
    assert counted("intake.ignored.oa_reacted_message") == 1


def test_access_taken_back_stops_the_page(page: Account) -> None:
    store(page, [event("permission_revoked")])
    work_intake()
    page.refresh_from_db()
    assert page.state == "needs_consent"


def test_a_withdrawal_erases_the_person_and_a_repeated_old_call_brings_nobody_back(page: Account) -> None:
    said_at = clock.now() - timedelta(minutes=5)
    receive_now(page, Text(HOA, "m-1", "Tôi tên là Hoa, xin hỏi tạm trú", said_at))
    with pytest.raises(Exception, match="not_received"):
        receive_now(page, ConsentWithdrawn(HOA, clock.now()))
    assert not Contact.objects.exists()
    assert not Message.objects.exists()
    stone = Tombstone.objects.get()
    assert stone.message_count >= 1
    assert HOA not in stone.person_hash
    with pytest.raises(Exception, match="not_received"):
        receive_now(page, Text(HOA, "m-1", "Tôi tên là Hoa, xin hỏi tạm trú", said_at))
    assert not Contact.objects.exists()
    assert counted("intake.after_erasure") == 1


def test_whoever_writes_after_withdrawing_begins_anew(page: Account) -> None:
    receive_now(page, Text(HOA, "m-1", "Chào ạ", clock.now() - timedelta(minutes=5)))
    with pytest.raises(Exception, match="not_received"):
        receive_now(page, ConsentWithdrawn(HOA, clock.now() - timedelta(minutes=1)))
    receive_now(page, Text(HOA, "m-2", "Chào ạ", clock.now()))
    assert Message.objects.filter(direction=Direction.INBOUND).count() == 1


def test_a_clock_far_off_neither_closes_nor_stretches_the_reply_window(page: Account) -> None:
    for number, off in enumerate((timedelta(days=400), timedelta(days=-400))):
        receive_now(page, Text(HOA, f"m-{number}", "Chào ạ", clock.now() + off))
        seen = Contact.objects.get().last_interaction_at
        assert abs(seen - clock.now()) < timedelta(minutes=1)


def test_a_very_long_message_is_stored_whole_and_previewed_short(page: Account) -> None:
    text = "trộm cắp ở thôn " * 6_250
    receive_now(page, Text(HOA, "m-1", text, clock.now()))
    assert len(Message.objects.get(direction=Direction.INBOUND).text) == len(text) == 100_000
    assert len(Conversation.objects.get().preview) <= 160


def test_pictures_wait_for_an_officer_and_stickers_for_nobody(page: Account) -> None:
    sticker = MediaItem(MediaKind.STICKER, url="https://zalo.zdn.vn/s.png")
    receive_now(page, Media(HOA, "m-1", (sticker,), clock.now()))
    assert Conversation.objects.get().state == ConversationState.ANSWERED
    assert not Delivery.objects.exists()
    picture = MediaItem(MediaKind.IMAGE, url="https://zalo.zdn.vn/p.jpg")
    receive_now(page, Media(HOA, "m-2", (picture,), clock.now()))
    assert Conversation.objects.get().state == ConversationState.WAITING
    assert Conversation.objects.get().preview == "Ảnh"
    assert list(Attachment.objects.order_by("id").values_list("state", flat=True)) == ["link_only", "announced"]


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (["Chào ạ, tôi cần hỏi chút việc"] * 5, "same_words"),
        (["Đây là tin nhắn trả lời tự động, chúng tôi sẽ liên hệ sau."], "automatic_answer"),
    ],
)
def test_no_automatic_answer_to_what_answers_by_itself(page: Account, texts: list[str], reason: str) -> None:
    say(page, *texts)
    work_intake()
    assert counted(f"intake.silent.{reason}") >= 1
    assert Conversation.objects.get().state == ConversationState.WAITING


def test_our_own_words_coming_back_are_not_answered(page: Account) -> None:
    say(page, "Chào ạ")
    work_intake()
    ours = Message.objects.get(direction=Direction.OUTBOUND).text
    say(page, ours)
    work_intake()
    assert Message.objects.filter(direction=Direction.OUTBOUND).count() == 1
    assert counted("intake.silent.own_words") == 1
    assert not DutyAlert.objects.exists()


def test_who_would_be_told_the_same_twice_hears_once_that_an_officer_answers(page: Account) -> None:
    Unit.objects.filter(pk=page.unit_id).update(duty_phone="0239 3 000 000")
    forget_unit_facts()
    for number in range(3):
        receive_now(page, Text(HOA, f"m-{number}", "cho xin số trực ban", clock.now()))
    first, second = Message.objects.filter(direction=Direction.OUTBOUND).order_by("id").values_list("text", flat=True)
    assert "Trực ban" in first
    assert "Đã chuyển câu hỏi đến cán bộ" in second
    assert Conversation.objects.get().state == ConversationState.WAITING


def test_a_flood_is_answered_a_handful_of_times_a_minute(page: Account) -> None:
    say(page, *(f"Đăng ký tạm trú cần giấy gì {number}" for number in range(30)))
    work_intake()
    assert 7 <= Delivery.objects.count() <= 13  # somebody who asks seven things in a minute still hears seven answers
    assert Conversation.objects.get().state == ConversationState.WAITING
    last = Message.objects.filter(direction=Direction.OUTBOUND).latest("id")
    assert "Đã chuyển câu hỏi đến cán bộ" in last.text


@pytest.mark.parametrize(
    "before", [[f"Đăng ký tạm trú cần giấy gì {number}" for number in range(15)], ["Tôi vừa nhắn chatbot rồi"]]
)
def test_danger_gets_the_hotlines_although_the_machine_would_be_silent(page: Account, before: list[str]) -> None:
    say(page, *before, "Tôi nhắn chatbot rồi, cứu với, nhà tôi đang cháy to lắm")
    work_intake()
    last = Message.objects.filter(direction=Direction.OUTBOUND).latest("id")
    assert "114" in last.text
    assert DutyAlert.objects.count() == 1
    say(page, *["Cứu với, nhà tôi đang cháy to lắm, trả lời tự động"] * 3)
    work_intake()
    assert Message.objects.filter(direction=Direction.OUTBOUND).latest("id") == last
