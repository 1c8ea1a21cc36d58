"""Arithmetic over office hours and working days, by properties and by examples."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from binhyen.core.clock import VIETNAM
from binhyen.core.working_time import (
    STANDARD,
    DayException,
    NeverOpen,
    Period,
    WorkCalendar,
    add_months,
    add_working_days,
    add_working_time,
    next_working_day,
    working_time_between,
)

FEW = settings(max_examples=25, deadline=None)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2029, 12, 31)).map(lambda naive: naive.replace(tzinfo=VIETNAM))
days = st.dates(date(2025, 1, 1), date(2029, 12, 31))
lengths = st.integers(0, 3000).map(lambda minutes: timedelta(minutes=minutes))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def periods(edges):
    ordered = sorted(edges)
    return tuple(Period(*pair) for pair in zip(ordered[::2], ordered[1::2], strict=True))


day_hours = st.sampled_from([(), (450, 690, 810, 1020), (0, 1440), (600, 601), (0, 60, 1380, 1440), (420, 1020)]).map(
    periods
)
exceptions = st.dictionaries(days, st.builds(DayException, st.booleans(), st.none() | day_hours), max_size=3)
calendars = st.builds(
    WorkCalendar,
    week=st.tuples(*[day_hours] * 7).map(lambda week: (*week[:4], periods([450, 690, 810, 1020]), *week[5:])),
    exceptions=exceptions,
)


@FEW
@given(moments, lengths, calendars)
def test_adding_never_goes_back_and_is_measured_back_exactly(start, length, calendar):
    end = add_working_time(start, length, calendar)
    assert end >= start
    assert working_time_between(start, end, calendar) == length


@FEW
@given(moments, lengths, lengths, calendars)
def test_adding_twice_is_adding_the_sum(start, one, other, calendar):
    twice = add_working_time(add_working_time(start, one, calendar), other, calendar)
    assert twice == add_working_time(start, one + other, calendar)


@FEW
@given(moments, moments, lengths, calendars)
def test_a_later_start_never_ends_earlier(one, other, length, calendar):
    first, second = sorted([one, other])
    assert add_working_time(first, length, calendar) <= add_working_time(second, length, calendar)


@FEW
@given(st.tuples(moments, moments, moments), calendars)
def test_stretches_that_follow_each_other_add_up(three, calendar):
    first, second, third = sorted(three)
    apart = working_time_between(first, second, calendar) + working_time_between(second, third, calendar)
    assert apart == working_time_between(first, third, calendar)
    assert timedelta(0) <= apart <= third - first
    assert working_time_between(third, first, calendar) == timedelta(0)


@FEW
@given(days, st.integers(0, 20), st.integers(0, 20), calendars)
def test_working_days_add_up_and_end_on_working_days(day, one, other, calendar):
    end = add_working_days(day, one + other, calendar)
    assert add_working_days(add_working_days(day, one, calendar), other, calendar) == end
    assert end == day or calendar.is_working_day(end)


@FEW
@given(days, days, st.integers(0, 30))
def test_months_keep_the_order_of_days(one, other, count):
    first, second = sorted([one, other])
    assert first <= add_months(first, count) <= add_months(second, count)


def test_months_end_with_the_month_when_it_is_shorter():
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)


def test_office_time_skips_noon_night_weekend_and_holiday():
    friday_evening = at("2026-02-13 16:30")
    assert add_working_time(friday_evening, timedelta(minutes=60), STANDARD) == at("2026-02-23 08:00")
    assert working_time_between(at("2026-02-13 00:00"), at("2026-02-24 00:00"), STANDARD) == timedelta(hours=15)


def test_the_end_of_a_stretch_is_reached_the_same_day():
    assert add_working_time(at("2026-11-27 07:30"), timedelta(hours=7.5), STANDARD) == at("2026-11-27 17:00")


def test_a_saturday_worked_in_exchange_has_the_hours_of_a_weekday():
    saturday_mornings = WorkCalendar(week=(*STANDARD.week[:5], (Period(450, 690),), ()))
    assert saturday_mornings.opening(date(2026, 1, 10)) == STANDARD.week[0]
    assert saturday_mornings.opening(date(2026, 1, 17)) == (Period(450, 690),)


def test_an_exception_of_the_unit_beats_the_national_table():
    flood = DayException(False, note="Nghỉ do lũ")
    tet_desk = DayException(False, periods=(Period(480, 600),), note="Tết, trực nhận hồ sơ gấp")
    extra = DayException(True, note="Làm bù")
    calendar = WorkCalendar(
        exceptions={date(2026, 11, 27): flood, date(2026, 2, 18): tet_desk, date(2026, 11, 28): extra}
    )
    assert calendar.why_off(date(2026, 11, 27)) == "Nghỉ do lũ"
    assert calendar.opening(date(2026, 11, 27)) == ()
    assert not calendar.is_working_day(date(2026, 2, 18))
    assert calendar.is_open(at("2026-02-18 09:00"))
    assert not calendar.is_open(at("2026-02-18 10:00"))
    assert calendar.opening(date(2026, 11, 28)) == STANDARD.week[0]
    assert next_working_day(date(2026, 11, 27), calendar) == date(2026, 11, 28)


def test_the_words_say_why_a_day_is_off():
    assert STANDARD.why_off(date(2026, 11, 28)) == "thứ Bảy"
    assert "Tết" in STANDARD.why_off(date(2026, 2, 17))
    assert STANDARD.why_off(date(2026, 11, 27)) == ""


def test_an_office_that_never_opens_is_said_and_not_searched_for_ever():
    closed = WorkCalendar(week=((),) * 7)
    with pytest.raises(NeverOpen):
        add_working_time(at("2026-11-27 08:00"), timedelta(minutes=1), closed)
    assert working_time_between(at("2026-11-27 08:00"), at("2026-12-27 08:00"), closed) == timedelta(0)


@pytest.mark.parametrize(("start", "end"), [(600, 600), (700, 600), (-1, 5), (0, 1441)])
def test_odd_periods_are_refused(start, end):
    with pytest.raises(ValueError, match="no period"):
        Period(start, end)


def test_midnight_is_part_of_a_day_that_never_closes():
    always = WorkCalendar(week=((Period(0, 1440),),) * 7)
    assert always.is_open(datetime.combine(date(2026, 11, 28), time.min, VIETNAM))
    assert add_working_time(at("2026-11-27 23:59"), timedelta(hours=2), always) == at("2026-11-28 01:59")
