"""G5: with the code the reporter sees when and on which ground the name was opened, unless a ground delays it."""

from datetime import timedelta

import pytest
from django.test import Client

from binhyen.audit.models import AuditRow
from binhyen.cases import following
from binhyen.cases.retention import destroy_identity
from binhyen.cases.tests.factories import agree, ask_for, make_named_case
from binhyen.console.tests.factories import sign_in
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.portal.units_here import forget_units
from binhyen.vault import receipts
from tests.guarantees.sealed_station import station_with_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def station(monkeypatch):
    forget_units()
    return station_with_key(monkeypatch)


def page(code: str) -> str:
    return Client().post("/thach-binh/x/", {"code": code}).content.decode()


def test_sealed_then_opened(station):
    code = receipts.new_code()
    case = make_named_case(station.unit, code=code)
    assert "chưa báo lần mở nào" in page(code)
    agree(station, ask_for(station, case)[0])
    shown = page(code)
    assert "Danh tính đã được mở ngày" in shown
    assert f"{clock.today():%d/%m/%Y}" in shown
    assert "cần gặp người báo tin để xác minh" in shown


def test_an_opening_is_told_also_when_the_name_is_gone(station):
    code = receipts.new_code()
    case = make_named_case(station.unit, code=code)
    agree(station, ask_for(station, case)[0])
    case.refresh_from_db()
    destroy_identity(case, "withdrawn")
    shown = page(code)
    assert "Danh tính đã được mở ngày" in shown
    assert "Không lưu tên" in shown


def test_asking_alone_is_not_an_opening(station):
    code = receipts.new_code()
    ask_for(station, make_named_case(station.unit, code=code))
    assert "chưa báo lần mở nào" in page(code)


def test_a_recorded_ground_delays_it_to_its_day_and_no_longer(station):
    code = receipts.new_code()
    case = make_named_case(station.unit, code=code)
    until = clock.today() + timedelta(days=10)
    agree(station, ask_for(station, case, delay_ground="secrecy", delayed_until=until)[0])
    assert following.follow(case).openings == []
    assert "chưa ai mở" not in page(code), "what is delayed is not told, and nothing false either"
    assert "Luật có thể cho báo chậm" in page(code)
    with clock.at(clock.now() + timedelta(days=10)):
        assert len(following.follow(case).openings) == 1


@pytest.mark.parametrize(
    ("ground", "days"), [("", 10), ("secrecy", None), ("because", 10), ("secrecy", 400), ("secrecy", -1)]
)
def test_no_delay_without_ground_and_day(station, ground, days):
    until = clock.today() + timedelta(days=days) if days else None
    with pytest.raises(NotPossible, match="delay_"):
        ask_for(station, make_named_case(station.unit), delay_ground=ground, delayed_until=until)


@pytest.mark.parametrize(("ground", "typed"), [("", "32/13/2027"), ("secrecy", "mai"), ("secrecy", "01/01/2020")])
def test_a_day_that_is_none_is_refused_recorded_and_never_left_out_in_silence(station, ground, typed):
    case, client = make_named_case(station.unit), sign_in(station.duty)
    form = {"ground": "statement", "reason": "Cần gặp để xác minh thêm", "delay_ground": ground, "delayed_until": typed}
    answer = client.post(f"/console/cases/{case.public_id}/opening/", form)
    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert not case.openings.exists()
    assert AuditRow.objects.filter(action="identity.attempt_refused", subject=case.public_id).count() == 1
