"""`binhyen load-case`: one of the five published cases of the model as units with figures, day by day."""

import click

from binhyen.cli.django_setup import bring_up_to_date
from binhyen.cli.init import make_secret_key
from binhyen.cli.progress import show_days
from binhyen.core.configuration import configuration

NAMES = ("dong-hoi", "dak-lak", "dai-hong", "nam-tu-liem", "ha-tinh")


@click.command(short_help="Load a published case of the model, to look at its figures and review.")
@click.argument("case", type=click.Choice(NAMES), metavar="CASE")
@click.option(
    "--every", "every_days", default=1, show_default=True, type=click.IntRange(1, 366), help="Days a step goes on."
)
def command(case: str, every_days: int) -> None:
    """Load CASE. Ctrl+C stops after the day at hand; the same command goes on from there. Never into a serving unit."""
    make_secret_key(configuration().data_dir)
    configuration.cache_clear()
    bring_up_to_date()
    from binhyen.vault.keyring import create_keyring
    from binhyen.workflows.published_cases import Loading, cases, check_may_load

    check_may_load()
    create_keyring()
    loading = Loading(cases()[case], every_days)
    show_days(case, loading.steps(), len(loading.days))
    click.echo(f"{loading.top.name}: {len(loading.days)} days from {loading.days[0]:%d/%m/%Y}, /{loading.top.slug}/")
