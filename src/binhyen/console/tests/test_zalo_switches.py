"""What Zalo's console may ask for otherwise: a fixed code challenge, another signature; what new keys leave alone."""

import json
import re
from html import unescape

import pytest
from django.test import Client

from binhyen.channels.accounts import keys_for_application
from binhyen.channels.connector import Call, Forged, Genuine
from binhyen.channels.models import Account, Application
from binhyen.channels.tests.live import PAGE, Zalo
from binhyen.channels.tests.pages import KEYS, new_unit
from binhyen.channels.zalo_oa.connector import ZaloOa
from binhyen.channels.zalo_oa.signature import mac_of
from binhyen.console.tests.factories import make_officer, sign_in
from binhyen.console.tests.test_zalo_connection import connect, register, settings_of, tokens_from
from binhyen.core import clock
from binhyen.units.models import Role, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(db) -> Unit:
    return new_unit()


@pytest.fixture
def client(unit: Unit) -> Client:
    client = sign_in(make_officer(unit, "quan-tri", Role.UNIT_ADMINISTRATOR))
    register(client, unit)
    return client


def act(client: Client, unit: Unit, name: str, **fields: str) -> str:
    asked = {"act": name, "application": Application.objects.get().public_id, **fields}
    return client.post(settings_of(unit), asked, follow=True).content.decode()


def challenge_on(page: str) -> str:
    return re.search(r'data-copies="([\w-]{43})"', page)[1]


def verdict(first_term: str, secret: str) -> Genuine | Forged:
    stamp = str(int(clock.now().timestamp() * 1000))
    event = {
        "app_id": KEYS.app_id,
        "oa_id": PAGE,
        "event_name": "user_click_chatnow",
        "user_id": "7",
        "timestamp": stamp,
    }
    body = json.dumps(event).encode()
    header = {"x-zevent-signature": f"mac={mac_of(first_term, body, stamp, secret)}"}
    return ZaloOa().verify(Call(body, header, clock.now()), keys_for_application(Application.objects.get()))


@pytest.mark.slow
def test_a_fixed_code_challenge_is_shown_used_and_let_go(unit: Unit, client: Client, served_by_zalo: Zalo):
    page = act(client, unit, "fix-challenge")
    challenge = challenge_on(page)
    assert keys_for_application(Application.objects.get())["code_verifier"] not in page
    for _ in range(2):
        shown = unescape(act(client, unit, "consent"))
        assert f"code_challenge={challenge}&" in shown
    client.get(connect(client, unit))
    assert Account.objects.get(connector="zalo_oa").state == "active"
    assert challenge_on(act(client, unit, "fix-challenge")) != challenge
    act(client, unit, "free-challenge")
    assert "code_verifier" not in keys_for_application(Application.objects.get())
    asked = [unescape(act(client, unit, "consent")) for _ in range(2)]
    first, second = (re.search(r"code_challenge=([\w-]{43})&", one)[1] for one in asked)
    assert first != second


@pytest.mark.parametrize(
    ("first_term", "secret", "switches"),
    [
        (PAGE, KEYS.oa_secret_key, {"mac_first_term": "oa_id", "accepts_app_secret": "no"}),
        (KEYS.app_id, KEYS.app_secret, {"mac_first_term": "app_id", "accepts_app_secret": "yes"}),
    ],
)
def test_calls_signed_otherwise_are_taken_once_the_switch_says_so(
    unit: Unit, client: Client, first_term: str, secret: str, switches: dict[str, str]
):
    assert isinstance(verdict(first_term, secret), Forged)
    page = act(client, unit, "signature", **switches)
    assert isinstance(verdict(first_term, secret), Genuine)
    assert page.count(" selected>") == 1
    assert secret not in page
    act(client, unit, "signature", mac_first_term="app_id", accepts_app_secret="no")
    assert isinstance(verdict(first_term, secret), Forged)


def test_an_odd_switch_is_refused(unit: Unit, client: Client):
    asked = {"act": "signature", "application": Application.objects.get().public_id, "mac_first_term": "anything"}
    assert client.post(settings_of(unit), asked).status_code == 422


@pytest.mark.slow
def test_new_keys_of_the_app_leave_keys_of_pages_and_switches_alone(unit: Unit, client: Client, served_by_zalo: Zalo):
    client.post(settings_of(unit), tokens_from(served_by_zalo))
    page = Account.objects.get(connector="zalo_oa").public_id
    client.post(settings_of(unit), {"act": "page-key", "page": page, "page_key": "OaSecretKeyOfThePage"})
    act(client, unit, "signature", mac_first_term="oa_id", accepts_app_secret="no")
    register(client, unit, app_secret="AppSecretThatIsNew01")
    kept = keys_for_application(Application.objects.get())
    assert kept["app_secret"] == "AppSecretThatIsNew01"
    assert (kept[f"oa_secret_key:{PAGE}"], kept["mac_first_term"]) == ("OaSecretKeyOfThePage", "oa_id")


def test_strangers_change_nothing(unit: Unit, client: Client):
    other = new_unit("xa-b")
    stranger = sign_in(make_officer(other, "nguoi-khac", Role.UNIT_ADMINISTRATOR))
    asked = {"act": "fix-challenge", "application": Application.objects.get().public_id}
    assert stranger.post(settings_of(other), asked).status_code == 404
    assert "code_verifier" not in keys_for_application(Application.objects.get())
