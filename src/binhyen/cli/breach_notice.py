"""`binhyen breach-notice`: the draft that has to reach the authority within 72 hours."""

from datetime import datetime
from pathlib import Path

import click

from binhyen.cli.django_setup import start_django


@click.command(name="breach-notice", short_help="Draft the notice of a data breach that has to go out within 72 hours.")
@click.argument("unit")
@click.option("--discovered", required=True, help="When it was found, time of Vietnam: 2026-11-28T08:30")
@click.option("--what", required=True, help="What happened, in one or two sentences of Vietnamese.")
@click.option("--measures", default="", help="What has been done already.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file instead of the screen.")
def command(unit: str, discovered: str, what: str, measures: str, out: Path | None) -> None:
    """Draft for UNIT (its address on the portal) with every field filled from this installation."""
    start_django()
    from binhyen.core import clock
    from binhyen.core.errors import NotPossible
    from binhyen.units.models import Unit
    from binhyen.workflows.breach import draft_breach_notice

    try:
        found_at = datetime.fromisoformat(discovered)
    except ValueError:
        raise click.UsageError("--discovered is a time like 2026-11-28T08:30") from None
    found_at = found_at if found_at.tzinfo else found_at.replace(tzinfo=clock.VIETNAM)
    if found_at > clock.now():
        raise click.UsageError("--discovered lies in the future")
    row = Unit.objects.filter(slug=unit).first()
    if row is None:
        raise click.UsageError(f"no unit has the address {unit!r}")
    try:
        fields = draft_breach_notice(row, found_at, what, measures)
    except NotPossible:
        raise click.UsageError("--what is empty") from None
    lines = ["THÔNG BÁO VI PHẠM BẢO VỆ DỮ LIỆU CÁ NHÂN (bản thảo)", ""]
    lines += [f"{number}. {field.title}: {field.text}" for number, field in enumerate(fields, start=1)]
    text = "\n".join(lines) + "\n"
    if out:
        out.write_text(text, encoding="utf8")
        click.echo(f"{out}: {len(fields)} fields. Read, sign, send.")
    else:
        click.echo(text)
