"""Posts, views, shares, lost and found, and totals from before the system count like everything else."""

from datetime import date, datetime, timedelta

import pytest

from binhyen.core import clock
from binhyen.inbox.tests.factories import House, make_house
from binhyen.lost_found.models import HandOver, Record
from binhyen.outreach.models import Figure, Post
from binhyen.statistics.models import BroughtIn, DayFigures, RollUp
from binhyen.statistics.rolling_up import roll_up, roll_up_due

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)


def at(hour: int, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.VIETNAM)


@pytest.fixture
def house() -> House:
    return make_house()


def of(unit, day: date = DAY) -> dict[str, object]:
    roll_up(day)
    row = DayFigures.objects.filter(unit=unit, day=day).first()
    return row.counts if row else {}


def make_post(unit, moment: datetime, **fields) -> Post:
    return Post.objects.create(
        unit=unit, title="Bài", state="sent", published_at=moment, created_at=moment, changed_at=moment, **fields
    )


def read_off(post: Post, measure: str, value: int, moment: datetime, channel: str = "article") -> None:
    Figure.objects.create(post=post, channel=channel, measure=measure, value=value, at=moment, source="typed")


def test_posts_count_on_the_day_they_first_went_out(house: House):
    post = make_post(house.unit, at(9), round=3)
    make_post(house.unit, at(9, DAY - timedelta(days=1)))
    make_post(house.unit, at(10), corrects=post, is_cancellation=True)
    Post.objects.create(unit=house.unit, title="Nháp", created_at=at(9), changed_at=at(9))
    assert of(house.unit)["posts"] == 1


def test_views_and_shares_are_the_growth_of_the_counts_over_all_channels(house: House):
    post, yesterday = make_post(house.unit, at(9)), DAY - timedelta(days=1)
    read_off(post, "views", 100, at(9, yesterday))
    read_off(post, "views", 130, at(8))
    read_off(post, "views", 180, at(20))
    read_off(post, "views", 40, at(20), channel="gmf")
    read_off(post, "shares", 7, at(20))
    read_off(post, "seen", 99, at(20))
    counts = of(house.unit)
    assert (counts["views"], counts["shares"]) == (120, 7)
    assert of(house.unit, yesterday)["views"] == 100


def test_a_count_read_off_wrongly_is_taken_back_so_that_the_sum_is_exact(house: House):
    post, yesterday = make_post(house.unit, at(9)), DAY - timedelta(days=1)
    read_off(post, "views", 9_000, at(9, yesterday))
    read_off(post, "views", 900, at(9))
    assert of(house.unit, yesterday)["views"] + of(house.unit)["views"] == 900


def test_what_was_given_back_and_after_how_long(house: House):
    def record(number: int, hours: int | None) -> None:
        found = Record.objects.create(
            unit=house.unit, number=number, kind="found_item", source="counter", received_at=at(8), changed_at=at(8)
        )
        done = at(8) + timedelta(hours=hours) if hours else None
        HandOver.objects.create(record=found, prepared_at=at(8), done_at=done)

    record(1, 2)
    record(2, None)
    record(3, 30 * 24)
    assert of(house.unit)["found_returned"] == 1
    later = of(house.unit, DAY + timedelta(days=30))
    assert (of(house.unit)["return_time"], later["return_time"]) == ({"100": 1}, {"33700": 1})


def test_a_total_brought_in_late_is_counted_once_with_the_rest(house: House):
    clock_day = clock.today()
    past = clock_day - timedelta(days=20)
    RollUp.objects.create(pk=1, written_at=clock.now() - timedelta(minutes=5), first_day=past)
    BroughtIn.objects.create(
        unit=house.unit, day=past, code="views", count=250, source="Sổ tay", created_at=clock.now()
    )
    roll_up_due()
    roll_up_due()
    assert DayFigures.objects.get(unit=house.unit, day=past).counts["views"] == 250
