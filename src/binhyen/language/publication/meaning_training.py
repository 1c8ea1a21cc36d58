"""Train the second look: for each class a linear model over n-grams and marks; the same data gives the same bytes."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from binhyen.language import margin
from binhyen.language.features import read_message
from binhyen.language.publication.meaning_marks import marks_of, may_hold
from binhyen.language.publication.meaning_rows import CLASSES, POOLS, LabelledDraft, labelled_drafts

MARK_WEIGHT = 1.5
"""Length of the marks' part of a sentence, beside the families of n-grams; flat between 1 and 2."""

CLEAN_FLAGGED = {"asks_money_or_code": 0.018, "exposes": 0.01, "grave": 0.008}
CLEAN_FLAGGED_ELSE = 0.005
"""Share of the clean drafts that each class may flag, on drafts its model had not seen; 5 % is the bar for all."""

NEVER_HELD = -99.0
"""Score of a sentence that cannot be of a class by its marks."""

LOWEST_BOUND = -0.35
"""A sentence well on the clean side of the margin is never flagged, however few clean drafts there are to compare."""

COLUMNS: dict[str, frozenset[str]] = {**{name: frozenset({name}) for name in CLASSES}, **POOLS}
"""What is learnt, a column each: the classes a draft may hold for it to count."""

PARTS = 5
_SEEN_TIMES = 3
_COST = 1.0
_POSITIVE_WEIGHT = 3.0
_TOLERANCE = 0.01
_SEED = 20261128

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


def write_model(folder: Path) -> None:
    """Train on the packaged drafts and write vocabulary, marks, weights and bounds into the folder."""
    from threadpoolctl import threadpool_limits

    drafts = labelled_drafts()
    readings = [read_message(sentence.shown) for draft in drafts for sentence in draft.sentences]
    marks = [found for draft in drafts for found in marks_of(draft.sentences)]
    names = known_marks(marks)
    vocabulary = margin.build_vocabulary(readings)
    matrix = scipy.sparse.hstack(
        [margin.feature_matrix(readings, vocabulary), mark_matrix(marks, names, MARK_WEIGHT)]
    ).tocsr()
    with threadpool_limits(limits=1):  # the number of threads would change the last bits
        weights, intercepts, bounds = _fit_all(drafts, matrix, allowed_classes(marks))
    counted = vocabulary.keys.size
    np.save(folder / "keys.npy", vocabulary.keys)
    np.save(folder / "rarity.npy", vocabulary.rarity)
    np.save(folder / "weights.npy", weights[:counted])
    np.save(folder / "mark_weights.npy", weights[counted:] * MARK_WEIGHT)
    np.save(folder / "intercept.npy", intercepts)
    told = {"marks": names, "bounds": dict(zip(COLUMNS, bounds, strict=True))}
    (folder / "meaning.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def known_marks(marks: Sequence[Sequence[str]]) -> list[str]:
    """Marks that stand in three sentences or more, sorted."""
    names, times = np.unique([mark for found in marks for mark in found], return_counts=True)
    return [str(name) for name in names[times >= _SEEN_TIMES]]


def mark_matrix(marks: Sequence[Sequence[str]], names: Sequence[str], weight: float) -> scipy.sparse.csr_matrix:
    """The known marks of each sentence, every row brought to the length `weight`."""
    place = {name: column for column, name in enumerate(names)}
    rows = [[place[mark] for mark in found if mark in place] for found in marks]
    values = [weight / np.sqrt(len(row)) for row in rows for _ in row]
    starts = np.cumsum([0, *map(len, rows)])
    columns = [column for row in rows for column in row]
    return scipy.sparse.csr_matrix((np.array(values, np.float32), columns, starts), shape=(len(rows), len(names)))


def allowed_classes(marks: Sequence[Sequence[str]]) -> NDArray[np.bool_]:
    """What each sentence may be of by its marks: a row per sentence, a column per class and pool."""
    return np.array([
        [any(may_hold(name, found) for name in members) for members in COLUMNS.values()]
        for found in map(frozenset, marks)
    ])  # fmt: skip


def _fit_all(
    drafts: Sequence[LabelledDraft], matrix: scipy.sparse.csr_matrix, allowed: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.float32], list[float]]:
    draft_of = np.repeat(np.arange(len(drafts)), [len(draft.sentences) for draft in drafts])
    parts = np.arange(len(drafts))[draft_of] % PARTS
    fitted, bounds = [], []
    for column, (name, members) in enumerate(COLUMNS.items()):
        holds = np.array([not members.isdisjoint(draft.classes) for draft in drafts])
        clean = np.array([not draft.classes for draft in drafts])
        target = _tell(matrix, draft_of, holds)
        scores = np.zeros(matrix.shape[0])
        for part in range(PARTS):
            train = (parts != part) & (target >= 0)
            scores[parts == part] = _scores(_fit(matrix[train], target[train]), matrix[parts == part])
        scores[~allowed[:, column]] = NEVER_HELD
        bounds.append(_bound(_of_drafts(scores, draft_of, len(drafts))[clean], name))
        fitted.append(_fit(matrix[target >= 0], target[target >= 0]))
    weights = np.column_stack([weights for weights, _ in fitted]).astype(np.float32)
    return weights, np.array([intercept for _, intercept in fitted], np.float32), bounds


def _tell(matrix: scipy.sparse.csr_matrix, draft_of: Numbers, holds: NDArray[np.bool_]) -> Numbers:
    """1 for the sentence that makes a draft hold the class, 0 for sentences of others, -1 for those beside it.

    A draft of one sentence tells it at once; in longer ones a model of the short ones points at it.
    """
    alone = np.bincount(draft_of)[draft_of] == 1
    inside = holds[draft_of]
    target = np.where(inside, np.where(alone, 1, -1), 0)
    scores = _scores(_fit(matrix[target >= 0], target[target >= 0]), matrix)
    for draft in np.unique(draft_of[inside & ~alone]):
        lines = np.flatnonzero(draft_of == draft)
        target[lines[np.argmax(scores[lines])]] = 1
    return target


def _fit(matrix: scipy.sparse.csr_matrix, target: Numbers) -> tuple[Floats, float]:
    from sklearn.svm import LinearSVC  # needed while training only, and heavy

    model = LinearSVC(C=_COST, tol=_TOLERANCE, class_weight={0: 1.0, 1: _POSITIVE_WEIGHT}, random_state=_SEED)
    model.fit(matrix, target)
    return model.coef_[0], float(model.intercept_[0])


def _scores(fitted: tuple[Floats, float], matrix: scipy.sparse.csr_matrix) -> Floats:
    return np.asarray(matrix @ fitted[0] + fitted[1])


def _of_drafts(scores: Floats, draft_of: Numbers, drafts: int) -> Floats:
    """The highest score among the sentences of each draft."""
    highest = np.full(drafts, -np.inf)
    np.maximum.at(highest, draft_of, scores)
    return highest


def _bound(clean: Floats, name: str) -> float:
    """The score above which no more than the allowed share of clean drafts lies."""
    allowed = int(CLEAN_FLAGGED.get(name, CLEAN_FLAGGED_ELSE) * clean.size)
    return max(LOWEST_BOUND, round(float(np.sort(clean)[::-1][allowed]) + 1e-4, 4))


if __name__ == "__main__":
    write_model(Path(sys.argv[1]))
