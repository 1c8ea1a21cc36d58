"""`binhyen bench`: speed as a ratio to the bare engine of the same run."""

import importlib
import inspect
import json
import sys
from pathlib import Path

import click

from binhyen.cli.evaluate import as_lines

BENCHES = ("hooks", "inbox", "outreach", "pipeline", "printing", "reports", "send", "start", "statistics")
"""Names of the modules in bench/, which comes with a source checkout."""
MODULES = {"statistics": "figures"}
"""Where the module has another name, since this one is Python's own."""


@click.command(short_help="Measure speed against the bare engine of the same run.")
@click.argument("name", type=click.Choice(BENCHES))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--full", is_flag=True, help="The whole number of rows instead of a share of it; takes minutes.")
def command(name: str, as_json: bool, full: bool) -> None:
    """Run the benchmark NAME: within 50 seconds, statistics within two minutes; with --full as long as it takes."""
    root = Path(__file__).resolve().parents[3]
    if not (root / "bench" / f"{MODULES.get(name, name)}.py").is_file():
        raise click.ClickException("Benchmarks come with a source checkout, not with the installed package.")
    sys.path.insert(0, str(root))
    run = importlib.import_module(f"bench.{MODULES.get(name, name)}").run
    if full and "full" not in inspect.signature(run).parameters:
        raise click.UsageError(f"{name} is whole already: it has no --full.")
    figures = run(full=True) if full else run()
    click.echo(json.dumps(figures) if as_json else as_lines(figures))
