"""Which days the whole country is off: announced years checked against the notices, swaps, days in lieu."""

from datetime import date

import pytest

from binhyen.core.public_holidays import holiday_name, is_national_working_day


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 1, 25), date(2025, 2, 2)),  # Tết Ất Tỵ, nine days by the notice of 2024
        (date(2026, 2, 14), date(2026, 2, 22)),  # Tết Bính Ngọ, nine days by the notice of 2025
        (date(2026, 8, 29), date(2026, 9, 2)),  # National Day with the swapped Monday
        (date(2026, 1, 1), date(2026, 1, 4)),  # New Year with the swapped Friday
        (date(2026, 4, 25), date(2026, 4, 27)),  # Hung Kings' day on a Sunday: Monday in lieu
    ],
)
def test_announced_breaks_hold_no_working_day_and_are_framed_by_working_days(first, last):
    days = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
    assert not any(is_national_working_day(day) for day in days)
    assert is_national_working_day(date.fromordinal(first.toordinal() - 1))
    assert is_national_working_day(date.fromordinal(last.toordinal() + 1))


@pytest.mark.parametrize("day", [date(2026, 1, 10), date(2026, 8, 22), date(2019, 1, 5)])
def test_saturdays_worked_in_exchange_count(day):
    assert day.weekday() == 5
    assert is_national_working_day(day)


def test_lunar_holidays_move_with_the_moon():
    assert "Tết Nguyên Đán" in holiday_name(date(2026, 2, 17))
    assert "Tết Nguyên Đán" in holiday_name(date(2027, 2, 6))
    assert "Tết Nguyên Đán" in holiday_name(date(2030, 2, 3))  # not the Chinese date of other years' tables
    assert "Hùng Vương" in holiday_name(date(2025, 4, 7))
    assert "Hùng Vương" in holiday_name(date(2027, 4, 16))


def test_an_ordinary_day_has_no_name_and_a_weekend_is_no_working_day():
    assert holiday_name(date(2026, 11, 27)) == ""
    assert is_national_working_day(date(2026, 11, 27))
    assert not is_national_working_day(date(2026, 11, 28))
