"""Renewing a page's tokens: one at a time, marked before asking, committed before use (zalo section 1.6).

1. Lock the row and read it again: somebody may have renewed.
2. Write the mark `refresh_started_at` and commit.
3. Ask Zalo.
4. Commit the new pair and clear the mark, before any use.
5. A mark that stays means the process died between 2 and 4: the single-use refresh token may be spent, so it is never
   tried again blindly; a person is asked, and may try once by hand.
"""

import logging
from datetime import datetime, timedelta
from typing import assert_never

from django.db import transaction

from binhyen.audit.actions import record
from binhyen.channels.accounts import credentials_for, sealed_tokens
from binhyen.channels.connector import Credentials
from binhyen.channels.models import Account, AccountState
from binhyen.channels.states import change_state
from binhyen.channels.zalo_oa import oauth
from binhyen.core import clock
from binhyen.core.errors import NotPossible, TryAgain

RENEW_BEFORE_END = timedelta(hours=5)
"""Renewed at about 20 of 25 hours."""
MARK_LIFE = timedelta(minutes=2)
"""A living process has answered long before; an older mark is that of a dead one."""
NEEDS_CONSENT = "page_needs_consent"
"""Code of `NotPossible`: an administrator of the page must consent again."""

_log = logging.getLogger(__name__)


def is_due(account: Account) -> bool:
    """Whether the access token ends soon."""
    return account.token_expires_at is not None and account.token_expires_at - clock.now() <= RENEW_BEFORE_END


def fresh_credentials(account: Account, spent: str = "") -> Credentials:
    """Credentials whose access token is good; renews it when it ends soon or is the `spent` one Zalo just refused.

    Not inside a transaction. Raises TryAgain (somebody is renewing, or Zalo is away) and NotPossible
    (`page_needs_consent`).
    """
    if account.application_id is None or (not spent and not is_due(account)):
        return credentials_for(account)
    found = _mark(account.pk, spent)
    if isinstance(found, datetime):
        _renew(account.pk, found)
    elif found:
        raise found
    return credentials_for(Account.objects.select_related("application").get(pk=account.pk))


def renew_due(limit: int = 100) -> int:
    """Renew the tokens of pages that end soon; the number renewed. One page's trouble does not stop the next."""
    due = Account.objects.filter(
        state=AccountState.ACTIVE, application__isnull=False, token_expires_at__lte=clock.now() + RENEW_BEFORE_END
    ).order_by("token_expires_at")
    count = 0
    for account in due[:limit]:
        try:
            fresh_credentials(account)
            count += 1
        except (TryAgain, NotPossible) as error:
            _log.warning("Tokens of account %s were not renewed: %s", account.public_id, error)
    return count


def renew_by_hand(account: Account, actor_key: int) -> Credentials:
    """The one further try a person may order after an interrupted or lost renewal. Raises as `fresh_credentials`."""
    with transaction.atomic(durable=True):
        row = Account.objects.select_for_update().get(pk=account.pk)
        if not row.sealed_tokens:
            raise NotPossible(NEEDS_CONSENT)
        row.refresh_started_at = None
        row.save(update_fields=["refresh_started_at"])
        change_state(row, AccountState.ACTIVE, "renewal_by_hand", actor_key)
    spent = credentials_for(Account.objects.select_related("application").get(pk=account.pk))["access_token"]
    return fresh_credentials(account, spent)


def _mark(account_key: int, spent: str) -> datetime | TryAgain | NotPossible | None:
    """Steps 1 and 2: the mark that was written; None when somebody has already renewed; or what stands in the way."""
    now = clock.now()
    with transaction.atomic(durable=True):
        row = Account.objects.select_for_update().get(pk=account_key)
        if row.state == AccountState.NEEDS_CONSENT or not row.sealed_tokens:
            return NotPossible(NEEDS_CONSENT)
        if credentials_for(row).get("access_token") != spent and not is_due(row):
            return None
        if row.refresh_started_at is not None:
            if now - row.refresh_started_at < MARK_LIFE:
                return TryAgain("renewal_running", 5)
            change_state(row, AccountState.NEEDS_CONSENT, "renewal_interrupted")
            return NotPossible(NEEDS_CONSENT)
        row.refresh_started_at = now
        row.save(update_fields=["refresh_started_at"])
    return now


def _renew(account_key: int, mark: datetime) -> None:
    """Steps 3 and 4."""
    account = Account.objects.select_related("application").get(pk=account_key)
    keys = credentials_for(account)
    match oauth.renew(keys, keys["refresh_token"]):
        case oauth.TokenPair() as pair:
            _commit_pair(account_key, mark, pair)
        case oauth.TokenNotAsked(why=why):
            Account.objects.filter(pk=account_key, refresh_started_at=mark).update(refresh_started_at=None)
            raise TryAgain(f"zalo_away_{why}", 30)
        case oauth.TokenRefused(why=why):
            _ask_for_consent(account_key, mark, why)
            raise NotPossible(NEEDS_CONSENT)
        case oauth.TokenLost(why=why):
            _ask_for_consent(account_key, mark, f"renewal_lost_{why}")
            raise NotPossible(NEEDS_CONSENT)
        case reply:
            assert_never(reply)


def _commit_pair(account_key: int, mark: datetime, pair: oauth.TokenPair) -> None:
    with transaction.atomic(durable=True):
        row = Account.objects.select_for_update().get(pk=account_key)
        if row.refresh_started_at != mark:
            _log.warning("Account %s was given other tokens meanwhile; the renewed pair is dropped.", row.public_id)
            return
        keep_pair(row, pair)
        record(row.unit_id, "channel.tokens_renewed", actor_key=None, subject=f"account {row.public_id}")


def keep_pair(row: Account, pair: oauth.TokenPair) -> None:
    """Write a pair to a row the caller has locked."""
    row.sealed_tokens = sealed_tokens(pair.access_token, pair.refresh_token)
    life = timedelta(seconds=pair.life_s)
    # One that lives no longer would always be due: it is renewed when the platform refuses it.
    row.token_expires_at = clock.now() + life if life > 2 * RENEW_BEFORE_END else None
    row.refresh_started_at = None
    row.save(update_fields=["sealed_tokens", "token_expires_at", "refresh_started_at"])


def _ask_for_consent(account_key: int, mark: datetime, reason: str) -> None:
    with transaction.atomic(durable=True):
        row = Account.objects.select_for_update().get(pk=account_key)
        if row.refresh_started_at == mark:
            change_state(row, AccountState.NEEDS_CONSENT, reason)
