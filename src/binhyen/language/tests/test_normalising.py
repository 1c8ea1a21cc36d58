"""Cleaning, folding and short forms: the forms that matching works on."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhyen.core.text import clean, fold
from binhyen.language.features import ngram_keys, read_message
from binhyen.language.flat_text import flatten
from binhyen.language.normalising import drop_channel, expand, folded_readings, has_marks, matched_part, speak, tokens

VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạĐẤỆƯ 019.,?!\u200b\u202e\u0301\u0323\x00", max_size=80)


@given(VIETNAMESE)
def test_cleaning_and_folding_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    reading = read_message(text)
    lines, keys = ngram_keys([reading, read_message("")])
    assert lines.shape == keys.shape
    assert not np.any(lines >= 4)


@pytest.mark.parametrize("text", ["đăng ký thường trú", "hoà giải", "Đặng Thuý", "nhà ở"])
def test_composed_and_decomposed_text_read_the_same(text: str) -> None:
    assert read_message(unicodedata.normalize("NFD", text)) == read_message(unicodedata.normalize("NFC", text))


def test_zero_width_characters_do_not_split_words() -> None:
    assert tokens(matched_part("căn\u200b cước")) == ["căn", "cước"]


def test_repeated_letters_count_once_but_digits_stay() -> None:
    assert tokens("nhaaaa 1000") == ["nha", "1000"]


def test_short_forms_with_repeated_letters_are_kept() -> None:
    assert expand(speak(tokens("cccd pccc nhaaa"))) == f"căn cước công dân {expand(speak(['pccc']))} nha"


def test_an_age_tells_its_side_of_fourteen() -> None:
    assert "duoimuoibon" in read_message("bé 13 tuổi").folded
    assert "duoimuoibon" in read_message("bé 9t").folded
    assert "dumuoibon" in read_message("con 14 tuổi").folded.split()
    assert "muoibon" not in read_message("2 tháng 14 ngày").folded


def test_short_forms_are_read_out() -> None:
    assert expand(speak(tokens("ad ơi mik mún nhập hk về nhà ck"))) == "ad ơi mình muốn nhập hộ khẩu về nhà chồng"


def test_every_reading_of_an_ambiguous_form_is_kept_for_matching() -> None:
    folded = folded_readings(speak(["đk", "tt"]))
    assert "dang ky" in folded
    assert "thuong tru" in folded
    assert "tam tru" in folded


def test_a_word_with_its_own_marks_is_not_a_short_form() -> None:
    assert expand(speak(["cá"])) == "cá"


def test_channel_words_are_dropped_unless_little_is_left() -> None:
    assert "VNeID" not in drop_channel("hủy tạm trú trên VNeID được không")
    assert drop_channel("trên VNeID") == "trên VNeID"


def test_marks_are_noticed() -> None:
    assert has_marks(speak(tokens("tôi muốn hỏi")))
    assert not has_marks(speak(tokens("toi muon hoi")))
    assert not has_marks(speak(["đi", "dau"]))


@given(VIETNAMESE)
def test_flat_text_keeps_places(text: str) -> None:
    flat = flatten(text)
    assert len(flat.flat) == len(flat.shown)
    start, end = flat.place(0, len(flat.shown))
    assert 0 <= start <= end <= len(text)
