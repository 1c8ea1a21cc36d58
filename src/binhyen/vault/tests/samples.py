"""Files for tests, good and bad, made on the spot."""

import io
import struct
import zipfile
import zlib

import pillow_heif
from PIL import Image, PngImagePlugin

MAIN_TYPES = (
    '<Types><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
AMR = b"#!AMR\n" + b"\x3c" + bytes(31)
MP3 = b"\xff\xfb\x90\x00" + bytes(413)
DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100) + "WordDocument".encode("utf-16-le") + bytes(100)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
CANARY = "CANARY-MAKER-1234"


def picture(form: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, 100 if mode in ("L", "P") else (200, 80, 40, 128)[: len(mode)]).save(out, form, **options)
    return out.getvalue()


def exif() -> Image.Exif:
    """Place, device, author and a note of the maker."""
    found = Image.Exif()
    found[0x010F], found[0x0110], found[0x013B] = CANARY, CANARY, CANARY
    found[0x0112] = 6  # lies on its side
    found.get_ifd(0x8769)[0x927C] = CANARY.encode()
    found.get_ifd(0x8825).update({1: "N", 2: (17.0, 28.0, 8.0), 3: "E", 4: (106.0, 37.0, 21.0)})
    return found


def jpeg_with_everything() -> bytes:
    """EXIF with place, XMP, a comment, IPTC and a colour profile."""
    raw = picture("JPEG", exif=exif(), comment=CANARY.encode(), icc_profile=CANARY.encode(), xmp=CANARY.encode())
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(CANARY)) + CANARY.encode()
    return raw[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + raw[2:]


def png_with_text() -> bytes:
    """Text chunks and EXIF."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", CANARY)
    info.add_itxt("XML:com.adobe.xmp", CANARY)
    return picture("PNG", mode="RGBA", pnginfo=info, exif=exif())


def heic() -> bytes:
    """A HEIC picture with EXIF, as iPhones send."""
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), "teal")).save(out, exif=exif().tobytes(), quality=60)
    return out.getvalue()


def docx(**parts: str | bytes) -> bytes:
    """A Word document; `parts` add or replace files, "__" stands for "/"."""
    files = {"[Content_Types].xml": MAIN_TYPES, "word/document.xml": "<w:document/>"}
    files |= {name.replace("__", "/"): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def pdf(extra: bytes) -> bytes:
    """A PDF with something more in it."""
    return PDF.replace(b"trailer", extra + b"\ntrailer")


def pdf_with_hidden(objects: bytes) -> bytes:
    """A PDF with objects inside a compressed stream."""
    return pdf(b"9 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\n" + zlib.compress(objects) + b"\nendstream endobj")


def box(kind: bytes, content: bytes = b"") -> bytes:
    """One MP4 box."""
    return struct.pack(">I4s", len(content) + 8, kind) + content


def mp4(brand: bytes = b"isom") -> bytes:
    """A film with place and device in its user data, a creation time, and its frames after the index."""
    place = box(b"udta", box(b"\xa9xyz", b"\x00\x12\x15\xc7+17.4689+106.6225/") + box(b"\xa9mak", CANARY.encode()))
    head = box(b"mvhd", b"\x00\x00\x00\x00" + b"\x11" * 8 + bytes(88))
    track = box(b"trak", box(b"tkhd", b"\x00\x00\x00\x07" + b"\x22" * 8 + bytes(72)) + box(b"meta", CANARY.encode()))
    return box(b"ftyp", brand + bytes(4) + brand) + box(b"moov", head + track + place) + box(b"mdat", b"frames" * 10)


def png_header(width: int, height: int) -> bytes:
    """A PNG that announces a size and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    data = b"IDAT" + zlib.compress(b"")
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
        + struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
    )  # fmt: skip
