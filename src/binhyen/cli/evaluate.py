"""`binhyen evaluate`: how well messages are understood, on a labelled file."""

import json
from pathlib import Path
from typing import Any

import click

from binhyen.language.evaluation import evaluate_messages
from binhyen.language.evaluation_rows import RowError


@click.command(short_help="Score the understanding of messages against a labelled file.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--errors", is_flag=True, help="List every message that was understood wrongly.")
def command(file: Path, as_json: bool, errors: bool) -> None:
    """Score FILE, JSON lines with id, text, kind, procedure, also."""
    try:
        figures = evaluate_messages(file)
    except RowError as error:
        raise click.UsageError(str(error)) from error
    mistakes = figures.pop("errors", [])
    click.echo(json.dumps(figures, ensure_ascii=False) if as_json else as_lines(figures))
    if errors:
        for mistake in mistakes:
            click.echo(json.dumps(mistake, ensure_ascii=False), err=as_json)


def as_lines(figures: dict[str, Any], indent: str = "") -> str:
    """Figures one a line, nested ones indented."""
    lines = []
    for name, value in figures.items():
        if isinstance(value, dict):
            lines += [f"{indent}{name}", as_lines(value, indent + "  ")]
        else:
            lines.append(f"{indent}{name:20} {value:.4f}" if isinstance(value, float) else f"{indent}{name:20} {value}")
    return "\n".join(lines)
