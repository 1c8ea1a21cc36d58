"""Renewal of tokens: early, once, and never blindly again."""

from datetime import timedelta

import httpx
import pytest
from django.db import transaction

from binhyen.audit.models import AuditRow
from binhyen.channels import tokens
from binhyen.channels.accounts import credentials_for
from binhyen.channels.models import Account, AccountState
from binhyen.channels.tests.live import PAGE
from binhyen.channels.tests.pages import new_page, new_unit
from binhyen.channels.zalo_oa import oauth
from binhyen.channels.zalo_oa.oauth import TokenPair
from binhyen.channels.zalo_oa.profile import PageInfo, page_info
from binhyen.core import clock
from binhyen.core.errors import NotPossible, TryAgain

TOKEN_PATH = "/v4/oa/access_token"


@pytest.fixture
def page(db, served_by_zalo):
    pair = served_by_zalo.do("tokens", oa_id=PAGE)
    return new_page(new_unit(), pair["access_token"], pair["refresh_token"])


def again(page: Account) -> Account:
    return Account.objects.get(pk=page.pk)


def test_renewed_early_and_usable(page):
    before = credentials_for(page)
    after = tokens.fresh_credentials(page)
    assert after["access_token"] != before["access_token"]
    assert isinstance(page_info(after), PageInfo)
    row = again(page)
    assert row.refresh_started_at is None
    assert row.token_expires_at - clock.now() > timedelta(hours=24)
    assert credentials_for(row)["refresh_token"] != before["refresh_token"]


def test_a_young_token_is_left_alone(page):
    Account.objects.update(token_expires_at=clock.now() + timedelta(hours=6))
    assert tokens.fresh_credentials(again(page)) == credentials_for(page)


def test_a_refused_token_is_renewed_whatever_its_age(page):
    Account.objects.update(token_expires_at=clock.now() + timedelta(hours=20))
    spent = credentials_for(page)["access_token"]
    assert tokens.fresh_credentials(again(page), spent)["access_token"] != spent


def test_who_comes_second_takes_what_the_first_got(page):
    spent = credentials_for(page)["access_token"]
    first = tokens.fresh_credentials(page, spent)
    assert tokens.fresh_credentials(page, spent) == first


def test_while_one_renews_others_wait(page):
    Account.objects.update(refresh_started_at=clock.now())
    with pytest.raises(TryAgain):
        tokens.fresh_credentials(page)
    assert again(page).state == AccountState.ACTIVE


def test_a_mark_of_a_dead_process_asks_for_a_person(page, served_by_zalo):
    Account.objects.update(refresh_started_at=clock.now() - timedelta(minutes=3))
    for _ in range(2):
        with pytest.raises(NotPossible):
            tokens.fresh_credentials(again(page))
    row = again(page)
    assert (row.state, row.state_reason) == (AccountState.NEEDS_CONSENT, "renewal_interrupted")
    assert AuditRow.objects.filter(action="channel.state_changed").count() == 1
    assert isinstance(page_info(credentials_for(page)), PageInfo)  # Zalo was not asked for new tokens


def test_by_hand_one_more_try(page):
    Account.objects.update(refresh_started_at=clock.now() - timedelta(minutes=3), state=AccountState.NEEDS_CONSENT)
    assert isinstance(page_info(tokens.renew_by_hand(again(page), actor_key=1)), PageInfo)
    assert again(page).state == AccountState.ACTIVE


def test_a_lost_answer_is_never_asked_for_again(page, served_by_zalo):
    served_by_zalo.do("faults", path=TOKEN_PATH, kind="drop", when="after")
    for _ in range(2):
        with pytest.raises(NotPossible):
            tokens.fresh_credentials(again(page))
    assert again(page).state == AccountState.NEEDS_CONSENT
    assert again(page).state_reason.startswith("renewal_lost")


@pytest.mark.parametrize("fault", [{"kind": "http", "status": 502}, {"kind": "wrong_json", "when": "after"}])
def test_an_odd_answer_counts_as_lost(page, served_by_zalo, fault):
    served_by_zalo.do("faults", path=TOKEN_PATH, **fault)
    with pytest.raises(NotPossible):
        tokens.fresh_credentials(page)
    assert again(page).state == AccountState.NEEDS_CONSENT


def test_a_used_refresh_token_asks_for_consent(page):
    Account.objects.update(sealed_tokens=page.sealed_tokens)
    tokens.fresh_credentials(page)
    Account.objects.update(sealed_tokens=page.sealed_tokens, token_expires_at=clock.now())
    with pytest.raises(NotPossible):
        tokens.fresh_credentials(again(page))
    assert again(page).state_reason.startswith("zalo_oauth-14")


def test_zalo_away_is_tried_again_later(page, monkeypatch):
    from binhyen.core.configuration import configuration

    monkeypatch.setenv("BINHYEN_ZALO_OAUTH_URL", "http://127.0.0.1:1")
    configuration.cache_clear()
    with pytest.raises(TryAgain):
        tokens.fresh_credentials(page)
    row = again(page)
    assert (row.state, row.refresh_started_at) == (AccountState.ACTIVE, None)


def test_renew_due_takes_only_pages_that_end_soon(page):
    assert tokens.renew_due() == 1
    assert tokens.renew_due() == 0


def test_a_portal_needs_no_tokens(page):
    portal = Account.objects.create(unit=page.unit, connector="web", external_id="xa-a")
    assert tokens.fresh_credentials(portal)["account"] == "xa-a"


def test_a_token_that_lives_an_hour_is_renewed_when_it_is_refused_and_not_with_every_message(page):
    with transaction.atomic():
        tokens.keep_pair(page, TokenPair("kurz", credentials_for(page)["refresh_token"], 3_600))
    assert tokens.renew_due() == 0
    assert tokens.fresh_credentials(again(page))["access_token"] == "kurz"
    assert isinstance(page_info(tokens.fresh_credentials(again(page), "kurz")), PageInfo)


@pytest.mark.parametrize(("told", "life_s"), [("90000", 90_000), (3600, 3_600), ("9" * 40, 90_000), (None, 90_000)])
def test_how_long_a_token_lives_is_read_with_care(monkeypatch, page, told, life_s):
    answer = httpx.Response(200, json={"access_token": "a", "refresh_token": "r", "expires_in": told})
    monkeypatch.setattr(httpx, "post", lambda *_args, **_kwargs: answer)
    assert oauth.renew(credentials_for(page), "r") == TokenPair("a", "r", life_s)
