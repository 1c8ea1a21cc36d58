"""The trained second look at a draft: sentences that read like something never said, though no rule knows the words."""

import json
import logging
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from binhyen.language.features import read_message
from binhyen.language.flat_text import flatten
from binhyen.language.linear import LinearScores
from binhyen.language.model_cache import TrainingError, cache_folder, content_hash, made_once, run_apart
from binhyen.language.publication.findings import MEND_ABUSE, MEND_CHILD_OFFENDER, MENDS, Finding
from binhyen.language.publication.meaning_marks import marks_of, may_hold
from binhyen.language.publication.meaning_rows import CLASSES
from binhyen.language.publication.sentences import sentences_of

_log = logging.getLogger(__name__)
_HERE = Path(__file__).parent
_MODULES = (
    *(_HERE / f"{name}.py" for name in ("meaning_marks", "meaning_rows", "meaning_training")),
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
        self._bounds = np.array([told["bounds"][name] for name in CLASSES])

    def findings(self, text: str) -> Iterator[Finding]:
        """A finding over the whole sentence for each class whose bound it passes; offsets into the text as given."""
        flat = flatten(text)
        sentences = sentences_of(flat)
        if not sentences:
            return
        scores = self._linear.scores([read_message(sentence.shown) for sentence in sentences])
        marks = marks_of(sentences)
        for row, found in enumerate(marks):
            known = [self._place[mark] for mark in found if mark in self._place]
            if known:
                scores[row] += self._weights[known].sum(axis=0) / np.sqrt(len(known))
        names = list(CLASSES)
        for row, column in np.argwhere(scores > self._bounds).tolist():
            sentence, name = sentences[row], names[column]
            if not may_hold(name, marks[row]):
                continue
            lead = len(sentence.shown) - len(sentence.shown.lstrip())
            place = flat.place(sentence.start + lead, sentence.end)
            yield Finding(*CLASSES[name], *place, _mend(name))


def _mend(name: str) -> str:
    flag, _ = CLASSES[name]
    mend = {"victim_abuse": MEND_ABUSE, "child_offender": MEND_CHILD_OFFENDER}.get(name, MENDS[flag])
    return f"Câu này đọc giống điều không được đăng. {mend} Nếu không phải ý đó, viết lại cho rõ."


def train_meaning(cache_dir: Path | None = None) -> Path:
    """The folder of the model for the packaged drafts; trained in a process of its own when it is not there yet.

    Takes some seconds, once for each state of data and code. Raises `TrainingError`.
    """
    target = (cache_dir or cache_folder()) / f"meaning-{content_hash(_MODULES, _DATA)}"
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


def meaning_findings(text: str) -> Iterator[Finding]:
    """What the second look finds in a draft."""
    scores = load_meaning()
    if scores is not None:
        yield from scores.findings(text)
