"""Sentences the second look is trained on: labelled drafts, lists of sentences, the library of posts. All invented."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from binhyen.core.text import without_marks
from binhyen.core.yaml_text import parsed
from binhyen.language.flat_text import flatten
from binhyen.language.publication.findings import Flag, Level
from binhyen.language.publication.sentences import Sentence, sentences_of
from binhyen.language.training_rows import data_folder

CLEAN = "clean"
CLASSES: dict[str, tuple[Flag, Level]] = {
    "asks_money_or_code": (Flag.ASKS_MONEY_OR_CODE, Level.NEVER),
    "debtor_shaming": (Flag.DEBTOR_SHAMING, Level.NEVER),
    "state_secret_mark": (Flag.STATE_SECRET_MARK, Level.NEVER),
    "victim_abuse": (Flag.VICTIM_IDENTIFIABLE, Level.NEVER),
    "victim_identifiable": (Flag.VICTIM_IDENTIFIABLE, Level.SECOND_OFFICER),
    "child_offender": (Flag.CHILD_DETAILS, Level.NEVER),
    "child_details": (Flag.CHILD_DETAILS, Level.SECOND_OFFICER),
    "suspect_named": (Flag.SUSPECT_NAMED, Level.SECOND_OFFICER),
}
"""What a sentence can be about, with flag and level; each has its list in data/publication/sentences."""

POOLS: dict[str, frozenset[str]] = {
    "exposes": frozenset({
        "debtor_shaming", "victim_abuse", "victim_identifiable", "child_offender", "child_details", "suspect_named",
    }),
    "grave": frozenset({"victim_abuse", "child_offender"}),
}  # fmt: skip
"""Classes that are also learnt together: what exposes somebody reads alike, however it is to be called."""

_ABOUT_PEOPLE = {"victim_identifiable": "victim_abuse", "child_details": "child_offender"}
_OTHER_REASONS = frozenset(
    {"id_number", "link_not_allowed", "asks_money_or_code", "debtor_shaming", "state_secret_mark"}
)


@dataclass(frozen=True, slots=True)
class LabelledDraft:
    """A draft with its sentences and the classes it holds; none for a clean one."""

    sentences: tuple[Sentence, ...]
    classes: frozenset[str]


def labelled_drafts() -> list[LabelledDraft]:
    """All packaged drafts, in an order that never changes."""
    return [
        LabelledDraft(tuple(sentences), frozenset(classes))
        for text, classes in (*_drafts(), *_sentences(), *_library())
        if (sentences := sentences_of(flatten(text)))
    ]


def _drafts() -> Iterator[tuple[str, list[str]]]:
    for file in sorted((data_folder() / "publication").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".jsonl"):
            for line in file.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                if row["expect"] or not row["block"]:
                    yield row["text"], _classes(row["expect"], never=row["never"])


def _classes(expected: list[str], *, never: bool) -> list[str]:
    """Flags about meaning as classes; a person in a draft that is never published is one of the gravest kind."""
    grave = never and not _OTHER_REASONS.intersection(expected)
    named = [_ABOUT_PEOPLE.get(flag, flag) if grave else flag for flag in expected]
    return [name if name in CLASSES else "other" for name in named]


def _sentences() -> Iterator[tuple[str, list[str]]]:
    for name in (*CLASSES, CLEAN):
        lines = (data_folder() / "publication" / "sentences" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        for line in lines:
            if line and not line.startswith("#"):
                yield line, [] if name == CLEAN else [name]


def _library() -> Iterator[tuple[str, list[str]]]:
    """Each starting post as a whole, each of its parts alone, and all without marks, as an SMS tells it."""
    for post in parsed((data_folder() / "posts" / "starters.yaml").read_text(encoding="utf-8")):
        parts = [str(post[part]) for part in ("title", "what", "signs", "todo")]
        for text in ("\n".join(parts), *parts):
            yield text, []
            yield without_marks(text), []
