"""Registering an app with its secrets, and changing them: sealed at once, never shown again (G42)."""

from dataclasses import dataclass, field

from django.db import transaction

from binhyen.audit.actions import record
from binhyen.channels.accounts import keys_for_application, last_four, sealed_keys
from binhyen.channels.models import Application
from binhyen.core.errors import NotPossible

SECRET_NAMES = ("app_secret", "oa_secret_key", "code_verifier")
"""Secrets of an app; a page may have a key of its own as "oa_secret_key:<oa_id>"."""
SETTING_NAMES = ("mac_first_term", "accepts_app_secret")
"""Switches for what sources disagree on (zalo section 11): "app_id" or "oa_id"; "yes" or "no"."""
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
    """Keep an app, or replace the secrets of the one with this id. Raises NotPossible("app_id" or "app_secrets")."""
    if not (keys.app_id.isascii() and keys.app_id.isdecimal() and len(keys.app_id) <= 30):
        raise NotPossible("app_id")
    if not keys.app_secret or not keys.oa_secret_key:
        raise NotPossible("app_secrets")
    found = {"app_secret": keys.app_secret, "oa_secret_key": keys.oa_secret_key, "code_verifier": keys.code_verifier}
    with transaction.atomic():
        application, is_new = Application.objects.update_or_create(
            connector="zalo_oa",
            external_id=keys.app_id,
            defaults={"sealed_keys": sealed_keys({name: value for name, value in found.items() if value})},
        )
        action = "channel.app_registered" if is_new else "channel.app_secrets_changed"
        record(unit_key, action, actor_key=actor_key, subject=f"application {application.public_id}")
    return application


def change_key(unit_key: int, application: Application, name: str, value: str, actor_key: int | None) -> None:
    """Set one secret or switch of the app. Raises NotPossible("key_name" or "key_value")."""
    is_page_key = name.startswith("oa_secret_key:") and name.removeprefix("oa_secret_key:").isdecimal()
    if name not in (*SECRET_NAMES, *SETTING_NAMES) and not is_page_key:
        raise NotPossible("key_name")
    if not value or value not in _VALUES.get(name, {value}):
        raise NotPossible("key_value")
    with transaction.atomic():
        row = Application.objects.select_for_update().get(pk=application.pk)
        kept = {key: old for key, old in keys_for_application(row).items() if _is_stored(key)}
        row.sealed_keys = sealed_keys({**kept, name: value})
        row.save(update_fields=["sealed_keys"])
        subject, facts = f"application {row.public_id}", {"name": name}
        record(unit_key, "channel.app_secrets_changed", actor_key=actor_key, subject=subject, facts=facts)


def shown_keys(application: Application) -> dict[str, str]:
    """What a settings page may show: last four characters of secrets, switches as they are."""
    found = keys_for_application(application)
    return {
        name: value if name in SETTING_NAMES else last_four(value) for name, value in found.items() if _is_stored(name)
    }


def _is_stored(name: str) -> bool:
    return name in (*SECRET_NAMES, *SETTING_NAMES) or name.startswith("oa_secret_key:")
