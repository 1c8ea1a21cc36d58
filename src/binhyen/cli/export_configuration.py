"""`binhyen export-configuration`: how a unit works, as one file without any data of residents or officers."""

from pathlib import Path

import click

from binhyen.cli.django_setup import start_django


@click.command(short_help="Write a unit's configuration to a file, without residents or officers.")
@click.argument("unit")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(unit: str, file: Path) -> None:
    """Write hours, topics, canned replies, macros and own words on procedures of UNIT (its portal address) to FILE."""
    start_django()
    from binhyen.units.models import Unit
    from binhyen.workflows.unit_configuration import export_configuration

    found = Unit.objects.filter(slug=unit).first()
    if found is None:
        raise click.UsageError(f"no unit has the portal address {unit}. See: binhyen units list")
    if file.exists():
        raise click.UsageError(f"{file} is there already; choose another name.")
    exported = export_configuration(found)
    file.write_text(exported.text, encoding="utf8")
    click.echo(f"{file}: configuration of {found.name}")
    for part, name in exported.left_out:
        click.echo(f"left out, somebody could be recognised: {part}: {name}")
