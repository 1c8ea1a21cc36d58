"""A page administrator lets the product speak for the page: consent link, way back, first tokens (zalo section 1)."""

import hmac
from datetime import timedelta
from typing import assert_never
from urllib.parse import parse_qs, parse_qsl, urlsplit

from django.db import transaction

from binhyen.audit.actions import record
from binhyen.channels.accounts import KEYS_PURPOSE, keys_for_application
from binhyen.channels.models import Account, AccountState, Application, ConsentRequest
from binhyen.channels.states import change_state
from binhyen.channels.tokens import keep_pair
from binhyen.channels.zalo_oa import oauth
from binhyen.channels.zalo_oa.profile import PageInfo, page_info
from binhyen.core import clock
from binhyen.core.authorities import trusted_authorities
from binhyen.core.configuration import configuration
from binhyen.core.errors import Misconfigured, NotPossible
from binhyen.units.models import Unit
from binhyen.vault.keyring import keyed_hash, seal, unseal

REQUEST_LIFE = timedelta(minutes=30)
"""From the click on "connect" to the way back."""
_STATE_PURPOSE = "channel.consent"
_ID_LIMIT = 30


def begin_consent(application: Application, unit: Unit, redirect_uri: str, officer_key: int | None) -> str:
    """Address of the platform's consent page, to which the officer is sent; valid for `REQUEST_LIFE`, one use."""
    keys = keys_for_application(application)
    verifier = keys.get("code_verifier") or oauth.new_verifier()
    with transaction.atomic():
        asked = ConsentRequest.objects.create(
            application=application,
            unit=unit,
            officer_key=officer_key,
            sealed_verifier=seal(KEYS_PURPOSE, verifier.encode()),
            created_at=clock.now(),
        )
        record(unit.pk, "channel.consent_begun", actor_key=officer_key, subject=f"application {application.public_id}")
    return oauth.consent_address(keys, redirect_uri, verifier, _state_of(asked))


def finish_consent(state: str, code: str, oa_id: str, officer_key: int | None) -> Account:
    """The way back: exchanges the code, proves the page and keeps its tokens.

    Raises NotPossible: "consent_state" (forged, used, too old, another officer), "consent_refused",
    "page_not_confirmed", "page_of_another_unit".
    """
    asked = _use_request(state, officer_key)
    keys = keys_for_application(asked.application)
    verifier = unseal(KEYS_PURPOSE, bytes(asked.sealed_verifier)).decode()
    match oauth.exchange(keys, code, verifier):
        case oauth.TokenPair() as pair:
            return _connect(asked.unit, asked.application, oa_id, pair, officer_key)
        case oauth.TokenRefused(why=why) | oauth.TokenLost(why=why) | oauth.TokenNotAsked(why=why):
            raise NotPossible("consent_refused", why=why)
        case reply:
            assert_never(reply)


def paste_tokens(
    unit: Unit, application: Application, oa_id: str, access_token: str, refresh_token: str, officer_key: int | None
) -> Account:
    """First set-up with a pair copied from the platform's API Explorer. Raises as `finish_consent`."""
    pair = oauth.TokenPair(access_token.strip(), refresh_token.strip(), oauth.DEFAULT_LIFE_S)
    return _connect(unit, application, oa_id, pair, officer_key)


def connect_demo(account: Account) -> Account:
    """Walk the whole consent against the simulator; only in demo or test mode, only on loopback."""
    settings = configuration()
    host = urlsplit(settings.zalo_oauth_url).hostname
    if settings.mode == "production" or host not in ("127.0.0.1", "localhost"):
        raise Misconfigured("Consent can be given automatically only to the simulator on this machine.")
    if account.application is None:
        raise NotPossible("app_id")
    address = begin_consent(account.application, account.unit, settings.public_url + "/", officer_key=None)
    form = {**dict(parse_qsl(urlsplit(address).query)), "oa_id": account.external_id}
    import httpx

    trusted = trusted_authorities(by_environment=True)
    answer = httpx.post(address.partition("?")[0], data=form, timeout=10, verify=trusted)
    back = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers.get("location", "")).query).items()}
    return finish_consent(back.get("state", ""), back.get("code", ""), back.get("oa_id", ""), officer_key=None)


def _state_of(asked: ConsentRequest) -> str:
    return f"{asked.public_id}.{keyed_hash(_STATE_PURPOSE, asked.public_id)[:32]}"


def _use_request(state: str, officer_key: int | None) -> ConsentRequest:
    public_id, _, signature = state.partition(".")
    right = keyed_hash(_STATE_PURPOSE, public_id)[:32]
    if not hmac.compare_digest(signature.encode("utf8", "replace"), right.encode()):
        raise NotPossible("consent_state")
    with transaction.atomic(durable=True):
        asked = ConsentRequest.objects.select_for_update().filter(public_id=public_id, used_at=None).first()
        if asked is None or asked.officer_key != officer_key or clock.now() - asked.created_at > REQUEST_LIFE:
            raise NotPossible("consent_state")
        asked.used_at = clock.now()
        asked.save(update_fields=["used_at"])
    return asked


def _connect(
    unit: Unit, application: Application, oa_id: str, pair: oauth.TokenPair, officer_key: int | None
) -> Account:
    info = page_info({**keys_for_application(application), "access_token": pair.access_token})
    if not isinstance(info, PageInfo) or not oa_id.isdecimal() or info.external_id != oa_id or len(oa_id) > _ID_LIMIT:
        raise NotPossible("page_not_confirmed")
    with transaction.atomic():
        account, is_new = Account.objects.select_for_update().get_or_create(
            connector="zalo_oa", external_id=oa_id, defaults={"unit": unit, "application": application}
        )
        if account.unit_id != unit.pk:
            raise NotPossible("page_of_another_unit")
        account.application, account.name = application, info.name or account.name
        account.save(update_fields=["application", "name"])
        keep_pair(account, pair)
        change_state(account, AccountState.ACTIVE, "", officer_key)
        record(
            unit.pk,
            "channel.page_connected",
            actor_key=officer_key,
            subject=f"account {account.public_id}",
            facts={"page": oa_id, "is_new": int(is_new)},
        )
    return account
