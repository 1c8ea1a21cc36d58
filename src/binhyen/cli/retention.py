"""`binhyen retention`: what is kept how long, what is due, and erasing it now instead of tonight."""

import json

import click

from binhyen.cli.django_setup import start_django


@click.command(short_help="List what is due to be erased, or erase it.")
@click.option("--dry-run", is_flag=True, help="Change nothing, only list.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(dry_run: bool, as_json: bool) -> None:
    """List every kind of data with its period and what is due; without --dry-run also erase it."""
    start_django()
    from binhyen.workflows.retention import erase_due, outlook

    rows = outlook()
    erased = {} if dry_run else erase_due()
    if as_json:
        told = [
            {
                "data": one.keeping.data,
                "keep": one.keeping.keep.value,
                "unit": one.keeping.keep.unit,
                "after": one.keeping.after,
                "then": one.keeping.then,
                "before": one.before.isoformat() if one.before else None,
                "due": one.due,
                "erased": erased.get(one.keeping.data, 0),
            }
            for one in rows
        ]
        click.echo(json.dumps({"dry_run": dry_run, "retention": told}))
        return
    for one in rows:
        period = f"{one.keeping.keep.value} {one.keeping.keep.unit} after {one.keeping.after}"
        state = (
            one.means
            if one.due is None
            else f"{one.due} due"
            if dry_run
            else f"{erased.get(one.keeping.data, 0)} erased"
        )
        click.echo(f"{one.keeping.data:28} {period:45} {one.keeping.then:28} {state}")
