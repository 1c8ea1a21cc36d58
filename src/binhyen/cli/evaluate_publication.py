"""`binhyen evaluate-publication`: how well drafts are looked over before publication, on a labelled file."""

import json
from pathlib import Path

import click

from binhyen.cli.evaluate import as_lines
from binhyen.language.evaluation_rows import RowError
from binhyen.language.publication import Publisher, evaluate_publication


@click.command(name="evaluate-publication", short_help="Score the publication check against a labelled file.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--unit-name", default="", help="Name of the unit that publishes.")
@click.option("--own-phone", "phones", multiple=True, help="A telephone number of the unit; may be repeated.")
@click.option("--own-link", "links", multiple=True, help="A page, group or domain of the unit; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--errors", is_flag=True, help="List every draft that was judged wrongly.")
def command(
    file: Path, unit_name: str, phones: tuple[str, ...], links: tuple[str, ...], as_json: bool, errors: bool
) -> None:
    """Score FILE, JSON lines with id, text, kind, expect, block, never."""
    try:
        figures = evaluate_publication(file, Publisher(unit_name, phones, links))
    except RowError as error:
        raise click.UsageError(str(error)) from error
    mistakes = figures.pop("errors", [])
    click.echo(json.dumps(figures, ensure_ascii=False) if as_json else as_lines(figures))
    if errors:
        for mistake in mistakes:
            click.echo(json.dumps(mistake, ensure_ascii=False), err=as_json)
