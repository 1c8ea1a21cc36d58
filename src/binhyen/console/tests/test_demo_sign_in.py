"""One-tap entry exists in the demo on this machine, and nowhere else."""

import dataclasses

import pytest
from django.test import Client

from binhyen.console.tests.factories import code_now, make_house, make_officer, type_password
from binhyen.console.views import signing_in
from binhyen.core.configuration import configuration
from binhyen.core.errors import Misconfigured
from binhyen.units import demo_officer
from binhyen.units.models import Membership, Officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Officer:
    return make_officer(make_house().unit, "demo")


def in_mode(monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    changed = dataclasses.replace(configuration(), mode=mode)
    monkeypatch.setattr(signing_in, "configuration", lambda: changed)
    monkeypatch.setattr(demo_officer, "configuration", lambda: changed)


@pytest.mark.parametrize(
    ("mode", "address", "opened"),
    [
        ("demo", "127.0.0.1", True),
        ("demo", "::1", True),
        ("demo", "192.0.2.7", False),
        ("test", "127.0.0.1", False),
        ("production", "127.0.0.1", False),
    ],
)
def test_where_one_tap_opens_the_console(monkeypatch, officer, mode: str, address: str, opened: bool):
    in_mode(monkeypatch, mode)
    client = Client(REMOTE_ADDR=address)

    page = client.get("/console/sign-in/").content.decode()
    answer = client.post("/console/demo-sign-in/")

    assert ("Vào bằng tài khoản dùng thử" in page) is opened
    assert answer.status_code == (302 if opened else 404)
    assert (client.get("/console/").status_code == 200) is opened


def test_the_demo_officer_gets_a_known_password_and_code_in_the_demo_only(monkeypatch, officer):
    from binhyen.console.tests.factories import SECRET

    with pytest.raises(Misconfigured):
        demo_officer.set_up_demo_officer("demo", "mật khẩu dùng thử", SECRET)
    in_mode(monkeypatch, "demo")
    demo_officer.set_up_demo_officer("demo", "mật khẩu dùng thử", SECRET)
    demo_officer.set_up_demo_officer("demo", "mật khẩu dùng thử", SECRET)

    client = Client()
    type_password(client, "demo", "mật khẩu dùng thử")
    client.post("/console/sign-in/code/", {"code": code_now()})
    assert client.get("/console/").status_code == 200


def test_the_second_custodian_enters_and_proves_the_second_factor_as_themself(monkeypatch, officer):
    second = make_officer(Membership.objects.get(officer=officer).unit, "demo-giu-khoa")
    in_mode(monkeypatch, "demo")
    client = Client(REMOTE_ADDR="127.0.0.1")
    assert "người giữ khóa thứ hai" in client.get("/console/sign-in/").content.decode()
    client.post("/console/demo-sign-in/", {"as": "demo-giu-khoa"})
    assert client.session["_auth_user_id"] == str(second.pk)
    client.post("/console/demo-sign-in/", {"as": "demo"})
    assert client.session["_auth_user_id"] == str(second.pk)
    stranger = make_officer(Membership.objects.get(officer=officer).unit, "khac")
    other = Client(REMOTE_ADDR="127.0.0.1")
    other.post("/console/demo-sign-in/", {"as": stranger.username})
    assert other.session["_auth_user_id"] == str(officer.pk)
