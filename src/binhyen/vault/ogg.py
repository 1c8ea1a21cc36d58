"""Ogg sound (Opus, Vorbis) written anew out of its pages: comments, other streams and what stands between go (G10).

RFC 3533 (pages), RFC 7845 (Opus), Vorbis I section 5 (comments).
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from binhyen.core.errors import NotPossible

_SIGN, _HEAD = b"OggS", 27
_GOES_ON, _FIRST, _ALL_FLAGS = 1, 2, 7
_OPUS, _VORBIS, _VORBIS_SETUP = b"OpusHead", b"\x01vorbis", b"\x05vorbis"
_TELLS_NOTHING = {_OPUS: b"OpusTags" + bytes(8), _VORBIS: b"\x03vorbis" + bytes(8) + b"\x01"}
"""Comments without a maker and without a line, by how the first packet of a stream begins."""
_FULL_PAGE, _FULL_PIECE = 255, 255
_BACKWARDS = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


@dataclass(slots=True)
class _Page:
    flags: int
    granule: bytes
    stream: bytes
    laces: bytes
    body: bytes


@dataclass(slots=True)
class _Stream:
    """One stream on its way into the copy. Until `heads` is empty its head packets are still to come."""

    number: int
    sort: bytes
    heads: list[bytes] = field(default_factory=list)
    begun: bytearray = field(default_factory=bytearray)
    is_under_way: bool = False
    pages: int = 0


def is_ogg_sound(content: bytes) -> bool:
    """Whether an Ogg file begins with a stream of sound that is understood."""
    first = next(_pages(content), None) if content.startswith(_SIGN) else None
    return first is not None and bool(_sort(first))


def clean_ogg(content: bytes) -> bytes:
    """The same sound under new numbers and empty comments; a page that was cut is left out.

    Raises NotPossible("media_type") when no sound is in it.
    """
    found, numbers, has_sound = bytearray(), count(1), False
    streams: dict[bytes, _Stream] = {}
    for page in _pages(content):
        if page.flags & _FIRST:
            streams.pop(page.stream, None)
            if sort := _sort(page):
                stream = streams[page.stream] = _Stream(next(numbers), sort)
                found += _written(stream, _Page(_FIRST, bytes(8), b"", page.laces, page.body))
            continue
        known = streams.get(page.stream)
        if known is None:
            continue  # pictures, indexes and words of another stream
        if known.is_under_way:
            found += _written(known, page)
            has_sound = True
        elif _take_heads(known, page):
            found += _written_heads(known)
    if not has_sound:
        raise NotPossible("media_type")
    return bytes(found)


def _sort(first: _Page) -> bytes:
    """How the first page of a stream, which holds one short packet, begins; empty for a stream that is not taken."""
    known = (sort for sort in _TELLS_NOTHING if len(first.laces) == 1 and first.body.startswith(sort))
    return next(known, b"")


def _pages(content: bytes) -> Iterator[_Page]:
    at = 0
    while (at := content.find(_SIGN, at)) != -1:
        head = content[at : at + _HEAD]
        laces = content[at + _HEAD : at + _HEAD + head[-1]] if len(head) == _HEAD else b""
        begin = at + _HEAD + len(laces)
        after = begin + sum(laces)
        if not laces or len(laces) < head[-1] or after > len(content):
            at += len(_SIGN)
            continue
        yield _Page(head[5], head[6:14], head[14:18], laces, content[begin:after])
        at = after


def _take_heads(stream: _Stream, page: _Page) -> bool:
    """Collect the packets of the head; whether the last one is whole. Sound begins on a page of its own after it."""
    at = 0
    for lace in page.laces:
        stream.begun += page.body[at : at + lace]
        at += lace
        if lace < _FULL_PIECE:
            stream.heads.append(bytes(stream.begun))
            stream.begun.clear()
    stream.is_under_way = len(stream.heads) >= (1 if stream.sort == _OPUS else 2)
    return stream.is_under_way


def _written_heads(stream: _Stream) -> bytes:
    """Comments and, for Vorbis, how the sound is coded. Raises NotPossible("media_type")."""
    packets = [_TELLS_NOTHING[stream.sort]]
    if stream.sort == _VORBIS:
        if not stream.heads[1].startswith(_VORBIS_SETUP):
            raise NotPossible("media_type")
        packets.append(stream.heads[1])
    laces = b"".join(b"\xff" * (len(packet) // _FULL_PIECE) + bytes([len(packet) % _FULL_PIECE]) for packet in packets)
    body, found = b"".join(packets), b""
    for first in range(0, len(laces), _FULL_PAGE):
        part = laces[first : first + _FULL_PAGE]
        goes_on = first and laces[first - 1] == _FULL_PIECE
        ends_nothing = set(part) == {_FULL_PIECE}
        granule = b"\xff" * 8 if ends_nothing else bytes(8)
        found += _written(stream, _Page(_GOES_ON if goes_on else 0, granule, b"", part, body[: sum(part)]))
        body = body[sum(part) :]
    return found


def _written(stream: _Stream, page: _Page) -> bytes:
    """A page under the stream's own number (the one of the recorder may tell which it was) and with its checksum."""
    head = _SIGN + b"\0" + bytes([page.flags & _ALL_FLAGS]) + page.granule
    head += stream.number.to_bytes(4, "little") + stream.pages.to_bytes(4, "little")
    rest = bytes([len(page.laces)]) + page.laces + page.body
    stream.pages += 1
    return head + _checksum(head + bytes(4) + rest) + rest


def _checksum(page: bytes) -> bytes:
    """Ogg counts the bits of CRC-32 from the other end than zlib."""
    counted = zlib.crc32(page.translate(_BACKWARDS), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return counted.to_bytes(4, "big").translate(_BACKWARDS)
