"""Measure how well reports of one incident find each other; the figures of `binhyen evaluate-duplicates`."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from binhyen.language.evaluation_rows import RowError, Rows, read_rows, text_field
from binhyen.language.report_matching import SUGGEST_FROM, Report, alike, read_report

_FIRST = (1, 3)


@dataclass(frozen=True, slots=True)
class _Row:
    incident: str
    report: Report
    minutes: float | None


def evaluate_duplicates(source: Path | str | Rows, hard: Path | str | Rows | None = None) -> dict[str, Any]:
    """Measure on rows with `text`, `incident` and optionally `minutes` after a common start, in order of arrival.

    - `pairs`: pairs of one incident; `average_precision` over all pairs, the most alike first;
    - `hit_at_1`, `hit_at_3`: of the messages with an earlier message of their incident, the share that finds one
      among the first suggestions;
    - with `hard`, rows with `a`, `b` and `same`: how many different and how many same pairs are suggested.

    Raises `RowError`, naming the line, for rows that cannot be read.
    """
    rows = _rows(source)
    scores = {
        (first, second): _alike(rows[first], rows[second])
        for first, second in itertools.combinations(range(len(rows)), 2)
    }
    same = {pair for pair in scores if rows[pair[0]].incident == rows[pair[1]].incident}
    figures: dict[str, Any] = {"pairs": len(same), "average_precision": _average_precision(scores, same)}
    ranks = _first_ranks(rows, scores)
    for most in _FIRST:
        figures[f"hit_at_{most}"] = sum(rank <= most for rank in ranks) / len(ranks) if ranks else 0.0
    return figures | _hard_figures(hard)


def _rows(source: Path | str | Rows) -> list[_Row]:
    rows = []
    for number, row in read_rows(source):
        incident, minutes = row.get("incident"), row.get("minutes")
        if not isinstance(incident, str | int):
            raise RowError(number, '"incident" must be a number or text')
        if minutes is not None and (isinstance(minutes, bool) or not isinstance(minutes, int | float)):
            raise RowError(number, '"minutes" must be a number')
        rows.append(_Row(str(incident), read_report(text_field(number, row, "text")), minutes))
    if all(row.minutes is not None for row in rows):
        rows.sort(key=lambda row: row.minutes or 0.0)
    return rows


def _alike(first: _Row, second: _Row) -> float:
    known = first.minutes is not None and second.minutes is not None
    return alike(first.report, second.report, (second.minutes or 0.0) - (first.minutes or 0.0) if known else None)


def _average_precision(scores: dict[tuple[int, int], float], same: set[tuple[int, int]]) -> float:
    found, total = 0, 0.0
    for place, pair in enumerate(sorted(scores, key=lambda pair: -scores[pair]), 1):
        if pair in same:
            found += 1
            total += found / place
    return round(total / found, 6) if found else 0.0


def _first_ranks(rows: Sequence[_Row], scores: dict[tuple[int, int], float]) -> list[int]:
    """For each message with an earlier partner: the place of the first partner among the earlier messages."""
    ranks = []
    for late in range(len(rows)):
        partners = [early for early in range(late) if rows[early].incident == rows[late].incident]
        if partners:
            best = max(scores[early, late] for early in partners)
            ranks.append(1 + sum(scores[early, late] > best for early in range(late)))
    return ranks


def _hard_figures(hard: Path | str | Rows | None) -> dict[str, int]:
    counted = {"hard_pairs_suggested": 0, "hard_pairs": 0, "same_pairs_suggested": 0, "same_pairs": 0}
    for number, row in read_rows(hard) if hard is not None else ():
        if not isinstance(row.get("same"), bool):
            raise RowError(number, '"same" must be true or false')
        name = "same_pairs" if row["same"] else "hard_pairs"
        first, second = (read_report(text_field(number, row, side)) for side in ("a", "b"))
        counted[name] += 1
        counted[f"{name}_suggested"] += alike(first, second) >= SUGGEST_FROM
    return counted
