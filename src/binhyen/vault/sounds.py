"""Sound files written anew out of their frames alone: what stands before, between and after them may tell (G10).

Titles, authors, pictures, places and devices stand in ID3, APE and Lyrics3 tags, at either end.
"""

from collections.abc import Callable

from binhyen.core.errors import NotPossible

_MP3_KBITS = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""By whether it is MPEG 1 (else 2 and 2.5), and the index of the header; 0 is the free form, which nobody sends."""
_MP3_HERTZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_AMR_BYTES = (13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1)
_AMR_WIDE_BYTES = (18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1)
"""Bytes of a frame with its head, by type; 0 for a type there is not (RFC 4867, section 5)."""
_AMR, _AMR_WIDE = b"#!AMR\n", b"#!AMR-WB\n"
_WAVE_CODINGS = {1: 16, 2: 50, 3: 16, 6: 16, 7: 16, 0x11: 20, 0x31: 20, 0xFFFE: 40}
"""Bytes that tell how a WAV is coded, by its coding: plain, ADPCM, floating, A-law, µ-law, IMA, GSM, extended."""
_HEAD = 4
Length = Callable[[bytes, int], int]
"""Bytes of the frame that begins at a place, 0 when none does."""


def clean_mp3(content: bytes) -> bytes:
    """MPEG layer III without tags. Raises NotPossible("media_type")."""
    return _frames(content, _mp3_length)


def clean_aac(content: bytes) -> bytes:
    """AAC in ADTS frames without tags. Raises NotPossible("media_type")."""
    return _frames(content, _aac_length)


def clean_amr(content: bytes) -> bytes:
    """AMR without what hangs on behind the last frame."""
    head, sizes = (_AMR_WIDE, _AMR_WIDE_BYTES) if content.startswith(_AMR_WIDE) else (_AMR, _AMR_BYTES)
    at = len(head)
    while at < len(content):
        size = 0 if content[at] & 0x83 else sizes[content[at] >> 3 & 15]
        if not size or at + size > len(content):
            break
        at += size
    return content[:at]


def clean_wav(content: bytes) -> bytes:
    """A WAV of its coding and its sound alone: recorders add who, when and where (LIST, bext, iXML, id3).

    A recording that was cut, or whose length was never written, is taken to its end. Raises NotPossible("media_type").
    """
    parts: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(content) and b"data" not in parts:
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        is_open = kind == b"data" and not size
        parts.setdefault(kind, content[at + 8 :] if is_open else content[at + 8 : at + 8 + size])
        at += 8 + size + (size & 1)
    coding, sound = parts.get(b"fmt ", b""), parts.get(b"data", b"")
    length = _WAVE_CODINGS.get(int.from_bytes(coding[:2], "little"), 0)
    if not length or len(coding) < length or not sound:
        raise NotPossible("media_type")
    kept = _chunk(b"fmt ", coding[:length])
    kept += _chunk(b"fact", parts[b"fact"][:4]) if b"fact" in parts else b""
    kept += _chunk(b"data", sound)
    return _chunk(b"RIFF", b"WAVE" + kept)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + bytes(len(body) & 1)


def _frames(content: bytes, length_at: Length) -> bytes:
    """All frames, one after another. The first one stands behind the tags, or another one follows it."""
    found, begin = bytearray(), _behind_tags(content)
    at = begin
    while (at := content.find(b"\xff", at)) != -1:
        after = at + length_at(content, at)
        is_frame = at < after <= len(content)
        if is_frame and (found or at == begin or after == len(content) or length_at(content, after)):
            found += content[at:after]
            at = after
        else:
            at += 1
    if not found:
        raise NotPossible("media_type")
    return bytes(found)


def _behind_tags(content: bytes) -> int:
    at = 0
    while content[at : at + 3] == b"ID3" and len(content) >= at + 10:
        size = content[at + 6 : at + 10]
        at += 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
        at += 10 if content[at : at + 3] == b"3DI" else 0
    return at


def _mp3_length(content: bytes, at: int) -> int:
    head = int.from_bytes(content[at : at + _HEAD], "big")
    version, bits, hertz = head >> 19 & 3, head >> 12 & 15, head >> 10 & 3
    if len(content) - at < _HEAD or head >> 21 != 0x7FF or head >> 17 & 3 != 1 or version == 1:
        return 0
    if bits in (0, 15) or hertz == 3:
        return 0
    is_first = version == 3
    samples = 144 if is_first else 72
    return samples * _MP3_KBITS[is_first][bits] * 1_000 // _MP3_HERTZ[version][hertz] + (head >> 9 & 1)


def _aac_length(content: bytes, at: int) -> int:
    head = content[at : at + 7]
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return 0
    size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return size if size > 7 and head[2] >> 2 & 15 < 13 else 0
