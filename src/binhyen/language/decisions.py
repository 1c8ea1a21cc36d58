"""Turn topic scores into probabilities: the ranking, the kind, the danger and the trust in the first answer."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from binhyen.language.abuse import count_rude_words
from binhyen.language.danger import PRESENT_SIGNS, SIGNS, danger_signs
from binhyen.language.features import Reading
from binhyen.language.kinds import FOLLOW_UP, KINDS, NOT_A_PROCEDURE, is_out_of_scope
from binhyen.language.linear import Matrix
from binhyen.language.word_patterns import WordPatterns

Floats = NDArray[np.float64]

_NUMBER = re.compile(r"\d{6,}")
_CUE_CEILING = 3
_LONG_WORDS = 60
_KIND_SHARPNESS = 6.0
_CUE_WEIGHT = 0.5
_FEW_WORDS = 4


@dataclass(frozen=True)
class Columns:
    """Which columns of the scores mean what; the order of `topics` is the order of the columns."""

    topics: tuple[str, ...]

    @cached_property
    def police(self) -> list[int]:
        """Columns of procedures."""
        others = {*KINDS, FOLLOW_UP}
        return [i for i, topic in enumerate(self.topics) if topic not in others and not is_out_of_scope(topic)]

    @cached_property
    def elsewhere(self) -> list[int]:
        """Columns of other agencies' topics."""
        return [i for i, topic in enumerate(self.topics) if is_out_of_scope(topic)]

    @cached_property
    def ranked(self) -> list[int]:
        """Columns of procedures, then of other agencies' topics."""
        return self.police + self.elsewhere

    @cached_property
    def no_procedure(self) -> list[int]:
        """Columns of those topics of other agencies that count as kind other."""
        return [i for i, topic in enumerate(self.topics) if topic in NOT_A_PROCEDURE]

    @cached_property
    def asking(self) -> list[int]:
        """Columns of topics that somebody asks about."""
        return [column for column in self.ranked if column not in self.no_procedure]

    @cached_property
    def kinds(self) -> list[int]:
        """Columns of the kinds other than procedure, in the order of KINDS."""
        return [self.topics.index(kind) for kind in KINDS[1:]]

    @cached_property
    def follow_up(self) -> int:
        """Column of questions that continue another one."""
        return self.topics.index(FOLLOW_UP)


@dataclass(frozen=True)
class LinearDecision:
    """Multinomial logistic weights: `coefficients` has one row per class, the intercept last."""

    coefficients: tuple[tuple[float, ...], ...]

    @cached_property
    def _weights(self) -> Floats:
        return np.array(self.coefficients)

    def probabilities(self, features: Floats) -> Floats:
        """Probability of each class; of the second class alone when there is one row."""
        weights = self._weights
        logits = features @ weights[:, :-1].T + weights[:, -1]
        if weights.shape[0] == 1:
            one = 1 / (1 + np.exp(-logits))
            return np.hstack([1 - one, one])
        return softmax(logits)


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything learnt on held-out scores, small enough for a JSON file.

    `danger_possible` and `danger_clear` are the probabilities from which a message counts as such;
    `answer_from` and `offer_from` are the bounds of the bands.
    """

    topics: tuple[str, ...]
    sharpness: float
    kind: LinearDecision
    danger: LinearDecision
    trust: LinearDecision
    danger_possible: float
    danger_clear: float
    answer_from: float
    offer_from: float
    follow_up_from: float

    def to_json(self) -> str:
        """Write in a fixed form."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Decisions":
        """Read what `to_json` wrote."""
        data = json.loads(text)
        for name in ("kind", "danger", "trust"):
            data[name] = LinearDecision(tuple(tuple(row) for row in data[name]["coefficients"]))
        return cls(**{**data, "topics": tuple(data["topics"])})


def softmax(logits: Floats) -> Floats:
    """Row-wise softmax."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=1, keepdims=True)
    return result


@cache
def _cue_patterns() -> WordPatterns:
    source = files("binhyen") / "data" / "language" / "kind_lexicon.json"
    return WordPatterns(list(json.loads(source.read_text(encoding="utf-8")).values()))


def cues(reading: Reading) -> list[float]:
    """Counts of kind words, and how the message looks."""
    words = len(reading.words)
    return [
        *_cue_patterns().counts(reading.folded, _CUE_CEILING),
        float(words <= 3),
        float(words <= 6),
        min(words, _LONG_WORDS) / 20,
        float("?" in reading.text),
        float("!" in reading.text),
        float(bool(_NUMBER.search(reading.text))),
        float(not words and reading.text.isascii()),
        float(min(_CUE_CEILING, count_rude_words(reading.text, reading.words))),
        *danger_signs(reading.folded),
    ]


def ranking_scores(scores: Matrix, columns: Columns) -> Floats:
    """Scores of the procedures, then of each topic of other agencies."""
    return scores[:, columns.ranked].astype(np.float64)


def ranking_probabilities(ranking: Floats, sharpness: float, columns: Columns) -> Floats:
    """Probabilities of the procedures, and in the last column of "another agency" as a whole."""
    each = softmax(sharpness * ranking)
    police = len(columns.police)
    return np.column_stack([each[:, :police], each[:, police:].sum(axis=1)])


def kind_features(scores: Matrix, readings: Sequence[Reading], columns: Columns) -> Floats:
    """What the kind and the danger are decided on."""
    aside = columns.no_procedure
    best = np.sort(scores[:, columns.asking], axis=1)[:, ::-1]
    shares = softmax(_KIND_SHARPNESS * scores.astype(np.float64))
    asked = shares[:, [*columns.asking, columns.follow_up]].sum(axis=1)
    kinds = shares[:, columns.kinds]
    kinds[:, KINDS.index("other") - 1] += shares[:, aside].sum(axis=1)
    logs = np.log(np.column_stack([asked, kinds]) + 1e-4)
    plain = np.column_stack([best[:, :2], scores[:, [columns.follow_up, *columns.kinds, *aside]]])
    looks = _CUE_WEIGHT * np.array([cues(reading) for reading in readings])
    return np.column_stack([2 * plain, 0.5 * logs, looks])


def danger_features(seen: Floats, scores: Matrix, readings: Sequence[Reading], columns: Columns) -> Floats:
    """What the danger is decided on: `seen`, the features of the kind, and what several of them mean together.

    A sign of danger weighs otherwise in a question, in a tale of the past and in a cry of three words.
    """
    signs = seen[:, -len(SIGNS) :] / _CUE_WEIGHT
    present, past = (signs[:, :PRESENT_SIGNS] > 0).sum(axis=1), signs[:, -1]
    none = (signs[:, :-1] == 0).all(axis=1)
    column = columns.topics.index("emergency")
    emergency = scores[:, column].astype(np.float64)
    lead = emergency - np.delete(scores, column, axis=1).max(axis=1)
    asks = np.array(["?" in reading.text for reading in readings], dtype=np.float64)
    short = np.array([len(reading.words) <= _FEW_WORDS for reading in readings], dtype=np.float64)
    return np.column_stack(
        [
            seen,
            none,
            present,
            none * emergency,
            (present > 0) * emergency,
            np.minimum(present, 2) * (past > 0),
            past * emergency,
            2 * lead,
            2 * np.maximum(lead, 0),
            short * emergency,
            short * none,
            asks * emergency,
            asks * (present > 0),
        ]
    )


def trust_features(ranking: Floats, probabilities: Floats, kinds: Floats, readings: Sequence[Reading]) -> Floats:
    """What decides whether the first topic is answered straight away.

    `ranking` holds scores, `probabilities` the same as probabilities, `kinds` the probabilities of the kinds.
    """
    best = np.sort(probabilities, axis=1)[:, ::-1]
    raw = np.sort(ranking, axis=1)[:, ::-1]
    words = np.array([min(len(reading.words), _LONG_WORDS) for reading in readings])
    return np.column_stack(
        [
            best[:, 0],
            np.log(1.0001 - best[:, 0]),
            raw[:, 0],
            raw[:, 0] - raw[:, 1],
            kinds[:, 0],
            np.log(1.0001 - kinds[:, 0]),
            words / 30,
            words <= 3,
        ]
    )
