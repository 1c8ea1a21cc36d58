"""Sounds of recorders and browsers, made on the spot, with who made them and where written into them."""

import struct

from binhyen.vault.ogg import _checksum
from binhyen.vault.tests.samples import CANARY, PLACE_BY_SECOND

MAKER = CANARY.encode()
SOUND = b"frames" * 10
OPUS_HEAD = b"OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00"
VORBIS_HEAD = b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 1, 44_100, 0, 64_000, 0, 0xB8, 1)
VORBIS_SETUP = b"\x05vorbis" + b"codebook" * 200
COMMENTS = struct.pack("<I", len(MAKER)) + MAKER + struct.pack("<II", 1, 11 + len(MAKER)) + b"GEOLOCATION" + MAKER


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a WAV."""
    return kind + struct.pack("<I", len(body)) + body + bytes(len(body) & 1)


def wav(sound: bytes = SOUND) -> bytes:
    """A WAV in which the recorder told who, when and where, before and behind the sound."""
    coding = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8_000, 16_000, 2, 16) + b"\0\0")
    before = chunk(b"bext", MAKER + b"2026-11-29") + coding + chunk(b"LIST", b"INFO" + chunk(b"IART", MAKER))
    behind = chunk(b"iXML", MAKER) + chunk(b"id3 ", PLACE_BY_SECOND)
    return chunk(b"RIFF", b"WAVE" + before + chunk(b"data", sound) + behind)


def page(packets: list[bytes], number: int, flags: int = 0, stream: bytes = b"tell", granule: int = 0) -> bytes:
    """One page of Ogg, with whole packets."""
    laces = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    head = b"OggS\0" + bytes([flags]) + struct.pack("<q", granule) + stream + struct.pack("<I", number)
    rest = bytes([len(laces)]) + laces + b"".join(packets)
    return head + _checksum(head + bytes(4) + rest) + rest


def opus(sound: bytes = SOUND) -> bytes:
    """A voice message of a telephone, with a stream of places beside it."""
    places = page([b"places" + MAKER], 0, 2, b"more"), page([PLACE_BY_SECOND], 1, 0, b"more")
    tags = page([b"OpusTags" + COMMENTS], 1)
    first = page([OPUS_HEAD], 0, 2) + places[0] + tags
    return first + places[1] + MAKER + page([sound], 2, 0, granule=960) + page([sound], 3, 4, granule=1_920)


def vorbis() -> bytes:
    """Vorbis whose comments and coding share pages."""
    heads = page([b"\x03vorbis" + COMMENTS + b"\x01", VORBIS_SETUP], 1)
    return page([VORBIS_HEAD], 0, 2) + heads + page([SOUND], 2, 4, granule=64)


def element(kind: int, body: bytes, is_open: bool = False) -> bytes:
    """One element of WebM; an open one does not tell its length, as in a recording under way."""
    length = b"\x01" + b"\xff" * 7 if is_open else (0x10000000 | len(body)).to_bytes(4, "big")
    return kind.to_bytes((kind.bit_length() + 7) // 8, "big") + length + body


def webm(*more_tracks: bytes, codec: bytes = b"A_OPUS", private: bytes = OPUS_HEAD, sort: int = 2) -> bytes:
    """A recording of a browser: title, program, time, tags and a picture beside it."""
    facts = element(0x2AD7B1, b"\x0f\x42\x40") + element(0x4D80, MAKER) + element(0x5741, MAKER)
    facts += element(0x7BA9, MAKER * 20) + element(0x4461, MAKER[:8])
    about = element(0xD7, b"\x01") + element(0x73C5, MAKER[:8]) + element(0x83, bytes([sort])) + element(0x86, codec)
    about += element(0x63A2, private) + element(0x536E, MAKER) + element(0xE1, element(0x9F, b"\x01"))
    tracks = element(0x1654AE6B, element(0xAE, about) + b"".join(more_tracks))
    sounds = element(0xE7, b"\0") + element(0xA3, b"\x81\0\0\x80" + SOUND)
    sounds += element(0xA0, element(0xA1, b"\x81\0\x14\0" + SOUND) + element(0x75A1, PLACE_BY_SECOND))
    sounds += element(0xA3, b"\x82\0\0\x80" + PLACE_BY_SECOND)
    tags = element(0x1254C367, MAKER) + element(0x1941A469, MAKER) + element(0xEC, MAKER)
    film = element(0x1549A966, facts) + tracks + element(0x1F43B675, sounds, is_open=True)
    return element(0x1A45DFA3, element(0x4282, b"webm")) + element(0x18538067, film + tags, is_open=True)


def other_track(sort: int) -> bytes:
    """A track that is no sound: words or places by the second."""
    return element(0xAE, element(0xD7, b"\x02") + element(0x83, bytes([sort])) + element(0x86, b"A_OPUS"))


def vorbis_private() -> bytes:
    """How a WebM tells the coding of Vorbis: three packets, the comments among them."""
    comments = b"\x03vorbis" + COMMENTS + b"\x01"
    return bytes([2, len(VORBIS_HEAD), len(comments)]) + VORBIS_HEAD + comments + VORBIS_SETUP
