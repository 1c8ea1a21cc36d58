"""A unit's calendar: its own hours, its own dates, and those its superiors laid down."""

from datetime import UTC, date, datetime

import pytest

from binhyen.core import clock
from binhyen.core.deadlines import deadline_of
from binhyen.core.working_time import STANDARD_WEEK, Period
from binhyen.units.calendars import calendar_of, forget_calendars, read_calendar
from binhyen.units.models import CalendarDay, OfficeHours, Unit

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)


@pytest.fixture
def commune():
    province = Unit.objects.create(kind="province_police", name="Tỉnh", short_name="Tỉnh", slug="tinh")
    return Unit.objects.create(kind="commune_police", name="Xã", short_name="Xã", slug="xa", parent=province)


def test_a_unit_that_set_nothing_works_standard_hours(commune):
    assert read_calendar(commune).week == STANDARD_WEEK


def test_own_hours_replace_the_standard_ones(commune):
    OfficeHours.objects.create(unit=commune, weekday=5, start_min=450, end_min=690)
    OfficeHours.objects.create(unit=commune, weekday=5, start_min=810, end_min=960)
    assert read_calendar(commune).week[5] == (Period(450, 690), Period(810, 960))
    assert read_calendar(commune).week[0] == ()


def test_a_superior_s_day_counts_below_and_the_unit_s_own_beats_it(commune):
    with clock.at(FRIDAY):
        monday, tuesday = date(2026, 11, 30), date(2026, 12, 1)
        CalendarDay.objects.create(unit=commune.parent, day=monday, is_working_day=False, note="Nghỉ bù")
        CalendarDay.objects.create(unit=commune.parent, day=tuesday, is_working_day=False)
        CalendarDay.objects.create(unit=commune, day=tuesday, is_working_day=True, periods=[[480, 540]])
        calendar = read_calendar(commune)
    assert not calendar.is_working_day(monday)
    assert calendar.opening(tuesday) == (Period(480, 540),)
    assert f"{deadline_of('data.first_reply', FRIDAY, calendar=calendar).due_at:%d/%m}" == "02/12"


def test_the_kept_calendar_is_forgotten_on_demand(commune):
    assert calendar_of(commune.pk).week == STANDARD_WEEK
    OfficeHours.objects.create(unit=commune, weekday=0, start_min=0, end_min=1440)
    assert calendar_of(commune.pk).week == STANDARD_WEEK
    forget_calendars()
    assert calendar_of(commune.pk).week[0] == (Period(0, 1440),)
