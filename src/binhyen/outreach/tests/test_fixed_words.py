"""The words around a post follow its language; in Ê Đê none are made up."""

import pytest

from binhyen.outreach.fixed_words import LANGUAGES, fixed_words
from binhyen.outreach.models import PostKind
from binhyen.outreach.variants import Draft, Voice, too_long, variants_of

VOICE = Voice("Công an xã Ea Kar", "Công an xã", "0262 3 000 000", "https://binhyen.example.vn/ea-kar/tin/x/")


def texts(language: str, **more: str) -> dict[str, str]:
    parts = {"kind": "warning", "title": "Flood", "what": "The river rises.", "signs": "Brown water.", "todo": "Leave."}
    return variants_of(Draft(**(parts | more), language=language), VOICE)


def test_english_has_english_headings() -> None:
    group = texts("en")["group"]
    assert group.startswith("WARNING: Flood")
    assert "What to do now:\nLeave." in group
    assert "Duty officer: 0262 3 000 000" in group
    assert "Làm gì" not in group


def test_ede_letters_stay_and_no_heading_is_made_up() -> None:
    found = texts("rad", title="Čuăn", what="Ƀuôn sang ñu č", signs="ñ", todo="ƀ")
    assert "Ƀuôn sang ñu č\n\nñ\n\nƀ" in found["group"]
    assert "How to" not in found["portal"]


@pytest.mark.parametrize("language", [*LANGUAGES, "xx"])
def test_every_kind_has_its_word_and_every_text_fits(language: str) -> None:
    assert set(fixed_words(language).kinds) == set(PostKind.values)
    assert not too_long(texts(language))
