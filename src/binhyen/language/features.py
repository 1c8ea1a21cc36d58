"""Turn messages into hashed n-gram counts with numpy alone, for a whole batch at once."""

import itertools
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from binhyen.language.normalising import (
    drop_channel,
    expand,
    folded_readings,
    has_marks,
    matched_part,
    tokens,
)

Keys = NDArray[np.uint64]
Rows = NDArray[np.int64]

FAMILIES = ("folded characters", "folded words", "marked characters", "marked words")
"""Each family is weighted and brought to unit length on its own."""

_CHARACTER_SIZES = (2, 3, 4, 5)
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_FAMILY_SALT = tuple(np.uint64(0xC2B2AE3D27D4EB4F * (family + 1) % 2**64) for family in range(len(FAMILIES)))
_DIGITS = re.compile(r"\d+")
_AGE = re.compile(r"([0-9]{1,2})(?:t|tuoi)")
_CARD_AGE = 14


@dataclass(frozen=True, slots=True)
class Reading:
    """A message in the forms the features are counted on."""

    text: str
    words: list[str]
    folded: str
    marked: str
    has_marks: bool


def read_message(text: str) -> Reading:
    """Clean, split and expand one message."""
    text = matched_part(text)
    words = tokens(text)
    marks = has_marks(words)
    matched = tokens(drop_channel(text))
    return Reading(
        text=text,
        words=words,
        folded=" ".join(map(_number_shape, _with_ages(folded_readings(matched)))),
        marked=" ".join(map(_number_shape, expand(matched))) if marks else "",
        has_marks=marks,
    )


def _with_ages(words: list[str]) -> list[str]:
    """Add after each age whether it is under 14: the identity card has one procedure below and another above."""
    told: list[str] = []
    for before, word in itertools.pairwise(["", *words]):
        told.append(word)
        age = _AGE.fullmatch(before + word if word == "tuoi" else word)
        if age:
            told.append("duoimuoibon" if int(age[1]) < _CARD_AGE else "dumuoibon")
    return told


def _number_shape(word: str) -> str:
    """Long digit runs matter by their length only; short ones (14, 113) as they are."""
    return f"{len(word)}#" if len(word) > 4 and _DIGITS.fullmatch(word) else word


def _character_keys(lines: Sequence[str], family: int) -> tuple[Rows, Keys]:
    """Keys of all character n-grams inside each line, with the line's number."""
    joined = "\n".join(f" {line} " if line else "" for line in lines)
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    if codes.size < _CHARACTER_SIZES[0]:
        return np.empty(0, np.int64), np.empty(0, np.uint64)
    breaks = codes == 10
    line_of = np.cumsum(breaks)
    rows, keys = [], []
    rolling = codes + _FAMILY_SALT[family]
    for size in range(2, _CHARACTER_SIZES[-1] + 1):
        if codes.size < size:
            break
        rolling = rolling[:-1] * _PRIME + codes[size - 1 :]
        inside = (line_of[: rolling.size] == line_of[size - 1 :]) & ~breaks[: rolling.size]
        rows.append(line_of[: rolling.size][inside])
        keys.append(_mixed(rolling[inside]))
    return np.concatenate(rows), np.concatenate(keys)


def _mixed(keys: Keys) -> Keys:
    """Spread the bits, so that sums of products do not meet."""
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)


def _word_keys(lines: Sequence[str], family: int) -> tuple[Rows, Keys]:
    """Keys of words and of pairs of neighbouring words, with the line's number."""
    rows: list[int] = []
    keys: list[int] = []
    for row, line in enumerate(lines):
        hashes = [zlib.crc32(word.encode("utf-8", "replace")) for word in line.split()]
        keys.extend(hashes)
        keys.extend(a << 32 ^ b for a, b in itertools.pairwise(hashes))
        rows.extend([row] * (2 * len(hashes) - 1 if hashes else 0))
    salted = np.array([k & (2**64 - 1) for k in keys], dtype=np.uint64)
    return np.array(rows, dtype=np.int64), _mixed(salted * _PRIME + _FAMILY_SALT[family])


def family_keys(readings: Sequence[Reading]) -> list[tuple[Rows, Keys]]:
    """For each family of FAMILIES the (row, key) pairs of all its n-grams, repeated as often as they occur."""
    folded = [reading.folded for reading in readings]
    marked = [reading.marked for reading in readings]
    return [
        _character_keys(folded, 0),
        _word_keys(folded, 1),
        _character_keys(marked, 2),
        _word_keys(marked, 3),
    ]
