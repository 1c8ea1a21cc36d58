"""What recorders and browsers make keeps its sound and nothing else (G10)."""

import pytest

from binhyen.core.errors import NotPossible
from binhyen.vault.media_types import recognise
from binhyen.vault.ogg import clean_ogg
from binhyen.vault.sounds import clean_wav
from binhyen.vault.tests.samples import PLACE_BY_SECOND
from binhyen.vault.tests.sound_samples import (
    MAKER,
    OPUS_HEAD,
    SOUND,
    VORBIS_HEAD,
    VORBIS_SETUP,
    chunk,
    element,
    opus,
    other_track,
    page,
    vorbis,
    vorbis_private,
    wav,
    webm,
)
from binhyen.vault.webm import clean_webm

CODING = chunk(b"fmt ", bytes.fromhex("0100 0100 401f0000 803e0000 0200 1000"))


def test_a_wav_is_its_coding_and_its_sound():
    assert clean_wav(wav()) == chunk(b"RIFF", b"WAVE" + CODING + chunk(b"data", SOUND))


@pytest.mark.parametrize("told", [b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x00\x01\x00\x00"])
def test_a_wav_whose_length_was_never_written_is_taken_to_its_end(told):
    assert clean_wav(b"RIFF\0\0\0\0WAVE" + CODING + b"data" + told + SOUND).endswith(SOUND)


@pytest.mark.parametrize("body", [b"", CODING, chunk(b"data", SOUND), CODING[:20] + chunk(b"data", SOUND)])
def test_a_wav_without_coding_or_sound(body):
    with pytest.raises(NotPossible, match="media_type"):
        clean_wav(chunk(b"RIFF", b"WAVE" + body))


def test_a_voice_message_keeps_every_packet_under_another_number():
    own = b"\x01\0\0\0"
    kept = page([OPUS_HEAD], 0, 2, own) + page([b"OpusTags" + bytes(8)], 1, 0, own)
    kept += page([SOUND], 2, 0, own, 960) + page([SOUND], 3, 4, own, 1_920)
    assert clean_ogg(opus()) == kept


def test_vorbis_keeps_how_it_is_coded_and_loses_its_comments():
    clean = clean_ogg(vorbis())
    own = b"\x01\0\0\0"
    heads = page([b"\x03vorbis" + bytes(8) + b"\x01", VORBIS_SETUP], 1, 0, own)
    assert clean == page([VORBIS_HEAD], 0, 2, own) + heads + page([SOUND], 2, 4, own, 64)


def test_two_recordings_one_behind_the_other_are_both_kept():
    clean = clean_ogg(opus() + vorbis())
    assert clean.count(SOUND) == 3
    assert MAKER not in clean


def test_a_voice_message_that_was_cut_keeps_what_came():
    assert clean_ogg(opus()[:-9]).count(SOUND) == 1


@pytest.mark.parametrize("content", [b"OggS", opus()[:60], page([b"\x80theora" + SOUND], 0, 2)])
def test_ogg_without_sound(content):
    with pytest.raises(NotPossible, match="media_type"):
        clean_ogg(content)


@pytest.mark.parametrize(
    ("codec", "private"), [(b"A_OPUS", OPUS_HEAD), (b"A_VORBIS", vorbis_private())], ids=["opus", "vorbis"]
)
def test_webm_keeps_its_blocks_where_they_are(codec, private):
    before = webm(codec=codec, private=private)
    after = clean_webm(before)
    assert len(after) == len(before)
    assert [after.find(SOUND), after.count(SOUND)] == [before.find(SOUND), 2]
    assert MAKER[:8] not in after
    assert PLACE_BY_SECOND not in after
    assert private[:8] in after
    assert clean_webm(after) == after


def test_webm_that_was_cut_or_has_something_behind():
    before = webm()
    assert clean_webm(before[: before.rfind(SOUND) + 9]).count(SOUND) == 1
    assert b"PK\x03\x04" not in clean_webm(before + b"\0PK\x03\x04")


@pytest.mark.parametrize(
    "content",
    [
        webm(other_track(0x11)),
        webm(codec=b"S_TEXT/UTF8"),
        webm().replace(b"webm", b"web2"),
        element(0x1A45DFA3, element(0x4282, b"webm")),
        b"\x1a\x45\xdf\xa3" + bytes(40),
        element(0x1A45DFA3, element(0x4282, b"webm") + element(0xEC, b"") * 3_000) + webm()[16:],
    ],
    ids=["places by the second", "words", "another kind", "head alone", "rubbish", "endless head"],
)
def test_webm_that_is_not_taken(content):
    with pytest.raises(NotPossible, match="media_type"):
        recognise(content)


def test_films_and_sounds_are_told_apart_by_their_tracks():
    assert recognise(webm()) == "audio/webm"
    assert recognise(webm(sort=1, codec=b"V_VP8")) == "video/webm"
