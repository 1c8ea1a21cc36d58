"""PDF and Word documents: is there anything in them that runs? (G49)."""

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from binhyen.core.errors import NotPossible

if TYPE_CHECKING:
    from lxml import etree

_ACTIVE_NAME = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])")
_HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_UNPACKED_LIMIT_BYTES = 100 * 1024 * 1024
_OBJECTS_LIMIT_BYTES = 20 * 1024 * 1024
_MOST_PARTS = 2_000
_PART_READ_BYTES = 1024 * 1024
_MAIN_PART = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_REFUSED_PART = re.compile(
    r"(?i)vbaProject|vbaData|activeX|embeddings/.*\.bin$|"
    r"\.(?:zip|rar|7z|exe|dll|js|vbs|jar|bat|cmd|scr|hta|docm|dotm|xlsm|pptm)$"
)
_HEADER_PART = re.compile(r"word/header\d{0,3}\.xml")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TELLING_PARTS = tuple(f"{_WORD}{name}" for name in ("t", "tab", "br", "cr"))
_REMOTE_TEMPLATE = re.compile(rb"(?is)<Relationship\b(?=[^>]*attachedTemplate)(?=[^>]*TargetMode\s*=\s*.External)")


def check_pdf(content: bytes) -> None:
    """Refuse scripts, launched programs, embedded files, and a PDF that is an archive at the same time."""
    if b"%%EOF" not in content[-2048:]:
        raise NotPossible("media_type")
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise NotPossible("media_active")
    left = _OBJECTS_LIMIT_BYTES
    for piece in content.split(b"endstream"):
        head, mark, body = piece.partition(b"stream")
        objects = _unpacked(body, left) if mark and b"/ObjStm" in head[-2000:] else b""
        left -= len(objects)
        if _ACTIVE_NAME.search(_plain_names(head)) or _ACTIVE_NAME.search(_plain_names(objects)):
            raise NotPossible("media_active")


def _unpacked(body: bytes, limit_bytes: int) -> bytes:
    """An object stream; one that cannot be looked into is refused, since anything may hide there."""
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(body.removeprefix(b"\r").removeprefix(b"\n"), max(1, limit_bytes))
    except zlib.error:
        raise NotPossible("media_active") from None
    if unpacking.unconsumed_tail:
        raise NotPossible("media_active")
    return found


def _plain_names(objects: bytes) -> bytes:
    return _HEX_IN_NAME.sub(lambda found: bytes([int(found[1], 16)]), objects)


def check_docx(content: bytes) -> None:
    """Refuse archives that are no plain Word document: macros, programs, remote templates, zip bombs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _UNPACKED_LIMIT_BYTES:
                raise NotPossible("media_swells", limit_mb=_UNPACKED_LIMIT_BYTES // (1024 * 1024))
            if any(_REFUSED_PART.search(part.filename) for part in parts):
                raise NotPossible("media_active")
            types = _part(archive, "[Content_Types].xml")
            if _MAIN_PART not in types or b"macroEnabled" in types:
                raise NotPossible("media_type")
            if _REMOTE_TEMPLATE.search(_part(archive, "word/_rels/settings.xml.rels")):
                raise NotPossible("media_active")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error, ValueError):
        raise NotPossible("media_type") from None


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(_PART_READ_BYTES)
    except KeyError:
        return b""


def docx_lines(content: bytes) -> str:
    """The words of a Word document that `check_docx` accepted, a line for each paragraph; headers first.

    Tabs and breaks inside a paragraph are tabs. At most a megabyte of each part is read. "" when a part is no XML.
    """
    from lxml import etree  # a large library that only documents need

    lines = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        headers = [name for name in archive.namelist() if _HEADER_PART.fullmatch(name)]
        for name in (*sorted(headers), "word/document.xml"):
            parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
            root = etree.fromstring(_part(archive, name) or b"<none/>", parser)
            paragraphs = root.iter(f"{_WORD}p") if root is not None else ()
            lines += ["".join(map(_told, each.iter(*_TELLING_PARTS))) for each in paragraphs]
    return "\n".join(lines)


def _told(part: "etree._Element") -> str:
    return part.text or "" if part.tag == f"{_WORD}t" else "\t"


def check_doc(content: bytes) -> None:
    """Refuse compound files that are no Word document or carry a macro project or an embedded object."""
    if _utf16("WordDocument") not in content or _utf16("EncryptedPackage") in content:
        raise NotPossible("media_type")
    if any(_utf16(name) in content for name in ("_VBA_PROJECT", "Macros", "ObjectPool", "Ole10Native")):
        raise NotPossible("media_active")


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")
