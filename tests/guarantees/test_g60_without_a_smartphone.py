"""G60: who calls or comes has the same path: received by an officer, code read aloud, same page and rights."""

import re

import pytest
from django.test import Client

from binhyen.cases.models import Case
from binhyen.cases.tests.factories import make_station
from binhyen.console.tests.factories import sign_in
from binhyen.portal.tests.portal_pages import values_of
from binhyen.portal.units_here import forget_units
from tests.guarantees.sealed_station import hash_lightly

pytestmark = pytest.mark.django_db


@pytest.fixture
def station(monkeypatch):
    hash_lightly(monkeypatch)
    forget_units()
    return make_station()


def test_by_telephone_end_to_end(station):
    officer = sign_in(station.duty)
    form = officer.get("/console/cases/take/").content.decode()
    assert form.index("gọi 113") < form.index("<textarea")
    sent = officer.post(
        "/console/cases/take/",
        {"token": values_of(form, "token"), "topic": "nuisance", "text": "Hát karaoke quá 22 giờ", "channel": "phone"},
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
