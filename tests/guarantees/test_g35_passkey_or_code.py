"""G35: a passkey or a code generator; passwords alone never open; one session per account; no SMS."""

import json
from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from binhyen.audit.models import AuditRow
from binhyen.console.tests.factories import (
    PASSWORD,
    SECRET,
    code_now,
    make_house,
    make_officer,
    sign_in,
    type_password,
)
from binhyen.core import clock
from binhyen.units.invitations import new_invitation
from binhyen.units.models import Officer

pytestmark = pytest.mark.django_db


def opens(client: Client) -> bool:
    return client.get("/console/").status_code == 200


def test_a_password_alone_opens_nothing():
    officer = make_officer(make_house().unit, "may")
    client = Client()

    answer = type_password(client, officer.username)

    assert answer.headers["Location"] == "/console/sign-in/code/"
    assert not opens(client)


def test_an_account_without_second_factor_does_not_open_at_all():
    officer = make_officer(make_house().unit, "may", with_code=False)
    client = Client()

    type_password(client, officer.username)

    assert not opens(client)
    assert client.get("/console/sign-in/code/").headers["Location"] == "/console/sign-in/"


@pytest.mark.parametrize(("code", "opened"), [("right", True), ("wrong", False), ("recovery", True)])
def test_the_second_step_decides(code: str, opened: bool):
    officer = make_officer(make_house().unit, "may")
    recovery = RecoveryCodes.activate(officer).get_unused_codes()[0]
    client = Client()
    type_password(client, officer.username)

    client.post(
        "/console/sign-in/code/", {"code": {"right": code_now(), "wrong": "000000", "recovery": recovery}[code]}
    )

    assert opens(client) is opened


def test_a_code_opens_once_however_many_processes_look_at_it():
    officer = make_officer(make_house().unit, "may")
    used, first, second = code_now(), Client(), Client()
    for client in (first, second):
        type_password(client, officer.username)
    first.post("/console/sign-in/code/", {"code": used})
    cache.clear()  # another process has a cache of its own

    again = second.post("/console/sign-in/code/", {"code": f"{used[:3]} {used[3:]}"})

    assert opens(first)
    assert not opens(second)
    assert "Mã chưa đúng" in again.content.decode()


def test_the_code_that_proved_the_invitation_does_not_open_a_second_time():
    officer = make_officer(make_house().unit, "may", with_code=False)
    path, client, other = new_invitation(officer), Client(), Client()
    client.get(path)
    code = code_of(client.session["mfa.totp.secret"])
    typed = {"full_name": "Đ/c Mây", "password": "một câu thật dài", "repeated": "một câu thật dài"}
    client.post(path, typed | {"code": code})
    type_password(other, officer.username, "một câu thật dài")

    other.post("/console/sign-in/code/", {"code": code})

    assert opens(client)
    assert not opens(other)


def test_a_forced_django_session_without_second_factor_is_thrown_out():
    officer = make_officer(make_house().unit, "may")
    client = Client()
    client.force_login(officer)

    assert not opens(client)


def test_signing_in_elsewhere_ends_the_older_session_and_is_logged():
    officer = make_officer(make_house().unit, "may")
    first, second = sign_in(officer), sign_in(officer)

    assert not opens(first)
    assert opens(second)
    assert AuditRow.objects.filter(action="officer.older_session_ended", actor_key=officer.pk).count() == 1


def test_neither_messages_to_telephones_nor_mail_links_nor_sign_up_exist():
    assert set(settings.MFA_SUPPORTED_TYPES) == {"totp", "webauthn", "recovery_codes"}
    for name in (
        "account_signup",
        "account_reset_password",
        "account_request_login_code",
        "account_email",
        "mfa_index",
    ):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_an_invitation_gives_password_code_and_recovery_codes_once():
    unit = make_house().unit
    officer = make_officer(unit, "may", with_code=False)
    path = new_invitation(officer)
    client = Client()

    assert client.get(path).status_code == 200
    secret = client.session["mfa.totp.secret"]
    typed = {"full_name": "Đ/c Mây", "password": "một câu thật dài", "repeated": "một câu thật dài"}
    wrong = client.post(path, typed | {"code": "000000"})
    right = client.post(path, typed | {"code": code_of(secret)})

    assert wrong.status_code == 422
    assert right.status_code == 200
    assert right.content.count(b"<li>") == 8
    assert opens(client)
    assert Client().get(path).status_code == 404


def test_an_invitation_page_offers_a_passkey_that_works_without_a_password():
    officer = make_officer(make_house().unit, "may", with_code=False)

    page = Client().get(new_invitation(officer)).content.decode()

    found = page.partition('id="js_data" type="application/json">')[2].partition("</script>")[0]
    asked = json.loads(found)["creation_options"]["publicKey"]["authenticatorSelection"]
    assert asked["residentKey"] == asked["userVerification"] == "required"


def test_forged_and_old_invitations_look_like_nothing(time_machine):
    officer = make_officer(make_house().unit, "may", with_code=False)
    path = new_invitation(officer)

    assert Client().get(path[:-3] + "xx/").status_code == 404
    time_machine.move_to(clock.now() + timedelta(seconds=8 * 86_400))
    assert Client().get(path).status_code == 404


def test_secrets_of_code_generators_are_sealed():
    officer = make_officer(make_house().unit, "may")

    assert SECRET not in json.dumps(list(officer.authenticator_set.values_list("data", flat=True)))
    assert PASSWORD not in Officer.objects.get(pk=officer.pk).password


def code_of(secret: str) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))
