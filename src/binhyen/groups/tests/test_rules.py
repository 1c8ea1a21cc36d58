"""Names, links, codes, coverage and package warnings."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhyen.groups import rules

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("area", "name"),
    [
        ("Thôn 4", "Thôn 4 - Kết nối bình yên"),
        ("Thôn Đông Tiến", "Thôn Đông Tiến - Bình yên"),
        ("Buôn Ea Nao Rất Dài Tên Đẹp", "Buôn Ea Nao Rất Dài - Bình yên"),
    ],
)
def test_name_by_rule(area, name):
    assert rules.name_for(area) == name


@given(st.text(min_size=1, max_size=200))
def test_a_name_fits_always(area):
    assert len(rules.name_for(area)) <= rules.NAME_LIMIT


@pytest.mark.parametrize(
    "typed", ["https://zalo.me/g/AbCd12345", "zalo.me/g/abcd12345/", " http://www.zalo.me/g/abcd12345"]
)
def test_one_spelling_of_a_link(typed):
    assert rules.link_in(typed) == "https://zalo.me/g/abcd12345"


@pytest.mark.parametrize(
    "typed",
    ["", "https://zalo.me/0912345678", "https://zalo.me.evil.top/g/abcd12345", "https://evil.top/zalo.me/g/abcd1"],
)
def test_no_other_address_passes_as_a_group(typed):
    assert rules.link_in(typed) == ""


def test_codes_are_read_in_any_case_and_hold_no_lookalikes():
    code = rules.new_code()
    assert rules.code_in(code.lower()) == code
    assert not set("IO01") & set(rules.CODE_LETTERS)
    assert rules.code_in("../etc") == ""


def test_coverage_never_exceeds_the_households_and_keeps_the_oldest_day():
    coverage = rules.coverage_of(100, [(80, DAY), (60, DAY - timedelta(days=3))])
    assert (coverage.reached, coverage.percent, coverage.counted_on) == (100, 100.0, DAY - timedelta(days=3))


def test_an_area_without_households_is_left_out_and_named():
    total = rules.together([rules.coverage_of(200, [(50, DAY)]), rules.coverage_of(None, [(10, DAY)])])
    assert (total.households, total.reached, total.percent, total.uncounted_areas) == (200, 50, 25.0, 1)
    assert rules.together([]).percent is None


@pytest.mark.parametrize(("left", "step"), [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0)])
def test_package_warnings(left, step):
    assert rules.warning_step(DAY + timedelta(days=left), DAY) == step
    assert rules.warning_step(None, DAY) is None
