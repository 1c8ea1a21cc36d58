"""`binhyen evaluate-swarm`: whether many reports of one event are noticed in time, on a stream of messages."""

import json
from pathlib import Path

import click

from binhyen.language.evaluation_rows import RowError
from binhyen.language.swarms_evaluation import evaluate_swarms


@click.command(name="evaluate-swarm", short_help="Score the notice of many reports of one event.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(file: Path, as_json: bool) -> None:
    """Score FILE, JSON lines with t_s (seconds), sender, text and optionally incident."""
    try:
        figures = evaluate_swarms(file)
    except RowError as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    for swarm in figures["swarms"]:
        click.echo(f"{swarm['incident']}: alert {swarm['delay_s']:.1f} s after the deciding message")
    click.echo(f"false alerts: {figures['false_alerts']}")
