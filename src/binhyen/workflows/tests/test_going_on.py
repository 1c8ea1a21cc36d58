"""A talk that goes on: nothing said twice, the second of two, a number after the menu, who must hear it instead."""

import dataclasses
from datetime import timedelta

import pytest

from binhyen.channels.connector import Button, ButtonKind
from binhyen.channels.models import Account
from binhyen.core import clock
from binhyen.core.text import fold
from binhyen.inbox import actions
from binhyen.inbox.models import Author, Conversation, ConversationState, Direction, Message, Urgency
from binhyen.inbox.tests.factories import make_officer
from binhyen.language.understanding import Understanding
from binhyen.lost_found.models import RecordKind
from binhyen.procedures.rules import worded
from binhyen.units.scope import scope_of
from binhyen.workflows import texts
from binhyen.workflows.answering import decide, is_clearly_report
from binhyen.workflows.commands import command_of, decide_command
from binhyen.workflows.false_police import is_in_name_of_police
from binhyen.workflows.intake import work_intake
from binhyen.workflows.loop_guard import reason_to_be_silent
from binhyen.workflows.lost_kinds import kind_of
from binhyen.workflows.procedure_answers import other_matter
from binhyen.workflows.tests.receiving import event, new_page, say, store
from binhyen.workflows.tests.test_answering import UNIT, thread, understood

OFFERED = tuple(
    Button(title, ButtonKind.SAY, f"#thu-tuc:{procedure}")
    for title, procedure in (("Hộ chiếu", "cap-ho-chieu-pho-thong"), ("Sang tên xe", "sang-ten-xe"))
)
JUST_TOLD = {"procedure": "sang-ten-xe", "talked_about": ("sang-ten-xe",)}


def asked(words: str, *topics: str, **changes: object) -> Understanding:
    question = understood(topics=topics, text=words).questions[0]
    question = dataclasses.replace(question, aspects=changes.pop("aspects", ()), band=changes.get("band", "answer"))
    return dataclasses.replace(understood(topics=topics), questions=(question,), **changes)


@pytest.mark.parametrize("band", ["answer", "offer"])
def test_one_thing_asked_about_what_was_just_answered_is_answered_alone(band):
    words = "thế lệ phí sang tên bao nhiêu"
    decision = decide(UNIT, asked(words, "sang-ten-xe", aspects=("fee",), band=band), thread(words, **JUST_TOLD))
    assert "Lệ phí" in decision.replies[0].text
    assert "Cần mang" not in decision.replies[0].text


def test_what_was_just_answered_is_not_said_again_but_gone_further_into():
    whole = decide(UNIT, asked("sang tên xe", "sang-ten-xe"), thread("sang tên xe")).replies[0].text
    further = decide(UNIT, asked("sang tên xe thì sao", "sang-ten-xe"), thread("x", **JUST_TOLD)).replies[0]
    assert further.text != whole
    assert "Các bước" in further.text
    assert [button.title for button in further.buttons] == ["Gặp cán bộ"]


def test_a_case_for_an_officer_is_one_in_a_follow_up_too():
    words = "nhà đang tranh chấp, không rõ chủ sở hữu thì cần giấy gì"
    facts = {"procedure": "dang-ky-thuong-tru", "talked_about": ("dang-ky-thuong-tru",)}
    question = asked(words, "dang-ky-thuong-tru", aspects=("documents",), is_follow_up=True)
    decision = decide(UNIT, question, thread(words, **facts))
    assert decision.waits_for_officer
    assert "cần cán bộ xem" in decision.replies[1].text


def test_an_officer_looks_at_what_always_needs_one_and_nobody_reads_words_meant_for_officers():
    for name in ("to-cao-can-bo", "dang-ky-cai-nghien", "giao-nop-vu-khi-phao"):
        decision = decide(UNIT, asked("hỏi", name), thread())
        assert decision.waits_for_officer
        assert "luôn luôn" not in decision.replies[0].text
    assert worded("luôn luôn, không để đơn vị bị tố cáo tự xem danh tính") == "mọi trường hợp"
    assert worded("luôn luôn; bom mìn là khẩn cấp") == "mọi trường hợp; bom mìn là khẩn cấp"


def test_who_asks_how_to_denounce_is_shown_the_way_up():
    decision = decide(UNIT, asked("tố cáo cán bộ xã thì làm sao", "to-cao-can-bo"), thread())
    assert decision.replies[1].text.endswith("/g/rieng/")


def test_words_that_accuse_the_police_of_the_place_leave_the_chat_they_read():
    words = "tôi muốn tố cáo ông trưởng công an xã ăn tiền của dân"
    assert is_clearly_report(asked(words, "to-cao-can-bo"), words)
    assert is_clearly_report(understood("feedback"), words)
    assert not is_clearly_report(asked(words, "dang-ky-tam-tru"), words)
    assert not is_clearly_report(asked("x", "to-cao-can-bo"), "tố cáo cán bộ xã thì làm thế nào")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("cái thứ hai mất bao lâu", "sang-ten-xe"),
        ("cái đầu tiên cần giấy tờ gì", "cap-ho-chieu-pho-thong"),
        ("số 2 đó, lệ phí nhiêu", "sang-ten-xe"),
        ("thế còn cái thứ hai mất bao lâu", "sang-ten-xe"),
    ],
)
def test_a_question_may_name_its_choice_by_its_place(words, meant):
    assert command_of(thread(words, offered=OFFERED)) == f"#thu-tuc:{meant}"


@pytest.mark.parametrize(
    "words",
    ["thứ hai có làm việc không", "nhà số 2 có người đánh nhau ở đâu đó", "số 2 đang cháy", "cái thứ ba mất bao lâu"],
)
def test_days_counts_and_places_that_were_not_offered_are_no_choice(words):
    assert command_of(thread(words, offered=OFFERED)) == ""


def test_a_number_of_nothing_offered_is_no_danger_and_no_procedure():
    greeting = decide_command(UNIT, thread("4", is_new=True))
    assert greeting is not None
    assert greeting.welcomes
    later = decide_command(UNIT, thread("4"))
    assert later is not None
    assert later.waits_for_officer


@pytest.mark.parametrize("words", ["mấy giờ làm việc", "thứ 7 có làm không ạ", "công an xã mở cửa mấy giờ"])
def test_when_the_office_is_open_is_told(words):
    decision = other_matter(UNIT, understood("other", text=words).questions[0])
    assert "7 giờ 30" in decision.replies[0].text
    assert not decision.waits_for_officer


def test_instead_of_a_gone_paper_what_is_used_now_is_offered_first():
    topics = ("cap-lai-the-can-cuoc", "dieu-chinh-thong-tin-cu-tru", "sang-ten-xe")
    decision = decide(UNIT, asked("mất sổ hộ khẩu làm lại", *topics, band="offer"), thread())
    offered = [button.value for button in decision.replies[0].buttons]
    assert offered[:2] == ["#thu-tuc:xac-nhan-thong-tin-cu-tru", "#thu-tuc:dieu-chinh-thong-tin-cu-tru"]
    assert offered[2:] == [texts.OTHER, texts.PERSON]


def test_how_far_a_file_is_no_choice_of_procedures_tells():
    decision = decide(UNIT, asked("2 tuần chưa có thẻ", "cap-the-can-cuoc", band="offer", asks_status=True), thread())
    assert decision.waits_for_officer
    assert not decision.replies[0].buttons


@pytest.mark.parametrize(
    "words",
    [
        "có người gọi xưng công an xã bảo e cài app dịch vụ công đúng ko ạ",
        "công an gọi bảo phải chuyển tiền vào tài khoản để xác minh",
        "cán bộ xã gọi điện xin số cccd của em",
        "nhận đc tin nhắn phạt nguội bấm link nộp, thật hay giả ạ",
        "nó gọi điện bảo là công an huyện, dọa bắt",
        "người lạ đi gõ cửa từng nhà bán bình chữa cháy, nói là công an xã cử đi",
    ],
)
@pytest.mark.parametrize("kind", ["feedback", "other", "report", "procedure"])
def test_who_is_called_in_the_name_of_the_police_is_warned_first(words, kind):
    decision = decide(UNIT, understood(kind, text=words), thread(words))
    assert decision.replies[0].text.startswith("Coi chừng lừa đảo")
    assert "góp ý" not in decision.replies[1].text
    assert decision.waits_for_officer
    assert decision.urgency == Urgency.URGENT


@pytest.mark.parametrize(
    "words",
    [
        "em gọi công an hỏi cài vneid",
        "công an xã gọi em lên lấy thẻ căn cước",
        "cho em số điện thoại cán bộ để gọi hỏi chuyển khoản lệ phí",
        "cài vneid ở công an xã được không",
        "app VNeID có giá trị như thẻ căn cước không",
        "ứng dụng vneid cho người có gia đình thì khai sao",
        "chị tổ trưởng bảo là ra công an phường đăng ký tạm trú",
        "mẹ em nói là công an xã hẹn hôm nay lên lấy giấy",
        "giấy ADN của trung tâm tư nhân có được công an chấp nhận không",
    ],
)
def test_ordinary_questions_bring_no_warning(words):
    assert not is_in_name_of_police(fold(words))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("cháu nhà em 4 tuổi đi đâu từ chiều chưa thấy về", RecordKind.MISSING_CHILD),
        ("bà nội tôi 80 tuổi, ra khỏi nhà từ sáng không thấy đâu", RecordKind.MISSING_PERSON),
        ("con chó nhà em đi đâu chưa thấy về", RecordKind.LOST_ITEM),
        ("mất xe máy của bố em, tìm khắp nơi không thấy", RecordKind.LOST_ITEM),
        ("điện thoại của con tôi để quên ở quán không thấy đâu", RecordKind.LOST_ITEM),
        ("ví của em để ở chợ tìm không thấy, trong có căn cước của bố em", RecordKind.LOST_ITEM),
        ("nhặt được chìa khóa, không biết ở đâu nhận lại, mẹ em đang giữ", RecordKind.FOUND_ITEM),
        ("bà nội tôi đi xe máy từ sáng, tìm không thấy", RecordKind.MISSING_PERSON),
        ("xe của bố tôi còn đây mà bố tôi đi từ sáng chưa thấy về", RecordKind.MISSING_PERSON),
        ("điện thoại tắt máy, mẹ em tìm khắp nơi không thấy", RecordKind.MISSING_PERSON),
        ("thế này thì sao, ông nội em không thấy đâu cả", RecordKind.MISSING_PERSON),
    ],
)
def test_somebody_who_does_not_come_home_is_missing(words, kind):
    assert kind_of(words) == kind


def test_thanks_of_another_page_are_an_automatic_answer():
    folded = "cam on ban da lien he chung toi se phan hoi trong thoi gian som nhat"
    assert reason_to_be_silent([], folded, clock.now()) == "automatic_answer"
    assert reason_to_be_silent([], "cam on cac chu cong an da ho tro gia dinh em", clock.now()) == ""


def said_last() -> str:
    return Message.objects.filter(direction=Direction.OUTBOUND).order_by("id").last().text


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_answers_can_be_gone_back_to():
    page = new_page()
    say(page, "1. đăng ký tạm trú cho công nhân cần giấy gì? 2. xác nhận cư trú bao lâu có?")
    work_intake()
    say(page, "cái thứ 2 nộp ở đâu")
    work_intake()
    assert said_last().startswith("Xác nhận thông tin về cư trú (CT07):")
    say(page, "cái đầu lệ phí bao nhiêu")
    work_intake()
    assert said_last().startswith("Đăng ký tạm trú:")


@pytest.mark.django_db(transaction=True)
def test_a_menu_can_be_chosen_from_again_until_an_officer_writes():
    page = new_page()
    for words in ("alo", "3", "4"):
        say(page, words)
        work_intake()
    assert "Đã chuyển câu hỏi đến cán bộ" in said_last()
    written = Message.objects.filter(direction=Direction.OUTBOUND)
    officer = written.order_by("id").last()
    written.filter(pk=officer.pk).update(author=Author.OFFICER, text="Nhà mình mấy người ạ?")
    say(page, "3")
    work_intake()
    assert "Trực ban 24/24" not in said_last()


def officer_writes(page: Account, words: str) -> Conversation:
    conversation = Conversation.objects.select_related("unit").get(account=page)
    actions.reply(scope_of(make_officer(page.unit, "hung")), conversation, words)
    return conversation


@pytest.mark.django_db(transaction=True)
def test_what_is_answered_to_an_officer_reaches_the_officer_and_no_menu_butts_in():
    page = new_page()
    say(page, "cho em gặp cán bộ")
    work_intake()
    conversation = officer_writes(page, "Nhà mình mấy người, chủ hộ là ai ạ?")
    said = Message.objects.filter(direction=Direction.OUTBOUND).count()
    for words in ("dạ vâng", "dạ 4 người ạ", "4", "dạ 4 người ạ, chủ hộ là Nguyễn Văn Bình"):
        say(page, words)
        work_intake()
        conversation.refresh_from_db()
        assert (conversation.state == ConversationState.WAITING) is (words != "dạ vâng")
    assert Message.objects.filter(direction=Direction.OUTBOUND).count() == said
    say(page, "trời ơi cháy nhà rồi cứu với")
    work_intake()
    assert "113" in Message.objects.filter(direction=Direction.OUTBOUND).order_by("id")[said].text


@pytest.mark.django_db(transaction=True)
def test_agreeing_with_an_officer_opens_nothing_and_a_late_answer_is_told_who_reads_it():
    page = new_page()
    say(page, "cho em gặp cán bộ")
    work_intake()
    conversation = officer_writes(page, "Chị mang CT01 ra nhé.")
    say(page, "dạ vâng ạ")
    work_intake()
    conversation.refresh_from_db()
    assert conversation.state == ConversationState.ANSWERED
    with clock.at(clock.now() + timedelta(hours=3)):
        say(page, "dạ chủ hộ là Nguyễn Văn Bình")
        work_intake()
    conversation.refresh_from_db()
    assert conversation.state == ConversationState.WAITING
    assert "cán bộ" in said_last()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("hours", [0, 3])
def test_a_thumb_or_a_sticker_for_an_officer_waits_for_nobody(hours):
    page = new_page()
    say(page, "cho em gặp cán bộ")
    work_intake()
    conversation = officer_writes(page, "Chị mang CT01 ra nhé.")
    said = Message.objects.filter(direction=Direction.OUTBOUND).count()
    with clock.at(clock.now() + timedelta(hours=hours)):
        say(page, "👍")
        sticker = {"type": "sticker", "payload": {"id": "1", "url": "https://a.zdn.vn/s.png"}}
        store(page, [event("user_send_sticker", message={"msg_id": "a1", "attachments": [sticker]})])
        work_intake()
    conversation.refresh_from_db()
    assert conversation.unread_count == 2
    assert conversation.state == ConversationState.ANSWERED
    assert Message.objects.filter(direction=Direction.OUTBOUND).count() == said


@pytest.mark.django_db(transaction=True)
def test_a_talk_with_an_officer_is_over_after_a_week():
    page = new_page()
    say(page, "cho em gặp cán bộ")
    work_intake()
    conversation = officer_writes(page, "Chị mang CT01 ra nhé.")
    with clock.at(clock.now() + timedelta(days=8)):
        say(page, "tôi muốn đăng ký tạm trú")
        work_intake()
    conversation.refresh_from_db()
    assert conversation.state == ConversationState.ANSWERED
    assert said_last().startswith("Đăng ký tạm trú")


@pytest.mark.django_db(transaction=True)
def test_who_asks_after_sealed_words_hears_where_the_answer_comes_and_a_further_piece_stays_silent():
    page = new_page()
    say(page, "nhà bên cạnh hình như buôn ma túy, cứ đêm đêm có người lạ ra vào")
    work_intake()
    written = Message.objects.filter(direction=Direction.OUTBOUND)
    assert written.count() == 1
    say(page, "biển số xe 38A-123.45")
    work_intake()
    assert written.count() == 1
    say(page, "thế hồi âm ở đâu")
    work_intake()
    assert "/x/" in said_last()
    assert not Message.objects.filter(text__contains="hồi âm").exists()
