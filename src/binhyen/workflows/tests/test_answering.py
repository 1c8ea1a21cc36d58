"""What is said for what was understood: bands, danger first, private reports, honest facts."""

import dataclasses
import unicodedata
from typing import Any

import pytest

from binhyen.channels.connector import ButtonKind
from binhyen.inbox.models import Urgency
from binhyen.language.places import Gazetteer
from binhyen.language.understanding import Candidate, Question, Understanding
from binhyen.procedures.catalogue import Confidence
from binhyen.procedures.queries import catalogue
from binhyen.units.directory import AreaNumber
from binhyen.workflows.answering import decide
from binhyen.workflows.commands import command_of, decide_command
from binhyen.workflows.decision import ThreadFacts, UnitFacts
from binhyen.workflows.procedure_text import CHAT_LIMIT, UNCHECKED, aspect_answer, whole_answer

UNIT = UnitFacts(
    unit_id=1,
    name="Công an xã Thạch Hà",
    short_name="Công an xã",
    address_form="bà con",
    duty_phone="02393000000",
    office_hours="7 giờ 30 đến 11 giờ 30",
    street_address="Trụ sở Công an xã",
    portal_address="https://binhyen.example.vn/thach-ha",
    answers_automatically=True,
    numbers=(("Trưởng Công an xã", "0910000001"),),
    areas=(AreaNumber("Thôn 4", "đ/c Sơn", "0910000103"),),
    gazetteer=Gazetteer(["Thôn 4"]),
)


def understood(
    kind: str = "procedure", topics: tuple[str, ...] = ("dang-ky-tam-tru",), **changes: Any
) -> Understanding:
    candidates = tuple(Candidate(topic, 0.9 - 0.1 * n) for n, topic in enumerate(topics))
    band = changes.pop("band", "answer" if kind == "procedure" else "officer")
    text = changes.pop("text", "câu hỏi")
    question = Question(text, kind, candidates, band, changes.get("aspects", ()))  # type: ignore[arg-type]
    whole = Understanding(
        kind=kind,  # type: ignore[arg-type]
        kind_probabilities={},
        danger="none",
        procedures=candidates,
        band=band,
        questions=(question,),
        aspects=(),
        is_follow_up=False,
        asks_for_person=False,
        asks_status=False,
        places=(),
        has_marks=True,
    )
    return dataclasses.replace(whole, **changes)


def thread(text: str = "câu hỏi", **facts: Any) -> ThreadFacts:
    return ThreadFacts(text=text, **facts)


def test_a_sure_question_gets_papers_place_time_fee_form_basis_and_date() -> None:
    reply = decide(UNIT, understood(), thread()).replies[0]
    for word in ("Cần mang", "Nộp ở đâu", "Thời hạn", "Lệ phí", "Mẫu: CT01", "Căn cứ", "Kiểm tra ngày 22/11/2026"):
        assert word in reply.text
    assert "https://binhyen.example.vn/thach-ha/thu-tuc/dang-ky-tam-tru/" in reply.text


def test_an_unsure_question_gets_three_buttons_other_and_a_person() -> None:
    topics = ("dang-ky-tam-tru", "gia-han-tam-tru", "tach-ho", "khai-bao-tam-vang")
    decision = decide(UNIT, understood(topics=topics, band="offer"), thread())
    titles = [button.title for button in decision.replies[0].buttons]
    assert titles[3:] == ["Khác", "Gặp cán bộ"]
    assert len(titles) == 5
    assert not decision.waits_for_officer


@pytest.mark.parametrize("band", ["answer", "offer", "officer"])
@pytest.mark.parametrize("words", ["lam so ho khau", "Xin cấp sổ tạm trú", "MẤT SỔ HỘ KHẨU"])
def test_a_paper_that_is_worth_nothing_any_more_is_said_to_be(words: str, band: str) -> None:
    first = decide(UNIT, understood(text=words, band=band), thread(words)).replies[0].text.splitlines()[0]
    assert "hết giá trị từ 01/01/2023 (chưa kiểm chứng" in first
    assert "CT07" in first


def test_the_register_without_the_paper_is_no_old_paper() -> None:
    decision = decide(UNIT, understood(text="nhập hộ khẩu cho con", band="offer"), thread())
    assert "hết giá trị" not in decision.replies[0].text


def test_the_same_choice_is_not_offered_twice_in_a_row() -> None:
    unsure = understood(topics=("dang-ky-tam-tru", "tach-ho"), band="offer")
    offered = decide(UNIT, unsure, thread()).replies[0].buttons
    again = decide(UNIT, unsure, thread(offered=offered))
    assert again.waits_for_officer
    assert "cán bộ" in again.replies[0].text


def test_a_question_nobody_is_sure_about_goes_to_an_officer() -> None:
    decision = decide(UNIT, understood(band="officer"), thread())
    assert decision.waits_for_officer
    assert "0239 3 000 000" in decision.replies[0].text


def test_a_unit_that_switched_answers_off_only_offers() -> None:
    cautious = dataclasses.replace(UNIT, answers_automatically=False)
    assert decide(cautious, understood(), thread()).band == "offer"


@pytest.mark.parametrize("kind", ["procedure", "report", "greeting", "other", "feedback", "contact", "lost_found"])
def test_danger_puts_the_hotlines_first_whatever_else_is_said(kind: str) -> None:
    decision = decide(UNIT, understood(kind, danger="clear"), thread())
    assert "113" in decision.replies[0].text.split("\n")[1]
    assert decision.replies[0].buttons[0].kind is ButtonKind.CALL
    assert decision.alerts_duty
    assert decision.waits_for_officer
    assert decision.urgency == Urgency.DANGER


def test_possible_danger_shows_the_card_and_still_answers() -> None:
    decision = decide(UNIT, understood(danger="possible"), thread())
    assert len(decision.replies) == 2
    assert not decision.alerts_duty


def test_a_report_gets_one_neutral_private_hint_and_waits() -> None:
    secret = "ông Tư bán ma túy ở thôn 4"
    decision = decide(UNIT, understood("report", text=secret), thread(secret))
    assert decision.hints_privately
    assert decision.waits_for_officer
    assert "ma túy" not in decision.replies[0].text
    again = decide(UNIT, understood("report"), thread(was_hinted_recently=True))
    assert again.replies == ()


def test_a_greeting_gets_hotlines_and_menu_once_an_hour() -> None:
    decision = decide(UNIT, understood("greeting"), thread())
    assert decision.welcomes
    assert decision.replies[0].text.startswith("Nguy hiểm hãy gọi 113")
    assert decide(UNIT, understood("greeting"), thread(was_welcomed_recently=True)).replies == ()


def test_a_contact_question_names_the_officer_of_the_hamlet() -> None:
    decision = decide(UNIT, understood("contact", places=("Thôn 4",)), thread())
    assert "Thôn 4: đ/c Sơn, 0910 000 103" in decision.replies[0].text
    assert not decision.waits_for_officer


def test_a_question_about_ones_own_file_waits_for_an_officer() -> None:
    assert decide(UNIT, understood("contact", asks_status=True), thread()).waits_for_officer


def test_other_agencies_business_gets_the_referral_with_its_doubt() -> None:
    reply = decide(UNIT, understood(topics=("ngoai-dat-dai",)), thread()).replies[0]
    assert "Văn phòng đăng ký đất đai" in reply.text
    assert "tham khảo" in reply.text


@pytest.mark.parametrize(("text", "is_referred"), [("mất điện", True), ("cup nuoc", True), ("mất điện thoại", False)])
def test_no_power_or_water_is_referred_though_it_is_no_procedure(text: str, is_referred: bool) -> None:
    asked = understood("other", topics=("ngoai-dien-nuoc",), text=text)
    decision = decide(UNIT, asked, thread(text))
    assert decision.kind == "other"
    assert decision.waits_for_officer is not is_referred
    assert ("không do công an giải quyết" in decision.replies[0].text) is is_referred


def test_two_questions_get_two_answers() -> None:
    first, second = understood(), understood(topics=("tach-ho",))
    both = dataclasses.replace(first, questions=first.questions + second.questions)
    assert len(decide(UNIT, both, thread()).replies) == 2


def test_a_follow_up_is_answered_about_the_procedure_just_discussed() -> None:
    asked = understood(topics=("cap-doi-the-can-cuoc",), aspects=("fee",), is_follow_up=True)
    reply = decide(UNIT, asked, thread(procedure="cap-doi-the-can-cuoc")).replies[0]
    assert reply.text.startswith("Cấp đổi thẻ căn cước")
    assert "50.000 đồng" in reply.text
    assert "Nộp ở đâu" not in reply.text


def test_what_the_catalogue_does_not_say_goes_to_an_officer() -> None:
    asked = understood(aspects=("proxy",), is_follow_up=True)
    assert decide(UNIT, asked, thread(procedure="dang-ky-tam-tru")).waits_for_officer


def test_a_tapped_button_and_a_typed_number_choose_the_same() -> None:
    offered = decide(UNIT, understood(topics=("dang-ky-tam-tru", "tach-ho"), band="offer"), thread()).replies[0].buttons
    assert command_of(thread("2", offered=offered)) == "#thu-tuc:tach-ho"
    assert command_of(thread("gap can bo", offered=offered)) == "#gap-can-bo"
    assert command_of(thread("2 vợ chồng", offered=offered)) == ""
    decision = decide_command(UNIT, thread("#thu-tuc:tach-ho"))
    assert decision is not None
    assert decision.procedure == "tach-ho"


def test_an_unknown_payload_is_read_as_words() -> None:
    assert decide_command(UNIT, thread("#thu-tuc:khong-co")) is None
    assert decide_command(UNIT, thread("#la-gi")) is None


def test_every_answer_fits_a_chat_message_and_is_nfc() -> None:
    for procedure in catalogue().procedures:
        text = whole_answer(procedure, f"https://binhyen.example.vn/thach-ha/thu-tuc/{procedure.id}/")
        assert len(text) <= CHAT_LIMIT, procedure.id
        assert text == unicodedata.normalize("NFC", text)
        assert "nhớ lại" not in text, procedure.id


def test_abolished_procedures_say_so_and_what_to_do_instead() -> None:
    abolished = [procedure for procedure in catalogue().procedures if procedure.is_abolished]
    assert abolished
    for procedure in abolished:
        assert "ĐÃ BÃI BỎ" in whole_answer(procedure, "")


def test_unverified_procedures_say_so_and_a_person_looks_too() -> None:
    unverified = [procedure for procedure in catalogue().procedures if procedure.confidence is Confidence.MEMORY]
    assert len(unverified) == 6
    for procedure in unverified:
        decision = decide(UNIT, understood(topics=(procedure.id,)), thread())
        assert decision.waits_for_officer
        assert UNCHECKED in decision.replies[0].text


def test_every_aspect_of_every_procedure_fits_a_chat_message() -> None:
    aspects = ("fee", "documents", "time", "place", "form", "online", "who", "steps", "result")
    for procedure in catalogue().procedures:
        assert len(aspect_answer(procedure, aspects, "https://binhyen.example.vn/")) <= CHAT_LIMIT


@pytest.mark.parametrize("text", ["Dữ liệu của tôi", "du lieu cua toi!", "Rút lại đồng ý."])
def test_rights_about_data_are_named_and_an_officer_sees_to_them(text):
    decision = decide_command(UNIT, ThreadFacts(text))
    assert decision is not None
    assert decision.waits_for_officer
    assert "https://binhyen.example.vn/thach-ha/rieng-tu/cua-toi/" in decision.replies[0].text


def test_words_about_other_data_are_understood_as_words():
    assert decide_command(UNIT, ThreadFacts("Dữ liệu của tôi bị ai đó đăng lên mạng")) is None
