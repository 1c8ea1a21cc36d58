"""G38: sensitive acts ask for a second factor not older than five minutes.

Which addresses ask is decided in decisions.py and tried, with an old factor, in test_g20_every_address_has_a_decision;
here each act that the promise names is tried just before and just after the five minutes.
"""

from datetime import timedelta

import pytest

from binhyen.audit.models import AuditRow
from binhyen.console.tests.factories import age_session, code_now, make_house, make_officer, sign_in
from binhyen.inbox.tests.factories import House
from binhyen.units.models import Role
from binhyen.units.setting_up import STEPS
from tests.guarantees.decisions import DECISIONS
from tests.guarantees.everything import make_everything
from tests.guarantees.test_g20_every_address_has_a_decision import address

pytestmark = pytest.mark.django_db

NAMED = {
    "open identity": {"ask-opening", "opening", "custodians"},
    "export": {"new-export", "export-file", "case-package"},
    "broadcast": {"post-approve", "lost-publish"},
    "change of roles": {"officers", "officer"},
    "change of connector": {"zalo", "zalo-callback", "consumers", "consumer"},
}
"""The promise's own words, and the addresses where each is done."""
ACTS = [name for names in NAMED.values() for name in sorted(names)]


def asks_anew(answer) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/console/confirm/?next=")


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_named_act_is_asked_for_after_five_minutes_and_not_before(name: str, method: str, house: House):
    officer = make_officer(house.unit, "may", *Role)
    client, ids = sign_in(officer), make_everything(house, officer)
    decision, path = DECISIONS[name], address(name, ids)
    if getattr(decision, method) is None:
        assert getattr(client, method)(path).status_code == 405
        return
    form = {key: text.format(**ids) for key, text in decision.form.items()} if method == "post" else {}

    age_session(client, started=timedelta(minutes=5, seconds=2))
    rows = AuditRow.objects.count()
    assert asks_anew(getattr(client, method)(path, form))
    assert AuditRow.objects.count() == rows, "nothing was shown and nothing done"

    age_session(client, started=-timedelta(seconds=20))
    assert not asks_anew(getattr(client, method)(path, form))


def test_nothing_that_is_named_is_missing_from_the_list_of_decisions():
    assert {name for name, decision in DECISIONS.items() if decision.fresh} == {*ACTS, "procedure-approval"}


def officer_page(unit_id: str, officer_id: str) -> str:
    return f"/console/settings/{unit_id}/officers/{officer_id}/"


def test_roles_change_after_a_fresh_code_only():
    unit = make_house().unit
    chief, officer = make_officer(unit, "chi", Role.UNIT_ADMINISTRATOR), make_officer(unit, "may")
    client = sign_in(chief)
    age_session(client, started=timedelta(minutes=6))
    path = officer_page(unit.public_id, officer.public_id)
    wanted = {"act": "roles", "role": ["commander"]}

    client.post(path, wanted)
    assert held(officer) == {"duty_officer"}
    assert client.post(f"/console/confirm/?next={path}", {"code": "000000"}).status_code == 200
    assert client.post(f"/console/confirm/?next={path}", {"code": code_now()}).headers["Location"] == path
    client.post(path, wanted)

    assert held(officer) == {"commander"}


def held(officer) -> set[str]:
    return set(officer.memberships.values_list("role", flat=True))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_guide_asks_anew_where_numbers_and_the_page_are_changed(step: str, method: str):
    unit = make_house().unit
    client = sign_in(make_officer(unit, "chi", Role.UNIT_ADMINISTRATOR))
    path = f"/console/settings/{unit.public_id}/set-up/{step}/"
    age_session(client, started=timedelta(minutes=6))

    answer = getattr(client, method)(path, {"duty_phone": "0239 3 000 999", "act": "save"})

    assert asks_anew(answer) == (step in ("numbers", "zalo"))
    unit.refresh_from_db()
    assert unit.duty_phone == "0239"


def test_the_last_administrator_stays():
    unit = make_house().unit
    chief = make_officer(unit, "chi", Role.UNIT_ADMINISTRATOR)
    client = sign_in(chief)

    answer = client.post(officer_page(unit.public_id, chief.public_id), {"act": "roles", "role": ["commander"]})

    assert answer.status_code == 422
    assert held(chief) == {"unit_administrator"}
