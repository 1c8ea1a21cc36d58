"""Learn how much each piece of evidence weighs: `python -m binhyen.language.report_training`.

The same rows give the same weights: every pair of reports within a set, with and without its times, and the pairs alike
in words, which are taken at several distances in time.
"""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from binhyen.language.report_evidence import AGAINST, FOR, VETOES, Evidence, evidence
from binhyen.language.report_matching import WITH_TIME, WITHOUT_TIME
from binhyen.language.report_reading import read_report
from binhyen.language.training_rows import data_folder

SETS = ("everyday", "many_words", "dialect")
_PAIR_MINUTES = (4, 60, 600)
_PAIR_WEIGHT = {WITH_TIME: 1.0, WITHOUT_TIME: 6.0}
"""Pairs alike in words are few beside the pairs of all reports."""
_SUGGESTED_FROM = {WITH_TIME: -1.0, WITHOUT_TIME: -0.5}
"""Log odds from which a pair is worth an officer's look: among all pairs of a week those of one event are rare."""

Vector = NDArray[np.float64]
Row = tuple[Evidence, bool, float]
"""Evidence, whether of one event, and how much the row counts."""


def learn() -> dict[str, dict[str, float]]:
    """Weights by piece of evidence, with and without times."""
    folder = Path(str(data_folder())) / "language" / "incidents"
    rows = [row for name in SETS for row in _of_reports(_read(folder / f"{name}.jsonl"))]
    timed = [*rows, *_of_pairs(_read(folder / "pairs.jsonl"), _PAIR_MINUTES, _PAIR_WEIGHT[WITH_TIME])]
    untimed = [*rows, *_of_pairs(_read(folder / "pairs.jsonl"), (None,), _PAIR_WEIGHT[WITHOUT_TIME])]
    return {WITH_TIME: _fitted(timed, WITH_TIME), WITHOUT_TIME: _fitted(untimed, WITHOUT_TIME)}


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _of_reports(rows: list[dict[str, Any]]) -> Iterator[Row]:
    read = [(row, read_report(row["text"])) for row in rows]
    for (row, report), (other, told) in itertools.combinations(read, 2):
        found = evidence(report, told, other["minutes"] - row["minutes"])
        yield found, row["incident"] == other["incident"], 1.0


def _of_pairs(rows: list[dict[str, Any]], minutes: tuple[int | None, ...], weight: float) -> Iterator[Row]:
    for row, apart in itertools.product(rows, minutes):
        yield evidence(read_report(row["a"]), read_report(row["b"]), apart), row["same"], weight


def _fitted(rows: list[Row], times: str) -> dict[str, float]:
    """Logistic regression, in which nothing that speaks for one event may weigh against it, nor the other way."""
    from scipy.optimize import minimize

    rows = [row for row in rows if not any(row[0][veto] for veto in VETOES)]
    no_times = evidence(read_report(""), read_report(""))
    names = sorted(rows[0][0] if times == WITH_TIME else no_times)
    matrix = np.array([[*(found.get(name, 0.0) for name in names), 1.0] for found, _, _ in rows])
    signs = np.array([1.0 if same else -1.0 for _, same, _ in rows])
    counts = np.array([weight for _, _, weight in rows])

    def loss(weights: Vector) -> tuple[float, Vector]:
        margins = signs * (matrix @ weights)
        slope = -counts * signs / (1 + np.exp(margins))
        penalty = np.append(weights[:-1], 0.0)
        total = counts @ np.logaddexp(0, -margins) + penalty @ penalty / 2
        return float(total), matrix.T @ slope + penalty

    bounds = [*(_bounds(name) for name in names), (None, None)]
    found = minimize(
        loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 5_000}
    )
    weights = dict(zip([*names, "constant"], found.x.tolist(), strict=True))
    weights["constant"] -= _SUGGESTED_FROM[times]
    return {name: round(weight, 3) for name, weight in weights.items()}


def _bounds(name: str) -> tuple[float | None, float | None]:
    if name in FOR:
        return 0.0, None
    return (None, 0.0) if name in AGAINST else (None, None)


if __name__ == "__main__":
    target = Path(str(data_folder())) / "language" / "report_weights.json"
    target.write_text(json.dumps(learn(), indent=1) + "\n", encoding="utf-8")
