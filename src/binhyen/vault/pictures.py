"""Pictures: checked against bombs, and copied anew without anything but what one sees (G10, G49)."""

import functools
import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile, ImageOps

from binhyen.core.errors import NotPossible

MOST_PIXELS = 50_000_000
MOST_SIDE = 20_000
COPY_SIDE = 1_600
"""Longer side of a cleaned copy, in pixels."""
COPY_BYTES = 1_000_000
"""Zalo takes pictures up to 1 MB."""
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
_QUALITIES = (85, 75, 60)
_SMALLEST_SIDE = 32
_MARK, _SCAN, _JFIF, _ADOBE, _COMMENT = 0xFF, 0xDA, 0xE0, 0xEE, 0xFE
_APPLICATION = range(0xE0, 0xF0)


@functools.cache
def _learn_heif() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()


def check_picture(content: bytes) -> tuple[int, int]:
    """Width and height in pixels.

    Raises NotPossible: "media_type" (no picture), "media_cut" (its end is missing), "picture_too_large".
    """
    with _opened(content) as picture:
        size = picture.size
        if picture.format in ("PNG", "GIF", "WEBP"):
            picture.verify()
        elif picture.format == "JPEG" and not _has_end(content):
            _check_decodes(picture)
    return size


def _has_end(content: bytes) -> bool:
    """Whether a JPEG's mark of the end stands behind the begin of its pixels: a thumbnail before them has its own."""
    at = 2
    while content[at : at + 1] == b"\xff" and content[at + 1 : at + 2] != b"\xda":
        at += 1 if content[at + 1 : at + 2] == b"\xff" else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return content.rfind(b"\xff\xd9") > at


def _check_decodes(picture: ImageFile.ImageFile) -> None:
    """Some cameras leave the mark out of a whole picture. Raises NotPossible("media_cut")."""
    try:
        picture.load()
    except (OSError, SyntaxError, ValueError):
        raise NotPossible("media_cut") from None


def clean_copy(content: bytes, most_bytes: int = COPY_BYTES) -> bytes:
    """A JPEG of at most `COPY_SIDE` pixels and `most_bytes`, upright, on white, without any metadata.

    The first frame of a moving picture. Raises as `check_picture`.
    """
    with _opened(content) as picture:
        picture.draft("RGB", (COPY_SIDE, COPY_SIDE))
        seen = _upright(picture)
        seen.thumbnail((COPY_SIDE, COPY_SIDE), Image.Resampling.LANCZOS)
        # Painting onto a new picture leaves behind comments, profiles and thumbnails the old object carries.
        copy = Image.new("RGB", seen.size, "white")
        copy.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    while True:
        for quality in _QUALITIES:
            out = io.BytesIO()
            copy.save(out, "JPEG", quality=quality, optimize=True)
            if out.tell() <= most_bytes:
                return out.getvalue()
        if copy.width < _SMALLEST_SIDE:
            raise NotPossible("media_type")
        copy = copy.reduce(2)


def jpeg_without_metadata(content: bytes) -> bytes:
    """A JPEG without EXIF, XMP, IPTC, thumbnails and comments; every pixel stays as it is coded.

    Kept: JFIF (APP0) without a thumbnail, and Adobe's colour mark (APP14), without which colours turn.
    """
    if content[:2] != b"\xff\xd8":
        return content
    out, at = bytearray(content[:2]), 2
    while at + 4 <= len(content) and content[at] == _MARK:
        kind = content[at + 1]
        if kind == _MARK:  # filling
            at += 1
            continue
        if kind == _SCAN:
            break
        after = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if kind == _JFIF and content[at + 4 : at + 9] == b"JFIF\0":
            out += b"\xff\xe0\x00\x10" + content[at + 4 : at + 16] + b"\0\0"
        elif kind == _ADOBE or not (kind in _APPLICATION or kind == _COMMENT):
            out += content[at:after]
        at = after
    return bytes(out + content[at:])


def _upright(picture: ImageFile.ImageFile) -> Image.Image:
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    try:
        turned: Image.Image = ImageOps.exif_transpose(picture)
    except (SyntaxError, ValueError, KeyError, TypeError, struct.error):
        turned = picture  # its EXIF is broken, what one sees need not be
    return turned.convert("RGBA" if has_alpha else "RGB")


@contextmanager
def _opened(content: bytes) -> Iterator[ImageFile.ImageFile]:
    _learn_heif()
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            width, height = picture.size
            if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
                raise NotPossible("picture_too_large", width=width, height=height)
            yield picture
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotPossible("picture_too_large") from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, RuntimeError, IndexError, TypeError):
        # Decoders of six formats tell broken input in all of these ways.
        raise NotPossible("media_type") from None
