"""Reports of one event on the case page, and the hot card of a swarm on the Today page."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from binhyen.cases.incidents.models import Incident
from binhyen.cases.models import Case, EventKind
from binhyen.cases.states import CaseState
from binhyen.cases.tests.factories import make_case, make_station
from binhyen.console.tests.factories import sign_in
from binhyen.inbox.models import DutyAlert
from binhyen.workflows.case_papers import PAPERS
from binhyen.workflows.same_event import ArrivalWatch

pytestmark = pytest.mark.django_db
FIGHT = "Có đám đánh nhau dùng dao ở chợ Cồn, mấy thanh niên đuổi chém nhau"
AGAIN = "Đánh nhau to ở chợ Cồn, thanh niên cầm dao chém nhau, công an tới gấp"


@pytest.fixture
def station():
    return make_station()


def act(client: Client, case: Case, name: str, **data):
    return client.post(f"/console/cases/{case.public_id}/act/", {"act": name, **data}, follow=True)


def page(client: Client, case: Case) -> str:
    return client.get(f"/console/cases/{case.public_id}/").content.decode()


def test_merge_answer_all_and_take_apart(station):
    client = sign_in(station.duty)
    early, late = make_case(station.unit, FIGHT), make_case(station.unit, AGAIN)
    ArrivalWatch().look()
    html = page(client, late)
    assert "Có vẻ cùng một việc" in html
    assert f"#{early.number}" in html
    assert "chém" in html
    html = act(client, late, "merge", number=str(early.number)).content.decode()
    assert "từng người" in html
    page(client, early)
    act(client, late, "answer", text="Đã có mặt, cảm ơn bà con.", all="yes")
    for case in (early, late):
        case.refresh_from_db()
        assert case.state == CaseState.ANSWERED
        assert case.events.filter(kind=EventKind.ANSWER).count() == 1
    act(client, early, "take_out")
    assert not Incident.objects.exists()
    assert f"Cùng một việc với #{early.number}" in page(client, late)


def test_what_one_of_them_does_not_allow_is_named(station):
    client = sign_in(station.duty)
    early, late = make_case(station.unit, FIGHT), make_case(station.unit, AGAIN)
    act(client, late, "merge", number=f"#{early.number}")
    page(client, late)
    act(client, late, "verify")
    html = act(client, late, "close", text="Đã giải quyết xong.", all="yes").content.decode()
    assert f"#{early.number}" in html
    early.refresh_from_db()
    assert early.state == CaseState.RECEIVED


@pytest.mark.parametrize("number", ["", "abc", "999", "-1", "9" * 40])
def test_a_wrong_number_is_answered_in_words(station, number):
    client = sign_in(station.duty)
    case = make_case(station.unit, FIGHT)
    answer = act(client, case, "merge", number=number)
    assert answer.status_code == 422
    assert "Không có vụ việc số" in answer.content.decode()


def test_a_swarm_shows_count_place_and_first_words_on_the_today_page(station):
    watch = ArrivalWatch()
    for text in ("Cháy xưởng gỗ lửa lớn khói đen", "Xưởng gỗ đang cháy to khói đen", "Cháy lớn xưởng gỗ lửa cao quá"):
        make_case(station.unit, text)
        watch.look()
    assert DutyAlert.objects.filter(rule_id="swarm.first_look").count() == 1
    html = sign_in(station.duty).get("/console/today/").content.decode()
    assert "3 người cùng báo một việc" in html
    assert "Cháy xưởng gỗ lửa lớn" in html
    assert "sau chợ" in html
    assert "Nhiều người cùng báo một việc" in html


@pytest.mark.parametrize("paper", PAPERS)
def test_papers_are_printed_as_pdf_with_the_words_of_the_case(station, paper):
    client = sign_in(station.duty)
    case = make_case(station.unit, FIGHT + " #set page(*x*) $a$ <b>")
    page(client, case)
    act(client, case, "answer", text="Đã có mặt, cảm ơn bà con.")
    answer = client.get(f"/console/cases/{case.public_id}/paper/{paper}/?form=pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.content)).pages)
    assert f"Số vụ việc: {case.number}" in text
    assert "BẢN NHÁP" in text
    words = {"reception_record": "#set page(*x*) $a$ <b>", "transfer_slip": "thẩm quyền", "result_notice": "có mặt"}
    assert words[paper] in " ".join(text.split())


def text_of(client, case, paper: str) -> str:
    answer = client.get(f"/console/cases/{case.public_id}/paper/{paper}/?form=pdf")
    return " ".join("".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.content)).pages).split())


def test_how_the_reporter_introduces_themselves_stands_on_no_paper(station):
    told = "Tôi tên là Nguyễn Thị Kín, số 0912345678, là người dân thôn 4, thấy Trần Văn Bảy bán pháo"
    case = make_case(station.unit, told)
    text = text_of(sign_in(station.duty), case, "reception_record")
    assert "Nguyễn Thị Kín" not in text
    assert "0912345678" not in text
    assert "là người dân thôn 4, thấy Trần Văn Bảy bán pháo" in text


def test_what_is_no_source_of_crime_has_no_paper_of_one(station):
    case = make_case(station.unit, "Loa kéo quá ồn", kind="feedback")
    for paper, title in (("reception_record", "TIẾP NHẬN PHẢN ÁNH"), ("transfer_slip", "PHIẾU CHUYỂN PHẢN ÁNH")):
        text = text_of(sign_in(station.duty), case, paper)
        assert title in text
        assert "TỘI PHẠM" not in text
        assert "TT 119" not in text


def test_a_hold_is_placed_on_the_page_and_ended_by_a_second_person(station):
    first, second = sign_in(station.duty), sign_in(station.commander)
    case = make_case(station.unit, FIGHT)
    page(first, case)
    refused = act(first, case, "hold", ground="", text="Công văn 12/VKS ngày 27/11/2026")
    assert refused.status_code == 422
    act(first, case, "hold", ground="prosecution", text="Công văn 12/VKS ngày 27/11/2026")
    html = page(first, case)
    assert "Đang giữ lại theo luật" in html
    assert "Công văn 12/VKS" in html
    assert f"#{case.number}" in first.get("/console/cases/?view=held").content.decode()
    assert act(first, case, "release").status_code == 422
    act(second, case, "release")
    assert "Đang giữ lại theo luật" not in page(first, case)
