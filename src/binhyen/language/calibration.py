"""Learn the decisions on held-out scores: how sharp the ranking is, kinds, danger, and the bounds of the bands."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from binhyen.language.decisions import (
    Columns,
    Decisions,
    Floats,
    LinearDecision,
    danger_features,
    kind_features,
    ranking_probabilities,
    ranking_scores,
    trust_features,
)
from binhyen.language.features import Reading
from binhyen.language.kinds import FOLLOW_UP, KINDS, is_out_of_scope
from binhyen.language.linear import Matrix
from binhyen.language.training_rows import LabelledMessage

ANSWER_PRECISION = 0.965
"""Held-out precision asked of the answering band.

The held-out parts are harder than an inbox: by design they are full of look-alikes. Messages by another author
reached .97 and more at this bound, when the model had seen none of theirs.
"""

OFFER_PRECISION = 0.35
"""Below this chance that the first topic is right an officer reads the message at once."""

POSSIBLE_DANGER_SHARE = 0.07
CLEAR_DANGER_SHARE = 0.012
"""Share of the other held-out messages that may be flagged at each level; they hold many deliberate look-alikes."""

_EMERGENCY_WEIGHT = 8.0
"""How often an emergency counts when danger is learnt: so most are found for the same share of others flagged."""

_EXPECTED_SHARE = {"procedure": 0.45, "report": 0.12, "lost_found": 0.08, "feedback": 0.08, "contact": 0.08,
                   "greeting": 0.06, "other": 0.13, "emergency": 0.08}  # fmt: skip
"""Mix of kinds in a unit's inbox that flag rates are computed for; the training files have another mix."""

_KIND_FREEDOM = 0.1
_DANGER_FREEDOM = 0.1
"""How far the weights of these two decisions may grow (scikit-learn's C).

With more freedom they fit the held-out rows a little better and messages by other authors worse.
"""

_SHARPNESS_TRIED = tuple(float(value) for value in np.arange(3, 20, 0.5))


def learn_decisions(
    scores: Matrix, readings: Sequence[Reading], rows: Sequence[LabelledMessage], columns: Columns
) -> Decisions:
    """Learn everything that turns scores into decisions. All inputs are held-out rows, in the same order."""
    ranking = ranking_scores(scores, columns)
    right = right_columns(rows, columns)
    sharpness = _best_sharpness(ranking, right, columns)
    chances = ranking_probabilities(ranking, sharpness, columns)
    seen = kind_features(scores, readings, columns)
    kind_of = np.array([KINDS.index(row.kind) for row in rows])
    kind = _fit(seen, kind_of, _weights(kind_of, 0.5), _KIND_FREEDOM)
    emergency = (kind_of == KINDS.index("emergency")).astype(int)
    told = danger_features(seen, scores, readings, columns)
    counting = _weights(kind_of, 0.5) * np.where(emergency, _EMERGENCY_WEIGHT, 1.0)
    danger = _fit(told, emergency, counting, _DANGER_FREEDOM)
    dangerous = danger.probabilities(told)[:, 1]
    trusted = trust_features(ranking, chances, kind.probabilities(seen), readings)
    correct = right[np.arange(len(rows)), chances.argmax(axis=1)].astype(int)
    mix = _mix_weights(kind_of)
    trust = _fit(trusted, correct, mix * len(rows))
    sure = trust.probabilities(trusted)[:, 1]
    asked = kind.probabilities(seen).argmax(axis=1) == 0
    return Decisions(
        topics=columns.topics,
        sharpness=sharpness,
        kind=kind,
        danger=danger,
        trust=trust,
        danger_possible=_bound_for_share(dangerous, emergency, mix, POSSIBLE_DANGER_SHARE),
        danger_clear=_bound_for_share(dangerous, emergency, mix, CLEAR_DANGER_SHARE),
        answer_from=_bound_for_precision(sure[asked], correct[asked], mix[asked], ANSWER_PRECISION),
        offer_from=OFFER_PRECISION,
        follow_up_from=_follow_up_bound(scores[:, columns.follow_up], rows),
    )


def right_columns(rows: Sequence[LabelledMessage], columns: Columns) -> NDArray[np.bool_]:
    """Which columns of the ranking are right for each row; none for a kind that asks nothing."""
    place = {columns.topics[column]: i for i, column in enumerate(columns.police)}
    right = np.zeros((len(rows), len(place) + 1), dtype=bool)
    for marks, row in zip(right, rows, strict=True):
        for topic in row.topics:
            if topic != FOLLOW_UP:
                marks[len(place) if is_out_of_scope(topic) else place[topic]] = True
    return right


def _best_sharpness(ranking: Floats, right: NDArray[np.bool_], columns: Columns) -> float:
    """The factor that makes the probabilities of right topics likeliest."""
    asked = right.any(axis=1)

    def surprise(sharpness: float) -> float:
        chance = (ranking_probabilities(ranking[asked], sharpness, columns) * right[asked]).sum(axis=1)
        return float(-np.log(chance + 1e-9).mean())

    return min(_SHARPNESS_TRIED, key=surprise)


def _fit(seen: Floats, classes: NDArray[np.int64], weights: Floats, freedom: float = 1.0) -> LinearDecision:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=freedom, max_iter=3_000).fit(seen, classes, sample_weight=weights)
    table = np.column_stack([model.coef_, model.intercept_])
    return LinearDecision(tuple(tuple(round(float(value), 6) for value in row) for row in table))


def _weights(classes: NDArray[np.int64], power: float) -> Floats:
    """Rare classes count more: share to the power of minus `power`, mean one."""
    share = np.bincount(classes, minlength=len(KINDS)) / classes.size
    weights = np.maximum(share, 1e-6)[classes] ** -power
    return np.asarray(weights / weights.mean())


def _mix_weights(kind_of: NDArray[np.int64]) -> Floats:
    """Weights that sum to one and give the kinds their expected shares."""
    counted = np.maximum(np.bincount(kind_of, minlength=len(KINDS)), 1)
    return np.array([_EXPECTED_SHARE[KINDS[kind]] / counted[kind] for kind in kind_of])


def _bound_for_share(chance: Floats, is_emergency: NDArray[np.int64], mix: Floats, share: float) -> float:
    """The lowest bound that flags at most this share of the other messages."""
    others = is_emergency == 0
    order = np.argsort(-chance[others], kind="stable")
    flagged = np.cumsum(mix[others][order]) / mix[others].sum()
    first = int(np.searchsorted(flagged, share))
    return round(float(chance[others][order][min(first, order.size - 1)]) + 1e-6, 6)


def _bound_for_precision(sure: Floats, correct: NDArray[np.int64], mix: Floats, precision: float) -> float:
    """The lowest bound above which the weighted precision holds."""
    if not sure.size:
        return 1.0
    order = np.argsort(-sure, kind="stable")
    held = np.cumsum((mix * correct)[order]) / np.cumsum(mix[order])
    enough = np.flatnonzero(held >= precision)
    return round(float(sure[order][enough[-1]]), 6) if enough.size else 1.0


def _follow_up_bound(scores: Matrix, rows: Sequence[LabelledMessage]) -> float:
    """Half-way between continuing questions and complete ones, by the best balance of both errors."""
    positive = np.array([FOLLOW_UP in row.topics for row in rows])
    if not positive.any():
        return 0.5
    tried = np.linspace(-1.2, 0.8, 101)
    balance = [np.mean(scores[positive] >= t) - np.mean(scores[~positive] >= t) for t in tried]
    return round(float(tried[int(np.argmax(balance))]), 6)
