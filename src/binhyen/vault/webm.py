"""WebM, as browsers record it: the same bytes with names, programs, times and other tracks blanked out (G10).

RFC 8794 (EBML), RFC 9559 (Matroska). Elements that playing needs stay where they are, so that no place moves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from binhyen.core.errors import NotPossible

_EBML, _DOCTYPE, _CLUSTER, _TRACK, _UID, _TYPE, _NUMBER = 0x1A45DFA3, 0x4282, 0x1F43B675, 0xAE, 0x73C5, 0x83, 0xD7
_CODEC, _CODEC_PRIVATE, _ENCODINGS, _VOID = 0x86, 0x63A2, 0x6D80, 0xEC
_SEEN, _HEARD = 1, 2
_CONTAINERS = frozenset({
    _EBML, 0x18538067, 0x1549A966, 0x1654AE6B, _TRACK, 0xE0, 0xE1, _CLUSTER, 0xA0, 0x1C53BB6B, 0xBB, 0xB7,
})  # fmt: skip
"""Head, segment, facts, tracks, one track, its picture, its sound, cluster, block group, index with its points."""
_NUMBERS = frozenset({
    0x4286, 0x42F7, 0x42F2, 0x42F3, 0x4287, 0x4285, 0x2AD7B1, 0x4489, _NUMBER, _TYPE, 0xB9, 0x88, 0x55AA, 0x9C,
    0x23E383, 0x56AA, 0x56BB, 0xB5, 0x78B5, 0x9F, 0x6264, 0xB0, 0xBA, 0x54B0, 0x54BA, 0x54B2, 0x9A, 0x53C0, 0xE7, 0xA7,
    0xAB, 0x9B, 0xFB, 0x75A2, 0xB3, 0xF7, 0xF1, 0xF0, 0xB2, 0x5378,
})  # fmt: skip
"""Single numbers: versions, scale, length, flags, sizes, rates, times and places."""
_BLOCKS = frozenset({0xA3, 0xA1})
_CODECS = (b"A_OPUS", b"A_VORBIS", b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG4/ISO/AVC")
_LONGEST_NUMBER = 8
_VORBIS, _VORBIS_COMMENT = b"\x01vorbis", b"\x03vorbis"
_MOST_IN_HEAD = 2_000
"""Elements before the first picture or sound; more is no film."""


@dataclass(frozen=True, slots=True)
class _Element:
    """`after` is -1 when its length was not known as it was begun: segments and clusters of a recording."""

    kind: int
    start: int
    body: int
    after: int


def webm_type(content: bytes) -> str:
    """The type by its tracks, "audio/webm" or "video/webm"; empty when it is none that can be cleaned."""
    sorts, is_webm = set(), False
    for element in islice(_elements(content), _MOST_IN_HEAD):
        if element.kind == _CLUSTER:
            break
        if element.kind == _DOCTYPE:
            is_webm = _body(content, element) == b"webm"
        elif element.kind == _TRACK:
            sorts.add(_number_in(content, element, _TYPE))
        elif element.kind == _ENCODINGS or (element.kind == _CODEC and _body(content, element) not in _CODECS):
            return ""
    if not is_webm or not sorts or sorts - {_SEEN, _HEARD}:
        return ""
    return "video/webm" if _SEEN in sorts else "audio/webm"


def clean_webm(content: bytes) -> bytes:
    """The same film or sound, telling elements being empty padding; an element that was cut at the end is left out.

    Raises NotPossible("media_type") when no picture or sound is in it, or something that is neither.
    """
    if not webm_type(content):
        raise NotPossible("media_type")
    found, tracks, end, has_blocks = bytearray(content), set[int](), 0, False
    for element in _elements(content):
        kind, body, after = element.kind, element.body, element.after
        end = body if kind in _CONTAINERS else after
        if kind == _TRACK:
            tracks.add(_number_in(content, element, _NUMBER))
        if kind in _BLOCKS and _size_at(content, body)[0] in tracks:
            has_blocks = True
        elif kind == _UID and 0 < after - body <= _LONGEST_NUMBER:
            found[body:after] = len(tracks).to_bytes(_LONGEST_NUMBER, "big")[body - after :]
        elif kind == _CODEC_PRIVATE:
            found[body:after] = _coding(content[body:after])
        elif not _may_stay(content, element):
            _blank(found, element)
    if not has_blocks:
        raise NotPossible("media_type")
    return bytes(found[:end])


def _may_stay(content: bytes, element: _Element) -> bool:
    if element.kind == _DOCTYPE:
        return _body(content, element) == b"webm"
    if element.kind == _CODEC:
        return _body(content, element) in _CODECS
    is_number = element.kind in _NUMBERS and element.after - element.body <= _LONGEST_NUMBER
    return is_number or element.kind in _CONTAINERS


def _blank(found: bytearray, element: _Element) -> None:
    """Padding ("Void") of the same length."""
    length = element.after - element.start - 2
    told = b"\x01" + (length - 7).to_bytes(7, "big") if length > 0x7E else bytes([0x80 | length])
    found[element.start : element.after] = (bytes([_VOID]) + told).ljust(length + 2, b"\0")


def _coding(private: bytes) -> bytes:
    """How sound or picture is coded. Vorbis has its comments in there: they become a nameless maker of that length."""
    if private[:1] != b"\x02":
        return private
    sizes: list[int] = []
    at = 1
    while len(sizes) < 2 and at < len(private):
        size = 0
        while at < len(private) and private[at] == 0xFF:
            size, at = size + 0xFF, at + 1
        sizes.append(size + (private[at] if at < len(private) else 0))
        at += 1
    begin = at + sizes[0]
    after = begin + sizes[-1]
    if private[at : at + 7] != _VORBIS:
        return private
    maker = sizes[-1] - 16
    if private[begin : begin + 7] != _VORBIS_COMMENT or maker < 0 or after > len(private):
        raise NotPossible("media_type")
    empty = _VORBIS_COMMENT + maker.to_bytes(4, "little") + b" " * maker + bytes(4) + b"\x01"
    return private[:begin] + empty + private[after:]


def _body(content: bytes, element: _Element) -> bytes:
    return content[element.body : element.after].rstrip(b"\0")


def _number_in(content: bytes, parent: _Element, kind: int) -> int:
    """A number of a track. Raises NotPossible("media_type") where it has none."""
    for element in _elements(content, parent.body, parent.after):
        if element.kind == kind:
            return int.from_bytes(content[element.body : element.after], "big")
    raise NotPossible("media_type")


def _elements(content: bytes, start: int = 0, end: int | None = None) -> Iterator[_Element]:
    """All elements in their order, containers before what they hold, up to what is cut or no element."""
    at, end = start, len(content) if end is None else end
    while at < end:
        width = 9 - content[at].bit_length()
        body = at + width
        if width > 4 or body >= end:
            return
        kind = int.from_bytes(content[at:body], "big")
        length, size_width = _size_at(content, body)
        body += size_width
        is_container = kind in _CONTAINERS
        if not size_width or (length < 0 and (not is_container or kind == _TRACK)):
            return
        after = body + length if length >= 0 else -1
        if after > end and (not is_container or kind == _TRACK):
            return
        yield _Element(kind, at, body, after)
        at = body if is_container else after


def _size_at(content: bytes, at: int) -> tuple[int, int]:
    """A number that tells its own width, and that width in bytes (0: none stands there); -1 means "not known"."""
    width = 9 - content[at].bit_length() if at < len(content) else 9
    if width > 8 or at + width > len(content):
        return 0, 0
    value = int.from_bytes(content[at : at + width], "big") & ((1 << 7 * width) - 1)
    return (-1 if value == (1 << 7 * width) - 1 else value), width
