"""Search a text for personal data of every type; each pattern reads the text once and is bounded (G54)."""

import re
from collections.abc import Iterable, Iterator

from binhyen.language.flat_text import FlatText, flatten
from binhyen.language.personal_data_addresses import house_and_street, named_addresses, numbered_addresses
from binhyen.language.personal_data_names import name_before_number, names_in_small_letters, names_with_capitals
from binhyen.language.personal_data_numbers import may_hold_number, personal_numbers
from binhyen.language.personal_data_patterns import (
    ACCOUNT_TOLD,
    BIRTH,
    BIRTH_AFTER_NAME,
    DIGIT,
    EMAIL,
    EMAIL_APART,
    EMAIL_SIGNS,
    HEALTH_CARD,
    HEALTH_CARD_CUE,
    LICENCE_TOLD,
    PASSPORT,
    PASSPORT_CUE,
    PASSPORT_LETTERS,
    PASSPORT_TOLD,
    PLATE,
    PLATE_CUE,
    PLATE_NEXT_CUE,
    PLATE_NOT_A_SERIES,
    PLATE_SURE_CUE,
    PLATE_TWO_AND_THREE,
    TOLD_NEEDS,
    holds_any,
)
from binhyen.language.spans import Span

_TOLD = (("PASSPORT", PASSPORT_TOLD), ("LICENCE", LICENCE_TOLD), ("BANK", ACCOUNT_TOLD))


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
        yield from _births(text)
    if may_hold_number(text.flat):
        for found in personal_numbers(text.flat):
            yield found.type, found.start, found.end
            if found.type == "PHONE":
                yield from (("NAME", *place) for place in name_before_number(text, found.start))
    yield from (("ADDR", *place) for place in _joined(_addresses(text, has_digits, has_capitals)))
    for start, end in _joined([*names_in_small_letters(text), *(names_with_capitals(text) if has_capitals else ())]):
        yield "NAME", start, end
        if born := BIRTH_AFTER_NAME.match(text.flat, end):
            yield "DOB", *born.span(born.lastgroup or 0)


def _addresses(text: FlatText, has_digits: bool, has_capitals: bool) -> Iterator[tuple[int, int]]:
    if has_digits:
        yield from numbered_addresses(text)
    if has_capitals:
        yield from named_addresses(text)
    if has_digits and has_capitals:
        yield from house_and_street(text)


def _joined(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _births(text: FlatText) -> Iterator[tuple[str, int, int]]:
    for match in BIRTH.finditer(text.flat):
        yield "DOB", *match.span("date")
        yield "DOB", *match.span("other")


def _mail_addresses(text: FlatText) -> Iterator[tuple[str, int, int]]:
    if not holds_any(text.flat, EMAIL_SIGNS):
        return
    for pattern in (EMAIL, EMAIL_APART):
        for match in pattern.finditer(text.flat):
            yield "EMAIL", match.start(), match.end()


def _cards(text: FlatText) -> Iterator[tuple[str, int, int]]:
    for match in HEALTH_CARD.finditer(text.flat):
        told = HEALTH_CARD_CUE.search(text.flat, max(0, match.start() - 40), match.start())
        if told or text.shown[match.start() : match.start() + 2].isupper():
            yield "SOCIAL", match.start(), match.end()
    for type_, pattern in _TOLD:
        if holds_any(text.flat, TOLD_NEEDS[type_]):
            for match in pattern.finditer(text.flat):
                start, end = match.span(match.lastgroup or 0)
                if " " not in text.flat[start : start + 3] or text.shown[start].isupper():
                    yield type_, start, end
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
        two_and_three = PLATE_TWO_AND_THREE.fullmatch(match["number"]) and not match["series"][-1].isdigit()
        if two_and_three and not (told and upper):
            continue
        if told or upper or (joined and len(match["number"]) > 4):
            yield "PLATE", match.start(), match.end()


def _plate_is_named(flat: str, match: re.Match[str]) -> bool:
    """A word for the plate stands right before it; a word for the vehicle does only before five digits."""
    reach = max(0, match.start() - 20)
    if PLATE_SURE_CUE.search(flat, reach, match.start()):
        return True
    return len(match["number"]) > 4 and PLATE_NEXT_CUE.search(flat, reach, match.start()) is not None
