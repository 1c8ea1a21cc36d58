"""Connecting the unit's Zalo page in the console, against the simulator in a process of its own."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
from django.test import Client

from binhyen.audit.models import AuditRow
from binhyen.channels.accounts import credentials_for
from binhyen.channels.models import Account, AccountState, Application
from binhyen.channels.tests.live import PAGE, SECOND_PAGE, Zalo
from binhyen.channels.tests.pages import KEYS, new_unit
from binhyen.channels.zalo_oa.profile import PageInfo, page_info
from binhyen.console.tests.factories import make_officer, sign_in
from binhyen.core import clock
from binhyen.units.models import Role, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SECRETS = {"app_secret": KEYS.app_secret, "oa_secret_key": KEYS.oa_secret_key}


@pytest.fixture
def unit(db, served_by_zalo: Zalo) -> Unit:
    return new_unit()


@pytest.fixture
def client(unit: Unit) -> Client:
    return sign_in(make_officer(unit, "quan-tri", Role.UNIT_ADMINISTRATOR))


def settings_of(unit: Unit) -> str:
    return f"/console/settings/{unit.public_id}/zalo/"


def register(client: Client, unit: Unit, **changed: str):
    return client.post(settings_of(unit), {"act": "keys", "app_id": KEYS.app_id} | SECRETS | changed)


def connect(client: Client, unit: Unit, page: str = PAGE) -> str:
    """Everything up to the way back; the address Zalo sends the browser to."""
    application = Application.objects.get().public_id
    shown = client.post(settings_of(unit), {"act": "consent", "application": application}).content.decode()
    address = unescape(re.search(r'class="button primary" href="([^"]+/permission[^"]+)"', shown)[1])
    asked = dict(parse_qsl(urlsplit(address).query))
    agreed = httpx.post(address.partition("?")[0], data={**asked, "oa_id": page})
    back = urlsplit(agreed.headers["location"])
    assert back.path == "/console/zalo/callback/"
    return f"{back.path}?{back.query}"


def changed(address: str, **fields: str) -> str:
    path, _, query = address.partition("?")
    return f"{path}?{urlencode(dict(parse_qsl(query)) | fields)}"


def secrets_in_use() -> list[str]:
    found = list(SECRETS.values())
    for account in Account.objects.select_related("application"):
        keys = credentials_for(account)
        found += [keys[name] for name in ("access_token", "refresh_token") if name in keys]
    return found


def assert_keeps_secrets(page: str) -> None:
    """No five characters in a row of any secret stand in the page, but for the word itself."""
    for secret in secrets_in_use():
        windows = {secret[start : start + 5] for start in range(len(secret) - 4)}
        assert [window for window in windows if window in page and window.lower() not in "secret"] == []


def test_keys_are_registered_and_never_shown_again(unit: Unit, client: Client):
    assert register(client, unit).headers["Location"] == settings_of(unit)

    page = client.get(settings_of(unit)).content.decode()
    webhook = f"/hooks/zalo_oa/{Application.objects.get().public_id}"
    assert webhook in page
    assert "/console/zalo/callback/" in page
    assert KEYS.app_id in page
    assert f"…{KEYS.app_secret[-4:]}" in page
    assert_keeps_secrets(page)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"app_id": "mười"}, "Mã ứng dụng chỉ có chữ số."),
        ({"app_secret": " "}, "Dán cả hai khóa bí mật."),
    ],
)
def test_wrong_keys_are_refused_with_words_and_not_echoed(unit: Unit, client: Client, typed, words: str):
    answer = register(client, unit, **typed)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert_keeps_secrets(answer.content.decode())
    assert not Application.objects.exists()


def test_an_app_of_another_unit_cannot_be_taken_over(unit: Unit, client: Client):
    register(client, unit)
    other = new_unit("xa-b")
    stranger = sign_in(make_officer(other, "nguoi-khac", Role.UNIT_ADMINISTRATOR))

    assert register(stranger, other, app_secret="x" * 20).status_code == 422
    assert stranger.get(settings_of(unit)).status_code == 404
    assert KEYS.app_id not in stranger.get(settings_of(other)).content.decode()
    address = {"act": "consent", "application": Application.objects.get().public_id}
    assert stranger.post(settings_of(other), address).status_code == 404


def test_the_whole_walk_connects_the_page(unit: Unit, client: Client):
    register(client, unit)

    answer = client.get(connect(client, unit))

    assert answer.headers["Location"] == settings_of(unit)
    account = Account.objects.get(connector="zalo_oa")
    assert (account.external_id, account.unit, account.state) == (PAGE, unit, AccountState.ACTIVE)
    assert isinstance(page_info(credentials_for(account)), PageInfo)
    page = client.get(settings_of(unit)).content.decode()
    assert account.name in page
    assert "đã nối" in page
    assert_keeps_secrets(page)
    assert AuditRow.objects.filter(action="channel.page_connected", unit_key=unit.pk).count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "abc.def"}, "Lượt đồng ý này"),
        ({"state": ""}, "Lượt đồng ý này"),
        ({"code": "wrong"}, "Zalo không chấp nhận"),
        ({"oa_id": SECOND_PAGE}, "Zalo không xác nhận mã trang này"),
    ],
)
def test_a_way_back_that_is_not_right_connects_nothing(unit: Unit, client: Client, fields, words: str):
    register(client, unit)

    answer = client.get(changed(connect(client, unit), **fields))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert_keeps_secrets(answer.content.decode())
    assert not Account.objects.filter(connector="zalo_oa").exists()


def test_a_way_back_is_good_once_and_for_its_officer_only(unit: Unit, client: Client):
    register(client, unit)
    address = connect(client, unit)
    colleague = sign_in(make_officer(unit, "dong-nghiep", Role.UNIT_ADMINISTRATOR))

    assert colleague.get(address).status_code == 422
    assert client.get(address).status_code == 302
    assert client.get(address).status_code == 422


def test_a_page_of_another_unit_stays_there(unit: Unit, client: Client, served_by_zalo: Zalo):
    other = new_unit("xa-b")
    Account.objects.create(unit=other, connector="zalo_oa", external_id=PAGE)
    register(client, unit)

    answer = client.get(connect(client, unit))

    assert answer.status_code == 422
    assert "thuộc đơn vị khác" in answer.content.decode()
    assert Account.objects.get(connector="zalo_oa").unit == other


def tokens_from(zalo: Zalo, **fields: str) -> dict[str, str]:
    pair = zalo.do("tokens", oa_id=PAGE)
    application = Application.objects.get().public_id
    return {"act": "tokens", "application": application, "oa_id": PAGE} | pair | fields


def test_a_pasted_pair_connects_the_page(unit: Unit, client: Client, served_by_zalo: Zalo):
    register(client, unit)

    answer = client.post(settings_of(unit), tokens_from(served_by_zalo))

    assert answer.headers["Location"] == settings_of(unit)
    assert Account.objects.get(connector="zalo_oa").external_id == PAGE
    assert_keeps_secrets(client.get(settings_of(unit)).content.decode())


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"refresh_token": ""}, "Dán cả hai khóa truy cập."),
        ({"access_token": "nonsense-nonsense"}, "Zalo không xác nhận mã trang này"),
        ({"oa_id": SECOND_PAGE}, "Zalo không xác nhận mã trang này"),
    ],
)
def test_a_pair_that_does_not_work_is_refused_and_not_echoed(
    unit: Unit, client: Client, served_by_zalo: Zalo, fields, words: str
):
    register(client, unit)
    typed = tokens_from(served_by_zalo, **fields)

    answer = client.post(settings_of(unit), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert not any(typed[name] and typed[name] in page for name in ("access_token", "refresh_token"))
    assert not Account.objects.filter(connector="zalo_oa").exists()


@pytest.fixture
def cut_short(unit: Unit, client: Client, served_by_zalo: Zalo) -> Account:
    """A page whose last renewal was cut short."""
    register(client, unit)
    client.post(settings_of(unit), tokens_from(served_by_zalo))
    Account.objects.filter(connector="zalo_oa").update(
        state=AccountState.NEEDS_CONSENT,
        state_reason="renewal_interrupted",
        refresh_started_at=clock.now() - timedelta(minutes=5),
    )
    return Account.objects.get(connector="zalo_oa")


def test_a_renewal_cut_short_is_tried_once_more_by_hand(unit: Unit, client: Client, cut_short: Account):
    page = client.get(settings_of(unit)).content.decode()
    assert "Thử lại một lần" in page

    client.post(settings_of(unit), {"act": "renew", "page": cut_short.public_id})

    account = Account.objects.get(pk=cut_short.pk)
    assert account.state == AccountState.ACTIVE
    assert isinstance(page_info(credentials_for(account)), PageInfo)
    after = client.get(settings_of(unit)).content.decode()
    assert "Thử lại một lần" not in after
    assert_keeps_secrets(after)


def test_a_renewal_zalo_refuses_asks_for_consent_with_words(
    unit: Unit, client: Client, cut_short: Account, served_by_zalo: Zalo
):
    served_by_zalo.do("reset")

    answer = client.post(settings_of(unit), {"act": "renew", "page": cut_short.public_id})

    assert answer.status_code == 422
    assert "Hãy nối lại trang qua Zalo" in answer.content.decode()
    assert Account.objects.get(pk=cut_short.pk).state == AccountState.NEEDS_CONSENT


def test_nothing_is_renewed_by_hand_without_need_or_for_strangers(unit: Unit, client: Client, cut_short: Account):
    other = new_unit("xa-b")
    stranger = sign_in(make_officer(other, "nguoi-khac", Role.UNIT_ADMINISTRATOR))
    wanted = {"act": "renew", "page": cut_short.public_id}
    assert stranger.post(settings_of(other), wanted).status_code == 404
    Account.objects.filter(pk=cut_short.pk).update(state_reason="permission_revoked")

    assert client.post(settings_of(unit), wanted).status_code == 422
    assert Account.objects.get(pk=cut_short.pk).state == AccountState.NEEDS_CONSENT
