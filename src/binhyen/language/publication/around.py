"""A sentence of a draft with its people and its neighbours, and who of them was harmed; read by the rules about people."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Sequence
from dataclasses import dataclass

from binhyen.language.publication.findings import Flag, Level
from binhyen.language.publication.people import Person
from binhyen.language.publication.sentences import Sentence
from binhyen.language.publication.wording import (
    LABEL,
    SUSPECT_PASSIVE,
    TAKEN,
    VICTIM_AFTER,
    VICTIM_BEFORE,
    VICTIM_PASSIVE,
)

LABEL_BEFORE = re.compile(rf"(?<!\w){LABEL}")
PASSIVE = re.compile(rf"(?<!\w){SUSPECT_PASSIVE}(?!\w)")
VICTIM_LABEL = re.compile(rf"(?<!\w){VICTIM_BEFORE.format(taken='(?!)')}")
_ROBBED_OF = re.compile(rf"(?<!\w){VICTIM_BEFORE.format(taken='')}")

Judgement = tuple[Flag, Level, int, int, str]
"""Flag, level, start and end in the sentence, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Around:
    """A sentence with its people and the two sentences beside it."""

    sentence: Sentence
    people: Sequence[Person]
    before: Sentence | None
    after: Sentence | None

    @property
    def beside(self) -> list[Sentence]:
        """The sentences before and after, where there are any."""
        return [one for one in (self.before, self.after) if one is not None]

    @property
    def window(self) -> str:
        """Lower-case text of the three sentences."""
        return " ".join(one.lower for one in (self.before, self.sentence, self.after) if one is not None)


def is_victim(around: Around, person: Person) -> bool:
    """Whether the words around a person tell that something was done to them."""
    lower = around.sentence.lower
    before, after = lower[: person.start], lower[person.end : person.end + 220]
    passive, caught = VICTIM_PASSIVE.search(after), PASSIVE.search(after)
    if passive and (caught is None or passive.start() < caught.start()):
        return True
    if person.called in {"nan nhan", "bi hai"} or VICTIM_LABEL.search(before[-60:]):
        return True
    if _ROBBED_OF.search(before[-60:]) and TAKEN.search(before):
        return not re.search(r"khám xét|thu giữ|nơi ở|bắt|khởi tố", before)
    return bool(VICTIM_AFTER.search(after)) and not LABEL_BEFORE.search(before[-80:])
