"""`binhyen bring-in-figures`: totals a unit kept before this system, each with its source."""

from pathlib import Path

import click

from binhyen.cli.django_setup import start_django
from binhyen.core.errors import NotPossible
from binhyen.core.sheets import read_rows

_REASONS = {
    "import_size": "the list is larger than {limit_mb} MB.",
    "import_type": "the list is neither CSV nor XLSX.",
    "import_encoding": "the list is not UTF-8. Save it as CSV UTF-8.",
    "totals_head": "the first row has to be: ngay,ma_chi_so,so",
    "totals_day": "line {line}: the day is not one from {earliest} until today. Write it as 31/12/2024.",
    "totals_code": "line {line}: {text!r} is no figure that is added up. See --codes.",
    "totals_count": "line {line}: {text!r} is no whole number from 0 on.",
    "totals_twice": "line {line}: this day and figure stand in the list already.",
    "totals_none": "the list holds no figure.",
    "totals_source": "--source is empty. Name where the figures were read.",
}


def _print_codes(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if not value or context.resilient_parsing:
        return
    start_django()
    from binhyen.statistics.bringing_in import codes

    click.echo("\n".join(codes()))
    context.exit()


@click.command(short_help="Bring in totals from before this system, with their source.")
@click.argument("unit")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help='Where they were read, "Báo cáo tổng kết năm 2024".')
@click.option("--dry-run", is_flag=True, help="Only read and check the list.")
@click.option(
    "--codes", is_flag=True, is_eager=True, expose_value=False, callback=_print_codes, help="Print the codes."
)
def command(unit: str, file: Path, source: str, *, dry_run: bool) -> None:
    """Add the totals of FILE (CSV or XLSX: ngay, ma_chi_so, so) to the figures of UNIT (its portal address).

    A total of a longer time stands on its last day. The same list again changes nothing; a corrected number replaces
    the one of the same day, figure and source; 0 takes it away. Nothing is taken when one line is wrong.
    """
    start_django()
    from binhyen.statistics.bringing_in import bring_in, read_totals
    from binhyen.units.models import Unit

    found = Unit.objects.filter(slug=unit).first()
    if found is None:
        raise click.UsageError(f"no unit has the portal address {unit}. See: binhyen units list")
    try:
        totals = read_totals(read_rows(file.read_bytes(), file.name, from_top=True))
        changed = 0 if dry_run else bring_in(found, totals, source)
    except NotPossible as error:
        raise click.UsageError(f"{file.name}: {_REASONS[error.code].format(**error.facts)}") from None
    click.echo(f"{len(totals)} figures read, {changed} changed{' (dry run)' if dry_run else ''}.")
