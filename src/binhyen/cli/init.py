"""`binhyen init`: the first unit and its first administrator."""

import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click

from binhyen.cli.django_setup import bring_up_to_date
from binhyen.core.configuration import configuration
from binhyen.core.text import fold

if TYPE_CHECKING:
    from binhyen.units.national import Commune


@click.command(short_help="Set up the first unit and its first administrator.")
@click.option("--commune", help="Name or national code of the commune; old names are found too.")
@click.option("--name", help='Full name of the unit, for example "Công an xã Thạch Hà".')
@click.option("--duty-phone", help="Number that answers day and night.")
@click.option("--admin", help="Sign-in name of the first administrator.")
@click.option("--admin-name", help="Name shown to colleagues.")
def command(
    commune: str | None, name: str | None, duty_phone: str | None, admin: str | None, admin_name: str | None
) -> None:
    """Set up the database, the keys, the first unit and its first administrator. Asks what is not given."""
    make_secret_key(configuration().data_dir)
    configuration.cache_clear()
    bring_up_to_date()
    from binhyen.units.invitations import new_invitation
    from binhyen.units.models import Role
    from binhyen.vault.keyring import create_keyring
    from binhyen.workflows.seeding import NewUnit, add_officer, set_up_unit

    create_keyring()
    place = _commune(commune or click.prompt("Commune or ward (old names too)"))
    name = name or click.prompt("Name of the unit", default=f"Công an {place.name[0].lower()}{place.name[1:]}")
    duty_phone = _phone(duty_phone or click.prompt("Number that answers day and night"))
    admin = _username(admin or click.prompt("Sign-in name of the first administrator"))
    admin_name = admin_name or click.prompt("Name shown to colleagues")
    short_name = "Công an phường" if place.name.startswith("Phường") else "Công an xã"
    place_name = f"{place.name[0].lower()}{place.name[1:]}, {place.province[0].lower()}{place.province[1:]}"
    slug = f"{_slug(place.name)}-{place.code}"
    unit = set_up_unit(NewUnit(name, short_name, place_name, slug, duty_phone, place.code))
    officer = add_officer(unit, admin, admin_name, [Role.UNIT_ADMINISTRATOR, Role.DUTY_OFFICER])
    click.echo(f"{unit.name} is ready. The administrator opens this address once to choose a passkey or a code app:")
    click.echo(f"{configuration().public_url}{new_invitation(officer)}")
    click.echo("Then: binhyen serve")


def make_secret_key(data_dir: Path) -> None:
    """Keep one random key in the data folder, readable by its owner alone."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = data_dir / "secret_key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="utf8")


def _commune(words: str) -> "Commune":
    from binhyen.units.national import commune_by_code, communes_named

    found = [commune_by_code(words)] if words.isdigit() else communes_named(words)
    exact = [commune for commune in found if commune and fold(words) in _short_names(commune)]
    found = exact if len(exact) == 1 else found
    if len(found) == 1 and found[0]:
        return found[0]
    if not found or not found[0]:
        raise click.UsageError(f"No commune is called {words!r}. Write its name, with the province if need be.")
    listed = "; ".join(f"{c.code} {c.name}, {c.province}" for c in found if c)
    raise click.UsageError(f"Several communes match {words!r}. Give the code of one: {listed}")


def _short_names(commune: "Commune") -> set[str]:
    """The present name with and without its kind, folded."""
    return {fold(commune.name), fold(commune.name.split(" ", 1)[1])}


def _phone(number: str) -> str:
    digits = re.sub(r"[ .\-()]", "", number)
    if not re.fullmatch(r"0\d{9,10}|1[19]\d{1,2}", digits):
        raise click.UsageError(f"{number!r} is not a telephone number. Write it like 0239 3 000 000.")
    return digits


def _username(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9._-]{3,60}", name):
        raise click.UsageError(f"{name!r} cannot be a sign-in name. Use 3 to 60 small letters, digits, dots or dashes.")
    return name


def _slug(name: str) -> str:
    return fold(name.split(" ", 1)[1]).replace(" ", "-")
