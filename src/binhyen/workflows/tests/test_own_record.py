"""Residents get what their own unit says: its fee, place and hours, its words, and nothing it hides."""

import dataclasses
from typing import Any

from binhyen.procedures.effective import with_changes
from binhyen.procedures.queries import catalogue
from binhyen.workflows.answering import decide
from binhyen.workflows.commands import decide_command
from binhyen.workflows.decision import UnitFacts
from binhyen.workflows.procedure_text import UNCHECKED, aspect_answer, whole_answer
from binhyen.workflows.tests.test_answering import UNIT, thread, understood

TAM_TRU = "dang-ky-tam-tru"


def unit(procedure: str = TAM_TRU, **changes: Any) -> UnitFacts:
    return dataclasses.replace(UNIT, catalogue=with_changes(catalogue(), {procedure: [changes]}))


def test_the_unit_s_own_facts_are_told():
    own = unit(
        place_vi="Nhà văn hóa thôn 4",
        hours_vi="Sáng thứ bảy",
        unit_note_vi="Tháng này nghỉ thứ hai",
        fee={"summary_vi": "Miễn phí hết năm", "items": [], "source": "Nghị quyết tỉnh"},
    )
    for said in (
        decide(own, understood(), thread()).replies[0].text,
        decide_command(own, thread(f"#thu-tuc:{TAM_TRU}")).replies[0].text,
    ):
        for fact in ("Nhà văn hóa thôn 4", "Sáng thứ bảy", "Tháng này nghỉ thứ hai", "Miễn phí hết năm"):
            assert fact in said
    assert "Nhà văn hóa" not in decide(UNIT, understood(), thread()).replies[0].text


def test_the_hours_are_an_aspect_of_their_own():
    procedure = unit(hours_vi="Sáng thứ bảy").catalogue.procedure(TAM_TRU)
    assert "Sáng thứ bảy" in aspect_answer(procedure, ("hours",), "")


def test_a_hidden_procedure_goes_to_an_officer_and_is_never_offered():
    own = unit(offered=False)
    decision = decide(own, understood(), thread())
    assert decision.waits_for_officer
    assert decision.procedure == ""
    offered = decide(own, understood(topics=(TAM_TRU, "tach-ho"), band="offer"), thread())
    assert next(button.value for button in offered.replies[0].buttons) == "#thu-tuc:tach-ho"
    assert decide_command(own, thread(f"#thu-tuc:{TAM_TRU}")) is None


def test_own_words_decide_what_is_meant():
    own = unit(sample_questions_vi=["khu trọ bà Sáu khai chỗ ở"], aliases_vi=["giấy xanh ở trọ"])
    for text in ("khu tro ba sau khai cho o", "cho hỏi khai chỗ ở khu trọ bà Sáu với ạ", "xin giấy xanh ở trọ"):
        guessed = understood("other", topics=("tach-ho",))
        assert decide(own, guessed, thread(text)).procedure == TAM_TRU
        assert decide(UNIT, guessed, thread(text)).procedure == ""


def test_own_words_never_hide_danger_or_a_report():
    own = unit(sample_questions_vi=["khu trọ bà Sáu khai chỗ ở"])
    text = "khu trọ bà Sáu khai chỗ ở"
    danger = decide(own, understood("procedure", danger="clear"), thread(text))
    assert danger.alerts_duty
    near_report = understood("report")
    assert decide(own, near_report, thread("khai chỗ ở khu trọ bà Sáu")).kind == "report"


def test_nothing_from_memory_sounds_certain():
    for procedure in catalogue().procedures:
        if procedure.confidence != "memory":
            continue
        for text in (whole_answer(procedure, ""), aspect_answer(procedure, ("fee", "time", "place", "documents"), "")):
            assert text == "" or UNCHECKED in text, procedure.id
    part = catalogue().procedure("to-giac-tin-bao-toi-pham")
    assert "chưa kiểm chứng" in aspect_answer(part, ("time",), "")
