"""The journal of erasures: a file outside the database and its backups, so that a restore brings nobody back (G26)."""

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from binhyen.audit.models import ErasureMark
from binhyen.core import clock
from binhyen.core.configuration import configuration


@dataclass(frozen=True, slots=True)
class Erasure:
    """One line: which room erased what. `key` is a random public id or a keyed hash, never a name."""

    position: int
    """Line number, from 1."""
    room: str
    key: str


def note_erasure(room: str, key: str) -> None:
    """Append a line, durable before the caller's transaction commits; a line without its erasure does no harm."""
    file = journal_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    line = json.dumps({"room": room, "key": key, "on": clock.today().isoformat()}) + "\n"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(descriptor, "a", encoding="utf8") as handle:
        handle.write(line)
        handle.flush()
        os.fsync(handle.fileno())


def journal_file() -> Path:
    """Where the journal lies; it belongs to the backup of the keys, not of the data."""
    return configuration().data_dir / "erasures" / "journal.jsonl"


def erasures_to_repeat() -> list[Erasure]:
    """What stands in the journal after the place the database knows of: everything since the backup it came from."""
    known = ErasureMark.objects.filter(pk=1).values_list("position", flat=True).first() or 0
    return [one for one in _lines() if one.position > known]


@transaction.atomic
def mark_repeated(position: int) -> None:
    """The database has carried out the journal up to this line."""
    ErasureMark.objects.update_or_create(pk=1, defaults={"position": position})


def journal_length() -> int:
    """Number of lines."""
    return sum(1 for _ in _lines())


def _lines() -> Iterator[Erasure]:
    try:
        with journal_file().open(encoding="utf8") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    found = json.loads(line)
                    yield Erasure(number, str(found["room"]), str(found["key"]))
                except (ValueError, KeyError, TypeError):
                    continue  # a line cut short by a power failure: its erasure did not commit either
    except FileNotFoundError:
        return
