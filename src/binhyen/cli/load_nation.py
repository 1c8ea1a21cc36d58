"""`binhyen load-nation`: an invented nation with years of roll-ups, to try the pages of figures on."""

import click

from binhyen.cli.django_setup import bring_up_to_date
from binhyen.cli.init import make_secret_key
from binhyen.cli.progress import show_days
from binhyen.core.configuration import configuration

ALL_COMMUNES = 3_321


@click.command(short_help="Invent a nation's figures, to try the pages on.")
@click.option("--communes", default=ALL_COMMUNES, show_default=True, type=click.IntRange(1, ALL_COMMUNES))
@click.option("--years", default=2, show_default=True, type=click.IntRange(1, 10))
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same figures.")
@click.option("--beside-real-units", is_flag=True, help="Load even where real units live.")
def command(communes: int, years: int, seed: int, *, beside_real_units: bool) -> None:
    """Fill roll-ups (no messages, reports or people) of invented units with whole months up to the last one.

    Beside a demo (BINHYEN_MODE=demo and its folder as BINHYEN_DATA_DIR) the demo's officer sees the nation at once.
    Ctrl+C stops after the months that are stored; the same command goes on from there.
    """
    make_secret_key(configuration().data_dir)
    configuration.cache_clear()
    bring_up_to_date()
    from binhyen.units.invitations import new_invitation
    from binhyen.vault.keyring import create_keyring
    from binhyen.workflows.invented_nation import InventedNation, Size, add_watcher, check_may_invent, show_in_demo

    is_demo = configuration().mode == "demo"
    check_may_invent(beside_real_units=beside_real_units or is_demo)
    create_keyring()
    nation = InventedNation(Size(communes, years, seed))
    show_days("load-nation", nation.steps(), len(nation.months), "%m/%Y")
    click.echo(f"{nation.top.name}: {communes} communes, {len(nation.months)} months. Only roll-ups were filled.")
    if is_demo:
        show_in_demo(nation.top)
        click.echo("Open Số liệu in the demo's console and choose the nation.")
        return
    click.echo("To look at the figures, open this address once and choose a passkey or a code app:")
    click.echo(f"{configuration().public_url}{new_invitation(add_watcher(nation.top))}")
    click.echo("Then: binhyen serve")
