"""A clock that jumps ahead erases nothing; a calendar that goes on day by day does."""

from datetime import timedelta

import pytest

from binhyen.cases import actions
from binhyen.cases.models import Case
from binhyen.cases.tests.factories import make_case, make_station
from binhyen.core import clock
from binhyen.workflows.retention import erase_by_itself

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=400)


@pytest.fixture
def closed() -> Case:
    station = make_station()
    case = make_case(station.unit)
    for act, words in (("see", ""), ("close_without_result", "Không tìm ra gì")):
        case = actions.take_step(station.scope(), case, act, words)
    return case


def looked(after: timedelta, days: int = 1) -> dict[str, int]:
    """The worker's rounds of so many days; what the last one erased."""
    found: dict[str, int] = {}
    for day in range(days):
        with clock.at(clock.now() + after + timedelta(days=day)):
            found = erase_by_itself()
    return found


def test_a_clock_that_jumps_a_year_ahead_and_back_erases_nothing(closed):
    looked(timedelta(0), days=5)
    assert looked(YEAR) == {}
    assert looked(YEAR + timedelta(hours=6)) == {}
    looked(timedelta(days=5), days=3)
    closed.refresh_from_db()
    assert bytes(closed.wrapped_key)


def test_day_by_day_what_is_due_goes_and_after_a_standstill_some_days_later(closed):
    assert looked(YEAR, days=2) == {}
    assert looked(YEAR + timedelta(days=2))["report_content_no_action"] == 1
    closed.refresh_from_db()
    assert not bytes(closed.wrapped_key)


def test_one_missed_day_changes_nothing(closed):
    looked(YEAR - timedelta(days=3), days=2)
    assert looked(YEAR)["report_content_no_action"] == 1
