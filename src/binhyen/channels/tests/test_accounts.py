"""Secrets of accounts: sealed at rest, merged for the connector, shown by their last four characters at most."""

import pytest

from binhyen.channels.accounts import credentials_for, last_four, sealed_keys, sealed_tokens
from binhyen.channels.models import Account, Application
from binhyen.units.models import Unit, UnitKind
from binhyen.vault.keyring import create_keyring


@pytest.fixture
def unit(db):
    create_keyring()
    return Unit.objects.create(kind=UnitKind.COMMUNE_POLICE, name="Công an xã A", short_name="Công an xã", slug="xa-a")


def test_a_zalo_page_gets_app_keys_tokens_and_addresses(unit):
    application = Application.objects.create(
        connector="zalo_oa", external_id="1001", sealed_keys=sealed_keys({"app_secret": "s1", "oa_secret_key": "s2"})
    )
    account = Account.objects.create(
        unit=unit, connector="zalo_oa", application=application, external_id="2001",
        sealed_tokens=sealed_tokens("at", "rt"),
    )  # fmt: skip
    found = credentials_for(account)
    assert (found["app_id"], found["app_secret"], found["oa_secret_key"]) == ("1001", "s1", "s2")
    assert (found["access_token"], found["refresh_token"], found["account"]) == ("at", "rt", "2001")
    assert found["api_url"].startswith("http")
    assert found["oauth_url"].startswith("http")


def test_a_portal_needs_no_stored_key_and_no_two_share_one(unit):
    keys = [
        credentials_for(Account.objects.create(unit=unit, connector="web", external_id=name)) for name in ("a", "b")
    ]
    assert keys[0]["account"] == "a"
    assert len(keys[0]["mac_key"]) == 64
    assert keys[0]["mac_key"] != keys[1]["mac_key"]


@pytest.mark.parametrize(("secret", "shown"), [("abcdefghijklmnop", "…mnop"), ("short", "…"), ("", "…")])
def test_last_four(secret, shown):
    assert last_four(secret) == shown
