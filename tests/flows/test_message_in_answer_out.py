"""A resident writes to the page; the right answer comes back, or the right officer sees it."""

from binhyen.inbox.models import Author, ConversationState, Delivery, DeliveryState, Direction, DutyAlert, Message
from tests.flows.living_page import HOA, THUYEN, LivingPage

TEMPORARY_RESIDENCE = "Đăng ký tạm trú cho người thuê trọ cần giấy tờ gì?"


def test_a_procedure_question_is_answered_in_the_chat(page: LivingPage) -> None:
    page.says(TEMPORARY_RESIDENCE)
    page.work()
    [answer] = page.heard()
    assert "tạm trú" in answer["text"].lower()
    conversation = page.conversation()
    assert (conversation.number, conversation.kind, conversation.procedure) == (1, "procedure", "dang-ky-tam-tru")
    assert conversation.last_inbound_at is not None
    assert Delivery.objects.get().state == DeliveryState.SENT
    assert Message.objects.get(direction=Direction.OUTBOUND).external_id == answer["msg_id"]


def test_a_follow_up_is_answered_about_the_procedure_just_discussed(page: LivingPage) -> None:
    page.says(TEMPORARY_RESIDENCE)
    page.says("thế lệ phí bao nhiêu?")
    page.work()
    assert len(page.heard()) == 2
    second = Message.objects.filter(direction=Direction.INBOUND).order_by("id")[1]
    assert second.procedure == "dang-ky-tam-tru"


def test_a_tapped_button_chooses_the_procedure(page: LivingPage) -> None:
    page.says("thế lệ phí bao nhiêu?")
    page.work()
    [offer] = page.heard()
    assert len(offer["buttons"]) >= 3
    page.zalo.do("tap", user_id=HOA, button=0)
    page.work()
    assert page.conversation().procedure
    assert len(page.heard()) == 2


def test_a_typed_digit_chooses_the_offered_button(page: LivingPage) -> None:
    page.says("thế lệ phí bao nhiêu?")
    page.work()
    page.says("1")
    page.work()
    assert page.conversation().procedure
    assert len(page.heard()) == 2


def test_a_question_for_a_person_waits_in_the_queue(page: LivingPage) -> None:
    page.says("cho tôi gặp cán bộ")
    page.work()
    conversation = page.conversation()
    assert conversation.state == ConversationState.WAITING
    assert conversation.waiting_since is not None
    assert conversation.unread_count == 1
    assert "Đã chuyển câu hỏi đến cán bộ" in page.heard()[-1]["text"]


def test_two_residents_get_their_own_answers_and_numbers(page: LivingPage) -> None:
    page.says(TEMPORARY_RESIDENCE, HOA)
    page.says("Chào ạ", THUYEN)
    page.work()
    assert [page.conversation(person).number for person in (HOA, THUYEN)] == [1, 2]
    assert len(page.heard(HOA)) == len(page.heard(THUYEN)) == 1
    assert page.heard(HOA)[0]["text"] != page.heard(THUYEN)[0]["text"]


def test_a_new_follower_is_welcomed_once_an_hour(page: LivingPage) -> None:
    for _ in range(2):
        page.zalo.do("unfollow", user_id=HOA)
        page.zalo.do("follow", user_id=HOA)
        page.work()
    page.says("Chào ạ")
    page.work()
    [welcome] = page.heard()
    assert "113" in welcome["text"].split("\n")[0]
    assert page.conversation().contact.is_following


def test_what_an_officer_types_in_zalos_own_tool_counts_as_the_answer(page: LivingPage) -> None:
    page.says("cho tôi gặp cán bộ")
    page.work()
    page.zalo.do("officer", user_id=HOA, text="Mời bác ra trụ sở sáng mai.", admin_id="9000000000000000001")
    page.work()
    assert Message.objects.get(author=Author.ELSEWHERE).text == "Mời bác ra trụ sở sáng mai."
    assert page.conversation().state == ConversationState.ANSWERED
    assert page.conversation().waiting_since is None


def test_our_own_echo_is_recognised_and_seen_messages_are_noted(page: LivingPage) -> None:
    page.says(TEMPORARY_RESIDENCE)
    page.work()
    page.zalo.do("settle")
    page.zalo.do("see", user_id=HOA)
    page.work()
    ours = Message.objects.get(direction=Direction.OUTBOUND)
    assert ours.author == Author.MACHINE
    assert ours.seen_at is not None


def test_a_picture_is_fetched_and_shown_as_a_cleaned_copy(page: LivingPage) -> None:
    from binhyen.inbox.models import Attachment, AttachmentState
    from binhyen.workflows.media import MediaFetcher

    page.zalo.do("say", user_id=HOA, image=True)
    page.work()
    fetcher = MediaFetcher()
    assert fetcher.fetch_announced() == 1
    fetcher.close()
    attachment = Attachment.objects.get()
    assert attachment.state == AttachmentState.STORED
    assert attachment.shown is not None
    assert attachment.shown.original == attachment.original
    assert page.conversation().state == ConversationState.WAITING


def test_a_picture_that_is_none_is_refused_in_sight_of_the_officer(page: LivingPage) -> None:
    from binhyen.inbox.models import Attachment, AttachmentState
    from binhyen.workflows.media import MediaFetcher

    page.zalo.do("say", user_id=HOA, image="wrong_type")
    page.work()
    fetcher = MediaFetcher()
    fetcher.fetch_announced()
    fetcher.close()
    assert (Attachment.objects.get().state, Attachment.objects.get().reason) == (
        AttachmentState.REFUSED,
        "media_type",
    )


def test_personal_data_does_not_show_in_the_queue(page: LivingPage) -> None:
    page.says("cho tôi gặp cán bộ, số tôi 0912 345 678")
    page.work()
    assert "345" not in page.conversation().preview
    assert not DutyAlert.objects.exists()
