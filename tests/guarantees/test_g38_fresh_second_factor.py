"""G38: sensitive acts ask for a second factor not older than five minutes.

Which addresses ask is decided in decisions.py and tried, with an old factor, in test_g20_every_address_has_a_decision.
"""

from datetime import timedelta

import pytest

from binhyen.console.tests.factories import age_session, code_now, make_house, make_officer, sign_in
from binhyen.units.models import Role
from binhyen.units.setting_up import STEPS

pytestmark = pytest.mark.django_db


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

    is_asked = answer.status_code == 302 and answer.headers["Location"].startswith("/console/confirm/?next=")
    assert is_asked == (step in ("numbers", "zalo"))
    unit.refresh_from_db()
    assert unit.duty_phone == "0239"


def test_the_last_administrator_stays():
    unit = make_house().unit
    chief = make_officer(unit, "chi", Role.UNIT_ADMINISTRATOR)
    client = sign_in(chief)

    answer = client.post(officer_page(unit.public_id, chief.public_id), {"act": "roles", "role": ["commander"]})

    assert answer.status_code == 422
    assert held(chief) == {"unit_administrator"}
