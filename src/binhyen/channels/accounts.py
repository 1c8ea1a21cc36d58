"""What a connector needs to work for an account: secrets opened from the vault, addresses from the settings."""

import json
from collections.abc import Mapping

from binhyen.channels.connector import Credentials
from binhyen.channels.models import Account, Application
from binhyen.core.configuration import configuration
from binhyen.vault.keyring import keyed_hash, seal, unseal

KEYS_PURPOSE = "channel.keys"
TOKENS_PURPOSE = "channel.tokens"


def sealed_keys(keys: Mapping[str, str]) -> bytes:
    """Value for `Application.sealed_keys`."""
    return seal(KEYS_PURPOSE, json.dumps(dict(keys)).encode())


def sealed_tokens(access_token: str, refresh_token: str) -> bytes:
    """Value for `Account.sealed_tokens`."""
    return seal(TOKENS_PURPOSE, json.dumps({"access_token": access_token, "refresh_token": refresh_token}).encode())


def keys_for_application(application: Application) -> Credentials:
    """What the door needs to verify calls for any page of the app."""
    found: dict[str, str] = json.loads(unseal(KEYS_PURPOSE, bytes(application.sealed_keys)))
    settings = configuration()
    return {
        "accepts_app_secret": "no",
        **found,
        "app_id": application.external_id,
        "api_url": settings.zalo_api_url,
        "oauth_url": settings.zalo_oauth_url,
    }


def keys_for_house_account(account: Account) -> Credentials:
    """Keys of a portal or desk, derived from the key ring: nothing to store, nothing to lose."""
    return {"mac_key": keyed_hash("channel.house", account.public_id), "account": account.external_id}


def credentials_for(account: Account) -> Credentials:
    """Everything the account's connector may ask for, to verify and to send. Never log it."""
    if account.application is None:
        return keys_for_house_account(account)
    tokens: dict[str, str] = {}
    if account.sealed_tokens:
        tokens = json.loads(unseal(TOKENS_PURPOSE, bytes(account.sealed_tokens)))
    return {**keys_for_application(account.application), **tokens, "account": account.external_id}


def last_four(secret: str) -> str:
    """What a page may show of a secret: at most its last four characters, none of a short one (G42)."""
    return f"…{secret[-4:]}" if len(secret) >= 16 else "…"
