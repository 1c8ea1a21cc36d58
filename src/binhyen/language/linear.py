"""Score hashed n-grams against stored weights: numpy only, weights stay in a memory-mapped file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from binhyen.language.features import FAMILIES, Keys, Reading, Rows, family_keys

Matrix = NDArray[np.float32]

VIEWS: tuple[tuple[int, ...], ...] = ((0, 1), (0, 1, 2, 3))
"""Families of FAMILIES seen by each model: the first reads folded text, the second only messages with marks."""

FAMILY_WEIGHT = (1.0, 1.0, 0.7, 0.7)
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
        self._weights = [
            {family: _mapped(folder / f"weights_{view}_{family}.npy") for family in families}
            for view, families in enumerate(VIEWS)
        ]
        self._columns = self._weights[0][0].shape[1]

    def scores(self, readings: Sequence[Reading]) -> Matrix:
        """Scores of a batch, one row per message and one column per topic.

        Messages with marks get the mean of both views, the others the folded view alone.
        """
        entries = all_entries(readings, self.vocabularies)
        totals = [np.zeros((len(readings), self._columns), np.float32) for _ in VIEWS]
        for total, weights in zip(totals, self._weights, strict=True):
            for family, part in weights.items():
                add_scores(total, entries[family], part)
        marked = np.array([reading.has_marks for reading in readings], dtype=bool)
        return np.where(marked[:, None], (totals[0] + totals[1]) / 2, totals[0]).astype(np.float32)


def _mapped(path: Path) -> NDArray[np.generic]:  # the dtype is the one that was stored
    return np.load(path, mmap_mode="r", allow_pickle=False)
