"""The unit's own names and sample questions: a message that reads like one of them means its procedure.

National names are learnt by the language model; what a unit adds works at once, without training.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from binhyen.procedures.catalogue import Catalogue, Procedure

ASKING_WORDS = frozenset(
    """cho can gi lam xin hoi muon minh toi em anh chi co khong duoc the nao o dau va thi la nhu a ah
    thu tuc giay""".split()  # noqa: SIM905 - easier to read than thirty quotes
)
"""Words of asking that tell nothing about what is asked."""
_TALK = ASKING_WORDS | frozenset(
    """ad chu bac co chau con ong ba tui nay vay nhe nhi voi ve de di len den roi giup em oi da vang dang
    bao nhieu may ngay lau tien gio khi nao ra sao mat phai nop""".split()  # noqa: SIM905 - as above
)
_NEAR = 0.75
"""Share of telling words that a message and a sample question have in common (Dice)."""
_ALIAS_SHARE = 0.5
"""Share of the message's telling words that a name in it must make up."""
_FEWEST_WORDS = 2
"""Telling words a sample needs before anything but itself matches it."""
_LONGEST_MESSAGE = 40
"""Words; a story names more than it asks."""


@dataclass(frozen=True, slots=True)
class OwnMatch:
    """A procedure that the unit's own words mean."""

    procedure: str
    is_exact: bool
    """The message is the sample or name itself, marks and spelling aside."""


@dataclass(frozen=True, slots=True)
class _Entry:
    folded: str
    telling: frozenset[str]
    procedure: str
    is_alias: bool


class OwnWords:
    """The words of one catalogue, ready to be compared."""

    def __init__(self, procedures: Iterable[Procedure]) -> None:
        """`procedures` with their samples and own aliases."""
        self._exact: dict[str, str] = {}
        self._by_word: dict[str, list[_Entry]] = {}
        for procedure in procedures:
            for is_alias, texts in ((False, procedure.samples), (True, procedure.own_aliases)):
                for text in texts:
                    self._add(text, procedure.id, is_alias)

    def __bool__(self) -> bool:
        return bool(self._exact)

    def _add(self, text: str, procedure: str, is_alias: bool) -> None:
        folded = _read(text)
        if not folded:
            return
        self._exact.setdefault(folded, procedure)
        entry = _Entry(folded, _telling(folded), procedure, is_alias)
        if is_alias or len(entry.telling) >= _FEWEST_WORDS:
            for word in entry.telling:
                self._by_word.setdefault(word, []).append(entry)

    def find(self, text: str) -> OwnMatch | None:
        """The procedure a message means by the unit's words; None when there is none or two are equally near."""
        folded = _read(text)
        if folded in self._exact:
            return OwnMatch(self._exact[folded], True)
        if folded.count(" ") >= _LONGEST_MESSAGE:
            return None
        telling = _telling(folded)
        entries = {id(entry): entry for word in telling for entry in self._by_word.get(word, ())}
        scores: dict[str, float] = {}
        for entry in entries.values():
            score = _closeness(entry, folded, telling)
            scores[entry.procedure] = max(score, scores.get(entry.procedure, 0.0))
        best = sorted(scores.items(), key=lambda pair: -pair[1])[:2]
        if not best or best[0][1] == 0.0 or (len(best) == 2 and best[0][1] == best[1][1]):
            return None
        return OwnMatch(best[0][0], False)


def _closeness(entry: _Entry, folded: str, telling: frozenset[str]) -> float:
    """0 when it is not near enough. Numbers must agree: "14 tuổi" is another question than "13 tuổi"."""
    if _numbers(entry.telling) - telling or (not entry.is_alias and _numbers(telling) - entry.telling):
        return 0.0
    common = len(entry.telling & telling)
    if entry.is_alias:
        share = common / len(telling)
        return share if f" {entry.folded} " in f" {folded} " and share >= _ALIAS_SHARE else 0.0
    dice = 2 * common / (len(entry.telling) + len(telling))
    return dice if dice >= _NEAR and common >= _FEWEST_WORDS else 0.0


def _numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word.isdecimal())


def _read(text: str) -> str:
    from binhyen.language.features import read_message  # numbers: not for a web process that answers nothing

    return read_message(text).folded


def _telling(folded: str) -> frozenset[str]:
    return frozenset(word for word in folded.split() if word not in _TALK)


@functools.lru_cache(maxsize=512)
def own_words_of(catalogue: Catalogue) -> OwnWords:
    """The words of a catalogue, put together once."""
    return OwnWords(catalogue.procedures)
