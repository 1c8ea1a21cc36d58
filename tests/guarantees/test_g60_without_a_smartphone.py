"""G60: who calls or comes has the same path: received by an officer, code read aloud, same page and rights.

That an officer takes a question or a report in within a minute, by keyboard alone, is counted in a real browser:
tests/browser/test_taking_by_keyboard.py.
"""

import re

import pytest
from django.test import Client

from binhyen.audit.models import AuditRow
from binhyen.cases.models import Case
from binhyen.cases.tests.factories import make_station
from binhyen.console.tests.factories import sign_in
from binhyen.inbox.models import Conversation
from binhyen.portal.tests.portal_pages import values_of
from binhyen.portal.units_here import forget_units
from binhyen.printing import jobs
from binhyen.printing.models import PrintBatch
from binhyen.printing.tests.papers import pages_of, text_of
from binhyen.vault.tests.light_hashes import hash_lightly

pytestmark = pytest.mark.django_db


@pytest.fixture
def station(monkeypatch):
    hash_lightly(monkeypatch)
    forget_units()
    return make_station()


@pytest.mark.parametrize("channel", ["phone", "counter"])
def test_by_telephone_and_at_the_counter_end_to_end(station, channel):
    officer = sign_in(station.duty)
    form = officer.get("/console/cases/take/").content.decode()
    assert form.index("gọi 113") < form.index("<textarea")
    sent = officer.post(
        "/console/cases/take/",
        {"token": values_of(form, "token"), "topic": "nuisance", "text": "Hát karaoke quá 22 giờ", "channel": channel},
    ).content.decode()
    groups = re.findall(r"<span>(\d{3})</span>", sent)
    assert len(groups) == 6
    assert "đọc từng nhóm ba số" in sent
    assert "Đã đọc mã cho người gọi" in sent
    assert "checked" not in sent

    case = Case.objects.get()
    for name, words in (("verify", ""), ("answer", "Đã nhắc nhở"), ("close", "Đã xong")):
        officer.get(f"/console/cases/{case.public_id}/")
        officer.post(f"/console/cases/{case.public_id}/act/", {"act": name, "text": words})
    caller = Client()
    page = caller.post("/thach-binh/x/", {"code": " ".join(groups)}).content.decode()
    assert "Đã nhắc nhở" in page
    hidden = {"thread": values_of(page, "thread"), "sheet": values_of(page, "sheet")}
    contested = caller.post("/thach-binh/x/", {**hidden, "act": "contest", "text": "Vẫn hát"})
    assert "Đã báo chưa xong" in contested.content.decode()


def test_the_same_questions_as_on_the_portal(station):
    form = sign_in(station.duty).get("/console/cases/take/").content.decode()
    for name in ("topic", "text", "place", "happened"):
        assert f'name="{name}"' in form


def test_a_question_by_telephone_takes_a_few_words_and_two_keys(station):
    """In at most a minute: one box that has the focus already, then Tab and Enter; everything else stands ready."""
    officer = sign_in(station.duty)
    form = officer.get("/console/desk/question/").content.decode()
    body = form[form.index('name="token"') : form.index("</form></main>")]
    assert re.findall(r"<(textarea|input|select|button)\b", body) == ["textarea", "button"]
    assert re.search(r"<textarea[^>]* required autofocus", body)

    sent = officer.post(
        "/console/desk/question/", {"token": values_of(form, "token"), "text": "Gia hạn tạm trú cần giấy tờ gì?"}
    ).content.decode()
    assert "Đọc cho người hỏi" in sent
    assert "Gia hạn tạm trú" in sent[sent.index("spoken-answer") :]
    groups = re.findall(r"<span>(\d{3})</span>", sent)
    assert len(groups) == 6
    assert "đọc từng nhóm ba số" in sent


def test_who_asked_by_telephone_has_the_page_and_the_rights_of_the_portal(station):
    officer = sign_in(station.duty)
    form = officer.get("/console/desk/question/").content.decode()
    sent = officer.post(
        "/console/desk/question/", {"token": values_of(form, "token"), "text": "Cột điện cuối thôn bị nghiêng"}
    ).content.decode()
    groups = re.findall(r"<span>(\d{3})</span>", sent)
    conversation = Conversation.objects.get()
    assert conversation.account.connector == "web"
    officer.post(f"/console/c/{conversation.public_id}/reply/", {"text": "Đã báo điện lực"})

    caller = Client()
    page = caller.post("/thach-binh/x/", {"code": " ".join(groups)}).content.decode()
    assert "Cột điện cuối thôn bị nghiêng" in page
    assert "Đã báo điện lực" in page
    assert AuditRow.objects.filter(action="question.taken", subject=conversation.public_id).count() == 1


@pytest.mark.parametrize("paper", ["poster_a4", "hotline_flyer", "hotline_card", "door_leaflet", "report_form"])
def test_paper_tells_whom_to_call_without_any_code_or_telephone_of_ones_own(station, paper):
    """Posters and leaflets carry the unit's number in print; the report form asks what the portal asks."""
    station.unit.duty_phone = "02393855113"
    station.unit.save()
    officer = sign_in(station.duty)
    ordered = officer.post(
        "/console/print/",
        {"unit": station.unit.public_id, "paper": paper, "copies": "1", "act": "order", "whole": "on"},
    )
    assert ordered.status_code == 302, ordered.content.decode()
    jobs.work_next()

    printed = text_of(officer.get(f"/console/print/{PrintBatch.objects.get().public_id}/file/").content)

    assert "02393855113" in re.sub(r"[ .]", "", printed)
    assert "113" in printed.replace(" ", "")
    if paper == "report_form":
        assert "Phần người gửi giữ lại" in printed


def test_an_empty_form_and_the_sheet_of_its_procedure_can_be_printed_by_anybody_at_the_counter(station):
    officer, visitor = sign_in(station.duty), Client()
    page = visitor.get("/thach-binh/mau-don/CT01/").content.decode()
    address = re.search(r'href="([^"]+\.pdf)"', page)[1]
    form = visitor.get(address).content
    sheet = officer.get(f"/console/procedures/{station.unit.public_id}/of/dang-ky-tam-tru/sheet/").content

    assert (pages_of(form), pages_of(sheet)) == (1, 1)
    assert "TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ" in text_of(form)
    assert "Đăng ký tạm trú" in text_of(sheet)
