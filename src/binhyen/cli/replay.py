"""`binhyen replay`: works recorded webhook calls again, for support and for trying a new version."""

import codecs
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
    """Read FILE, a JSON body a line or a JSON list, and count what each call means. Repeated calls change nothing."""
    start_django()
    from binhyen.channels.registry import all_connectors

    readers = {one.name: one for one in all_connectors()}
    if (reader := readers.get(connector)) is None:
        raise click.UsageError(f"There is no connector {connector!r}; there are {', '.join(readers)}.")
    bodies = _bodies(file)
    counts = Counter(
        type(event).__name__ for body in track(bodies, "Reading", disable=as_json) for event in reader.read(body)
    )
    if store:
        from binhyen.workflows.replaying import store_calls

        counts.update(store_calls(connector, bodies))
    click.echo(json.dumps(counts) if as_json else "\n".join(f"{name:20} {n}" for name, n in counts.most_common()))


def _bodies(file: Path) -> list[bytes]:
    """Raw bodies of a recording: a JSON object a line, or one JSON list of objects; each a body, or holding "body".

    Raises click.UsageError naming the line or the entry that is none.
    """
    content = file.read_bytes().removeprefix(codecs.BOM_UTF8)
    if content.lstrip()[:1] == b"[":
        return _listed_bodies(file.name, content)
    lines = [(number, line) for number, line in enumerate(content.splitlines(), start=1) if line.strip()]
    if not lines:
        raise click.UsageError(f"{file.name} holds no call.")
    return [_body_of_line(file.name, number, line) for number, line in lines]


def _body_of_line(name: str, number: int, line: bytes) -> bytes:
    """The bytes as they stand, or the body that the line holds."""
    entry = _parsed(line)
    if not isinstance(entry, dict):
        raise click.UsageError(f"{name}, line {number} is not a JSON object.")
    inner = entry.get("body")
    is_body = "event_name" in entry or not isinstance(inner, dict)
    return line if is_body else json.dumps(inner, ensure_ascii=False).encode("utf8", "surrogatepass")


def _listed_bodies(name: str, content: bytes) -> list[bytes]:
    entries = _parsed(content)
    if not isinstance(entries, list):
        raise click.UsageError(f"{name} is not a JSON list.")
    if not entries:
        raise click.UsageError(f"{name} holds no call.")
    bodies = []
    for number, entry in enumerate(entries, start=1):
        body = entry.get("body", entry) if isinstance(entry, dict) else None
        if not isinstance(body, dict):
            raise click.UsageError(f"{name}, entry {number} is not a JSON object.")
        bodies.append(json.dumps(body, ensure_ascii=False).encode("utf8", "surrogatepass"))
    return bodies


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
