"""`binhyen verify-audit`: is every chain of who did what whole, and as it was when it was anchored?"""

import json
from pathlib import Path

import click

from binhyen.cli.django_setup import start_django


@click.command(name="verify-audit", short_help="Check that nobody changed or cut the record of who did what.")
@click.option(
    "--anchor", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="An anchor file kept outside."
)
@click.option("--line", is_flag=True, help="Print the line of the latest anchor, to compare with one on paper.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(anchor: Path | None, line: bool, as_json: bool) -> int:
    """Walk all chains. Exit 1 and the first bad row of each when something is wrong."""
    start_django()
    from binhyen.audit import anchors, guards
    from binhyen.audit.verification import verify_all

    if line:
        latest = anchors.latest_anchor()
        click.echo(anchors.printable(latest) if latest else "no anchor has been made yet: the worker makes one a day")
        return 0 if latest else 1
    walked = list(verify_all())
    bad = [found for _, _, found in walked if found]
    if anchor:
        bad += anchors.compare_with_file(anchor).bad
    guarded = guards.are_up()
    if as_json:
        rows = sum(count for _, count, _ in walked)
        click.echo(
            json.dumps({"chains": len(walked), "rows": rows, "guarded": guarded, "bad": [str(one) for one in bad]})
        )
    else:
        for unit_key, count, found in walked:
            click.echo(f"unit {unit_key}: {count} rows, {'whole' if found is None else 'NOT WHOLE'}")
        for one in bad:
            click.echo(f"WRONG: {one}", err=True)
        if not guarded:
            click.echo(
                "WRONG: the database triggers that refuse changes are not in place; run migrations again", err=True
            )
    return 1 if bad or not guarded else 0
