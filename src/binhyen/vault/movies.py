"""Films, and sound in boxes: the same bytes with place, device, author and time blanked out (G10)."""

import contextlib
import struct
from collections.abc import Iterator

from binhyen.core.errors import NotPossible
from binhyen.vault.movie_samples import sample_ranges

_KEPT = frozenset({
    b"ftyp", b"styp", b"moov", b"moof", b"mfra", b"sidx", b"mdat", b"wide", b"mvhd", b"mvex", b"mehd", b"trex", b"trep",
    b"trak", b"tkhd", b"tapt", b"clef", b"prof", b"enof", b"edts", b"elst", b"mdia", b"mdhd", b"hdlr", b"elng", b"minf",
    b"vmhd", b"smhd", b"gmhd", b"gmin", b"nmhd", b"dinf", b"stbl", b"stsd", b"stts", b"stss", b"ctts", b"stsc", b"stsz",
    b"stz2", b"stco", b"co64", b"sdtp", b"sgpd", b"sbgp", b"cslg", b"stps", b"stsh", b"subs", b"traf", b"tfhd", b"tfdt",
    b"trun", b"tfra", b"mfro", b"mfhd", b"saiz", b"saio",
})  # fmt: skip
"""Boxes that playing needs. Others may tell: ©xyz and loci (place), udta, meta, uuid, thumbnails in free space."""
_CONTAINERS = frozenset(
    {b"moov", b"trak", b"mdia", b"edts", b"minf", b"stbl", b"dinf", b"moof", b"traf", b"mvex", b"mfra"}
)
_WITH_TIMES = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_SEEN_OR_HEARD = frozenset({b"vide", b"soun"})
_VENDOR, _CODER, _PICTURE_DESCRIPTION = range(12, 16), range(42, 74), 78
"""Places in a sample description (ISO 14496-12, 12.1): the coder's maker and name, and where its own boxes begin."""
_TELLING_IN_DESCRIPTIONS = frozenset({b"uuid", b"udta", b"meta", b"free", b"skip"})
_DEEPEST = 8


def clean_movie(content: bytes) -> bytes:
    """An MP4, MOV or M4A in which telling boxes became empty padding of the same length, so that no offset moves.

    Tracks that are neither picture nor sound (place by the second, motion, time codes) lose their samples too.
    Raises NotPossible("media_type") when the boxes do not add up.
    """
    found = bytearray(content)
    _clean(found, 0, len(found), 0)
    return bytes(found)


def check_whole(content: bytes) -> None:
    """Whether all boxes of the first level are there to their ends. Raises NotPossible("media_cut")."""
    try:
        for _ in _boxes(content, 0, len(content)):
            pass
    except NotPossible:
        raise NotPossible("media_cut") from None


def blank_boxes(content: bytes, telling: frozenset[bytes]) -> bytes:
    """A file of boxes (JPEG 2000 also is one) with the named boxes of the first level blanked; others as they are."""
    if content[4:8] != b"jP  ":
        return content
    found = bytearray(content)
    for kind, box, body, after in _boxes(found, 0, len(found)):
        if kind in telling:
            _blank(found, box, body, after)
    return bytes(found)


def _clean(found: bytearray, start: int, end: int, depth: int, sort: bytes = b"") -> None:
    """`sort` is the sort of the track that these boxes belong to."""
    if depth > _DEEPEST:
        raise NotPossible("media_type")
    for kind, box, body, after in list(_boxes(found, start, end)):
        if kind == b"trak":
            sort = _handler(found, body, after)
        if kind == b"trak" and sort not in _SEEN_OR_HEARD:
            for first, last in sample_ranges(_table_boxes(found, body, after), len(found)):
                found[first:last] = bytes(last - first)
            _blank(found, box, body, after)
        elif kind not in _KEPT:
            _blank(found, box, body, after)
        elif kind in _CONTAINERS:
            _clean(found, body, after, depth + 1, sort)
        else:
            _clean_facts(found, kind, body, after, sort)


def _clean_facts(found: bytearray, kind: bytes, body: int, after: int, sort: bytes) -> None:
    """What a box that stays tells besides: times, names."""
    if kind == b"stsd":
        _clean_descriptions(found, body + 8, after, sort)
    elif kind in _WITH_TIMES and after - body >= 20:
        width = 16 if found[body] == 1 else 8
        found[body + 4 : body + 4 + width] = bytes(width)
    elif kind == b"hdlr":
        found[body + 24 : after] = bytes(max(0, after - body - 24))


def _clean_descriptions(found: bytearray, start: int, end: int, sort: bytes) -> None:
    """How pictures and sound are coded, without who made the coder: cameras write their own name there."""
    for _, _, body, after in _boxes(found, min(start, end), end):
        if after - body >= _VENDOR.stop:
            found[body + _VENDOR.start : body + _VENDOR.stop] = bytes(len(_VENDOR))
        if sort != b"vide" or after - body < _PICTURE_DESCRIPTION:
            continue
        found[body + _CODER.start : body + _CODER.stop] = bytes(len(_CODER))
        with contextlib.suppress(NotPossible):  # some programs fill the end up with bytes that are no box
            for inner, box, inner_body, inner_after in _boxes(found, body + _PICTURE_DESCRIPTION, after):
                if inner in _TELLING_IN_DESCRIPTIONS:
                    _blank(found, box, inner_body, inner_after)


def _blank(found: bytearray, box: int, body: int, after: int) -> None:
    found[box + 4 : box + 8] = b"free"
    found[body:after] = bytes(after - body)


def _handler(found: bytearray, start: int, end: int) -> bytes:
    """Sort of a track: "vide", "soun" or what else."""
    for kind, _, body, after in _boxes(found, start, end):
        if kind != b"mdia":
            continue
        for inner, _, inner_body, _ in _boxes(found, body, after):
            if inner == b"hdlr":
                return bytes(found[inner_body + 8 : inner_body + 12])
    return b""


def _table_boxes(found: bytearray, start: int, end: int) -> dict[bytes, bytes]:
    """The boxes of a track's sample table, by kind."""
    tables: dict[bytes, bytes] = {}
    for kind, _, body, after in _boxes(found, start, end):
        if kind in (b"mdia", b"minf", b"stbl"):
            tables |= _table_boxes(found, body, after)
        elif kind in (b"stsc", b"stsz", b"stco", b"co64"):
            tables[kind] = bytes(found[body:after])
    return tables


def _boxes(found: bytearray | bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Kind, begin, begin of the content and end of each box."""
    at = start
    while at < end:
        if end - at == 4 and not any(found[at:end]):
            return  # QuickTime ends a list with four zero bytes
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
