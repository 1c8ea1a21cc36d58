"""Rows for tests: a unit, an app and a page connected to the simulated Zalo."""

from datetime import timedelta

from binhyen.channels.accounts import sealed_tokens
from binhyen.channels.applications import AppKeys, register_application
from binhyen.channels.models import Account, Application
from binhyen.channels.tests.live import PAGE
from binhyen.core import clock
from binhyen.units.models import Unit, UnitKind
from binhyen.vault.keyring import create_keyring

KEYS = AppKeys("1000000000000000001", "AppSecretForTests01", "OaSecretKeyForTests01")


def new_unit(slug: str = "xa-a") -> Unit:
    """A commune's unit; makes the key ring when there is none."""
    create_keyring()
    return Unit.objects.create(kind=UnitKind.COMMUNE_POLICE, name=f"Công an {slug}", short_name="Công an xã", slug=slug)


def new_application(unit: Unit) -> Application:
    """The simulator's app."""
    return register_application(unit.pk, KEYS, actor_key=None)


def new_page(unit: Unit, access_token: str, refresh_token: str, hours_left: float = 4) -> Account:
    """A page whose access token has so many hours left."""
    return Account.objects.create(
        unit=unit,
        connector="zalo_oa",
        application=new_application(unit),
        external_id=PAGE,
        sealed_tokens=sealed_tokens(access_token, refresh_token),
        token_expires_at=clock.now() + timedelta(hours=hours_left),
    )
