"""`binhyen answer`: what a resident would get, without storing anything."""

import json
import os
import secrets
from typing import TYPE_CHECKING

import click

from binhyen.cli.django_setup import start_django
from binhyen.core.configuration import configuration

if TYPE_CHECKING:
    from binhyen.workflows.decision import UnitFacts


@click.command(short_help="Print what a resident would get for a message.")
@click.argument("text")
@click.option("--unit", default="", help="Address name of the unit; default the demo's first unit.")
@click.option("--after", default="", metavar="PROCEDURE", help="Procedure just discussed, for follow-up questions.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(text: str, unit: str, after: str, as_json: bool) -> None:
    """Print the answer to TEXT, a message in everyday Vietnamese. Nothing is stored or sent."""
    if not text.strip():
        raise click.UsageError("TEXT is empty; write the message in quotes.")
    if not configuration().secret_key:
        # Nothing is signed or stored here, so the command also works before `init`.
        os.environ["BINHYEN_SECRET_KEY"] = secrets.token_urlsafe(50)
        configuration.cache_clear()
    start_django()
    from binhyen.procedures.queries import catalogue
    from binhyen.workflows.preview import preview

    if after and catalogue().procedure(after) is None:
        raise click.UsageError(f"There is no procedure {after!r}.")
    shown = preview(text, _unit(unit), procedure=after)
    if as_json:
        click.echo(json.dumps(shown.as_dict(), ensure_ascii=False))
        return
    click.echo(click.style(f"[{shown.kind} · {shown.band} · {shown.danger}]", dim=True), err=True)
    for reply in shown.replies:
        click.echo(reply.text)
        for button in reply.buttons:
            click.echo(f"  [ {button.title} ]")
        click.echo()


def _unit(slug: str) -> "UnitFacts":
    """Facts of the unit asked for, of the first one, or of no unit in particular before `init`."""
    from django.db import OperationalError, ProgrammingError

    from binhyen.language.places import Gazetteer
    from binhyen.units.models import Unit
    from binhyen.workflows.decision import UnitFacts

    try:
        found = Unit.objects.filter(slug=slug).first() if slug else Unit.objects.order_by("id").first()
    except (OperationalError, ProgrammingError):
        found = None
    if found:
        return UnitFacts.of(found)
    if slug:
        raise click.UsageError(f"There is no unit {slug!r} on this installation.")
    return UnitFacts(0, "Công an xã", "Công an xã", "bà con", "", "", "", "", True, (), (), Gazetteer([]))
