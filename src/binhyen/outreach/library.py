"""Starting posts, read from data/posts: current tricks, and every other kind; an officer adapts and hands them over."""

import functools
from dataclasses import dataclass
from importlib import resources

from binhyen.core.yaml_text import parsed


@dataclass(frozen=True, slots=True)
class Starter:
    """One starting post."""

    id: str
    kind: str
    topic: str
    title: str
    what: str
    signs: str
    todo: str


@functools.cache
def starters() -> tuple[Starter, ...]:
    """All starting posts in the order of the file."""
    file = resources.files("binhyen.data") / "posts" / "starters.yaml"
    rows = parsed(file.read_text(encoding="utf8"))
    return tuple(Starter(**{name: str(value).strip() for name, value in row.items()}) for row in rows)


def starters_by_topic() -> dict[str, list[Starter]]:
    """All starting posts under their topics, both in the order of the file."""
    found: dict[str, list[Starter]] = {}
    for row in starters():
        found.setdefault(row.topic, []).append(row)
    return found


def starter(starter_id: str) -> Starter | None:
    """The starting post of this id."""
    return next((one for one in starters() if one.id == starter_id), None)
