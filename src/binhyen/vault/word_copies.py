"""Word documents written anew: text and pictures as one reads them, without authors, comments or history (G10)."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from binhyen.core.errors import NotPossible
from binhyen.vault.pictures import clean_copy

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KEPT = re.compile(
    r"word/(?:document|styles|numbering|fontTable|footnotes|endnotes|header\d*|footer\d*)\.xml|word/theme/theme\d*\.xml"
)
_PICTURE = re.compile(r"word/media/[^/]+\.(?:jpe?g|png|gif|webp)", re.IGNORECASE)
_RELS_OF = re.compile(r"word/_rels/([^/]+\.xml)\.rels")
_KEPT_LINKS = frozenset(
    {"styles", "numbering", "fontTable", "footnotes", "endnotes", "header", "footer", "theme", "image"}
)
_DROPPED = frozenset({
    "del", "moveFrom", "delText", "delInstrText", "instrText", "commentRangeStart", "commentRangeEnd",
    "commentReference", "annotationRef", "object", "control", "altChunk", "proofErr", "permStart", "permEnd",
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange",
    "numberingChange", "cellIns", "cellDel", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
    "moveToRangeEnd", "bookmarkStart", "bookmarkEnd", "dataBinding", "docPartObj", "attachedTemplate",
    "fldData", "alias", "tag",
})  # fmt: skip
"""Deleted text, comments, changes with author and time, fields that fetch, embedded objects."""
_UNWRAPPED = frozenset({"ins", "moveTo", "hyperlink", "fldSimple", "smartTag", "customXml"})
"""Wrappers whose words stay: accepted changes, links as plain text."""
_TELLING = frozenset({"author", "date", "initials", "dateUtc", "userId", "providerId", "descr", "title"})
_MOST_BYTES = 100 * 1024 * 1024
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
)


def clean_docx(content: bytes) -> bytes:
    """A new document of the listed parts only, pictures re-encoded. `documents.check_docx` has accepted it before.

    Raises NotPossible("media_type") when a part cannot be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as given:
            parts = dict(_clean_parts(given))
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        RuntimeError,
        NotImplementedError,
        OSError,
        EOFError,
        zlib.error,
        ValueError,
    ):
        raise NotPossible("media_type") from None
    if "word/document.xml" not in parts:
        raise NotPossible("media_type")
    _link(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name, part in parts.items():
            copy.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _clean_parts(given: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    left = _MOST_BYTES
    for entry in given.infolist():
        name = entry.filename
        if not (_KEPT.fullmatch(name) or _PICTURE.fullmatch(name) or _RELS_OF.fullmatch(name)):
            continue
        left -= entry.file_size
        if left < 0:
            raise NotPossible("media_swells", limit_mb=_MOST_BYTES // (1024 * 1024))
        part = given.read(entry)
        if _PICTURE.fullmatch(name):
            yield _picture_name(name), clean_copy(part)
        elif _RELS_OF.fullmatch(name):
            yield name, part
        else:
            yield name, _clean_xml(part)


def _picture_name(name: str) -> str:
    return f"{name.rpartition('.')[0]}.jpg"


def _clean_xml(part: bytes) -> bytes:
    root = etree.fromstring(part, _PARSER)
    for found in list(root.iter(etree.Element)):
        name = etree.QName(found).localname
        for key in [key for key in found.attrib if _is_telling(str(key))]:
            del found.attrib[key]
        if found.getparent() is None:
            continue
        if name in _DROPPED and etree.QName(found).namespace == _W:
            _remove(found)
        elif name in _UNWRAPPED and etree.QName(found).namespace == _W:
            _unwrap(found)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _is_telling(attribute: str) -> bool:
    name = etree.QName(attribute).localname
    return name in _TELLING or name.startswith("rsid") or name in ("paraId", "textId")


def _remove(found: etree._Element) -> None:
    parent = found.getparent()
    if parent is not None:
        parent.remove(found)


def _unwrap(found: etree._Element) -> None:
    parent = found.getparent()
    if parent is None:
        return
    at = parent.index(found)
    for child in reversed(list(found)):
        parent.insert(at, child)
    parent.remove(found)


def _link(parts: dict[str, bytes]) -> None:
    """Relations and types written anew: inside the file only, and only between parts that are there."""
    for name in [name for name in parts if _RELS_OF.fullmatch(name)]:
        parts[name] = _relations(parts.pop(name), parts)
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{_RELS}">'
        f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
    ).encode()
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{_content_type(name)}"/>' for name in parts if _KEPT.fullmatch(name)
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="jpg" ContentType="image/jpeg"/>{types}</Types>'
    ).encode()


def _relations(part: bytes, parts: dict[str, bytes]) -> bytes:
    kept = etree.fromstring(f'<Relationships xmlns="{_RELS}"/>'.encode(), _PARSER)
    for relation in etree.fromstring(part, _PARSER).iter(f"{{{_RELS}}}Relationship"):
        kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "").removeprefix("/word/")
        if kind == "image":
            target = _picture_name(target)
        if relation.get("TargetMode") != "External" and kind in _KEPT_LINKS and f"word/{target}" in parts:
            etree.SubElement(
                kept, f"{{{_RELS}}}Relationship", Id=relation.get("Id", ""), Type=f"{_R}/{kind}", Target=target
            )
    return bytes(etree.tostring(kept, xml_declaration=True, encoding="UTF-8", standalone=True))


def _content_type(name: str) -> str:
    if "/theme/" in name:
        return "application/vnd.openxmlformats-officedocument.theme+xml"
    kind = re.sub(r"\d*\.xml$", "", name.removeprefix("word/"))
    kind = "document.main" if kind == "document" else kind
    return f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
