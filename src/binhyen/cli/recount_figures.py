"""`binhyen recount-figures`: count days afresh from their rows, and say where the kept figures were something else."""

from datetime import date, datetime, timedelta

import click

from binhyen.cli.django_setup import start_django

MOST_SHOWN = 20
"""Lines of differences of one day."""
_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@click.command(short_help="Count days of figures afresh and say what was different.")
@click.option("--from", "first", type=_DAY, metavar="DAY", help="First day, 2026-11-01. Without: seven days ago.")
@click.option("--to", "last", type=_DAY, metavar="DAY", help="Last day. Without: yesterday.")
@click.option("--check", is_flag=True, help="Only compare; exit code 1 when a figure is different.")
def command(first: datetime | None, last: datetime | None, *, check: bool) -> None:
    """Count the days again from messages, cases, posts, groups and whatever else stands behind the figures.

    Anybody with this command line can hold the figures against their rows. Days older than 60 days are closed: what
    they were counted from may have been erased since.
    """
    start_django()
    from binhyen.core import clock
    from binhyen.statistics.rolling_up import LONGEST_LOOK_BACK, roll_up

    today = clock.today()
    start = first.date() if first else today - timedelta(days=7)
    end = last.date() if last else today - timedelta(days=1)
    earliest = today - LONGEST_LOOK_BACK
    if not earliest <= start <= end <= today:
        raise click.UsageError(f"the days have to lie between {earliest} and {today}, the first not after the last.")
    different = 0
    for day in (start + timedelta(days=step) for step in range((end - start).days + 1)):
        different += _told(day)
        if not check:
            roll_up(day)
    if check and different:
        raise click.ClickException(
            f"{different} figures are not what their rows give. Without --check they are mended."
        )


def _told(day: date) -> int:
    """Print what is different on the day; how many figures are."""
    from binhyen.statistics.recounting import differences_on
    from binhyen.units.models import Unit

    found = list(differences_on(day))
    click.echo(f"{day:%d/%m/%Y}: {f'{len(found)} different' if found else 'the same'}")
    names = dict(Unit.objects.filter(pk__in=[one.unit_id for one in found[:MOST_SHOWN]]).values_list("pk", "slug"))
    for one in found[:MOST_SHOWN]:
        click.echo(f"  {names.get(one.unit_id, '?')} {one.code}: kept {one.kept}, counted {one.counted}")
    if len(found) > MOST_SHOWN:
        click.echo(f"  and {len(found) - MOST_SHOWN} more")
    return len(found)
