"""No text makes the patterns slow (G54)."""

import time

import pytest

from binhyen.language.abuse import mask_rude_words
from binhyen.language.personal_data import find_personal_data
from binhyen.language.places import Gazetteer, place_conflict
from binhyen.language.understanding import Understander

LONG = 100_000
TEXTS = {
    "digits": "0" * LONG,
    "grouped digits": "09 1.2-3 " * (LONG // 9),
    "digit words": "không chín " * (LONG // 11),
    "letters": "a" * LONG,
    "letters like digits": "o" * LONG,
    "letters like digits after one": "1 " + "oli" * (LONG // 3),
    "capitals": "Nguyễn Văn " * (LONG // 11),
    "mail": "a." * (LONG // 2) + "@",
    "mail signs": "@." * (LONG // 2),
    "addresses": "số 12/3/4/5 đường " * (LONG // 18),
    "pieces": "12 rồi 34 và " * (LONG // 13),
    "other countries": "00 49 1" * (LONG // 7),
    "birth dates": "1/2/1990 " * (LONG // 9),
    "papers": "hộ chiếu a1a1 stk 12ab " * (LONG // 23),
    "plates": "29A-1" * (LONG // 5),
    "cues": "sinh ngày stk cccd " * (LONG // 19),
    "spaces": " " * LONG,
    "marks": "a" + "\u0301" * LONG,
    "hidden": "\u200b" * LONG,
    "questions": "còn, với lại và? " * (LONG // 17),
    "places": "thôn " * (LONG // 5),
    "calls": "cứu gặp muốn hồ sơ " * (LONG // 19),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_hundred_thousand_characters_take_bounded_time(name: str, understander: Understander) -> None:
    text = TEXTS[name]
    start = time.process_time()
    find_personal_data(text)
    mask_rude_words(text)
    Gazetteer(["Thôn 4", "Thôn Trung Tiến"]).find(text)
    place_conflict(text, text)
    understander.understand([text])
    assert time.process_time() - start < 5
