"""`binhyen evaluate-duplicates`: how well reports of one incident find each other, on a labelled file."""

import json
from pathlib import Path

import click

from binhyen.cli.evaluate import as_lines
from binhyen.language.duplicates_evaluation import evaluate_duplicates
from binhyen.language.evaluation_rows import RowError

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(name="evaluate-duplicates", short_help="Score the finding of reports of one incident.")
@click.argument("file", type=_FILE)
@click.option("--hard", type=_FILE, help="Pairs with a, b and same: alike in words, of one incident or not.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(file: Path, hard: Path | None, as_json: bool) -> None:
    """Score FILE, JSON lines with text, incident and optionally minutes after a common start."""
    try:
        figures = evaluate_duplicates(file, hard)
    except RowError as error:
        raise click.UsageError(str(error)) from error
    click.echo(json.dumps(figures) if as_json else as_lines(figures))
