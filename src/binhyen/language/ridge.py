"""Train linear scores by kernel ridge regression: one exact solution, the same bytes from the same rows."""

from collections.abc import Sequence

import numpy as np
import scipy.linalg
import scipy.sparse
from numpy.typing import NDArray

from binhyen.language.features import Reading, family_keys
from binhyen.language.linear import FAMILY_WEIGHT, Entries, Matrix, Vocabulary, family_entries

RIDGE = 0.5
"""Weight of the penalty; the rows have length about 1.5."""

_SEEN_IN_ROWS = 2
_DENSE_COLUMNS = 3_000


def build_vocabularies(readings: Sequence[Reading]) -> list[Vocabulary]:
    """Keep every n-gram that stands in two messages or more."""
    vocabularies = []
    for rows, keys in family_keys(readings):
        order = np.lexsort((rows, keys))
        rows, keys = rows[order], keys[order]
        first = np.ones(keys.size, dtype=bool)
        first[1:] = (np.diff(rows) != 0) | (keys[1:] != keys[:-1])
        known, messages = np.unique(keys[first], return_counts=True)
        kept = messages >= _SEEN_IN_ROWS
        rarity = np.log((1 + len(readings)) / (1 + messages[kept])) + 1
        vocabularies.append(Vocabulary(known[kept], rarity.astype(np.float32)))
    return vocabularies


def sparse_matrix(entries: Entries, shape: tuple[int, int]) -> scipy.sparse.csr_matrix:
    """Lay the entries out as a sparse matrix."""
    return scipy.sparse.csr_matrix((entries.values, (entries.rows, entries.columns)), shape=shape)


def gram(matrix: scipy.sparse.csr_matrix) -> Matrix:
    """All inner products of the rows; the few columns that most rows share go through dense arithmetic."""
    by_column = matrix.tocsc()
    often = np.argsort(-np.diff(by_column.indptr), kind="stable")
    dense = by_column[:, np.sort(often[:_DENSE_COLUMNS])].toarray()
    rest = by_column[:, np.sort(often[_DENSE_COLUMNS:])].tocsr()
    products: Matrix = dense @ dense.T
    products += (rest @ rest.T).toarray()
    return products


def solve(products: Matrix, targets: Matrix, ridge: float = RIDGE) -> Matrix:
    """Dual weights: one row per message, one column per target."""
    system = products.copy()
    system[np.diag_indices_from(system)] += ridge
    factor = scipy.linalg.cho_factor(system, lower=True, overwrite_a=True, check_finite=False)
    solution: Matrix = scipy.linalg.cho_solve(factor, targets, check_finite=False)
    return solution


def held_out_scores(products: Matrix, targets: Matrix, parts: NDArray[np.int64], ridge: float = RIDGE) -> Matrix:
    """Score each message by a model that never saw its part; part -1 is always trained on and scored as zero."""
    scores = np.zeros_like(targets)
    for part in range(int(parts.max()) + 1):
        train, test = np.flatnonzero(parts != part), np.flatnonzero(parts == part)
        scores[test] = products[np.ix_(test, train)] @ solve(products[np.ix_(train, train)], targets[train], ridge)
    return scores


def family_matrices(
    readings: Sequence[Reading], vocabularies: Sequence[Vocabulary], weights: Sequence[float] = FAMILY_WEIGHT
) -> list[scipy.sparse.csr_matrix]:
    """One sparse matrix per family, a row per message."""
    return [
        sparse_matrix(family_entries(pairs, vocabulary, weight), (len(readings), vocabulary.keys.size))
        for pairs, vocabulary, weight in zip(family_keys(readings), vocabularies, weights, strict=True)
    ]
