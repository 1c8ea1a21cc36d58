"""G38: sensitive acts ask for a second factor not older than five minutes."""

from datetime import timedelta

import pytest

from binhyen.console.tests.factories import age_session, code_now, make_house, make_officer, sign_in
from binhyen.units.models import Role

pytestmark = pytest.mark.django_db


def paths(unit_id: str, officer_id: str) -> list[str]:
    return [
        f"/console/settings/{unit_id}/officers/",
        f"/console/settings/{unit_id}/officers/{officer_id}/",
        f"/console/settings/{unit_id}/zalo/",
        "/console/zalo/callback/?code=1&state=2&oa_id=3",
        f"/console/procedures/{unit_id}/approval/{officer_id}/",
    ]


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_old_factor_is_asked_for_again_and_nothing_happens(number: int, method: str):
    unit = make_house().unit
    officer = make_officer(unit, "chi", Role.UNIT_ADMINISTRATOR)
    client = sign_in(officer)
    age_session(client, started=timedelta(minutes=6))
    path = paths(unit.public_id, officer.public_id)[number]

    answer = getattr(client, method)(path)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/console/confirm/?next=")


def test_roles_change_after_a_fresh_code_only():
    unit = make_house().unit
    chief, officer = make_officer(unit, "chi", Role.UNIT_ADMINISTRATOR), make_officer(unit, "may")
    client = sign_in(chief)
    age_session(client, started=timedelta(minutes=6))
    path = paths(unit.public_id, officer.public_id)[1]
    wanted = {"act": "roles", "role": ["commander"]}

    client.post(path, wanted)
    assert held(officer) == {"duty_officer"}
    assert client.post(f"/console/confirm/?next={path}", {"code": "000000"}).status_code == 200
    assert client.post(f"/console/confirm/?next={path}", {"code": code_now()}).headers["Location"] == path
    client.post(path, wanted)

    assert held(officer) == {"commander"}


def held(officer) -> set[str]:
    return set(officer.memberships.values_list("role", flat=True))


def test_the_last_administrator_stays():
    unit = make_house().unit
    chief = make_officer(unit, "chi", Role.UNIT_ADMINISTRATOR)
    client = sign_in(chief)

    answer = client.post(paths(unit.public_id, chief.public_id)[1], {"act": "roles", "role": ["commander"]})

    assert answer.status_code == 422
    assert held(chief) == {"unit_administrator"}
