"""Periods as people name them and as they add up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhyen.core.errors import NotPossible
from binhyen.statistics.periods import (
    Grain,
    Span,
    calendar_parts,
    code_of,
    name_of,
    period_around,
    span_of,
    year_tree,
)

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("code", "start", "end", "name"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1), "Năm 2026"),
        ("2026-H1", date(2026, 1, 1), date(2026, 7, 1), "6 tháng đầu năm 2026"),
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1), "Quý IV/2026"),
        ("2024-02", date(2024, 2, 1), date(2024, 3, 1), "Tháng 2/2024"),
        ("2026-11-16..2026-11-22", date(2026, 11, 16), date(2026, 11, 23), "Từ 16/11/2026 đến 22/11/2026"),
    ],
)
def test_codes_name_spans(code, start, end, name):
    span = span_of(code)
    assert (span.start, span.end) == (start, end)
    assert name_of(span) == name
    assert code_of(span) == code


@pytest.mark.parametrize("code", ["", "x", "2026-Q5", "2026-H0", "2026-13", "2026-11-20..2026-11-01", "99999", "1-Q1"])
def test_wrong_codes_are_refused(code):
    with pytest.raises(NotPossible, match="period_unknown"):
        span_of(code)


@given(DAYS, st.sampled_from(list(Grain)))
def test_a_period_holds_its_day_and_its_parts_make_it_up(day, grain):
    period = period_around(day, grain)
    assert period.span.start <= day < period.span.end
    assert span_of(period.code) == period.span
    if period.parts:
        assert period.parts[0].span.start == period.span.start
        assert all(a.span.end == b.span.start for a, b in zip(period.parts, period.parts[1:], strict=False))
        assert period.parts[-1].span.end == period.span.end
        assert [month for part in period.parts for month in part.months] == list(period.months)


@given(DAYS, st.integers(1, 40))
def test_whole_months_fall_into_the_fewest_periods(day, months):
    start = day.replace(day=1)
    end = start
    for _ in range(months):
        end = (end + timedelta(days=32)).replace(day=1)
    parts = calendar_parts(Span(start, end))
    assert parts is not None
    assert sum(part.grain for part in parts) == months
    assert parts[0].span.start == start
    assert parts[-1].span.end == end
    assert Span(start, end).before().end == start


def test_a_span_that_cuts_a_month_has_no_calendar_parts():
    assert calendar_parts(Span(date(2026, 11, 2), date(2026, 12, 1))) is None
    assert Span(date(2026, 11, 16), date(2026, 11, 23)).before() == Span(date(2026, 11, 9), date(2026, 11, 16))


def test_a_year_has_nineteen_periods():
    assert len(list(year_tree(2026))) == 1 + 2 + 4 + 12
