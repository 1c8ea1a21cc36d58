"""Anybody with the command line holds the figures against their rows; what was bent is found and mended."""

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from binhyen.cli.main import root
from binhyen.core import clock
from binhyen.inbox.models import Conversation
from binhyen.inbox.tests.factories import House, make_conversation, make_house
from binhyen.statistics.models import AreaFigures, DayFigures, MonthFigures, WaitingCount
from binhyen.statistics.rolling_up import roll_up_due
from binhyen.units.models import Area
from binhyen.units.tree import place

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def after_a_week():
    with clock.at(NOON + timedelta(days=4)):
        yield


@pytest.fixture
def house() -> House:
    """Four days on which residents write and are answered, counted every day as the worker does."""
    house = make_house()
    place(house.unit, make_house("tinh", "Công an tỉnh").unit)
    Area.objects.create(unit=house.unit, name="Thôn 1", household_count=120)
    for step in range(4):
        moment = NOON + timedelta(days=step)
        for minutes in range(6):
            make_conversation(house.zalo, at=moment + timedelta(minutes=minutes))
        with clock.at(moment + timedelta(hours=11)):
            roll_up_due()
        Conversation.objects.filter(last_message_at__lt=moment + timedelta(minutes=4)).update(
            state="answered", waiting_since=None
        )
    return house


def run(*arguments: str) -> Result:
    return CliRunner().invoke(root, ["recount-figures", "--from", "24/11/2026", "--to", "2026-11-28", *arguments])


def kept() -> list[list[tuple]]:
    return [
        sorted(model.objects.values_list(*columns), key=str)
        for model, *columns in (
            (DayFigures, "unit_id", "day", "counts"),
            (MonthFigures, "unit_id", "month", "counts"),
            (AreaFigures, "area_id", "month", "counts"),
        )
    ]


def test_all_figures_thrown_away_come_back_from_the_rows_as_they_were(house):
    before = kept()
    assert run("--check").exit_code == 0
    for model in (DayFigures, MonthFigures, AreaFigures):
        model.objects.all().delete()
    assert run().exit_code == 0
    assert kept() == before
    assert WaitingCount.objects.exists()


def test_a_bent_figure_is_named_and_mended(house):
    row = DayFigures.objects.get(unit=house.unit, day="2026-11-26")
    DayFigures.objects.filter(pk=row.pk).update(counts=row.counts | {"messages_in": 600})
    told = run("--check")
    assert told.exit_code == 1
    assert f"26/11/2026: 1 different\n  {house.unit.slug} messages_in: kept 600, counted 6" in told.output
    assert run().exit_code == 0
    assert DayFigures.objects.get(pk=row.pk).counts == row.counts
    assert "different" not in run("--check").output


@pytest.mark.parametrize(
    "days", [("--from", "2020-01-01"), ("--to", "2027-01-01"), ("--from", "2026-11-28", "--to", "2026-11-27")]
)
def test_days_that_cannot_be_counted_are_refused(days):
    assert CliRunner().invoke(root, ["recount-figures", *days]).exit_code == 2


def test_what_is_no_day_is_refused():
    assert CliRunner().invoke(root, ["recount-figures", "--from", "hom qua"]).exit_code == 2
