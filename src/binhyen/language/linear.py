"""Score hashed n-grams against stored weights: numpy only, weights stay in a memory-mapped file."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from binhyen.language.features import FAMILIES, Keys, Lines, Reading, ngram_keys

Matrix = NDArray[np.float32]

FAMILY_WEIGHT = np.array([0.8, 1.0, 0.5, 0.7])
"""Length of each family's part of a message."""
_LAST_KEY = np.uint64(2**64 - 1)


class Vocabulary:
    """Known n-grams of all families: sorted keys and the inverse document frequency of each."""

    def __init__(self, keys: Keys, rarity: NDArray[np.float32]) -> None:
        self.keys = keys
        self.rarity = rarity
        self._ended = np.append(keys, _LAST_KEY)
        bits = max(1, keys.size.bit_length())
        self._shift = np.uint64(64 - bits)
        heads = np.arange(1 << bits, dtype=np.uint64) << self._shift
        self._from = np.searchsorted(self._ended, heads).astype(np.int32)  # half the memory to jump about in

    def find(self, keys: Keys) -> tuple[NDArray[np.bool_], Lines]:
        """Which keys are known, and the column of each that is.

        Keys are spread evenly, so that their first bits tell nearly where to look: three times as fast as halving.
        """
        places = self._from[keys >> self._shift].astype(np.int64)
        behind = np.flatnonzero(self._ended[places] < keys)
        while behind.size:
            places[behind] += 1
            behind = behind[self._ended[places[behind]] < keys[behind]]
        known = (self._ended[places] == keys) & (places < self.keys.size)
        return known, places[known]


@dataclass(frozen=True, slots=True)
class Entries:
    """A sparse matrix, messages by known n-grams: row r has what stands from starts[r] to starts[r + 1]."""

    starts: Lines
    columns: Lines
    values: Matrix


def weighed_entries(readings: Sequence[Reading], vocabulary: Vocabulary) -> Entries:
    """Weigh the known n-grams of a batch: log count times rarity, every family of a message at its own length."""
    lines, keys = ngram_keys(readings)
    known, columns = vocabulary.find(keys)
    size = max(1, vocabulary.keys.size)
    # Short numbers are sorted and divided several times as fast.
    cell = np.uint32 if len(readings) * len(FAMILIES) * size < 2**32 else np.int64
    cells, times = np.unique((lines[known] * size + columns).astype(cell), return_counts=True)
    lines, columns = (part.astype(np.int64) for part in np.divmod(cells, cell(size)))
    values = (1 + np.log(times)) * vocabulary.rarity[columns]
    lengths = np.sqrt(np.bincount(lines, values**2, minlength=1))
    values *= FAMILY_WEIGHT[lines % len(FAMILIES)] / lengths[lines]
    starts = np.searchsorted(lines, np.arange(0, (len(readings) + 1) * len(FAMILIES), len(FAMILIES)))
    return Entries(starts, columns, values.astype(np.float32))


class LinearScores:
    """Vocabulary and weights as a folder of .npy files."""

    def __init__(self, folder: Path) -> None:
        """Map the files; nothing is read until a message needs it."""
        self.vocabulary = Vocabulary(_mapped(folder / "keys.npy"), _mapped(folder / "rarity.npy"))
        self._weights = _mapped(folder / "weights.npy")
        self._intercept = np.load(folder / "intercept.npy", allow_pickle=False)

    def scores(self, readings: Sequence[Reading]) -> Matrix:
        """Scores of a batch, one row per message and one column per topic."""
        entries = weighed_entries(readings, self.vocabulary)
        total: Matrix = np.empty((len(readings), self._intercept.size), np.float32)
        bounds = entries.starts.tolist()
        # One message after the other: its weights fit into the processor's cache, those of a batch do not.
        for row, (start, end) in enumerate(itertools.pairwise(bounds)):
            weights = self._weights.take(entries.columns[start:end], axis=0)
            np.dot(entries.values[start:end], weights, out=total[row])
        total += self._intercept
        return total


def _mapped(path: Path) -> Any:
    """A plain view of the mapped file: numpy's class for mapped files makes every look into it slower."""
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
