"""Read evaluation rows from JSONL or memory, with errors that name the line."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

Rows: TypeAlias = Sequence[dict[str, Any]]


class RowError(ValueError):
    """A row that cannot be evaluated; the text names its line and what is wrong with it."""

    def __init__(self, number: int, problem: str) -> None:
        """Say what is wrong in line `number` (from 1)."""
        super().__init__(f"line {number}: {problem}")


def read_rows(source: Path | str | Rows) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line number from 1, row); empty lines are left out. Raises `RowError`."""
    if isinstance(source, Path | str):
        yield from _file_rows(Path(source))
        return
    for number, row in enumerate(source, 1):
        if not isinstance(row, dict):
            raise RowError(number, "not an object")
        yield number, row


def _file_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line.decode("utf-8-sig"))
            except UnicodeDecodeError:
                raise RowError(number, "not UTF-8") from None
            except (ValueError, RecursionError):
                raise RowError(number, "not JSON") from None
            if not isinstance(row, dict):
                raise RowError(number, "not an object")
            yield number, row


def text_field(number: int, row: dict[str, Any], name: str, allowed: Sequence[str] = ()) -> str:
    """Return a text field, one of `allowed` when given."""
    value = row.get(name)
    if not isinstance(value, str):
        raise RowError(number, f'"{name}" must be text')
    if allowed and value not in allowed:
        raise RowError(number, f'"{name}" is "{value[:40]}", not one of {", ".join(allowed)}')
    return value


def optional_texts(number: int, row: dict[str, Any], name: str) -> list[str | None]:
    """Return a field that is text, null, or a list of both, as a list; a missing field counts as null."""
    value = row.get(name)
    values = value if isinstance(value, list) else [value]
    if not all(one is None or isinstance(one, str) for one in values):
        raise RowError(number, f'"{name}" must be text, null or a list of them')
    return values
