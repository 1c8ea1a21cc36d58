"""What residents are promised, each with its Vietnamese words and whether a test keeps it on every change."""

import functools
from dataclasses import dataclass
from importlib import resources

from binhyen.core.yaml_text import parsed


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise as the public page shows it."""

    id: str
    words: str
    is_kept: bool
    """True: a test breaks when it is broken. False: not promised yet."""


@dataclass(frozen=True, slots=True)
class PromiseGroup:
    """Promises about one thing."""

    title: str
    promises: tuple[Promise, ...]


@functools.cache
def promise_groups() -> tuple[PromiseGroup, ...]:
    """Every promise of the list, in its order."""
    folder = resources.files("binhyen.data") / "promises"
    found = parsed((folder / "guarantees.yaml").read_text(encoding="utf8"))
    kept = frozenset((folder / "kept.txt").read_text(encoding="utf8").split())
    return tuple(
        PromiseGroup(
            group["title"], tuple(Promise(id_, words, id_ in kept) for id_, words in group["promises"].items())
        )
        for group in found["groups"]
    )
