"""`binhyen init`: the first unit and its first administrator."""

import re
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from binhyen.cli.data_folder import make_data_folder
from binhyen.cli.django_setup import bring_up_to_date
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible
from binhyen.core.sheets import read_rows
from binhyen.core.text import clean, fold
from binhyen.units.area_rows import ReadList, read_areas
from binhyen.units.hours_words import read_week

if TYPE_CHECKING:
    from binhyen.units.national import Commune
    from binhyen.workflows.seeding import NewUnit

T = TypeVar("T")


ADDRESS_FORMS = ("bà con", "bạn", "quý vị")
"""Values of `binhyen.units.models.Address`, which cannot be loaded before everything typed was checked."""


@click.command(short_help="Set up the first unit and its first administrator.")
@click.option("--commune", help="Name or national code of the commune; old names are found too.")
@click.option("--name", help='Full name of the unit, for example "Công an xã Thạch Hà".')
@click.option("--duty-phone", help="Number that answers day and night.")
@click.option("--admin", help="Sign-in name of the first administrator.")
@click.option("--admin-name", help="Name shown to colleagues.")
@click.option("--address", default="", help="Where residents come to.")
@click.option("--address-form", type=click.Choice(ADDRESS_FORMS), help="How the unit speaks to residents.")
@click.option(
    "--number",
    "numbers",
    multiple=True,
    help='Line of the directory, "Trưởng Công an xã=0912 000 000"; again for more.',
)
@click.option(
    "--hours", multiple=True, help='"T2-T6 07:30-11:30, 13:30-17:00"; again for other days; days not named are closed.'
)
@click.option(
    "--areas",
    "areas_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV or XLSX of hamlets: name, kind, households, inhabitants.",
)
@click.option("--no-api", is_flag=True, help="The Zalo page has no API package: officers work by the paste-in desk.")
def command(
    commune: str | None,
    name: str | None,
    duty_phone: str | None,
    admin: str | None,
    admin_name: str | None,
    address: str,
    address_form: str | None,
    numbers: tuple[str, ...],
    hours: tuple[str, ...],
    areas_file: Path | None,
    *,
    no_api: bool,
) -> None:
    """Set up the database, the keys, the first unit and its first administrator. Asks what is not given.

    Everything is checked before anything is made: what is wrong is said in one line, with exit code 2. Rows of the
    list of hamlets that cannot be taken are named and left out.
    """
    week = _told(lambda: read_week(hours)) if hours else []
    areas = _areas(areas_file) if areas_file else ReadList()
    directory = [_number(line) for line in numbers]
    place = _commune(commune or _ask("--commune", "Commune or ward (old names too)"))
    name = name or _ask("--name", "Name of the unit", f"Công an {place.name[0].lower()}{place.name[1:]}")
    name = checked_name("--name", name, 120)
    duty_phone = checked_phone(duty_phone or _ask("--duty-phone", "Number that answers day and night"))
    admin = checked_username(admin or _ask("--admin", "Sign-in name of the first administrator"))
    admin_name = checked_name("--admin-name", admin_name or _ask("--admin-name", "Name shown to colleagues"), 100)
    make_secret_key(configuration().data_dir)
    configuration.cache_clear()
    bring_up_to_date()
    from binhyen.units.invitations import new_invitation
    from binhyen.vault.keyring import create_keyring
    from binhyen.workflows.first_unit import UnitFacts, set_up_first_unit

    _check_ring_is_here()
    create_keyring()
    facts = UnitFacts(clean(address)[:200], address_form or "", no_api, week, areas, directory)
    unit, officer = set_up_first_unit(_new_unit(place, name, duty_phone), facts, admin, admin_name)
    if areas.areas:
        click.echo(f"{len(areas.areas)} hamlets taken from {areas_file}.")
    click.echo(f"{unit.name} is ready. The administrator opens this address once to choose a passkey or a code app:")
    click.echo(f"{configuration().public_url}{new_invitation(officer)}")
    click.echo("Then: binhyen serve")


def _check_ring_is_here() -> None:
    """Another key ring would open nothing of what is stored. Raises click.ClickException."""
    from binhyen.units.models import Unit
    from binhyen.vault.keyring import keyring_file

    if Unit.objects.exists() and not keyring_file().exists():
        raise click.ClickException(
            f"The key ring {keyring_file()} of this database is missing. Restore it from its own backup: with another "
            "one nothing that is stored could be opened."
        )


def _ask(option: str, question: str, default: str | None = None) -> str:
    try:
        answer: str = click.prompt(question, default=default)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        raise click.UsageError(f"{option} is missing, and nobody is there to be asked.") from None
    return answer


def _new_unit(place: "Commune", name: str, duty_phone: str) -> "NewUnit":
    from binhyen.workflows.seeding import NewUnit

    short_name = "Công an phường" if place.name.startswith("Phường") else "Công an xã"
    place_name = f"{place.name[0].lower()}{place.name[1:]}, {place.province[0].lower()}{place.province[1:]}"
    return NewUnit(name, short_name, place_name, f"{_slug(place.name)}-{place.code}", duty_phone, place.code)


def _told(read: Callable[[], T]) -> T:
    """The value read; raises UsageError in one line for what cannot be read."""
    try:
        return read()
    except NotPossible as error:
        raise click.UsageError(_WORDS[error.code].format(**error.facts)) from None


_WORDS = {
    "hours_odd": '{text!r} are no office hours. Write them like "T2-T6 07:30-11:30, 13:30-17:00".',
    "hours_overlap": "The office hours {text!r} overlap.",
    "hours_none": "No day is open. Give --hours for at least one day.",
    "import_size": "The list of hamlets is larger than {limit_mb} MB.",
    "import_type": "The list of hamlets is neither CSV nor XLSX.",
    "import_encoding": "The letters of the list of hamlets cannot be read. Save it as CSV UTF-8.",
    "import_rows": "The list of hamlets has more than {limit} rows.",
    "area_name_missing": "the name is missing",
    "area_number": "{value!r} is no number of households or inhabitants",
    "area_twice": "{name!r} stands in the list twice",
    "area_name_formula": "{value!r} is a formula, not a name",
    "area_kind": "{value!r} is no kind of hamlet",
    "area_total": "a line of totals",
    "area_person": "a number of a person; only counts belong here",
}


def _areas(file: Path) -> ReadList:
    """The hamlets of a file. Every row that cannot be taken is named; the good ones are kept."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{file} cannot be read: {error.strerror}.") from None
    found = _told(lambda: read_areas(read_rows(content, file.name, from_top=True)))
    named = [f"row {bad.line}, {_WORDS[bad.why.code].format(**bad.why.facts)}" for bad in found.bad]
    if not found.areas:
        raise click.UsageError(f"{file} names no hamlet that can be taken{': ' if named else '.'}{'; '.join(named)}")
    for line in named:
        click.echo(f"Left out of {file}: {line}", err=True)
    return found


def _number(line: str) -> tuple[str, str]:
    title, sign, phone = line.rpartition("=")
    if not sign or not clean(title):
        raise click.UsageError(f'{line!r} is no line of the directory. Write it like "Trưởng Công an xã=0912 000 000".')
    return clean(title)[:120], checked_phone(phone)


def make_secret_key(data_dir: Path) -> None:
    """Keep one random key in the data folder, readable by its owner alone."""
    make_data_folder(data_dir)
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


def checked_phone(number: str) -> str:
    """Digits of a Vietnamese number. Raises UsageError."""
    digits = re.sub(r"[ .\-()]", "", number)
    if not re.fullmatch(r"0\d{9,10}|1[19]\d{1,2}", digits):
        raise click.UsageError(f"{number!r} is not a telephone number. Write it like 0239 3 000 000.")
    return digits


def checked_name(option: str, words: str, most: int) -> str:
    """A name on one line, without invisible characters. Raises UsageError."""
    name = " ".join(clean(words).split())
    if not 0 < len(name) <= most:
        raise click.UsageError(f"{option} has {len(name)} characters; give 1 to {most}.")
    return name


def checked_username(name: str) -> str:
    """A sign-in name. Raises UsageError."""
    if not re.fullmatch(r"[a-z0-9._-]{3,60}", name):
        raise click.UsageError(f"{name!r} cannot be a sign-in name. Use 3 to 60 small letters, digits, dots or dashes.")
    return name


def _slug(name: str) -> str:
    return fold(name.split(" ", 1)[1]).replace(" ", "-")
