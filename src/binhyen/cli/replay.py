"""`binhyen replay`: works recorded webhook calls again, for support and for trying a new version."""

import json
from collections import Counter
from pathlib import Path

import click
from rich.progress import track

from binhyen.cli.django_setup import start_django


@click.command(short_help="Work recorded webhook calls again from a file.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--connector", default="zalo_oa", show_default=True, help="Connector that reads the calls.")
@click.option("--store", is_flag=True, help="Store the calls in the intake queue; without it they are only read.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(file: Path, connector: str, store: bool, as_json: bool) -> None:
    """Read FILE, one JSON body a line, and count what each call means. Repeated calls change nothing."""
    start_django()
    from binhyen.channels.registry import connector_for

    reader = connector_for(connector)
    if reader is None:
        raise click.UsageError(f"There is no connector {connector!r}.")
    bodies = _bodies(file)
    counts = Counter(
        type(event).__name__ for body in track(bodies, "Reading", disable=as_json) for event in reader.read(body)
    )
    if store:
        from binhyen.workflows.replaying import store_calls

        counts["stored"] = store_calls(connector, bodies)
    click.echo(json.dumps(counts) if as_json else "\n".join(f"{name:20} {n}" for name, n in counts.most_common()))


def _bodies(file: Path) -> list[bytes]:
    """Raw bodies; a line that is not a JSON object is named. Raises click.UsageError."""
    bodies = []
    for number, line in enumerate(file.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            is_object = isinstance(json.loads(line), dict)
        except (ValueError, RecursionError):
            is_object = False
        if not is_object:
            raise click.UsageError(f"{file.name}, line {number} is not a JSON object.")
        bodies.append(line)
    return bodies
