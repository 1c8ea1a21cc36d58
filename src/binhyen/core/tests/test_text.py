"""Text at the border: cleaning, folding, Vietnamese order."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhyen.core.text import clean, fold, sort_key, whole_number, without_marks


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_cleaned_text_is_nfc_and_shows_everything_it_holds(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(c) in ("Cs", "Cc") and c != "\n" for c in cleaned)
    assert not set(cleaned) & set("\u200b\u200e\u202e\u2066\ufeff")


@given(st.text())
def test_folding_is_idempotent_and_leaves_no_mark(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding_knows_d_with_stroke_look_alikes_and_apostrophes() -> None:
    assert fold("Đặng Thuý, Ðà Nẵng") == "dang thuy da nang"
    assert fold(unicodedata.normalize("NFD", "Đường dây")) == "duong day"
    assert fold("Čư M’gar") == "cu mgar"
    assert without_marks("Hoà") == without_marks("Hòa")


def letter_by_letter(text: str) -> str:
    bare = unicodedata.normalize("NFD", clean(text).replace("đ", "d").replace("Đ", "D"))
    letters = "".join(c for c in bare if not unicodedata.combining(c)).lower()
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


@given(st.text("aăâàảãáạằẳẵắặầẩẫấậêềểễếệơờởỡớợưừửữứựýđĐƯƠỆzZ09 \n.,?!_-\t()😀“”…²"))
def test_short_ways_of_folding_lead_to_the_same_words(text: str) -> None:
    assert fold(text) == letter_by_letter(text)


def test_names_sort_as_a_vietnamese_reader_expects() -> None:
    names = ["Thôn 10", "Thôn 2", "Đông Anh", "Ân Thi", "An Thi", "Ăn Thi", "Bạch Mai", "Ba Đình", "Dương", "Ea Kar"]
    expected = ["An Thi", "Ăn Thi", "Ân Thi", "Ba Đình", "Bạch Mai", "Dương", "Đông Anh", "Ea Kar", "Thôn 2", "Thôn 10"]
    assert sorted(names, key=sort_key) == expected


def test_tones_break_ties_in_their_order() -> None:
    names = ["mạ", "má", "mã", "mả", "mà", "ma"]
    assert sorted(names, key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7", 7),
        (" 12 ", 12),
        ("", -1),
        ("-3", -1),
        ("1.5", -1),
        ("٣", -1),
        ("1" * 5_000, -1),
        ("101", -1),
        ("100", 100),
    ],
)
def test_a_whole_number_is_read_within_bounds(typed: str, number: int) -> None:
    assert whole_number(typed, -1, 100) == number
