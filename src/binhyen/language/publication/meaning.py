"""The trained second look at a draft: sentences that read like something never said, though no rule knows the words."""

import json
import logging
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from binhyen.language.features import read_message
from binhyen.language.flat_text import flatten
from binhyen.language.linear import LinearScores
from binhyen.language.model_cache import TrainingError, cache_folder, content_hash, made_once, run_apart
from binhyen.language.publication.findings import MEND_ABUSE, MEND_CHILD_OFFENDER, MENDS, Finding, Level, PostKind
from binhyen.language.publication.meaning_marks import marks_of, may_hold
from binhyen.language.publication.meaning_rows import CLASSES, POOLS
from binhyen.language.publication.sentences import Sentence, sentences_of

_GRAVEST = frozenset({"asks_money_or_code", "state_secret_mark", "victim_abuse", "child_offender"})
_LESS = np.array([0.4 if name in _GRAVEST else -np.inf for name in CLASSES])
"""How far below its bound a class is still found in a draft that is held back anyway."""

SURE = 0.5
"""How far over its bound a request must lie in a reply: no second officer answers there, a false alarm stops work."""

_log = logging.getLogger(__name__)
_HERE = Path(__file__).parent
_MODULES = (
    *(_HERE / f"{name}.py" for name in ("meaning_marks", "meaning_rows", "meaning_training", "meaning_words")),
    *(_HERE / f"{name}.py" for name in ("people", "sentences", "wording")),
    *(_HERE.parent / f"{name}.py" for name in ("features", "flat_text", "linear", "margin", "normalising")),
    _HERE.parents[1] / "core" / "text.py",
)  # fmt: skip
_DATA = ("publication", "publication/sentences", "posts/starters.yaml", "language/teencode.json")


class MeaningScores:
    """Weights of a trained folder."""

    def __init__(self, folder: Path) -> None:
        """Map the files."""
        told = json.loads((folder / "meaning.json").read_text(encoding="utf-8"))
        self._linear = LinearScores(folder)
        self._place = {name: column for column, name in enumerate(told["marks"])}
        self._weights = np.load(folder / "mark_weights.npy", allow_pickle=False)
        self._bounds = np.array([told["bounds"][name] for name in (*CLASSES, *POOLS)])

    def findings(self, text: str, kind: PostKind | None = None, *, held: bool = False) -> Iterator[Finding]:
        """A finding over the whole sentence for each class whose bound it passes; offsets into the text as given.

        A draft that is `held` back already, by a rule or by another of its sentences, is held for good on less.
        """
        flat = flatten(text)
        sentences = sentences_of(flat)
        if not sentences:
            return
        marks = marks_of(sentences)
        over = self._over(sentences, marks)
        found = list(_found(over, marks, kind))
        if held or found:
            found += _found(over[:, : len(CLASSES)] + _LESS, marks, kind)
        for row, name, level in dict.fromkeys(found):
            sentence = sentences[row]
            lead = len(sentence.shown) - len(sentence.shown.lstrip())
            place = flat.place(sentence.start + lead, sentence.end)
            yield Finding(CLASSES[name][0], level, *place, _mend(name))

    def request(self, text: str) -> float:
        """How far the likeliest sentence lies over the bound of a request; minus infinity when none can be one."""
        sentences = sentences_of(flatten(text))
        if not sentences:
            return -np.inf
        marks, name = marks_of(sentences), "asks_money_or_code"
        over = self._over(sentences, marks)[:, list(CLASSES).index(name)]
        return max((float(one) for one, told in zip(over, marks, strict=True) if may_hold(name, told)), default=-np.inf)

    def _over(self, sentences: Sequence[Sentence], marks: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """Scores less the bounds, a row per sentence, a column per class and pool."""
        scores = self._linear.scores([read_message(sentence.shown) for sentence in sentences])
        for row, told in enumerate(marks):
            known = [self._place[mark] for mark in told if mark in self._place]
            if known:
                scores[row] += self._weights[known].sum(axis=0) / np.sqrt(len(known))
        return np.asarray(scores - self._bounds)


def _found(
    over: NDArray[np.float64], marks: Sequence[Sequence[str]], kind: PostKind | None
) -> Iterator[tuple[int, str, Level]]:
    """Each sentence with the class it is of and its level; a pool is called by the likeliest of its members."""
    names, columns = list(CLASSES), [*CLASSES, *POOLS]
    for row, column in np.argwhere(over > 0).tolist():
        members = POOLS.get(columns[column], {columns[column]})
        may = [name for name in names if name in members and may_hold(name, marks[row], kind)]
        if may:
            name = max(may, key=lambda one: float(over[row, names.index(one)]))
            mixed = len({CLASSES[one][1] for one in members}) > 1
            yield row, name, Level.SECOND_OFFICER if mixed else CLASSES[name][1]


def _mend(name: str) -> str:
    flag, _ = CLASSES[name]
    mend = {"victim_abuse": MEND_ABUSE, "child_offender": MEND_CHILD_OFFENDER}.get(name, MENDS[flag])
    return f"Câu này đọc giống điều không được đăng. {mend} Nếu không phải ý đó, viết lại cho rõ."


@cache
def _place(cache_dir: Path) -> Path:
    return cache_dir / f"meaning-{content_hash(_MODULES, _DATA)}"


def train_meaning(cache_dir: Path | None = None) -> Path:
    """The folder of the model for the packaged drafts; trained in a process of its own when it is not there yet.

    Takes some fifteen seconds, once for each state of data and code. Raises `TrainingError`.
    """
    target = _place(cache_dir or cache_folder())
    return made_once(target, lambda folder: run_apart("binhyen.language.publication.meaning_training", [str(folder)]))


@cache
def load_meaning() -> MeaningScores | None:
    """The model, trained first when it is missing; kept for the life of the process.

    None where it can neither be opened nor trained: an urgent warning must not wait for it. That is logged as an error.
    """
    try:
        return MeaningScores(train_meaning())
    except (OSError, TrainingError) as error:
        _log.error("the second look at drafts is not there, they are judged by the rules alone: %s", error)
        return None


def meaning_findings(text: str, kind: PostKind | None = None, *, held: bool = False) -> Iterator[Finding]:
    """What the second look finds in a draft; `held` says that a rule holds it back already."""
    scores = load_meaning()
    if scores is not None:
        yield from scores.findings(text, kind, held=held)


def reads_like_a_request(text: str) -> bool:
    """Whether the second look reads a request for money, a code, a paper or an app in a text.

    False while no model is there: a reply does not wait until one is trained, the worker does that when it starts.
    """
    scores = load_meaning() if _place(cache_folder()).is_dir() else None
    return scores is not None and scores.request(text) > SURE
