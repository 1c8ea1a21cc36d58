"""G36: five wrong tries lock with growing delay; 15 minutes idle; 12 hours; 45 days; leavers are cut at once."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from binhyen.audit.models import AuditRow
from binhyen.console.tests.factories import (
    age_session,
    code_now,
    make_house,
    make_officer,
    sign_in,
    type_password,
)
from binhyen.core import clock
from binhyen.units import actions, policy
from binhyen.units.models import Membership, Officer, Role
from binhyen.units.queries import locked_for_s
from binhyen.units.rules import lock_after
from binhyen.units.scope import scope_of

pytestmark = pytest.mark.django_db


def test_locks_start_at_five_and_grow_to_an_hour():
    locks = [lock_after(count).total_seconds() for count in (1, 4, 5, 6, 7, 50)]

    assert locks == [0, 0, 60, 120, 240, 3600]


@pytest.mark.parametrize("username", ["may", "nobody-has-this-name"])
def test_five_wrong_passwords_lock_a_name_known_or_not(username: str):
    make_officer(make_house().unit, "may")
    client = Client()

    for _ in range(policy.WRONG_TRIES_BEFORE_LOCK):
        answer = type_password(client, username, "wrong")
        assert answer.status_code == 422

    assert 0 < locked_for_s(username) <= 61
    assert "Chờ 1 phút" in type_password(client, username).content.decode() or "minutes" in answer.content.decode()


def test_a_locked_name_does_not_open_with_the_right_password_and_opens_after_the_wait(time_machine):
    officer = make_officer(make_house().unit, "may")
    client = Client()
    for _ in range(5):
        type_password(client, "may", "wrong")

    assert type_password(client, "may").status_code == 422
    time_machine.move_to(clock.now() + timedelta(seconds=61))
    sign_in(officer, client)
    assert locked_for_s("may") == 0


def test_wrong_codes_count_too():
    make_officer(make_house().unit, "may")
    client = Client()
    type_password(client, "may")

    for _ in range(5):
        client.post("/console/sign-in/code/", {"code": "000000"})

    assert locked_for_s("may") > 0
    client.post("/console/sign-in/code/", {"code": code_now()})
    assert client.get("/console/").status_code == 302


@pytest.mark.parametrize(
    ("started", "acted", "lives"),
    [
        (timedelta(minutes=14), timedelta(minutes=14), True),
        (timedelta(minutes=16), timedelta(minutes=16), False),
        (timedelta(hours=11, minutes=59), timedelta(0), True),
        (timedelta(hours=12, minutes=1), timedelta(0), False),
    ],
)
def test_idle_and_absolute_limits(started: timedelta, acted: timedelta, lives: bool):
    officer = make_officer(make_house().unit, "may")
    client = sign_in(officer)
    age_session(client, started, acted)

    answer = client.get("/console/?view=unit")

    assert (answer.status_code == 200) is lives
    if not lives:
        assert answer.headers["Location"] == "/console/sign-in/?next=/console/%3Fview%3Dunit"
        assert AuditRow.objects.filter(action="officer.session_ended").exists()


@pytest.mark.parametrize("has_session", [True, False])
@pytest.mark.parametrize(
    ("page", "back"),
    [
        ("http://testserver/console/c/abc/?view=unit", "/console/c/abc/?view=unit"),
        ("http://elsewhere.example/console/c/abc/", "/console/"),
        ("http://testserver/console/sign-in/?next=/x", "/console/"),
        ("http://testserver/thach-ha/", "/console/"),
        ("", "/console/"),
    ],
)
def test_who_sends_a_form_too_late_comes_back_to_the_page_of_the_form(has_session: bool, page: str, back: str):
    client = sign_in(make_officer(make_house().unit, "may"))
    if has_session:
        age_session(client, timedelta(minutes=16), timedelta(minutes=16))
    else:
        client.cookies.clear()

    answer = client.post("/console/c/abc/act/", {"act": "take"}, headers={"Referer": page})
    fragment = client.post("/console/c/abc/act/", headers={"HX-Request": "true", "HX-Current-URL": page})

    assert parse_qs(urlsplit(answer.headers["Location"]).query)["next"] == [back]
    assert fragment.status_code == 401
    assert parse_qs(urlsplit(fragment.headers["HX-Redirect"]).query)["next"] == [back]


def test_live_updates_are_no_act():
    client = sign_in(make_officer(make_house().unit, "may"))
    age_session(client, acted=timedelta(minutes=14))

    assert client.get("/console/pulse/").status_code == 200
    age_session(client, acted=timedelta(minutes=2))

    assert client.get("/console/pulse/").status_code == 401


def test_an_account_unused_for_45_days_no_longer_opens(time_machine):
    officer = make_officer(make_house().unit, "may")
    sign_in(officer)
    time_machine.move_to(clock.now() + timedelta(seconds=46 * 86_400))
    client = Client()

    type_password(client, "may")

    assert client.get("/console/sign-in/code/").status_code == 302
    assert client.get("/console/").status_code == 302


def test_a_leaver_is_out_with_the_next_request():
    unit = make_house().unit
    chief, leaver = make_officer(unit, "chi", Role.UNIT_ADMINISTRATOR), make_officer(unit, "may")
    client = sign_in(leaver)

    actions.remove_from_unit(scope_of(chief), unit, leaver)

    assert client.get("/console/").status_code == 302
    assert not Officer.objects.get(pk=leaver.pk).is_active
    assert not Membership.objects.filter(officer=leaver).exists()
