"""The rules file of legal and promised time limits (`data/law/deadlines.yaml`) as typed, versioned values (G57).

A rule's version is the day from which it holds. Changing a number means adding an entry with a new `valid_from`:
what was opened under the old version keeps it.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from types import MappingProxyType
from typing import Any

from binhyen.core.yaml_text import parsed

UNITS = frozenset({"minutes", "hours", "working_days", "calendar_days", "months", "years"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time as the law says it. "hours" and "minutes" run through nights and holidays."""

    value: int
    unit: str
    """One of UNITS."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another length under a condition."""

    applies_if: str
    due: Amount
    confidence: str


@dataclass(frozen=True, slots=True)
class Extension:
    """A prolongation the law allows; either `add` (each time) or `total_max` (counted from the start)."""

    reason: str
    add: Amount | None
    total_max: Amount | None
    times: int
    by: str
    """Who grants it; "" is the unit itself."""
    request_before: Amount | None
    """How long before the end it has to be asked for."""
    confidence: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One clock in one version."""

    id: str
    version: str
    """Day from which it holds, ISO."""
    kinds: tuple[str, ...]
    starts_on: str
    due: Amount
    owner: str
    """unit, body, procuracy, resident or system."""
    is_informational: bool
    """Shown, never alarmed as the unit's own breach."""
    is_enabled: bool
    applies_if: str
    alternatives: tuple[Alternative, ...]
    extensions: tuple[Extension, ...]
    absolute_max: Amount | None
    confidence: str
    """A read in the official text, B several sources, C one source, D from memory, P our own promise."""
    sources: tuple[str, ...]
    text_en: str
    valid_from: date
    valid_to: date | None


@functools.cache
def law_file() -> Mapping[str, Any]:
    """The whole file as plain values: clocks, parameters, retention, case kinds."""
    text = (resources.files("binhyen.data") / "law" / "deadlines.yaml").read_text(encoding="utf8")
    return MappingProxyType(parsed(text))


@functools.cache
def rules() -> tuple[Rule, ...]:
    """Every version of every clock, in the order of the file."""
    return tuple(_rule(row) for row in law_file()["deadlines"])


def rule_in_force(rule_id: str, on: date) -> Rule:
    """The version that holds on that day. A day before the first version takes the first.

    Raises LookupError for an unknown id, or when the last version has ended.
    """
    versions = sorted((rule for rule in rules() if rule.id == rule_id), key=lambda rule: rule.valid_from)
    if not versions:
        raise LookupError(f"no clock is called {rule_id!r}")
    held = [rule for rule in versions if rule.valid_from <= on] or versions[:1]
    if held[-1].valid_to is not None and held[-1].valid_to < on:
        raise LookupError(f"{rule_id} ended on {held[-1].valid_to}")
    return held[-1]


def rule_version(rule_id: str, version: str) -> Rule:
    """The version a matter was opened under. Raises LookupError when the file no longer holds it."""
    for rule in rules():
        if (rule.id, rule.version) == (rule_id, version):
            return rule
    raise LookupError(f"{rule_id} has no version {version}")


def rules_for(kind: str, on: date) -> list[Rule]:
    """Enabled clocks of a kind of matter on that day, one version of each, in the order of the file."""
    ids = dict.fromkeys(rule.id for rule in rules() if kind in rule.kinds)
    found = [rule_in_force(rule_id, on) for rule_id in ids]
    return [rule for rule in found if rule.is_enabled]


def amount(value: Mapping[str, Any]) -> Amount:
    """An amount of the file. Raises ValueError for an unknown unit or a negative value."""
    if value["unit"] not in UNITS or value["value"] < 0:
        raise ValueError(f"odd amount {dict(value)}")
    return Amount(int(value["value"]), value["unit"])


def _optional(row: Mapping[str, Any], name: str) -> Amount | None:
    return amount(row[name]) if name in row else None


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        id=row["id"],
        version=row["valid_from"],
        kinds=tuple(row["kinds"]),
        starts_on=row["starts_on"],
        due=amount(row["due"]),
        owner=row["owner"],
        is_informational=row.get("informational", False),
        is_enabled=row.get("enabled_by_default", True),
        applies_if=row.get("applies_if", ""),
        alternatives=tuple(
            Alternative(one["applies_if"], amount(one["due"]), one["confidence"]) for one in row.get("alternatives", ())
        ),
        extensions=tuple(_extension(one) for one in row.get("extensions", ())),
        absolute_max=_optional(row, "absolute_max"),
        confidence=row["confidence"],
        sources=tuple(row["sources"]),
        text_en=row.get("text_en", ""),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row.get("valid_to") else None,
    )


def _extension(row: Mapping[str, Any]) -> Extension:
    return Extension(
        reason=row["reason"],
        add=_optional(row, "add"),
        total_max=_optional(row, "total_max"),
        times=row.get("times", 1),
        by=row.get("by", ""),
        request_before=_optional(row, "request_before"),
        confidence=row["confidence"],
    )
