"""`binhyen evaluate-pii`: how well personal data is found, on a labelled file."""

import json
from pathlib import Path

import click

from binhyen.cli.evaluate import as_lines
from binhyen.language.evaluation_rows import RowError
from binhyen.language.personal_data_evaluation import evaluate_personal_data


@click.command(name="evaluate-pii", short_help="Score the finding of personal data against a labelled file.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(file: Path, as_json: bool) -> None:
    """Score FILE, JSON lines with text and spans [type, start, end]."""
    try:
        figures = evaluate_personal_data(file)
    except RowError as error:
        raise click.UsageError(str(error)) from error
    figures.pop("errors", None)
    click.echo(json.dumps(figures, ensure_ascii=False) if as_json else as_lines(figures))
