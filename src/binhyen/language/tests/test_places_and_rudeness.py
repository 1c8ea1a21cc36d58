"""Places of one unit are recognised, numbered places told apart, and rude words masked for display only."""

import pytest

from binhyen.language.abuse import mask_rude_words
from binhyen.language.places import Gazetteer, place_conflict

AREAS = Gazetteer(["Thôn 4", "Thôn 14", "Tổ dân phố 5", "Thôn Trung Tiến", "Khu phố 2", "Buôn Ea Nao"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("o thon 04 mat xe", ["Thôn 4"]),
        ("kp.2 co trom", ["Khu phố 2"]),
        ("thôn Trug Tiến mất trâu", ["Thôn Trung Tiến"]),
        ("làm thẻ từ 14 tuổi", []),
        ("nhà em ở Trung Tiến", ["Thôn Trung Tiến"]),
        ("từ thôn 4 qua thôn 14", ["Thôn 4", "Thôn 14"]),
        ("tdp số 5", ["Tổ dân phố 5"]),
        ("có tổ ong vò vẽ", []),
    ],
)
def test_areas_are_found(text: str, names: list[str]) -> None:
    assert AREAS.find(text) == names


def test_other_numbers_mean_another_place() -> None:
    assert place_conflict("trộm ở thôn 4", "trom o thon 9")
    assert not place_conflict("trộm ở thôn 4", "trom o thon 4")
    assert not place_conflict("trộm ở thôn 4", "trộm ở chợ")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("làm ăn như đồ ngu", "làm ăn như đ* n**"),
        ("vcl lâu thế", "v** lâu thế"),
        ("con chó cắn, cu cậu buồn ngủ", "con chó cắn, cu cậu buồn ngủ"),
        ("đồ ăn hại", "đồ ă* h**"),
        ("cac anh oi cho hoi", "cac anh oi cho hoi"),
    ],
)
def test_rude_words_are_masked(text: str, shown: str) -> None:
    assert mask_rude_words(text) == shown
