"""Office hours as written and read."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from binhyen.core.errors import NotPossible
from binhyen.core.working_time import STANDARD_WEEK, Period
from binhyen.units.hours_words import read_periods, sentence, written


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("07:30-11:30, 13:30-17:00", (Period(450, 690), Period(810, 1020))),
        ("13h30 - 17h; 7h30 – 11h30", (Period(450, 690), Period(810, 1020))),
        ("7-11", (Period(420, 660),)),
        ("7 giờ đến 11 giờ và 13.30-24", (Period(420, 660), Period(810, 1440))),
        ("", ()),
        ("Nghỉ", ()),
    ],
)
def test_hours_are_read_as_people_write_them(text, periods):
    assert read_periods(text) == periods


@pytest.mark.parametrize("text", ["sáng", "17-7", "7:30", "25-26", "8-8", "7-11-12", "07:99-08:00x"])
def test_odd_hours_are_refused_with_the_text(text):
    with pytest.raises(NotPossible) as refused:
        read_periods(text)
    assert refused.value.facts["text"] == text


def test_overlapping_hours_are_refused():
    with pytest.raises(NotPossible, match="hours_overlap"):
        read_periods("7-11, 10-12")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 1440), max_size=6, unique=True))
def test_what_is_written_is_read_back(edges):
    edges = sorted(edges[: len(edges) // 2 * 2])
    periods = tuple(Period(*pair) for pair in zip(edges[::2], edges[1::2], strict=True))
    assert read_periods(written(periods)) == periods


def test_the_sentence_groups_days():
    assert sentence(STANDARD_WEEK) == "Thứ Hai đến thứ Sáu, 7 giờ 30 đến 11 giờ 30 và 13 giờ 30 đến 17 giờ."
    assert sentence([(), (), (), (), (), (Period(450, 690),), ()]) == "Thứ Bảy, 7 giờ 30 đến 11 giờ 30."
    assert sentence([()] * 7) == ""
