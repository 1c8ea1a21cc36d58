"""Search a text for personal data of every type; each pattern reads the text once and is bounded (G54)."""

import re
from collections.abc import Iterator

from binhyen.language.flat_text import FlatText, flatten
from binhyen.language.personal_data_numbers import may_hold_number, personal_numbers
from binhyen.language.personal_data_patterns import (
    ADDRESS,
    ADDRESS_GOES_ON,
    ADDRESS_NAMED,
    BIRTH,
    DIGIT,
    EMAIL,
    EMAIL_APART,
    EMAIL_SIGNS,
    HEALTH_CARD,
    HEALTH_CARD_CUE,
    LICENCE,
    NAME_CALLED,
    NAME_FULL,
    NAME_LOWER,
    NAME_LOWER_NEEDS,
    NAME_TOLD,
    NAME_TOLD_NEEDS,
    NOT_A_NAME,
    PASSPORT,
    PASSPORT_CUE,
    PASSPORT_LETTERS,
    PLATE,
    PLATE_CUE,
    PLATE_NEXT_CUE,
    PLATE_NOT_A_SERIES,
    PLATE_SURE_CUE,
    PLATE_TWO_AND_THREE,
    SURNAME,
    WEAK_SURNAMES,
)
from binhyen.language.spans import Span


def search(text: str) -> list[Span]:
    """Spans of personal data in order, never overlapping; the surer types are looked for first."""
    flat = flatten(text)
    taken: list[tuple[str, int, int]] = []
    free = bytearray(len(flat.shown) + 1)
    for type_, start, end in _candidates(flat):
        if start < end and not any(free[start:end]):
            free[start:end] = b"\x01" * (end - start)
            taken.append((type_, start, end))
    return [Span(type_, *flat.place(start, end)) for type_, start, end in sorted(taken, key=lambda one: one[1])]


def _candidates(text: FlatText) -> Iterator[tuple[str, int, int]]:
    """Most messages name nothing: what a type cannot do without is looked for before its patterns."""
    yield from _mail_addresses(text)
    has_digits = DIGIT.search(text.flat) is not None
    has_capitals = not text.shown[1:].islower()
    if has_digits:
        yield from _plates(text)
        yield from _cards(text)
        for match in BIRTH.finditer(text.flat):
            yield "DOB", *match.span("date")
    if may_hold_number(text.flat):
        for found in personal_numbers(text.flat):
            yield found.type, found.start, found.end
    if has_digits:
        yield from _numbered_addresses(text)
    if has_capitals:
        yield from _named_addresses(text)
    yield from _names_in_small_letters(text)
    if has_capitals:
        yield from _names(text)


def _mail_addresses(text: FlatText) -> Iterator[tuple[str, int, int]]:
    if not any(sign in text.flat for sign in EMAIL_SIGNS):
        return
    for pattern in (EMAIL, EMAIL_APART):
        for match in pattern.finditer(text.flat):
            yield "EMAIL", match.start(), match.end()


def _cards(text: FlatText) -> Iterator[tuple[str, int, int]]:
    for match in HEALTH_CARD.finditer(text.flat):
        told = HEALTH_CARD_CUE.search(text.flat, max(0, match.start() - 40), match.start())
        if told or text.shown[match.start() : match.start() + 2].isupper():
            yield "SOCIAL", match.start(), match.end()
    for match in LICENCE.finditer(text.flat):
        yield "LICENCE", *match.span("number")
    for match in PASSPORT.finditer(text.flat):
        told = PASSPORT_CUE.search(text.flat, max(0, match.start() - 40), match.start())
        written = text.shown[match.start()].isupper() and match["letter"] in PASSPORT_LETTERS and " " not in match[0]
        if told or written:
            yield "PASSPORT", match.start(), match.end()


def _plates(text: FlatText) -> Iterator[tuple[str, int, int]]:
    for match in PLATE.finditer(text.flat):
        told = PLATE_CUE.search(text.flat, max(0, match.start() - 30), match.start())
        upper = text.shown[match.start("series")].isupper()
        joined = "-" in match[0] or match["series"][-1].isdigit()
        if match["series"] in PLATE_NOT_A_SERIES and not ((told and upper) or _plate_is_named(text.flat, match)):
            continue
        if PLATE_TWO_AND_THREE.fullmatch(match["number"]) and not match["series"][-1].isdigit():
            continue
        if told or upper or (joined and len(match["number"]) > 4):
            yield "PLATE", match.start(), match.end()


def _plate_is_named(flat: str, match: re.Match[str]) -> bool:
    """A word for the plate stands right before it; a word for the vehicle does only before five digits."""
    reach = max(0, match.start() - 20)
    if PLATE_SURE_CUE.search(flat, reach, match.start()):
        return True
    return len(match["number"]) > 4 and PLATE_NEXT_CUE.search(flat, reach, match.start()) is not None


def _numbered_addresses(text: FlatText) -> Iterator[tuple[str, int, int]]:
    for match in ADDRESS.finditer(text.flat):
        start = match.start(match.lastgroup or 0)
        yield "ADDR", start, _address_end(text, match.end())


def _named_addresses(text: FlatText) -> Iterator[tuple[str, int, int]]:
    for match in ADDRESS_NAMED.finditer(text.shown):
        yield "ADDR", match.start(), _address_end(text, match.end())


def _address_end(text: FlatText, end: int) -> int:
    more = ADDRESS_GOES_ON.match(text.shown, end)
    return more.end() if more else end


def _names_in_small_letters(text: FlatText) -> Iterator[tuple[str, int, int]]:
    if any(middle in text.flat for middle in NAME_LOWER_NEEDS):
        for match in NAME_LOWER.finditer(text.flat):
            yield "NAME", *match.span("name")
    if any(words in text.flat for words in NAME_TOLD_NEEDS):
        for match in NAME_TOLD.finditer(text.flat):
            yield "NAME", *match.span("name")


def _names(text: FlatText) -> Iterator[tuple[str, int, int]]:
    for match in NAME_CALLED.finditer(text.shown):
        start, end = match.span("name")
        if _may_be_name(text.flat[start:end].split()):
            yield "NAME", start, end
    for match in NAME_FULL.finditer(text.shown):
        start, end = match.span("name")
        words = text.flat[start:end].split()
        if _has_surname(words) and _may_be_name(words):
            yield "NAME", start, end


def _may_be_name(words: list[str]) -> bool:
    """Most of the words are not everyday words written with a capital letter."""
    return sum(word in NOT_A_NAME for word in words) * 2 <= len(words) and not (
        len(words) == 1 and words[0] in NOT_A_NAME
    )


def _has_surname(words: list[str]) -> bool:
    """The first word is a surname; one that is also an everyday word needs two names after it."""
    first = words[0]
    if first[1:2] in {"'", "’"}:
        return True
    return bool(SURNAME.match(first)) and not (first in WEAK_SURNAMES and len(words) < 3)
