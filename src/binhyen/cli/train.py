"""`binhyen train`: builds the language model from the packaged data and the officers' corrections."""

import click

from binhyen.cli.django_setup import start_django


@click.command(short_help="Build the language model from the data, corrections included.")
def command() -> None:
    """Train on the packaged messages and on what officers corrected; the result is cached by content."""
    start_django()
    from binhyen.workflows.training import train_with_corrections

    click.echo(str(train_with_corrections()))
