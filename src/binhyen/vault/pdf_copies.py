"""PDFs written anew: the pages one sees, without author, device, place, scripts, attached files or history (G10)."""

import io
import zlib
from typing import TYPE_CHECKING

from binhyen.core.errors import NotPossible
from binhyen.vault.movies import blank_boxes
from binhyen.vault.pictures import jpeg_without_metadata

if TYPE_CHECKING:
    import pikepdf

MOST_PAGES = 2_000
_TELLING = ("/Metadata", "/PieceInfo", "/LastModified")
"""XMP, what programs keep for themselves, and times; on any object."""
_TELLING_ON_PAGES = ("/Thumb", "/AA", "/Annots", "/AF", "/Tabs", "/B", "/PresSteps")
"""Thumbnails, actions, comments with their authors, attached files."""
_TELLING_BOXES = frozenset({b"uuid", b"xml ", b"uinf"})
_MOST_PICTURE_BYTES = 100 * 1024 * 1024


def clean_pdf(content: bytes) -> bytes:
    """The same pages in a new file. Filled-in form fields are kept as drawn.

    Raises NotPossible: "media_locked" when a password is asked for, "media_too_many_pages", "media_type" when broken.
    """
    import pikepdf  # a large library that only this needs

    try:
        with pikepdf.open(io.BytesIO(content)) as given:
            if len(given.pages) > MOST_PAGES:
                raise NotPossible("media_too_many_pages", limit=MOST_PAGES)
            _draw_forms(given)
            _strip(given)
            out = io.BytesIO()
            # What nothing points to any more, earlier versions included, is not written.
            given.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, deterministic_id=True)
    except pikepdf.PasswordError:
        raise NotPossible("media_locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, OverflowError, zlib.error):
        # A broken file shows itself in any of these, wherever it is first touched.
        raise NotPossible("media_type") from None
    return out.getvalue()


def _draw_forms(given: "pikepdf.Pdf") -> None:
    """Make what was filled in part of the page, since the fields themselves go."""
    if "/AcroForm" in given.Root:
        given.generate_appearance_streams()
        given.flatten_annotations("screen")


def _strip(given: "pikepdf.Pdf") -> None:
    import pikepdf

    for page in given.pages:
        _without(page.obj, _TELLING_ON_PAGES)
    for found in given.objects:
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            _without(found, _TELLING)
        if isinstance(found, pikepdf.Stream):
            _clean_picture(found)
    _without(given.Root, [key for key in map(str, given.Root) if key not in ("/Type", "/Pages")])
    _without(given.trailer, ["/Info"])


def _without(found: "pikepdf.Object", keys: "tuple[str, ...] | list[str]") -> None:
    for key in keys:
        if key in found:
            del found[key]


def _clean_picture(stream: "pikepdf.Stream") -> None:
    """Photographs keep their EXIF, place included, when a telephone packs them into a PDF."""
    import pikepdf

    given = stream.get("/Filter", "")
    coding = [str(one) for one in given] if isinstance(given, pikepdf.Array) else [str(given)]
    parameters = stream.get("/DecodeParms")
    if coding[-1] == "/DCTDecode":
        clean = jpeg_without_metadata(_unpacked(stream.read_raw_bytes(), coding[:-1]))
    elif coding == ["/JPXDecode"]:
        clean = blank_boxes(stream.read_raw_bytes(), _TELLING_BOXES)
    else:
        return
    stream.write(clean, filter=pikepdf.Name(coding[-1]))
    if parameters is not None and len(coding) == 1:
        stream["/DecodeParms"] = parameters


def _unpacked(raw: bytes, packing: list[str]) -> bytes:
    if not packing:
        return raw
    if packing != ["/FlateDecode"]:
        raise NotPossible("media_type")
    unpacking = zlib.decompressobj()
    found = unpacking.decompress(raw, _MOST_PICTURE_BYTES)
    if unpacking.unconsumed_tail:
        raise NotPossible("media_type")
    return found
