"""Figures count themselves: from the rooms' rows to day, month, unit and all units above."""

from datetime import date, datetime, timedelta

import pytest

from binhyen.channels.models import PageCount
from binhyen.core import clock
from binhyen.groups.models import Group, GroupCount, JoinCode, ScanCount
from binhyen.inbox.models import Author, Conversation, Direction, Message
from binhyen.inbox.tests.factories import House, make_conversation, make_house, make_officer
from binhyen.statistics.models import AreaFigures, DayFigures, MonthFigures, RollUp
from binhyen.statistics.rolling_up import month_of_days, roll_up, roll_up_due, with_below
from binhyen.units.models import Area
from binhyen.units.tree import place

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)
"""A Wednesday."""


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.VIETNAM)


@pytest.fixture
def commune() -> House:
    house = make_house()
    place(house.unit, make_house("tinh", "Công an tỉnh").unit)
    return house


def say(conversation, author: Author, moment: datetime, **fields) -> Message:
    direction = Direction.INBOUND if author == Author.RESIDENT else Direction.OUTBOUND
    return Message.objects.create(
        unit=conversation.unit,
        conversation=conversation,
        direction=direction,
        author=author,
        sent_at=moment,
        created_at=moment,
        **fields,
    )


def of(unit, day: date = DAY) -> dict[str, object]:
    row = DayFigures.objects.filter(unit=unit, day=day).first()
    return row.counts if row else {}


def test_messages_answers_and_office_time_until_the_first_one(commune: House):
    asked = make_conversation(commune.zalo, at=at(8))
    say(asked, Author.RESIDENT, at(8, 5))
    say(asked, Author.OFFICER, at(8, 41))
    say(asked, Author.OFFICER, at(8, 45))
    by_machine = make_conversation(commune.zalo, at=at(9), state="answered", waiting_since=None)
    question = by_machine.messages.get()
    Message.objects.filter(pk=question.pk).update(band="answer")
    say(by_machine, Author.MACHINE, at(9), answers=question)
    pasted = make_conversation(commune.manual, at=at(10))
    say(pasted, Author.OFFICER, at(10, 1))
    roll_up(DAY)

    counts = of(commune.unit)
    assert counts["messages_in"] == 4
    assert counts["questions_answered"] == 3
    assert (counts["answered_by_machine"], counts["answered_by_officer"], counts["answered_at_desk"]) == (1, 1, 1)
    assert counts["first_answer"] == {"35": 1}


def test_a_night_question_waits_no_office_time_until_the_morning(commune: House):
    evening = at(22, 0, DAY - timedelta(days=1))
    asked = make_conversation(commune.zalo, at=evening)
    say(asked, Author.OFFICER, at(7, 40))
    roll_up(DAY)
    assert of(commune.unit)["first_answer"] == {"8": 1}


def test_days_end_at_midnight_in_vietnam(commune: House):
    make_conversation(commune.zalo, at=at(23, 59))
    make_conversation(commune.zalo, at=at(0, 0, DAY + timedelta(days=1)))
    for day in (DAY, DAY + timedelta(days=1)):
        roll_up(day)
        assert of(commune.unit, day)["messages_in"] == 1


def test_the_unit_above_holds_the_sum_and_its_own(commune: House):
    province = commune.unit.parent
    make_conversation(commune.zalo, at=at(8))
    make_conversation(province.accounts.get(connector="zalo_oa"), at=at(9))
    roll_up(DAY)
    assert of(province)["messages_in"] == 2
    assert of(commune.unit)["messages_in"] == 1


def test_counting_again_changes_nothing_and_forgets_what_is_gone(commune: House):
    conversation = make_conversation(commune.zalo, at=at(8))
    roll_up(DAY)
    first = of(commune.unit)
    roll_up(DAY)
    assert of(commune.unit) == first
    assert DayFigures.objects.filter(day=DAY).count() == 2
    conversation.delete()
    roll_up(DAY)
    assert of(commune.unit).get("messages_in", 0) == 0


def test_groups_households_and_scans_by_area_and_unit(commune: House):
    area = Area.objects.create(unit=commune.unit, name="Thôn 1", household_count=100, inhabitant_count=400)
    group = Group.objects.create(unit=commune.unit, area=area, name="Thôn 1", created_at=at(1))
    Group.objects.create(unit=commune.unit, kind="internal", name="Nội bộ", created_at=at(1))
    for counted_on, households in ((DAY - timedelta(days=3), 60), (DAY, 72), (DAY + timedelta(days=1), 90)):
        GroupCount.objects.create(
            group=group,
            unit=commune.unit,
            household_count=households,
            member_count=150,
            counted_on=counted_on,
            source="typed",
            created_at=at(1),
        )
    code = JoinCode.objects.create(code="ABCDEF", unit=commune.unit, created_at=at(1))
    ScanCount.objects.create(code=code, day=DAY, count=7)
    roll_up(DAY)

    counts = of(commune.unit)
    assert (counts["groups"], counts["internal_groups"], counts["members"]) == (1, 1, 150)
    assert (counts["households"], counts["households_reached"], counts["inhabitants"]) == (100, 72, 400)
    assert counts["qr_scans"] == 7
    assert AreaFigures.objects.get(area=area).counts == {
        "groups": 1,
        "households": 100,
        "households_reached": 72,
        "inhabitants": 400,
        "members": 150,
    }


def test_followers_are_those_counted_last(commune: House):
    for counted_on, followers in ((DAY - timedelta(days=9), 100), (DAY + timedelta(days=1), 900)):
        PageCount.objects.create(
            account=commune.zalo,
            follower_count=followers,
            is_verified=True,
            counted_on=counted_on,
            source="typed",
            created_at=at(1),
        )
    roll_up(DAY)
    counts = of(commune.unit)
    assert (counts["pages"], counts["verified_pages"], counts["followers"]) == (1, 1, 100)


def test_a_month_adds_flows_and_keeps_the_last_level():
    days = [{"messages_in": 3, "followers": 10, "first_answer": {"5": 1}}, {"messages_in": 2, "first_answer": {"5": 2}}]
    assert month_of_days(days) == {"messages_in": 5, "first_answer": {"5": 3}}
    assert month_of_days(reversed(days)) == {"messages_in": 5, "followers": 10, "first_answer": {"5": 3}}


def test_sums_run_up_a_tree_of_any_depth():
    own = {4: {"a": 1}, 3: {"a": 2, "s": {"5": 1}}, 2: {"s": {"5": 2}}}
    sums = with_below(own, {4: 3, 3: 2, 2: 1, 1: None})
    assert sums[1] == sums[2] == {"a": 3, "s": {"5": 3}}
    assert sums[3] == {"a": 3, "s": {"5": 1}}


def test_late_figures_correct_the_right_days(commune: House):
    area = Area.objects.create(unit=commune.unit, name="Thôn 1", household_count=100)
    group = Group.objects.create(
        unit=commune.unit, area=area, name="Thôn 1", created_at=at(1, 0, DAY - timedelta(days=9))
    )
    with clock.at(at(12)):
        assert roll_up_due() == 2
    GroupCount.objects.create(
        group=group,
        unit=commune.unit,
        household_count=50,
        counted_on=DAY - timedelta(days=2),
        source="typed",
        created_at=at(13),
    )
    with clock.at(at(14)):
        assert roll_up_due() == 3
    reached = [of(commune.unit, DAY - timedelta(days=back)).get("households_reached") for back in (2, 1, 0)]
    assert reached == [50, 50, 50]
    assert MonthFigures.objects.get(unit=commune.unit).counts["households_reached"] == 50
    assert RollUp.objects.get().written_at == at(14)


def test_who_waited_at_the_end_of_a_day_stays_its_figure_after_the_answer(commune: House):
    """Threads keep no past: the roll-up writes down who waits, so that counting the day again gives the same."""
    asked = make_conversation(commune.zalo, at=at(8))
    make_conversation(commune.zalo, at=at(7, 0, DAY - timedelta(days=2)))
    with clock.at(at(23, 55)):
        roll_up_due()
    counted = of(commune.unit)
    assert (counted["waiting"], counted["waiting_long"]) == (2, 1)
    Conversation.objects.update(state="answered", waiting_since=None)
    say(asked, Author.OFFICER, at(8, 0, DAY + timedelta(days=1)))
    with clock.at(at(9, 0, DAY + timedelta(days=1))):
        roll_up_due()
    assert of(commune.unit) == counted
    assert of(commune.unit, DAY + timedelta(days=1)).get("waiting", 0) == 0


def test_a_day_on_which_nobody_waited_is_remembered_too(commune: House):
    with clock.at(at(23, 55)):
        roll_up_due()
    make_conversation(commune.zalo, at=at(8))
    roll_up(DAY)
    assert "waiting" not in of(commune.unit)


def test_a_day_is_counted_in_a_fixed_number_of_queries(commune: House, django_assert_max_num_queries):
    officer = make_officer(commune.unit, "may")
    for number in range(5):
        conversation = make_conversation(commune.zalo, at=at(8, number))
        say(conversation, Author.OFFICER, at(9, number), officer=officer)
    with django_assert_max_num_queries(45):
        roll_up(DAY)
