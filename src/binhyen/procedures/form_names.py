"""Finding forms by code, by name and by the names people still use for them. Pure."""

import functools
import re
from dataclasses import dataclass

from binhyen.core.text import fold
from binhyen.procedures.catalogue import Catalogue, FormTemplate, OldName

MOST_FOUND = 4
_FORM_WORDS = ("mau", "don", "to khai", "ban khai", "giay khai", "phieu", "bieu mau", "to trinh")
"""One of them shows that a paper is asked for."""
_ASKING = frozenset("mau don to khai ban giay phieu bieu xin tai cho de nghi o dau lay can file pdf toi em".split())  # noqa: SIM905
_ENOUGH = 0.75
_SPLIT_CODE = re.compile(r"\b([a-z]{1,4}) (\d{1,3}[a-z]?)\b")


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A form, or an old name without a form today."""

    form: FormTemplate | None
    old: OldName | None
    """The name by which it was found, when it is an old one."""


def forms_of_old(old: OldName, known: Catalogue) -> tuple[FormTemplate, ...]:
    """Forms of today that an old name stands for."""
    now = f" {fold(old.now)} "
    return tuple(form for form in known.forms if f" {fold(form.code)} " in now)


def forms_matching(text: str, known: Catalogue) -> tuple[FoundForm, ...]:
    """What a person asks for: codes first ("CT 01", "ct01"), then old names, then names of forms; at most four."""
    said = _joined(text)
    words = frozenset(said.split())
    found = [FoundForm(form, None) for code, form in _codes(known) if f" {code} " in f" {said} "]
    for old in known.old_names:
        if _is_old_name(said, words, old.old):
            found += [FoundForm(form, old) for form in forms_of_old(old, known)] or [FoundForm(None, old)]
    if any(f" {word} " in f" {said} " for word in _FORM_WORDS):
        found += [FoundForm(form, None) for form in known.forms if _holds(fold(form.name), words)]
    seen: dict[str, FoundForm] = {}
    for one in found:
        seen.setdefault(one.form.code if one.form else one.old.old if one.old else "", one)
    return tuple(seen.values())[:MOST_FOUND]


def gone_paper(text: str, known: Catalogue) -> OldName | None:
    """A paper the text names that is worth nothing any more, such as the household book."""
    said = f" {fold(text)} "
    return next((old for old, names in _gone_names(known) if any(name in said for name in names)), None)


@functools.lru_cache(maxsize=8)
def _gone_names(known: Catalogue) -> tuple[tuple[OldName, tuple[str, ...]], ...]:
    """Papers worth nothing any more, each with its names, folded and between blanks."""
    gone = (old for old in known.old_names if old.note.startswith("hết giá trị"))
    return tuple((old, tuple(f" {fold(part)} " for part in old.old.split(","))) for old in gone)


def _joined(text: str) -> str:
    return _SPLIT_CODE.sub(r"\1\2", fold(text))


@functools.lru_cache(maxsize=8)
def _codes(known: Catalogue) -> tuple[tuple[str, FormTemplate], ...]:
    return tuple((_joined(form.code), form) for form in known.forms if any(map(str.isdigit, form.code)))


def _is_old_name(said: str, words: frozenset[str], old: str) -> bool:
    name, _, code = old.partition("(")
    if (inside := fold(code)) and f" {inside} " in f" {said} " and len(inside.split()) == 1:
        return True
    return any(fold(part) in said for part in name.split(",")) or _holds(fold(name), words)


def _holds(name: str, words: frozenset[str]) -> bool:
    """Whether a name holds most of the telling words, two at least."""
    telling = words - _ASKING
    held = len(telling & frozenset(name.split()))
    return held >= 2 and held >= _ENOUGH * len(telling)
