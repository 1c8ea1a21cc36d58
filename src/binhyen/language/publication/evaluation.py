"""Measure the publication check on labelled drafts; the figures of `binhyen evaluate-publication`."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from binhyen.language.evaluation_rows import RowError, Rows, read_rows, text_field
from binhyen.language.publication.check import LONGEST, check_publication
from binhyen.language.publication.findings import POST_KINDS, Finding, Flag, Level, Publisher, heaviest

_FLAGS = frozenset(Flag)


@dataclass(slots=True)
class _Tally:
    block: int = 0
    blocked: int = 0
    never: int = 0
    stopped: int = 0
    clean: int = 0
    alarmed: int = 0
    of: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    reported: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    errors: list[dict[str, Any]] = field(default_factory=list)


def evaluate_publication(source: Path | str | Rows, publisher: Publisher) -> dict[str, Any]:
    """Measure on JSONL rows with `id`, `text`, `kind`, `expect` (flags), `block` and `never`.

    - `block_recall`: share of rows marked `block` or `never` that the check holds back.
    - `never_recall`: share of rows marked `never` that get the level never.
    - `clean`: rows that expect nothing; `false_alarms`: share of them with any finding, even one only shown.
    - `by_flag`: for each flag `of`, `found`, `recall`, `precision` (by row, not by place).
    - `errors`: rows with a miss, a wrong flag or a wrong level.

    Raises `RowError`, naming the line, for rows that cannot be read and for a file without any.
    """
    tally, number = _Tally(), 0
    for number, row in read_rows(source):
        text = text_field(number, row, "text")
        kind = text_field(number, row, "kind", POST_KINDS)
        if len(text) > LONGEST:
            raise RowError(number, f"text has more than {LONGEST} characters")
        expected, block, never = _expected(number, row)
        findings = check_publication(text, kind, publisher)  # type: ignore[arg-type]  # one of POST_KINDS, checked
        _count(tally, row, findings, expected, (block, never))
    if not number:
        raise RowError(1, "no draft to judge")
    return {
        "block_recall": _share(tally.blocked, tally.block),
        "never_recall": _share(tally.stopped, tally.never),
        "false_alarms": round(tally.alarmed / tally.clean, 4) if tally.clean else 0.0,
        "clean": tally.clean,
        "by_flag": {
            flag.value: {
                "of": tally.of[flag],
                "found": tally.found[flag],
                "recall": _share(tally.found[flag], tally.of[flag]),
                "precision": _share(tally.true[flag], tally.reported[flag]),
            }
            for flag in Flag
        },
        "errors": tally.errors,
    }


def _expected(number: int, row: dict[str, Any]) -> tuple[frozenset[str], bool, bool]:
    expect = row.get("expect", [])
    if not isinstance(expect, list) or not all(isinstance(flag, str) for flag in expect):
        raise RowError(number, '"expect" must be a list of flags')
    unknown = sorted(set(expect) - _FLAGS)
    if unknown:
        raise RowError(number, f'"{unknown[0][:40]}" is no flag; flags are {", ".join(Flag)}')
    block, never = row.get("block", False), row.get("never", False)
    if not isinstance(block, bool) or not isinstance(never, bool):
        raise RowError(number, '"block" and "never" must be true or false')
    return frozenset(expect), block, never


def _count(
    tally: _Tally, row: dict[str, Any], findings: list[Finding], expected: frozenset[str], held: tuple[bool, bool]
) -> None:
    block, never = held
    level = heaviest(findings)
    found = {finding.flag.value for finding in findings}
    clean = not expected and not block and not never
    tally.block += block or never
    tally.blocked += (block or never) and any(finding.blocks for finding in findings)
    tally.never += never
    tally.stopped += never and level is Level.NEVER
    tally.clean += clean
    tally.alarmed += clean and bool(findings)
    tally.of.update(expected)
    tally.found.update(expected & found)
    tally.reported.update(found)
    tally.true.update(expected & found)
    missed_level = (never and level is not Level.NEVER) or (block and not any(finding.blocks for finding in findings))
    if expected != found or missed_level:
        tally.errors.append({
            "id": row.get("id"),
            "missed": sorted(expected - found),
            "wrong": sorted(found - expected),
            "level": level.value if level else None,
        })  # fmt: skip


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0
