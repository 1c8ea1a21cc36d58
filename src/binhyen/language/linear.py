"""Score hashed n-grams against stored weights: numpy only, weights stay in a memory-mapped file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from binhyen.language.features import FAMILIES, Keys, Reading, Rows, family_keys

Matrix = NDArray[np.float32]

FAMILY_WEIGHT = (0.8, 1.0, 0.5, 0.7)
"""Length of each family's part of a message."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Known n-grams of one family: sorted keys and the inverse document frequency of each."""

    keys: Keys
    rarity: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Entries:
    """Cells of a sparse matrix, sorted by row then column."""

    rows: Rows
    columns: Rows
    values: Matrix


def family_entries(pairs: tuple[Rows, Keys], vocabulary: Vocabulary, weight: float) -> Entries:
    """Weigh the known n-grams of one family: log count times rarity, unit length per message."""
    rows, keys = pairs
    size = vocabulary.keys.size
    if not size or not keys.size:
        return Entries(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32))
    found = np.minimum(np.searchsorted(vocabulary.keys, keys), size - 1)
    known = vocabulary.keys[found] == keys
    cells, times = np.unique(rows[known] * size + found[known], return_counts=True)
    cell_rows, columns = np.divmod(cells, size)
    values = (1 + np.log(times)) * vocabulary.rarity[columns]
    lengths = np.sqrt(np.bincount(cell_rows, values**2, minlength=1))
    return Entries(cell_rows, columns, (weight * values / lengths[cell_rows]).astype(np.float32))


def all_entries(readings: Sequence[Reading], vocabularies: Sequence[Vocabulary]) -> list[Entries]:
    """Weighed cells of every family for a batch."""
    return [
        family_entries(pairs, vocabulary, FAMILY_WEIGHT[family])
        for family, (pairs, vocabulary) in enumerate(zip(family_keys(readings), vocabularies, strict=True))
    ]


def add_scores(total: Matrix, entries: Entries, weights: NDArray[np.float16]) -> None:
    """Add the entries' share of the scores to `total`, in place."""
    if not entries.rows.size:
        return
    gathered = weights[entries.columns].astype(np.float32)
    gathered *= entries.values[:, None]
    starts = np.flatnonzero(np.diff(entries.rows, prepend=-1))
    total[entries.rows[starts]] += np.add.reduceat(gathered, starts, axis=0)


class LinearScores:
    """Vocabularies and weights as a folder of .npy files."""

    def __init__(self, folder: Path) -> None:
        """Map the files; nothing is read until a message needs it."""
        self.vocabularies = [
            Vocabulary(_mapped(folder / f"keys_{family}.npy"), _mapped(folder / f"rarity_{family}.npy"))
            for family in range(len(FAMILIES))
        ]
        self._weights = [_mapped(folder / f"weights_{family}.npy") for family in range(len(FAMILIES))]
        self._intercept = np.load(folder / "intercept.npy", allow_pickle=False)

    def scores(self, readings: Sequence[Reading]) -> Matrix:
        """Scores of a batch, one row per message and one column per topic."""
        total = np.tile(self._intercept, (len(readings), 1))
        for entries, weights in zip(all_entries(readings, self.vocabularies), self._weights, strict=True):
            add_scores(total, entries, weights)
        return total


def _mapped(path: Path) -> Any:
    return np.load(path, mmap_mode="r", allow_pickle=False)
