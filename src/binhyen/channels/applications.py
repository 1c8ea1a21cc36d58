"""Registering an app with its secrets, and changing them: sealed at once, never shown again (G42)."""

from dataclasses import dataclass, field

from django.db import transaction

from binhyen.audit.actions import record
from binhyen.channels.accounts import keys_for_application, last_four, sealed_keys
from binhyen.channels.models import Application
from binhyen.channels.zalo_oa import oauth
from binhyen.core.errors import NotPossible

SECRET_NAMES = ("app_secret", "oa_secret_key", "code_verifier")
"""Secrets of an app; a page may have a key of its own as "oa_secret_key:<oa_id>"."""
SETTING_NAMES = ("mac_first_term", "accepts_app_secret")
"""Switches for what sources disagree on (zalo section 11): "app_id" or "oa_id"; "yes" or "no"."""
_DEFAULTS = {"mac_first_term": "app_id", "accepts_app_secret": "no"}
_VALUES = {"mac_first_term": {"app_id", "oa_id"}, "accepts_app_secret": {"yes", "no"}}


@dataclass(frozen=True, slots=True)
class AppKeys:
    """What an administrator copies from the platform's developer console."""

    app_id: str
    app_secret: str = field(repr=False)
    oa_secret_key: str = field(repr=False)
    code_verifier: str = field(default="", repr=False)
    """Only where the console fixes the consent link with a challenge of its own; else each consent makes one."""


def register_application(unit_key: int, keys: AppKeys, actor_key: int | None) -> Application:
    """Keep an app, or replace the secrets of the one with this id; keys of single pages and switches stay.

    Raises NotPossible("app_id" or "app_secrets").
    """
    if not (keys.app_id.isascii() and keys.app_id.isdecimal() and len(keys.app_id) <= 30):
        raise NotPossible("app_id")
    if not keys.app_secret or not keys.oa_secret_key:
        raise NotPossible("app_secrets")
    found = {"app_secret": keys.app_secret, "oa_secret_key": keys.oa_secret_key, "code_verifier": keys.code_verifier}
    with transaction.atomic():
        known = Application.objects.select_for_update().filter(connector="zalo_oa", external_id=keys.app_id).first()
        application = known or Application(connector="zalo_oa", external_id=keys.app_id)
        kept = _stored(known) if known else {}
        application.sealed_keys = sealed_keys({**kept, **{name: value for name, value in found.items() if value}})
        application.save()
        action = "channel.app_secrets_changed" if known else "channel.app_registered"
        record(unit_key, action, actor_key=actor_key, subject=f"application {application.public_id}")
    return application


def change_key(unit_key: int, application: Application, name: str, value: str, actor_key: int | None) -> None:
    """Set one secret or switch of the app; an empty verifier is forgotten.

    Raises NotPossible("key_name" or "key_value").
    """
    is_page_key = name.startswith("oa_secret_key:") and name.removeprefix("oa_secret_key:").isdecimal()
    if name not in (*SECRET_NAMES, *SETTING_NAMES) and not is_page_key:
        raise NotPossible("key_name")
    if value not in _VALUES.get(name, {value}) or (not value and name != "code_verifier"):
        raise NotPossible("key_value")
    with transaction.atomic():
        row = Application.objects.select_for_update().get(pk=application.pk)
        changed = {**_stored(row), name: value}
        row.sealed_keys = sealed_keys({key: each for key, each in changed.items() if each})
        row.save(update_fields=["sealed_keys"])
        subject, facts = f"application {row.public_id}", {"name": name}
        record(unit_key, "channel.app_secrets_changed", actor_key=actor_key, subject=subject, facts=facts)


def fix_challenge(unit_key: int, application: Application, actor_key: int | None) -> None:
    """From now on every consent uses one verifier, for a console that keeps the challenge itself (zalo section 1.1)."""
    change_key(unit_key, application, "code_verifier", oauth.new_verifier(), actor_key)


def fixed_challenge(application: Application) -> str:
    """What the platform's console has to hold then, "" while each consent makes its own. No secret."""
    verifier = keys_for_application(application).get("code_verifier", "")
    return oauth.challenge_of(verifier) if verifier else ""


def switches_of(application: Application) -> dict[str, str]:
    """The switches as they are, those never set too."""
    found = keys_for_application(application)
    return {name: found.get(name) or default for name, default in _DEFAULTS.items()}


def shown_keys(application: Application) -> dict[str, str]:
    """What a settings page may show of the secrets: their last four characters."""
    found = _stored(application)
    return {name: last_four(value) for name, value in found.items() if name not in SETTING_NAMES}


def _stored(application: Application) -> dict[str, str]:
    return {name: value for name, value in keys_for_application(application).items() if _is_stored(name)}


def _is_stored(name: str) -> bool:
    return name in (*SECRET_NAMES, *SETTING_NAMES) or name.startswith("oa_secret_key:")
