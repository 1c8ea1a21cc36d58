"""What a file is, by its content and never by its name; only listed types pass (G49)."""

import re
import struct

from binhyen.core.errors import NotPossible
from binhyen.vault import documents, pictures
from binhyen.vault.movies import check_whole
from binhyen.vault.ogg import is_ogg_sound
from binhyen.vault.webm import webm_type

MOST_BYTES = 20 * 1024 * 1024
"""Largest file taken from anybody."""
PDF = "application/pdf"
DOC = "application/msword"
MOV = "video/quicktime"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "video/mp4": ".mp4",
    MOV: ".mov",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/aac": ".aac",
    "audio/amr": ".amr",
    "audio/wav": ".wav",
    "audio/ogg": ".ogg",
    "audio/webm": ".webm",
    "video/webm": ".webm",
    PDF: ".pdf",
    DOC: ".doc",
    DOCX: ".docx",
}
"""The types that are taken, each with the only ending its name may have."""

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
_SOUND_BRANDS = {b"M4A ", b"M4B "}
_MOVIE_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"}
_PHONE_MOVIE = b"3gp"
_QUICKTIME = b"qt  "
_OF_BOXES = frozenset({"video/mp4", MOV, "audio/mp4"})
_EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"


def recognise(content: bytes) -> str:
    """Content type of an acceptable file.

    Raises NotPossible: "media_too_large", "media_swells" (small, but huge once unpacked), "media_empty",
    "media_type" (unknown, refused or broken), "media_active" (macros, scripts, embedded programs),
    "media_cut" (a picture or film whose end is missing), "picture_too_large" (pixels).
    """
    if len(content) > MOST_BYTES:
        raise NotPossible("media_too_large", limit_mb=MOST_BYTES // (1024 * 1024))
    if not content:
        raise NotPossible("media_empty")
    if _EICAR in content:
        raise NotPossible("media_active")
    found = _signature(content)
    if found.startswith("image/"):
        pictures.check_picture(content)
    elif found in _OF_BOXES:
        check_whole(content)
    elif found == PDF:
        documents.check_pdf(content)
    elif found == DOCX:
        documents.check_docx(content)
    elif found == DOC:
        documents.check_doc(content)
    elif not found:
        raise NotPossible("media_type")
    return found


def safe_name(name: str, content_type: str) -> str:
    """A file name to show: no folders, no control characters, and the ending its content has."""
    stem = re.sub(r"[^\w .()-]", "_", re.split(r"[\\/]", name)[-1]).strip(" .")
    ending = ENDINGS.get(content_type, "")
    stem = re.sub(r"(?:\.[A-Za-z0-9]{1,5})+$", "", stem)[:100].strip(" .")
    return (stem or "tep") + ending


def _signature(content: bytes) -> str:
    head = content[:16]
    for start, content_type in (
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"#!AMR\n", "audio/amr"),
        (b"#!AMR-WB\n", "audio/amr"),
        (b"%PDF-", PDF),
        (b"PK\x03\x04", DOCX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DOC),
    ):
        if head.startswith(start):
            return content_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[:4] == b"OggS":
        return "audio/ogg" if is_ogg_sound(content) else ""
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return webm_type(content)
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    return _sound(content)


def _by_brand(brand: bytes) -> str:
    if brand in _HEIC_BRANDS:
        return "image/heic"
    if brand in _SOUND_BRANDS:
        return "audio/mp4"
    if brand == _QUICKTIME:
        return MOV
    return "video/mp4" if brand in _MOVIE_BRANDS or brand.startswith(_PHONE_MOVIE) else ""


def _sound(content: bytes) -> str:
    """MPEG layer III, with or without an ID3 head, or AAC in ADTS frames."""
    at = 0
    if content[:3] == b"ID3" and len(content) > 10:
        size = content[6:10]
        at = 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    if len(content) < at + 4:
        return ""
    (header,) = struct.unpack(">I", content[at : at + 4])
    if header >> 20 == 0xFFF and header >> 17 & 3 == 0:
        return "audio/aac"
    is_frame = header >> 21 == 0x7FF and header >> 17 & 3 == 1
    return "audio/mpeg" if is_frame and header >> 12 & 15 not in (0, 15) and header >> 10 & 3 != 3 else ""
