"""Connecting a page: the whole walk, and every way it must not go."""

from datetime import timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest

from binhyen.audit.models import AuditRow
from binhyen.channels import consent
from binhyen.channels.accounts import credentials_for
from binhyen.channels.applications import change_key
from binhyen.channels.models import Account, AccountState, ConsentRequest
from binhyen.channels.retention import forget_old_requests
from binhyen.channels.tests.live import PAGE, SECOND_PAGE
from binhyen.channels.tests.pages import new_application, new_unit
from binhyen.channels.zalo_oa import oauth
from binhyen.channels.zalo_oa.profile import PageInfo, page_info
from binhyen.core import clock
from binhyen.core.errors import Misconfigured, NotPossible

BACK = "https://binhyen.example.vn/console/settings/zalo/back/"
OFFICER = 7


@pytest.fixture
def unit(db, served_by_zalo):
    return new_unit()


@pytest.fixture
def application(unit):
    return new_application(unit)


def agree(address: str, page: str = PAGE) -> dict[str, str]:
    """The page administrator presses the button; what comes back to us."""
    form = {**dict(parse_qsl(urlsplit(address).query)), "oa_id": page}
    answer = httpx.post(address.partition("?")[0], data=form)
    assert answer.status_code == 302, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def test_check_vector_of_the_challenge():
    assert oauth.challenge_of("v" * 43) == "7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM"
    assert len(oauth.new_verifier()) == 43
    assert oauth.new_verifier().isalnum()


def test_the_whole_walk(unit, application):
    back = agree(consent.begin_consent(application, unit, BACK, OFFICER))
    account = consent.finish_consent(back["state"], back["code"], back["oa_id"], OFFICER)
    assert (account.external_id, account.unit, account.state) == (PAGE, unit, AccountState.ACTIVE)
    assert account.name
    assert isinstance(page_info(credentials_for(account)), PageInfo)
    actions = set(AuditRow.objects.values_list("action", flat=True))
    assert {"channel.app_registered", "channel.consent_begun", "channel.page_connected"} <= actions


def test_several_pages_of_one_app(unit, application):
    for page in (PAGE, SECOND_PAGE):
        back = agree(consent.begin_consent(application, unit, BACK, OFFICER), page)
        consent.finish_consent(back["state"], back["code"], back["oa_id"], OFFICER)
    assert set(Account.objects.values_list("external_id", flat=True)) == {PAGE, SECOND_PAGE}


def test_consent_again_mends_a_page(unit, application):
    account = consent.paste_tokens(unit, application, PAGE, *_pair_of(application), OFFICER)
    Account.objects.update(state=AccountState.NEEDS_CONSENT, refresh_started_at=clock.now())
    back = agree(consent.begin_consent(application, unit, BACK, OFFICER))
    again = consent.finish_consent(back["state"], back["code"], back["oa_id"], OFFICER)
    assert (again.pk, again.state, again.refresh_started_at) == (account.pk, AccountState.ACTIVE, None)


def test_state_is_good_for_one_use(unit, application):
    back = agree(consent.begin_consent(application, unit, BACK, OFFICER))
    consent.finish_consent(back["state"], back["code"], back["oa_id"], OFFICER)
    _refused("consent_state", back, OFFICER)


def test_state_belongs_to_the_officer(unit, application):
    _refused("consent_state", agree(consent.begin_consent(application, unit, BACK, OFFICER)), OFFICER + 1)


def test_state_grows_old(unit, application):
    back = agree(consent.begin_consent(application, unit, BACK, OFFICER))
    with clock.at(clock.now() + timedelta(minutes=31)):
        _refused("consent_state", back, OFFICER)


@pytest.mark.parametrize("state", ["", ".", "x", "é.é", "abc." + "0" * 32])
def test_a_forged_state(unit, application, state):
    back = agree(consent.begin_consent(application, unit, BACK, OFFICER))
    _refused("consent_state", {**back, "state": state}, OFFICER)
    _refused("consent_state", {**back, "state": back["state"].partition(".")[0] + "." + state}, OFFICER)


@pytest.mark.parametrize("code", ["", "wrong"])
def test_a_wrong_code(unit, application, code):
    back = agree(consent.begin_consent(application, unit, BACK, OFFICER))
    _refused("consent_refused", {**back, "code": code}, OFFICER)


def test_the_page_named_in_the_address_must_be_the_one_of_the_tokens(unit, application):
    back = agree(consent.begin_consent(application, unit, BACK, OFFICER))
    _refused("page_not_confirmed", {**back, "oa_id": SECOND_PAGE}, OFFICER)
    assert not Account.objects.exists()


def test_a_page_stays_with_its_unit(unit, application):
    back = agree(consent.begin_consent(application, unit, BACK, OFFICER))
    consent.finish_consent(back["state"], back["code"], back["oa_id"], OFFICER)
    _refused(
        "page_of_another_unit", agree(consent.begin_consent(application, new_unit("xa-b"), BACK, OFFICER)), OFFICER
    )


def test_a_verifier_fixed_in_the_console(unit, application, served_by_zalo):
    change_key(unit.pk, application, "code_verifier", "v" * 43, OFFICER)
    application.refresh_from_db()
    address = consent.begin_consent(application, unit, BACK, OFFICER)
    assert oauth.challenge_of("v" * 43) in address
    back = agree(address)
    assert consent.finish_consent(back["state"], back["code"], back["oa_id"], OFFICER).external_id == PAGE


def test_pasted_tokens_must_work(unit, application):
    with pytest.raises(NotPossible, match="page_not_confirmed"):
        consent.paste_tokens(unit, application, PAGE, "nonsense", "nonsense", OFFICER)
    assert not Account.objects.exists()


def test_demo_walks_by_itself(unit, application):
    account = Account.objects.create(unit=unit, connector="zalo_oa", application=application, external_id=PAGE)
    assert isinstance(page_info(credentials_for(consent.connect_demo(account))), PageInfo)


def test_demo_never_reaches_the_real_platform(unit, application, monkeypatch):
    from binhyen.core.configuration import configuration

    monkeypatch.setenv("BINHYEN_ZALO_OAUTH_URL", "https://oauth.zaloapp.com")
    configuration.cache_clear()
    account = Account(unit=unit, connector="zalo_oa", application=application, external_id=PAGE)
    with pytest.raises(Misconfigured):
        consent.connect_demo(account)


def test_old_requests_are_forgotten(unit, application):
    consent.begin_consent(application, unit, BACK, OFFICER)
    assert forget_old_requests() == 0
    with clock.at(clock.now() + timedelta(days=2)):
        assert forget_old_requests() == 1
    assert not ConsentRequest.objects.exists()


def _pair_of(application):
    from binhyen.core.configuration import configuration

    pair = httpx.post(f"{configuration().zalo_api_url}/_sim/tokens", json={}).json()
    return pair["access_token"], pair["refresh_token"]


def _refused(code: str, back: dict[str, str], officer: int) -> None:
    with pytest.raises(NotPossible, match=code):
        consent.finish_consent(back["state"], back["code"], back["oa_id"], officer)
