"""The money formula, likeness with its reasons, and notices made from permitted fields."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhyen.core.law import law_file
from binhyen.lost_found.rules import Facts, Traits, base_salary_on, closing_of, fits_enough, likeness, notice_of, shares

BASE = 2_530_000
EXAMPLES = law_file()["parameters"]["lost_property"]["examples"]


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: str(row["value"]))
def test_the_worked_examples_of_the_law_data(row):
    found = shares(row["value"], row["cost"], BASE)
    assert (found.finder_vnd, found.state_vnd, found.threshold_vnd) == (row["finder"], row["state"], 25_300_000)


@given(st.integers(0, 10**10), st.integers(0, 10**8))
def test_nothing_is_lost_or_made_in_the_division(value, cost):
    found = shares(value, cost, BASE)
    spent = cost if value > found.threshold_vnd else 0
    assert found.finder_vnd + found.state_vnd == max(0, value - spent)
    assert found.state_vnd <= found.finder_vnd


def test_the_base_salary_is_the_one_of_the_day():
    assert base_salary_on(date(2026, 6, 30)) == 2_340_000
    assert base_salary_on(date(2026, 7, 1)) == BASE
    with pytest.raises(LookupError):
        base_salary_on(date(2010, 1, 1))


def test_likeness_says_why():
    first = Traits("wallet", "ví da nâu", "gần chợ Đông", 1, date(2026, 11, 20))
    second = Traits("wallet", "mất cái ví màu nâu", "chợ Đông", 1, date(2026, 11, 21))
    found = likeness(first, second)
    assert found.percent >= 70
    assert set(found.reasons) == {"cùng loại", "cùng chữ: nau, vi", "cùng thôn, tổ", "nơi gần giống", "cách một ngày"}
    assert likeness(first, Traits("phone", "điện thoại đen", "cầu Tây", 2, date(2026, 1, 1))).percent < 35


def facts(kind, **more):
    values = {
        "category_name": "ví",
        "description": "",
        "first_name": "",
        "age_band": "",
        "clothing": "",
        "place": "chợ Đông",
        "happened_on": date(2026, 11, 21),
    }
    return Facts(kind, **(values | more))


def test_a_child_notice_holds_permitted_fields_alone():
    notice = notice_of(
        facts("found_child", description="Bé trai", age_band="khoảng 5 tuổi", clothing="áo đỏ"),
        "Công an xã X",
        "0239 3 000 000",
    )
    assert notice.title == "Tìm gia đình của bé"
    assert notice.text.startswith("Bé trai, khoảng 5 tuổi, mặc áo đỏ. Nơi gặp: chợ Đông, ngày 21/11/2026.")
    assert "0239 3 000 000" in notice.text


def test_closing_notices_name_nobody():
    assert closing_of("found_child").title == "Đã tìm thấy gia đình"
    assert "Bé đã về" in closing_of("missing_child").text
    assert closing_of("found_item").title == "Đã tìm thấy chủ"


def test_two_of_three_answers_are_enough_and_one_is_not():
    assert fits_enough([True, True, False])
    assert not fits_enough([True, False, False])
