"""Train linear scores with a maximum-margin loss; one classifier per topic, the same bytes from the same rows."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from binhyen.language.features import Reading, ngram_keys
from binhyen.language.linear import Matrix, Vocabulary, weighed_entries

COST = 0.4
"""Weight of the errors against the size of the weights; chosen on held-out parts, flat between 0.2 and 0.5."""

UNSEEN_SCORE = -1.5
"""Score of a topic that none of the training rows has."""

COUNTED_SHARE = 4.0
"""How much of the plain log odds of each feature is added to the trained weights; chosen on held-out parts.

Margins alone lean on the few features that part the training rows; the odds keep what else speaks for a topic.
"""

_SEEN_IN_ROWS = 2
_UNSEEN_COUNT = 0.01
_SEED = 20261122
_TOLERANCE = 0.03


def build_vocabulary(readings: Sequence[Reading]) -> Vocabulary:
    """Keep every n-gram that stands in two messages or more."""
    lines, keys = ngram_keys(readings)
    order = np.lexsort((lines, keys))
    lines, keys = lines[order], keys[order]
    first = np.ones(keys.size, dtype=bool)
    first[1:] = (np.diff(lines) != 0) | (keys[1:] != keys[:-1])
    known, messages = np.unique(keys[first], return_counts=True)
    kept = messages >= _SEEN_IN_ROWS
    rarity = np.log((1 + len(readings)) / (1 + messages[kept])) + 1
    return Vocabulary(known[kept], rarity.astype(np.float32))


def feature_matrix(readings: Sequence[Reading], vocabulary: Vocabulary) -> scipy.sparse.csr_matrix:
    """The weighed n-grams of all families, a row per message."""
    entries = weighed_entries(readings, vocabulary)
    cells = (entries.values, entries.columns, entries.starts)
    return scipy.sparse.csr_matrix(cells, shape=(len(readings), vocabulary.keys.size))


def fit(
    matrix: scipy.sparse.csr_matrix, main: NDArray[np.int64], topics: int, counted: int | None = None
) -> tuple[Matrix, Matrix]:
    """Weights (features by topics) and intercepts; only the first `counted` features are counts (default all)."""
    from sklearn.svm import LinearSVC  # needed while training only, and heavy

    model = LinearSVC(C=COST, tol=_TOLERANCE, random_state=_SEED).fit(matrix, main)
    weights = np.zeros((matrix.shape[1], topics), np.float32)
    intercept = np.full(topics, UNSEEN_SCORE, np.float32)
    weights[:, model.classes_] = model.coef_.T
    weights[:counted, model.classes_] += COUNTED_SHARE * _log_odds(matrix[:, :counted], main, model.classes_)
    intercept[model.classes_] = model.intercept_
    return weights, intercept


def _log_odds(matrix: scipy.sparse.csr_matrix, main: NDArray[np.int64], classes: NDArray[np.int64]) -> Matrix:
    """Log odds of each feature for each of the classes against the others, every class brought to unit length."""
    shown = (np.ones(main.size, np.float32), (np.arange(main.size), np.searchsorted(classes, main)))
    belongs = scipy.sparse.csr_matrix(shown, shape=(main.size, classes.size))
    inside = (matrix.T @ belongs).toarray().astype(np.float32) + np.float32(_UNSEEN_COUNT)
    outside = inside.sum(axis=1, keepdims=True) - inside
    odds = np.log(inside / inside.sum(axis=0)) - np.log(outside / outside.sum(axis=0))
    return np.asarray(odds / np.linalg.norm(odds, axis=0), dtype=np.float32)


def held_out_scores(
    matrix: scipy.sparse.csr_matrix,
    main: NDArray[np.int64],
    parts: NDArray[np.int64],
    topics: int,
    counted: int | None = None,
) -> Matrix:
    """Score each message by a model that never saw its part; part -1 is always trained on and scored as zero."""
    scores = np.zeros((matrix.shape[0], topics), np.float32)
    for part in range(int(parts.max()) + 1):
        train, test = np.flatnonzero(parts != part), np.flatnonzero(parts == part)
        weights, intercept = fit(matrix[train], main[train], topics, counted)
        scores[test] = matrix[test] @ weights + intercept
    return scores
