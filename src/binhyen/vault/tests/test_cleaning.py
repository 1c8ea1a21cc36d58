"""Cleaned copies keep what one sees and nothing else (G10)."""

import io

import pytest
from PIL import Image

from binhyen.core.errors import NotPossible
from binhyen.vault.movies import clean_movie
from binhyen.vault.pictures import clean_copy
from binhyen.vault.sounds import clean_aac, clean_amr, clean_mp3
from binhyen.vault.tests.samples import (
    AAC,
    AMR,
    CANARY,
    ID3,
    MP3,
    box,
    heic,
    jpeg_with_everything,
    mp4,
    picture,
    png_with_text,
)


@pytest.mark.parametrize("make", [jpeg_with_everything, png_with_text, heic])
def test_nothing_but_the_picture_is_left(make):
    before = make()
    copy = clean_copy(before)
    assert CANARY.encode() not in copy
    with Image.open(io.BytesIO(copy)) as found:
        assert found.format == "JPEG"
        assert not found.getexif()
        assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_samples_really_carry_what_is_looked_for():
    for make in (jpeg_with_everything, png_with_text):
        assert CANARY.encode() in make()
    assert CANARY.encode() in heic()
    with Image.open(io.BytesIO(jpeg_with_everything())) as found:
        assert found.getexif().get_ifd(0x8825)


def test_a_picture_on_its_side_stands_up():
    with Image.open(io.BytesIO(clean_copy(jpeg_with_everything()))) as found:
        assert found.size == (48, 64)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_form_becomes_a_small_jpeg(form):
    copy = clean_copy(picture(form, (4000, 3000)))
    with Image.open(io.BytesIO(copy)) as found:
        assert (found.format, found.size) == ("JPEG", (1600, 1200))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "L", "P", "1"])
def test_every_kind_of_colour(mode):
    out = io.BytesIO()
    Image.new(mode, (20, 10)).save(out, "PNG")
    assert clean_copy(out.getvalue())[:3] == b"\xff\xd8\xff"


def test_a_copy_fits_what_zalo_takes():
    noise = io.BytesIO()
    Image.effect_noise((1600, 1600), 120).save(noise, "PNG")
    assert len(clean_copy(noise.getvalue())) <= 1_000_000


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", picture()[:200], b"GIF89a/*<script>*/"])
def test_broken_pictures(content):
    with pytest.raises(NotPossible, match="media_type"):
        clean_copy(content)


def test_film_loses_place_device_and_time_but_no_byte_moves():
    before = mp4()
    after = clean_movie(before)
    assert len(after) == len(before)
    for telling in (b"+17.4689", CANARY.encode(), b"\x11" * 8, b"\x22" * 8, b"udta", b"meta"):
        assert telling in before
        assert telling not in after
    assert after.index(b"frames") == before.index(b"frames")


@pytest.mark.parametrize(
    "content",
    [b"\x00\x00\x00\x10ftyp", box(b"moov", b"\xff\xff\xff\xffudta"), b"\x00\x00\x00\x02moov", box(b"moov", b"abc")],
)
def test_a_film_whose_boxes_do_not_add_up(content):
    with pytest.raises(NotPossible, match="media_type"):
        clean_movie(content)


def test_a_film_of_boxes_in_boxes_ends():
    nested = b""
    for _ in range(50):
        nested = box(b"moov", nested)
    with pytest.raises(NotPossible):
        clean_movie(nested)


OLD_TAG = b"TAG" + CANARY.encode().ljust(125)
APE_TAG = b"APETAGEX" + bytes(24) + CANARY.encode() + b"APETAGEX" + bytes(24)
LYRICS = b"LYRICSBEGIN" + CANARY.encode() + b"000017LYRICS200"


@pytest.mark.parametrize("behind", [b"", OLD_TAG, APE_TAG + OLD_TAG, LYRICS + OLD_TAG, ID3])
@pytest.mark.parametrize(
    ("clean", "frame"), [(clean_mp3, MP3), (clean_aac, AAC)], ids=lambda each: getattr(each, "__name__", "")
)
def test_sound_loses_its_tags_at_either_end_and_keeps_every_frame(clean, frame, behind):
    assert clean(ID3 + frame * 3 + behind) == frame * 3
    assert clean(ID3 + ID3 + frame * 2 + ID3 + frame * 2 + behind) == frame * 4


def test_a_voice_of_a_telephone_loses_what_hangs_on_behind():
    assert clean_amr(AMR + b"\xff" + CANARY.encode()) == AMR
    assert clean_amr(b"#!AMR-WB\n" + b"\x44" + bytes(60) + CANARY.encode()) == b"#!AMR-WB\n" + b"\x44" + bytes(60)


@pytest.mark.parametrize("clean", [clean_mp3, clean_aac])
@pytest.mark.parametrize("content", [ID3, b"", b"\xff" * 5_000, ID3 + MP3[:100]])
def test_sound_without_a_whole_frame_is_no_sound(clean, content):
    with pytest.raises(NotPossible, match="media_type"):
        clean(content)
