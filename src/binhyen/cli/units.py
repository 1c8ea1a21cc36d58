"""`binhyen units`: the tree of units, and reorganisations such as that of 2025-07-01."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from binhyen.cli.django_setup import start_django
from binhyen.cli.init import checked_name, checked_phone, checked_username
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible
from binhyen.core.sheets import read_rows
from binhyen.core.text import clean, fold

if TYPE_CHECKING:
    from binhyen.units.models import Reorganisation, Unit

SUPERIOR_KINDS = ("ministry", "province_police", "district_police", "police_post")
"""Values of `UnitKind` without communes, which cannot be loaded before Django is set up."""

_REASONS = {
    "unit_closed": "{name} was closed by an earlier reorganisation.",
    "unit_into_itself": "A unit cannot go into itself.",
    "unit_name_missing": "Give the new name.",
    "unit_below_itself": "A unit cannot stand below itself.",
    "slug_taken": "The portal address {slug} is in use. Choose another.",
    "area_unknown": "The unit has no area called {name!r}.",
    "area_unassigned": "These areas have no unit yet: {names}. Add them to the file of areas.",
    "reorganisation_undone": "It has been undone already.",
    "reorganisation_built_upon": "A later reorganisation of these units builds on it. Undo that one first.",
    "reorganisation_has_dependents": "{count} conversations or cases came since: it can no longer be undone.",
}


_TAKES_ANY_NUMBER = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""The number of a reorganisation may begin with a dash."""


@click.group(short_help="The tree of units; add, merge, split, rename, undo.")
def command() -> None:
    """Show the tree of units and carry out reorganisations. Units are named by their portal address."""
    start_django()


@command.command("list")
def list_units() -> None:
    """Print the tree, closed units marked."""
    from binhyen.units.models import Unit

    for unit in Unit.objects.order_by("path"):
        depth = unit.path.count("/") - 2
        closed = f"  closed {unit.closed_on:%d/%m/%Y}" if unit.closed_on else ""
        click.echo(f"{'  ' * depth}{unit.slug}  {unit.name}{closed}")


@command.command("add")
@click.option("--kind", type=click.Choice(SUPERIOR_KINDS), required=True, help="Communes are set up by: binhyen init")
@click.option("--name", required=True, help='Full name, for example "Công an tỉnh Hà Tĩnh".')
@click.option("--duty-phone", required=True, help="Number of its duty desk, day and night.")
@click.option("--admin", required=True, help="Sign-in name of its administrator; an existing account gains the unit.")
@click.option("--admin-name", default="", help="Name shown to colleagues.")
@click.option("--below", help="Portal address of the unit above it; without it the unit stands at the top.")
@click.option("--address", "slug", default="", help="Portal address; made of the name when not given.")
def add_unit(kind: str, name: str, duty_phone: str, admin: str, admin_name: str, below: str | None, slug: str) -> None:
    """Add a ministry, province, former district or post; its duty desk is called when units below it do not answer."""
    from allauth.mfa.models import Authenticator

    from binhyen.units.invitations import new_invitation
    from binhyen.workflows.first_unit import set_up_superior_unit
    from binhyen.workflows.seeding import NewUnit

    name = checked_name("--name", name, 120)
    slug = _address(slug or "-".join(fold(name).split())[:60].strip("-"))
    phone, admin = checked_phone(duty_phone), checked_username(admin)
    new = NewUnit(name, name[:60], "", slug, phone, kind=kind)
    admin_name = checked_name("--admin-name", admin_name or admin, 100)
    try:
        unit, officer = set_up_superior_unit(new, _unit(below) if below else None, admin, admin_name)
    except NotPossible as error:
        raise _said(error) from error
    click.echo(f"{unit.name} stands {'below ' + below if below else 'at the top'}; its portal address is {slug}.")
    if not Authenticator.objects.filter(user=officer).exists():
        click.echo("The administrator opens this address once to choose a passkey or a code app:")
        click.echo(f"{configuration().public_url}{new_invitation(officer)}")


@command.command("place")
@click.argument("slug")
@click.option("--below", help="Portal address of the superior unit; without it the unit stands at the top.")
def place_unit(slug: str, below: str | None) -> None:
    """Put a unit, with everything below it, under another one."""
    from binhyen.units.tree import place

    unit, parent = _unit(slug), _unit(below) if below else None
    if closed := next((one for one in (unit, parent) if one and one.closed_on), None):
        raise _said(NotPossible("unit_closed", name=closed.name))
    try:
        place(unit, parent)
    except NotPossible as error:
        raise _said(error) from error
    click.echo(f"{slug} stands {'below ' + below if below else 'at the top'}.")


@command.command("merge")
@click.argument("old", nargs=-1, required=True)
@click.option("--into", "into_slug", required=True, help="Portal address of the unit that takes over.")
@click.option("--dry-run", is_flag=True, help="Say what would be done and change nothing.")
def merge_units(old: tuple[str, ...], into_slug: str, dry_run: bool) -> None:
    """Close OLD units; --into takes over areas, numbers, staff and names."""
    from binhyen.units.reorganising import merge

    try:
        done = merge([_unit(slug) for slug in dict.fromkeys(old)], _unit(into_slug), dry_run=dry_run)
    except NotPossible as error:
        raise _said(error) from error
    _report(done, dry_run)


@command.command("split")
@click.argument("old")
@click.option("--into", "slugs", multiple=True, required=True, help="Portal address of a successor; give it twice.")
@click.option("--areas", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True)
@click.option("--staff-to", help="Successor that takes over staff and numbers; the first one when not given.")
@click.option("--dry-run", is_flag=True, help="Say what would be done and change nothing.")
def split_unit(old: str, slugs: tuple[str, ...], file: Path, staff_to: str | None, dry_run: bool) -> None:
    """Close OLD. The CSV or Excel file of --areas has two columns: area, portal address of its new unit."""
    from binhyen.units.reorganising import split

    into = {slug: _unit(slug) for slug in slugs}
    areas = _areas_of(file, _unit(old), into)
    target = into.get(staff_to or slugs[0])
    if target is None:
        raise click.UsageError(f"--staff-to must be one of {', '.join(into)}.")
    try:
        done = split(_unit(old), list(into.values()), areas, target, dry_run=dry_run)
    except NotPossible as error:
        raise _said(error) from error
    _report(done, dry_run)


def _areas_of(file: Path, old: "Unit", into: "dict[str, Unit]") -> "dict[str, Unit]":
    """New units by the names of areas; names are found with marks or without. Raises UsageError with every bad line."""
    from binhyen.units.area_rows import KnownNames

    try:
        rows = read_rows(file.read_bytes(), file.name, from_top=True)
    except NotPossible:
        raise click.UsageError(f"{file} is no CSV or Excel file that can be read. Save it as CSV UTF-8.") from None
    known = KnownNames[str]()
    for name in old.areas.values_list("name", flat=True):
        known.add(name, name)
    areas, bad = {}, []
    for number, row in enumerate(rows, start=1):
        area, slug = ([clean(str(cell)) for cell in row] + ["", ""])[:2]
        if slug in into and area:
            areas[known.same_as(area) or area] = into[slug]
        elif area or slug:
            bad.append(f"line {number}, {area or 'no area'}: {slug or 'no unit'}")
    if bad:
        raise click.UsageError(f"{file}: write the area and one of {', '.join(into)}. Wrong: {'; '.join(bad)}.")
    return areas


@command.command("rename")
@click.argument("slug")
@click.option("--name", required=True, help="New full name.")
@click.option("--short-name", default="", help="What it calls itself from now on.")
@click.option("--address", "new_slug", default="", help="New portal address.")
@click.option("--dry-run", is_flag=True, help="Say what would be done and change nothing.")
def rename_unit(slug: str, name: str, short_name: str, new_slug: str, dry_run: bool) -> None:
    """Give a unit another name; the old name and address keep answering."""
    from binhyen.units.reorganising import rename

    try:
        name = checked_name("--name", name, 120)
        short_name = checked_name("--short-name", short_name, 60) if short_name else ""
        done = rename(_unit(slug), name, short_name, _address(new_slug) if new_slug else "", dry_run=dry_run)
    except NotPossible as error:
        raise _said(error) from error
    _report(done, dry_run)


@command.command("undo", context_settings=_TAKES_ANY_NUMBER)
@click.argument("number")
def undo_reorganisation(number: str) -> None:
    """Take a reorganisation back, while nothing new depends on it. NUMBER was printed by it."""
    from binhyen.cases.models import Case
    from binhyen.inbox.models import Contact
    from binhyen.units.models import Reorganisation
    from binhyen.units.reorganising import undo

    row = Reorganisation.objects.filter(public_id=number).first()
    if row is None:
        raise click.UsageError(f"No reorganisation has the number {number}.")
    units = row.facts["units"]
    newer = Contact.objects.filter(unit_id__in=units, created_at__gt=row.at).count()
    newer += Case.objects.filter(unit_id__in=units, received_at__gt=row.at).count()
    try:
        undo(row, 0 if row.kind == "rename" else newer)
    except NotPossible as error:
        raise _said(error) from error
    click.echo("Everything is as it was.")


def _address(slug: str) -> str:
    """A portal address that can be typed and hides no page. Raises UsageError."""
    from django.urls import Resolver404, resolve

    try:
        leads_home = bool(re.fullmatch(r"[a-z0-9-]{2,60}", slug)) and resolve(f"/{slug}/").url_name == "home"
    except Resolver404:
        leads_home = False
    if not leads_home or slug == "hooks":
        raise click.UsageError(
            f"{slug!r} cannot be a portal address. Use 2 to 60 small letters without marks, digits and dashes; "
            "names of the portal's own pages are taken."
        )
    return slug


def _unit(slug: str) -> "Unit":
    from binhyen.units.models import Unit

    unit = Unit.objects.filter(slug=slug).first()
    if unit is None:
        raise click.UsageError(f"No unit has the portal address {slug!r}. See: binhyen units list")
    return unit


def _said(error: NotPossible) -> click.ClickException:
    return click.ClickException(_REASONS.get(error.code, error.code).format(**error.facts))


def _report(done: "Reorganisation", dry_run: bool) -> None:
    for line in done.report:
        click.echo(f"- {line}")
    if dry_run:
        click.echo("Nothing was changed (--dry-run).")
    else:
        click.echo(f"Done. To take it back: binhyen units undo {done.public_id}")
