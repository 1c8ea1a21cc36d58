"""Films and sound: the same bytes with place, device, author and time blanked out (G10)."""

import struct
from collections.abc import Iterator

from binhyen.core.errors import NotPossible

_CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"edts", b"minf", b"stbl"})
_TELLING = frozenset({b"udta", b"meta", b"uuid", b"loci"})
"""Boxes that hold place (©xyz, loci), device, author, edit history and XMP."""
_WITH_TIMES = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_DEEPEST = 8


def clean_movie(content: bytes) -> bytes:
    """An MP4 or M4A in which telling boxes became empty padding of the same length, so that no offset moves.

    Raises NotPossible("media_type") when the boxes do not add up.
    """
    found = bytearray(content)
    _clean(found, 0, len(found), 0)
    return bytes(found)


def clean_mp3(content: bytes) -> bytes:
    """MPEG sound without ID3 heads and tails."""
    while content[:3] == b"ID3" and len(content) > 10:
        size = content[6:10]
        content = content[10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3]) :]
    return content[:-128] if content[-128:-125] == b"TAG" else content


def _clean(found: bytearray, start: int, end: int, depth: int) -> None:
    if depth > _DEEPEST:
        raise NotPossible("media_type")
    for kind, box, body, after in _boxes(found, start, end):
        if kind in _TELLING:
            found[box + 4 : box + 8] = b"free"
            found[body:after] = bytes(after - body)
        elif kind in _CONTAINERS:
            _clean(found, body, after, depth + 1)
        elif kind in _WITH_TIMES and after - body >= 20:
            width = 16 if found[body] == 1 else 8
            found[body + 4 : body + 4 + width] = bytes(width)


def _boxes(found: bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Kind, begin, begin of the content and end of each box."""
    at = start
    while at < end:
        if end - at < 8:
            raise NotPossible("media_type")
        size, kind = struct.unpack(">I4s", found[at : at + 8])
        body = at + 8
        if size == 1 and end - at >= 16:
            (size,) = struct.unpack(">Q", found[at + 8 : at + 16])
            body = at + 16
        elif size == 0:
            size = end - at
        if size < body - at or at + size > end:
            raise NotPossible("media_type")
        yield kind, at, body, at + size
        at += size
