"""Files for tests, good and bad, made on the spot."""

import io
import random
import struct
import zipfile
import zlib

import pillow_heif
from PIL import Image, ImageDraw, PngImagePlugin

MAIN_TYPES = (
    '<Types><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
AMR = b"#!AMR\n" + b"\x3c" + bytes(31)
MP3 = b"\xff\xfb\x90\x00" + bytes(413)
AAC = b"\xff\xf1\x50\x80\x08\x00\xfc" + bytes(57)
DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100) + "WordDocument".encode("utf-16-le") + bytes(100)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
CANARY = "CANARY-MAKER-1234"
ID3 = b"ID3\x04\x00\x00\x00\x00\x00\x11" + CANARY.encode()
"""A tag of titles, as it stands before sound."""


def picture(form: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, 100 if mode in ("L", "P") else (200, 80, 40, 128)[: len(mode)]).save(out, form, **options)
    return out.getvalue()


def noisy_picture(size: tuple[int, int]) -> bytes:
    """A picture that no coding makes small."""
    out = io.BytesIO()
    Image.frombytes("RGB", size, random.Random(7).randbytes(size[0] * size[1] * 3)).save(out, "JPEG", quality=95)
    return out.getvalue()


def drawn_face() -> bytes:
    """A face that nobody has, drawn well enough for a detector."""
    seen, out = Image.new("RGB", (400, 400), (170, 190, 210)), io.BytesIO()
    pen = ImageDraw.Draw(seen)
    pen.ellipse((95, 40, 305, 320), fill=(40, 25, 20))
    pen.ellipse((110, 80, 290, 320), fill=(224, 178, 148))
    for x in (165, 235):
        pen.ellipse((x - 20, 169, x + 20, 191), fill=(250, 250, 250))
        pen.ellipse((x - 9, 171, x + 9, 189), fill=(40, 25, 20))
        pen.line((x - 22, 158, x + 22, 156), fill=(50, 30, 20), width=6)
    pen.polygon([(200, 185), (185, 232), (215, 232)], fill=(205, 155, 125))
    pen.ellipse((166, 253, 234, 277), fill=(180, 80, 80))
    seen.save(out, "JPEG")
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


def coding() -> bytes:
    """A sample description in which a camera names itself as maker and as coder."""
    maker = CANARY.encode()
    head = bytes(7) + b"\x01" + bytes(4) + maker[:4] + bytes(8) + struct.pack(">2H", 64, 48) + bytes(14)
    coder = bytes([len(maker)]) + maker.ljust(31, b"\0")
    return box(b"avc1", head + coder + b"\x00\x18\xff\xff" + box(b"uuid", maker) + box(b"pasp", bytes(8)))


def track(sort: bytes, sample: bytes, at: int) -> bytes:
    """A track with one sample of the given bytes, which lie at `at` in the file."""
    handler = box(b"hdlr", bytes(8) + sort + bytes(12) + CANARY.encode())
    table = box(b"stsc", struct.pack(">6I", 0, 1, 1, 1, 1, 0)[:20]) + box(
        b"stsz", struct.pack(">4I", 0, 0, 1, len(sample))
    )
    table += box(b"stco", struct.pack(">3I", 0, 1, at))
    table += box(b"stsd", struct.pack(">2I", 0, 1) + coding()) if sort == b"vide" else b""
    media = box(b"mdia", handler + box(b"minf", box(b"stbl", table)))
    head = box(b"tkhd", b"\x00\x00\x00\x07" + b"\x22" * 8 + bytes(72))
    return box(b"trak", head + media + box(b"meta", CANARY.encode()))


PLACE_BY_SECOND = b"+17.4689+106.6225+012.345/"


def mp4(brand: bytes = b"isom") -> bytes:
    """A film with place and device in its user data, a track of places, and its frames before the index."""
    place = box(b"udta", box(b"\xa9xyz", b"\x00\x12\x15\xc7+17.4689+106.6225/") + box(b"\xa9mak", CANARY.encode()))
    head = box(b"mvhd", b"\x00\x00\x00\x00" + b"\x11" * 8 + bytes(88))
    start = box(b"ftyp", brand + bytes(4) + brand) + box(b"skip", CANARY.encode())
    frames = b"frames" * 10
    at = len(start) + 8
    tracks = track(b"vide", frames, at) + track(b"meta", PLACE_BY_SECOND, at + len(frames))
    return start + box(b"mdat", frames + PLACE_BY_SECOND) + box(b"moov", head + tracks + place)


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


def full_pdf() -> bytes:
    """One page with a photograph that has EXIF, a form field filled in, a comment, a title, XMP and an open action."""
    from pikepdf import Array, Dictionary, Name, Pdf, String

    with Pdf.new() as made:
        made.add_blank_page(page_size=(200, 100))
        page = made.pages[0]
        photo = made.make_stream(jpeg_with_everything())
        photo.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=64, Height=48, ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )  # fmt: skip
        page.Resources = Dictionary(XObject=Dictionary(Im0=photo))
        page.Contents = made.make_stream(b"q 64 0 0 48 10 10 cm /Im0 Do Q")
        comment = Dictionary(
            Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], T=String(CANARY), Contents=String("ghi")
        )
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=[80, 10, 190, 40], T=String("ten"),
            V=String("FILLED"), DA=String("/Helv 10 Tf 0 g"), F=4,
        )  # fmt: skip
        page.Annots = Array([made.make_indirect(comment), made.make_indirect(field)])
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        made.Root.AcroForm = Dictionary(
            Fields=[page.Annots[1]], DA=String("/Helv 10 Tf"), DR=Dictionary(Font=Dictionary(Helv=font))
        )
        made.Root.AcroForm.NeedAppearances = True
        page.PieceInfo = Dictionary(Word=Dictionary(LastModified=String("D:20260101"), Private=String(CANARY)))
        page.Thumb = made.make_stream(CANARY.encode())
        made.Root.OpenAction = Dictionary(S=Name.URI, URI=String("http://" + CANARY))
        made.docinfo[Name.Author] = CANARY
        with made.open_metadata() as xmp:
            xmp["dc:creator"] = [CANARY]
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def full_docx() -> bytes:
    """A letter with author, comment, tracked changes, a link, a picture with EXIF and properties."""
    import docx as word
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    letter = word.Document()
    letter.core_properties.author = letter.core_properties.last_modified_by = CANARY
    body = letter.add_paragraph("Kính gửi công an xã, ")
    added = f'<w:ins {nsdecls("w")} w:author="{CANARY}" w:date="2026-01-01T00:00:00Z">'
    body._p.append(parse_xml(added + "<w:r><w:t>tôi thêm chữ này</w:t></w:r></w:ins>"))
    body._p.append(
        parse_xml(f'<w:del {nsdecls("w")} w:author="{CANARY}"><w:r><w:delText>{CANARY}</w:delText></w:r></w:del>')
    )
    letter.add_comment(body.runs[0], text=CANARY, author=CANARY, initials="CM")
    letter.add_table(1, 2).cell(0, 1).text = "trong bảng"
    letter.add_picture(io.BytesIO(picture("JPEG", exif=exif(), comment=CANARY.encode())))
    out = io.BytesIO()
    letter.save(out)
    return out.getvalue()
