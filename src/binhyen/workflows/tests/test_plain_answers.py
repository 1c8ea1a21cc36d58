"""Answers a grandmother understands: thanks are not welcomed, proxies go to a person, no office words."""

import dataclasses

import pytest

from binhyen.channels.connector import Button, ButtonKind
from binhyen.channels.zalo_oa.shapes import numbered_menu
from binhyen.procedures.queries import catalogue
from binhyen.workflows import texts
from binhyen.workflows.answering import decide
from binhyen.workflows.commands import command_of
from binhyen.workflows.procedure_text import CHAT_LIMIT, whole_answer
from binhyen.workflows.tests.test_answering import UNIT, thread, understood
from binhyen.workflows.texts import say


def test_thanks_at_the_end_of_a_talk_are_not_welcomed_like_a_newcomer() -> None:
    decision = decide(UNIT, understood("greeting"), thread("cảm ơn cháu nhiều"))
    assert decision.replies[0].text.startswith("Dạ, không có gì.")
    assert "113" in decision.replies[0].text
    assert decision.welcomes  # and not again within the hour


def test_a_newcomer_who_thanks_gets_the_welcome() -> None:
    decision = decide(UNIT, understood("greeting"), thread("cảm ơn các anh", is_new=True))
    assert "đây là trang của Công an xã Thạch Hà" in decision.replies[0].text


def test_whether_somebody_else_may_go_is_left_to_a_person() -> None:
    decision = decide(UNIT, understood(is_follow_up=True, aspects=("who", "proxy")), thread())
    assert decision.waits_for_officer
    assert [reply.text[:28] for reply in decision.replies] == ["Việc nhờ người khác làm thay"]


def test_what_else_was_asked_with_it_is_answered() -> None:
    decision = decide(UNIT, understood(is_follow_up=True, aspects=("fee", "proxy")), thread())
    assert "Lệ phí" in decision.replies[0].text
    assert "làm thay" in decision.replies[1].text


def test_a_follow_up_about_the_form_brings_its_buttons() -> None:
    decision = decide(UNIT, understood(is_follow_up=True, aspects=("form",)), thread())
    assert [button.title for button in decision.replies[0].buttons] == ["Nhận mẫu CT01"]


def test_a_unit_without_numbers_sends_contact_questions_to_an_officer_and_no_empty_line() -> None:
    bare = dataclasses.replace(UNIT, duty_phone="", numbers=(), areas=(), office_hours="", street_address="")
    decision = decide(bare, understood("contact"), thread())
    assert [reply.text for reply in decision.replies if not reply.text] == []
    assert "113" in decision.replies[0].text
    assert decision.waits_for_officer


@pytest.mark.parametrize("procedure", catalogue().procedures, ids=lambda procedure: procedure.id)
def test_no_answer_speaks_like_an_office_or_a_notebook(procedure: object) -> None:
    answer = whole_answer(procedure, "https://binhyen.example.vn/thach-ha/thu-tuc/x/")  # type: ignore[arg-type]
    for words in (
        "toàn trình",
        "cần tra",
        "Cần tra",
        "Chưa kiểm ",
        "Chưa kiểm\n",
        "nhóm c, d",
        "nguồn thứ cấp",
        "Căn cứ: .",
    ):
        assert words not in answer
    assert len(answer) <= CHAT_LIMIT


def test_what_needs_no_papers_still_says_what_is_allowed() -> None:
    fireworks = catalogue().procedure("su-dung-phao-hoa")
    assert fireworks is not None
    assert "Chỉ mua pháo hoa (không nổ) của đơn vị được phép" in whole_answer(fireworks, "")


def test_other_letters_are_read_by_a_person_and_not_welcomed() -> None:
    decision = decide(UNIT, understood("greeting"), thread("你好,我想办理暂住登记", is_new=True))
    assert decision.waits_for_officer
    assert [reply.text[:27] for reply in decision.replies] == ["Đã chuyển câu hỏi đến cán b"]


def test_a_follow_up_about_what_was_abolished_says_so_again() -> None:
    gone = next(one for one in catalogue().procedures if one.is_abolished)
    asked = understood(topics=(gone.id,), is_follow_up=True, aspects=("fee",))
    decision = decide(UNIT, asked, thread(procedure=gone.id))
    assert "ĐÃ BÃI BỎ" in decision.replies[0].text
    assert not decision.waits_for_officer


TALK = ("cap-doi-the-can-cuoc", "dang-ky-tam-tru", "dang-ky-tam-tru", "tach-ho")


@pytest.mark.parametrize(
    ("words", "topics", "meant"),
    [
        ("quay lại chuyện căn cước, phí bao nhiêu", ("tach-ho", "cap-doi-the-can-cuoc"), "cap-doi-the-can-cuoc"),
        ("cái đầu tiên phí bao nhiêu", ("tach-ho", "dang-ky-tam-tru"), "cap-doi-the-can-cuoc"),
        ("việc lúc nãy phí bao nhiêu", ("tach-ho",), "dang-ky-tam-tru"),
        ("phí bao nhiêu", ("tach-ho", "dang-ky-tam-tru"), "tach-ho"),
    ],
)
def test_words_that_go_back_mean_what_was_talked_about_before(words: str, topics: tuple[str, ...], meant: str) -> None:
    asked = understood(topics=topics, is_follow_up=True, aspects=("fee",))
    assert decide(UNIT, asked, thread(words, procedure="tach-ho", talked_about=TALK)).procedure == meant


@pytest.mark.parametrize(
    ("words", "has_place"),
    [("mẫu đâu ạ", False), ("xin mẫu đơn ở đâu", False), ("mẫu này nộp ở đâu", True), ("mẫu gì, nộp đâu", True)],
)
def test_who_looks_for_the_form_is_not_told_where_to_file_it(words: str, has_place: bool) -> None:
    asked = understood(is_follow_up=True, aspects=("place", "form"), text=words)
    [reply] = decide(UNIT, asked, thread(words, procedure="dang-ky-tam-tru")).replies
    assert "Mẫu: CT01" in reply.text
    assert ("Nộp ở đâu" in reply.text) is has_place


def test_who_asks_for_a_person_gets_one_answer_and_no_list_of_numbers() -> None:
    decision = decide(UNIT, understood("contact", asks_for_person=True), thread("cho gặp cán bộ"))
    assert [reply.text[:27] for reply in decision.replies] == ["Đã chuyển câu hỏi đến cán b"]
    assert decision.waits_for_officer


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("2", "Hai"),
        ("số 2 ạ", "Hai"),
        ("cái thứ hai nhé", "Hai"),
        ("cái đầu tiên", ""),
        ("3.", "Ba"),
        ("4", ""),
        ("ba", "Ba"),
    ],
)
def test_a_number_means_the_line_that_a_page_without_buttons_shows(typed: str, chosen: str) -> None:
    offered = (Button("Xem", ButtonKind.OPEN, "https://x.vn"), say("Hai", "Hai"), say("Ba", "Ba"))
    assert command_of(thread(typed, offered=offered)) == chosen
    assert f"2. {offered[1].title}\n" in numbered_menu(offered)


@pytest.mark.parametrize(
    ("procedure", "words", "aspects", "told", "left_out"),
    [
        ("gia-han-tam-tru", "trước mấy ngày", ("time", "deadline"), "15 ngày trước khi hết hạn", "Thời hạn"),
        ("dang-ky-thuong-tru", "trong bao lâu phải làm", ("time",), "tối đa 60 ngày", "07 ngày làm việc"),
        ("cap-the-can-cuoc", "trước mấy ngày thì đổi", ("time", "deadline"), "cán bộ sẽ trả lời", "dữ liệu sai"),
        ("su-dung-phao-hoa", "đốt pháo nổ có bị phạt không", ("deadline",), "bị phạt tiền", "Thời hạn"),
        ("giao-nop-vu-khi-phao", "có bị phạt không", ("deadline",), "cán bộ sẽ trả lời", "tiếp nhận ngay"),
        ("doi-giay-phep-lai-xe", "có phải khám sức khỏe không", ("who",), "Giấy khám sức khỏe", "Ai làm được"),
        ("nghia-vu-cong-an", "ai làm được", ("who",), "Ai làm được", "Cần mang"),
    ],
)
def test_a_follow_up_is_answered_by_what_it_asks(procedure, words, aspects, told, left_out):
    asked = understood(topics=(procedure,), is_follow_up=True)
    question = dataclasses.replace(asked.questions[0], text=words, aspects=aspects)
    decision = decide(UNIT, dataclasses.replace(asked, questions=(question,)), thread(words, procedure=procedure))
    said = "\n".join(reply.text for reply in decision.replies)
    assert told in said
    assert left_out not in said


def test_the_bare_name_of_a_matter_brings_a_choice():
    topics = ("cap-lai-the-can-cuoc", "cap-the-can-cuoc")
    assert decide(UNIT, understood(topics=topics, band="officer", text="căn cước"), thread("căn cước")).band == "offer"


def test_what_is_surely_another_agencys_brings_no_choice_of_procedures():
    topics = ("ngoai-khac", "xac-nhan-thong-tin-cu-tru")
    decision = decide(UNIT, understood(topics=topics, band="offer"), thread("xin giấy xác nhận độc thân"))
    assert not any(button.value.startswith("#thu-tuc") for reply in decision.replies for button in reply.buttons)


def test_games_and_drink_are_no_drug_rehabilitation():
    words = "con trai tôi nghiện game bỏ học phải làm sao"
    decision = decide(UNIT, understood(topics=("dang-ky-cai-nghien",), text=words), thread(words))
    assert decision.waits_for_officer
    assert "ma túy" not in decision.replies[0].text


def test_no_keeps_what_was_asked_to_be_erased():
    thread_then = thread("không", offered=(texts.ERASE_BUTTON, texts.KEEP_BUTTON))
    assert command_of(thread_then) == texts.KEEP
    assert command_of(thread("không")) == ""


@pytest.mark.parametrize("kind", ["contact", "other"])
@pytest.mark.parametrize("words", ["cho em vào nhóm zalo của thôn", "trang này có phải công an thật ko"])
def test_who_wants_into_a_group_or_doubts_the_page_is_shown_the_page_that_proves_it(kind, words):
    decision = decide(UNIT, understood(kind, text=words), thread(words))
    assert "/kenh-that/" in decision.replies[0].text
    assert not decision.waits_for_officer


def test_a_group_that_fights_is_no_channel():
    assert "/kenh-that/" not in decide(UNIT, understood("other", text="nhóm đánh nhau"), thread()).replies[0].text


def test_folded_hands_in_a_talk_are_not_welcomed_like_a_newcomer():
    assert decide(UNIT, understood("greeting", text="🙏🙏"), thread("🙏🙏")).replies == ()
    assert decide(UNIT, understood("greeting", text="👍"), thread("👍", is_new=True)).welcomes
