"""PDFs written anew: the pages one sees, without author, device, place, scripts, attached files or history (G10)."""

import io

import pikepdf
from pikepdf import Name, Pdf

from binhyen.core.errors import NotPossible
from binhyen.vault.movies import blank_boxes
from binhyen.vault.pictures import jpeg_without_metadata

MOST_PAGES = 2_000
_TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/Thumb", "/AA", "/Annots", "/Tabs", "/B", "/PresSteps")
"""Keys that carry XMP, program data, times, attached files, thumbnails, actions and comments with their authors."""
_TELLING_BOXES = frozenset({b"uuid", b"xml ", b"uinf"})


def clean_pdf(content: bytes) -> bytes:
    """The same pages in a new file. Filled-in form fields are kept as drawn.

    Raises NotPossible("media_locked") when a password is asked for, "media_type" when the file is broken.
    """
    try:
        with Pdf.open(io.BytesIO(content)) as given:
            if len(given.pages) > MOST_PAGES:
                raise NotPossible("media_too_many_pages", limit=MOST_PAGES)
            _draw_forms(given)
            _strip(given)
            out = io.BytesIO()
            # What nothing points to any more, earlier versions included, is not written.
            given.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, deterministic_id=True)
    except pikepdf.PasswordError:
        raise NotPossible("media_locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, OverflowError):
        # A broken file shows itself in any of these, wherever it is first touched.
        raise NotPossible("media_type") from None
    return out.getvalue()


def _draw_forms(given: Pdf) -> None:
    """Make what was filled in part of the page, since the fields themselves go."""
    if Name.AcroForm in given.Root:
        given.generate_appearance_streams()
        given.flatten_annotations("screen")


def _strip(given: Pdf) -> None:
    for found in given.objects:
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            _without_telling(found)
        if isinstance(found, pikepdf.Stream):
            _clean_picture(found)
    for key in list(given.Root.keys()):
        if key not in ("/Type", "/Pages"):
            del given.Root[key]
    if Name.Info in given.trailer:
        del given.trailer[Name.Info]


def _without_telling(found: pikepdf.Object) -> None:
    for key in _TELLING:
        if key in found:
            del found[key]


def _clean_picture(stream: pikepdf.Stream) -> None:
    """Photographs keep their EXIF, place included, when a telephone packs them into a PDF."""
    match str(stream.get("/Filter", "")):
        case "/DCTDecode":
            parameters = stream.get("/DecodeParms")
            stream.write(jpeg_without_metadata(stream.read_raw_bytes()), filter=Name.DCTDecode)
            if parameters is not None:
                stream[Name.DecodeParms] = parameters
        case "/JPXDecode":
            stream.write(blank_boxes(stream.read_raw_bytes(), _TELLING_BOXES), filter=Name.JPXDecode)
        case _:
            pass
