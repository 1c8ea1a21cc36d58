"""Turn messages into hashed n-gram counts with numpy alone, for a whole batch at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from binhyen.language.normalising import (
    Spoken,
    drop_channel,
    expand,
    folded_readings,
    has_marks,
    matched_part,
    speak,
    tokens,
    without_twins,
)

Keys = NDArray[np.uint64]
Lines = NDArray[np.int64]

FAMILIES = ("folded characters", "folded words", "marked characters", "marked words")
"""Each family is weighted and brought to unit length on its own; its keys never meet those of another."""

_LONGEST_RUN = 5
"""Characters in the longest run that is counted; the shortest has two."""
_SPACE, _NEW_LINE = np.uint64(32), np.uint64(10)
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_FAMILY_SALT = np.array([0xC2B2AE3D27D4EB4F * (family + 1) % 2**64 for family in range(len(FAMILIES))], np.uint64)
_POWERS = np.cumprod(np.full(64, _PRIME, np.uint64))
"""What the letters of a word are multiplied by; from the 64th on their order no longer matters."""
_DIGIT = re.compile(r"\d")
_LONG_NUMBER = re.compile(r"\b\d{5,}\b")
_AGE = re.compile(r"\b([0-9]{1,2})(?:t| ?tuoi)\b")
_CARD_AGE = 14


@dataclass(frozen=True, slots=True)
class Reading:
    """A message in the forms the features are counted on."""

    text: str
    words: list[Spoken]
    folded: str
    marked: str
    has_marks: bool


def read_message(text: str) -> Reading:
    """Clean, split and expand one message."""
    text = matched_part(text)
    said = without_twins(text)
    words = speak(tokens(said))
    marks = has_marks(words)
    shorter = drop_channel(said)
    matched = words if shorter is said else speak(tokens(shorter))
    folded, marked = folded_readings(matched), expand(matched) if marks else ""
    if _DIGIT.search(folded):
        folded, marked = _number_shapes(_with_ages(folded)), _number_shapes(marked)
    return Reading(text, words, folded, marked, marks)


def _with_ages(line: str) -> str:
    """Add after each age whether it is under 14: the identity card has one procedure below and another above."""
    return _AGE.sub(_told_age, line)


def _told_age(age: re.Match[str]) -> str:
    return f"{age[0]} {'duoimuoibon' if int(age[1]) < _CARD_AGE else 'dumuoibon'}"


def _number_shapes(line: str) -> str:
    """Long digit runs matter by their length only; short ones (14, 113) as they are."""
    return _LONG_NUMBER.sub(lambda number: f"{len(number[0])}#", line)


def ngram_keys(readings: Sequence[Reading]) -> tuple[Lines, Keys]:
    """(line, key) pairs of all n-grams of a batch, repeated as often as they occur.

    Each reading has a line for every family: line = number of the reading * len(FAMILIES) + number of the family.
    """
    written = [line for reading in readings for line in (reading.folded, reading.marked)]
    joined = "\n".join(f" {line} " if line else "" for line in written)
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    lines = 2 * np.cumsum(codes == _NEW_LINE)
    found = [*_characters(codes, lines), *_words(codes, lines + 1)]
    return np.concatenate([line for line, _ in found]), np.concatenate([key for _, key in found])


def _characters(codes: Keys, lines: Lines) -> Iterator[tuple[Lines, Keys]]:
    """Keys of all runs of neighbouring characters inside a line."""
    rolling = codes + _salts(lines)
    is_break = codes == _NEW_LINE
    for size in range(2, _LONGEST_RUN + 1):
        rolling = rolling[:-1] * _PRIME + codes[size - 1 :]
        inside = (lines[: rolling.size] == lines[size - 1 :]) & ~is_break[: rolling.size]
        yield lines[: rolling.size][inside], _mixed(rolling[inside])


def _words(codes: Keys, lines: Lines) -> Iterator[tuple[Lines, Keys]]:
    """Keys of words, and of pairs of neighbouring words inside a line."""
    is_letter = (codes != _SPACE) & (codes != _NEW_LINE)
    starts = np.flatnonzero(is_letter[1:] & ~is_letter[:-1]) + 1  # every line begins with a space
    if not starts.size:
        return
    place = np.arange(starts[0], codes.size) - np.repeat(starts, np.diff(starts, append=codes.size))
    parts = (codes * is_letter)[starts[0] :] * _POWERS[np.minimum(place, _POWERS.size - 1)]
    words = np.add.reduceat(parts, starts - starts[0])
    line_of = lines[starts]
    yield line_of, _mixed(words * _PRIME + _salts(line_of))
    together = line_of[:-1] == line_of[1:]
    pairs = _mixed(words[:-1][together]) * _PRIME + words[1:][together]
    yield line_of[:-1][together], _mixed(pairs * _PRIME + _salts(line_of[:-1][together]))


def _salts(lines: Lines) -> Keys:
    return _FAMILY_SALT[lines % len(FAMILIES)]


def _mixed(keys: Keys) -> Keys:
    """Spread the bits, so that sums of products do not meet."""
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
