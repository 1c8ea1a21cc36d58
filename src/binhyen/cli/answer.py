"""`binhyen answer`: what a resident would get, without storing anything."""

import json

import click

from binhyen.cli.django_setup import start_django


@click.command(short_help="Print what a resident would get for a message.")
@click.argument("text")
@click.option("--unit", default="", help="Address name of the unit; default the demo's first unit.")
@click.option("--after", default="", metavar="PROCEDURE", help="Procedure just discussed, for follow-up questions.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(text: str, unit: str, after: str, as_json: bool) -> None:
    """Print the answer to TEXT, a message in everyday Vietnamese. Nothing is stored or sent."""
    if not text.strip():
        raise click.UsageError("TEXT is empty; write the message in quotes.")
    start_django()
    from binhyen.workflows.answering import preview

    shown = preview(text, unit_slug=unit, procedure=after)
    if as_json:
        click.echo(json.dumps(shown.as_dict(), ensure_ascii=False))
        return
    click.echo(click.style(f"[{shown.kind} · {shown.band} · {shown.danger}]", dim=True), err=True)
    for reply in shown.replies:
        click.echo(reply.text)
        for button in reply.buttons:
            click.echo(f"  [ {button.title} ]")
        click.echo()
