"""`binhyen train`: builds the language models from the packaged data and the officers' corrections."""

import click

from binhyen.cli.django_setup import start_django


@click.command(short_help="Build the language model from the data, corrections included.")
def command() -> None:
    """Train the model of questions, corrections included, and the second look at drafts; cached by content."""
    start_django()
    from binhyen.language.publication.meaning import train_meaning
    from binhyen.workflows.training import train_with_corrections

    click.echo(str(train_with_corrections()))
    click.echo(str(train_meaning()))
