"""Answers are checked by the type of their field before they go on paper."""

from datetime import UTC, date, datetime

import pytest

from binhyen.procedures.printing.tests.reading import form
from binhyen.procedures.printing.values import InvalidValues, checked


def problems(code: str, **values: object) -> list[tuple[str, str]]:
    with pytest.raises(InvalidValues) as caught:
        checked(form(code), values)
    return [(problem.field, problem.code) for problem in caught.value.problems]


def test_one_spelling_whatever_was_typed() -> None:
    found = checked(
        form("CT01"),
        {
            "ho_ten": "  Nguyễn \u200bVăn\n A ",
            "ngay_sinh": date(1988, 4, 3),
            "dien_thoai": "+84 (912) 345.678",
            "email": " a@b.vn ",
            "noi_dung_de_nghi": "một\r\nhai",
            "so_dinh_danh": "049188 001234",
            "ten_chu_ho": "",
            "quan_he_chu_ho": None,
        },
    )
    assert found == {
        "ho_ten": "Nguyễn Văn A",
        "ngay_sinh": "03/04/1988",
        "dien_thoai": "+84912345678",
        "email": "a@b.vn",
        "noi_dung_de_nghi": "một\nhai",
        "so_dinh_danh": "049188001234",
    }


@pytest.mark.parametrize("typed", ["3/4/1988", "03.04.1988", "03-04-1988", "1988-04-03"])
def test_third_of_april_is_never_the_fourth_of_march(typed: str) -> None:
    assert checked(form("CT01"), {"ngay_sinh": typed}) == {"ngay_sinh": "03/04/1988"}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("ngay_sinh", "31/02/1988", "bad_date"),
        ("ngay_sinh", "hôm qua", "bad_date"),
        ("so_dinh_danh", "12345", "bad_id"),
        ("so_dinh_danh", "١٢٣٤٥٦٧٨٩٠١٢", "unprintable"),
        ("dien_thoai", "gọi cho tôi", "bad_phone"),
        ("email", "a@b", "bad_email"),
        ("gioi_tinh", "nam", "not_an_option"),
        ("ho_ten", "x" * 301, "too_long"),
        ("ho_ten", "Ann 😀", "unprintable"),
        ("ho_ten", "阮", "unprintable"),
        ("ho_ten", ["a"], "wrong_type"),
        ("ho_ten", True, "wrong_type"),
        ("noi_dung_de_nghi", "x" * 3001, "too_long"),
        ("thanh_vien_cung_thay_doi", "một người", "wrong_type"),
        ("thanh_vien_cung_thay_doi", [["a"]] * 31, "too_many_rows"),
        ("thanh_vien_cung_thay_doi", [["a"] * 13], "too_many_parts"),
        ("nguoi_ke_khai", "Nguyễn Văn A", "not_filled_in_here"),
        ("khong_co", "x", "unknown_field"),
    ],
)
def test_an_answer_that_does_not_fit_is_named_without_its_words(field: str, value: object, code: str) -> None:
    assert problems("CT01", **{field: value}) == [(field, code)]


def test_all_bad_answers_are_named_at_once_and_none_is_quoted() -> None:
    with pytest.raises(InvalidValues) as caught:
        checked(form("CT01"), {"email": "bimat", "so_dinh_danh": "bimat", "ho_ten": "Ann"})
    assert [problem.field for problem in caught.value.problems] == ["email", "so_dinh_danh"]
    assert "bimat" not in f"{caught.value!r} {caught.value.facts} {caught.value.problems}"


def test_ticks_numbers_groups_and_moments() -> None:
    assert checked(form("DC02"), {"tich_hop": True, "khai_thac_dan_cu": False}) == {"tich_hop": True}
    assert problems("DC02", tich_hop="có") == [("tich_hop", "wrong_type")]
    assert checked(form("ĐKX10"), {"dung_tich": 1498, "so_cho": ["5", "", None]}) == {
        "dung_tich": "1498",
        "so_cho": ("5", "", ""),
    }
    assert problems("ĐKX10", dung_tich="to") == [("dung_tich", "bad_number")]
    moment = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
    assert checked(form("DON-MAT"), {"thoi_gian": moment}) == {"thoi_gian": "08:30, 24/11/2026"}
