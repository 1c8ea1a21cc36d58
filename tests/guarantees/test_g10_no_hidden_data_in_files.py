"""G10: no copy that is shown carries place, device, author, thumbnail or history; the original stays sealed, unchanged.

What is left is looked for by readers of other makers: exifread, pypdf, MediaInfo, python-docx.
"""

import hashlib
import io
import json
import re
import zipfile

import docx
import exifread
import pypdf
import pytest
from pymediainfo import MediaInfo

from binhyen.core.errors import NotPossible
from binhyen.vault import files
from binhyen.vault.keyring import create_keyring
from binhyen.vault.media_types import DOCX, ENDINGS, MOV, PDF, recognise
from binhyen.vault.models import StoredFile
from binhyen.vault.tests.samples import (
    AAC,
    AMR,
    CANARY,
    ID3,
    MP3,
    PLACE_BY_SECOND,
    full_docx,
    full_pdf,
    heic,
    jpeg_with_everything,
    mp4,
    picture,
    png_with_text,
)
from binhyen.vault.tests.sound_samples import opus, wav, webm

CORPUS = {
    "image/jpeg": jpeg_with_everything,
    "image/png": png_with_text,
    "image/heic": heic,
    "image/webp": lambda: picture("WEBP", exif=CANARY.encode(), xmp=CANARY.encode()),
    "image/gif": lambda: picture("GIF", comment=CANARY.encode()),
    "video/mp4": mp4,
    MOV: lambda: mp4(b"qt  "),
    "audio/mp4": lambda: mp4(b"M4A "),
    "audio/mpeg": lambda: ID3 + MP3 + b"APETAGEX" + bytes(24) + CANARY.encode(),
    "audio/amr": lambda: AMR + b"\xff" + CANARY.encode(),
    "audio/aac": lambda: ID3 + AAC * 3,
    "audio/wav": wav,
    "audio/ogg": opus,
    "audio/webm": webm,
    "video/webm": lambda: webm(sort=1, codec=b"V_VP8"),
    PDF: full_pdf,
    DOCX: full_docx,
}
FILMS_AND_SOUNDS = [kind for kind in CORPUS if re.match(r"video/|audio/(?!amr)", kind)]
NEVER_SHOWN = {"application/msword"}
"""Old Word files have no cleaned copy: the sealed original is opened by two people instead."""
TELLING = re.compile(r"xyz|location|make|model|artist|author|recorded|gps|copyright|comment", re.IGNORECASE)


def copy_of(content_type: str) -> bytes:
    create_keyring()
    content = CORPUS[content_type]()
    assert recognise(content) == content_type
    original = files.store(content, 1, content_type, "a")
    copy = files.store_clean_copy(original, content)
    assert copy is not None
    return files.open(copy)


def everything_in(content: bytes) -> bytes:
    """The bytes, and what is packed inside a Word file or a PDF."""
    found = [content]
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found += [archive.read(name) for name in archive.namelist()]
    if content.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        objects = [reader.get_object(number) for number in range(1, int(reader.trailer["/Size"]))]
        found += [part.get_data() for part in objects if isinstance(part, pypdf.generic.StreamObject)]
        found += [repr(part).encode() for part in objects]
    return b"\n".join(found)


def test_the_corpus_has_every_type_that_is_taken():
    assert set(CORPUS) | NEVER_SHOWN == set(ENDINGS)


@pytest.mark.django_db
@pytest.mark.parametrize("content_type", CORPUS)
def test_no_mark_of_a_person_or_device_is_left(content_type):
    before = everything_in(CORPUS[content_type]())
    assert CANARY.encode() in before
    after = everything_in(copy_of(content_type))
    assert CANARY.encode() not in after
    assert CANARY.encode("utf-16-be") not in after
    assert PLACE_BY_SECOND not in after
    assert recognise(copy_of(content_type)) in (content_type, "image/jpeg")


@pytest.mark.django_db
@pytest.mark.parametrize("content_type", [kind for kind in CORPUS if kind.startswith("image/")])
def test_an_exif_reader_finds_nothing_in_pictures(content_type):
    assert exifread.process_file(io.BytesIO(copy_of(content_type)), details=True) == {}


def test_the_exif_reader_does_find_the_place_in_the_original():
    found = exifread.process_file(io.BytesIO(jpeg_with_everything()), details=True)
    assert any("GPS" in tag for tag in found)


@pytest.mark.django_db
@pytest.mark.parametrize("content_type", FILMS_AND_SOUNDS)
def test_mediainfo_finds_no_place_device_or_author_in_films(content_type):
    told = json.loads(MediaInfo.parse(io.BytesIO(copy_of(content_type)), output="JSON"))
    keys = [key for part in told["media"]["track"] for key in part]
    assert [key for key in keys if TELLING.search(key)] == []
    assert "17.4689" not in json.dumps(told)


def test_mediainfo_does_find_the_place_in_the_original():
    assert "17.4689" in MediaInfo.parse(io.BytesIO(mp4()), output="JSON")


@pytest.mark.django_db
def test_a_film_keeps_its_pictures_where_they_are():
    before, after = mp4(b"qt  "), copy_of(MOV)
    assert len(before) == len(after)
    assert before.index(b"frames") == after.index(b"frames")
    assert after.count(b"frames") == 10


@pytest.mark.django_db
def test_a_pdf_reader_finds_the_page_and_nothing_about_its_author():
    reader = pypdf.PdfReader(io.BytesIO(copy_of(PDF)))
    assert not reader.metadata
    assert reader.xmp_metadata is None
    assert set(reader.trailer["/Root"]) == {"/Type", "/Pages"}
    (page,) = reader.pages
    assert not {"/Annots", "/PieceInfo", "/Thumb", "/AA"} & set(page)
    assert "FILLED" in page.extract_text()
    (photo,) = page.images
    assert exifread.process_file(io.BytesIO(photo.data)) == {}
    assert photo.image.size == (64, 48)


@pytest.mark.django_db
def test_word_keeps_what_is_read_and_loses_who_wrote_it():
    letter = docx.Document(io.BytesIO(copy_of(DOCX)))
    assert letter.paragraphs[0].text == "Kính gửi công an xã, tôi thêm chữ này"
    assert letter.tables[0].cell(0, 1).text == "trong bảng"
    assert len(letter.inline_shapes) == 1
    with zipfile.ZipFile(io.BytesIO(copy_of(DOCX))) as archive:
        assert not [name for name in archive.namelist() if "docProps" in name or "comments" in name or "custom" in name]
        for name in archive.namelist():
            assert not re.search(rb"w:(?:author|rsid\w*|date|initials)=", archive.read(name)), name
            if name.endswith(".jpg"):
                assert exifread.process_file(io.BytesIO(archive.read(name))) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("content_type", CORPUS)
def test_the_original_stays_sealed_and_unchanged(content_type):
    create_keyring()
    content = CORPUS[content_type]()
    original = files.store(content, 1, content_type, "a")
    files.store_clean_copy(original, content)
    kept = StoredFile.objects.get(pk=original.pk)
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert files.open(kept) == content
    assert content[:200] not in files.path_of(kept.public_id).read_bytes()


@pytest.mark.parametrize(
    ("content_type", "content", "code"),
    [(PDF, full_pdf()[:300], "media_type"), (DOCX, full_docx()[:900], "media_type"), (MOV, mp4()[:-9], "media_type")],
)  # fmt: skip
@pytest.mark.django_db
def test_what_cannot_be_cleaned_is_not_shown(content_type, content, code):
    create_keyring()
    original = files.store(content, 1, content_type, "a")
    with pytest.raises(NotPossible) as refusal:
        files.store_clean_copy(original, content)
    assert refusal.value.code == code


@pytest.mark.django_db
def test_a_pdf_with_a_password_says_so():
    create_keyring()
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(full_pdf())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    original = files.store(out.getvalue(), 1, PDF, "a")
    with pytest.raises(NotPossible) as refusal:
        files.store_clean_copy(original, out.getvalue())
    assert refusal.value.code == "media_locked"
