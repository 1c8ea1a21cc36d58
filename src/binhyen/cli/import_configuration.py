"""`binhyen import-configuration`: take another unit's way of working over; what residents read waits for approval."""

from pathlib import Path

import click

from binhyen.cli.django_setup import start_django
from binhyen.core.errors import NotAllowed, NotPossible

_REASONS = {
    "file_too_large": "the file is larger than {limit} kB.",
    "file_not_yaml": "line {line} is not YAML, or refers to another place.",
    "configuration_format": "this is not a file of export-configuration.",
    "configuration_version": "the file has version {version}, this program reads version 1.",
    "configuration_part": "the part {part} is unknown or has another shape.",
}


@click.command(short_help="Take the configuration of another unit over; texts wait for approval.")
@click.argument("unit")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", "username", required=True, help="Administrator of the unit in whose name it is taken in.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
def command(unit: str, file: Path, username: str, dry_run: bool) -> None:
    """Take FILE into UNIT (its portal address). What is there stays; canned replies and procedures come as drafts."""
    start_django()
    from binhyen.units.models import Officer, Unit
    from binhyen.units.scope import scope_of
    from binhyen.workflows.unit_configuration_import import import_configuration, read_configuration

    found = Unit.objects.filter(slug=unit).first()
    officer = Officer.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise click.UsageError(f"no unit has the portal address {unit}. See: binhyen units list")
    if officer is None:
        raise click.UsageError(f"no active officer is called {username}.")
    try:
        lines = import_configuration(scope_of(officer), found, read_configuration(file.read_bytes()), dry_run=dry_run)
    except NotPossible as error:
        raise click.ClickException(f"{file}: {_REASONS[error.code].format(**error.facts)}") from error
    except NotAllowed as error:
        raise click.ClickException(f"{username} is not an administrator of {found.name}.") from error
    for line in lines:
        click.echo(f"{line.outcome:8} {line.part:11} {line.name}{f' ({line.why})' if line.why else ''}")
    counts = {
        outcome: sum(line.outcome == outcome for line in lines) for outcome in ("taken", "waits", "there", "refused")
    }
    told = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
    click.echo(f"{'would be: ' if dry_run else ''}{told}")
    if counts["waits"] and not dry_run:
        click.echo("What waits is approved in the console: canned replies by a leader, procedures by a second person.")
