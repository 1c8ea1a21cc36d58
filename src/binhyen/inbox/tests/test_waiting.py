"""Who waits how long in office time, and forgotten conversations raised to the leaders."""

from datetime import datetime, timedelta

import pytest

from binhyen.core import clock
from binhyen.core.clock import VIETNAM
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox.alerts import accept_alert
from binhyen.inbox.models import Conversation, DutyAlert, RaisedThread, Snooze, WaitLimit
from binhyen.inbox.tests.factories import House, make_conversation, make_house, make_officer
from binhyen.inbox.waiting.actions import FORGOTTEN_RULE, raise_forgotten, set_wait_limit
from binhyen.inbox.waiting.queries import ages_for, waiting_for
from binhyen.units.calendars import forget_calendars
from binhyen.units.models import Role
from binhyen.units.scope import scope_of

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 27, 15, 0, tzinfo=VIETNAM)
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def house() -> House:
    forget_calendars()
    return make_house()


def test_ages_count_office_time_only(house: House):
    scope = scope_of(make_officer(house.unit, "may"))
    make_conversation(house.zalo, at=FRIDAY)
    make_conversation(house.zalo, at=MONDAY - timedelta(minutes=30))
    with clock.at(MONDAY):
        ages = ages_for(scope)
        longest, shortest = waiting_for(scope)
    assert longest.age < timedelta(hours=8), "a weekend is no waiting time of the office"
    assert longest.age > shortest.age == timedelta(minutes=30)
    assert ages.worst == longest
    assert ages.median == (longest.age + shortest.age) / 2
    assert ages.over == 0


def test_answered_and_closed_conversations_do_not_wait(house: House):
    scope = scope_of(make_officer(house.unit, "may"))
    make_conversation(house.zalo, at=FRIDAY, state="answered", waiting_since=None)
    make_conversation(house.zalo, at=FRIDAY, state="closed", waiting_since=None)
    with clock.at(MONDAY):
        assert ages_for(scope).waiting == 0


def test_nobody_of_another_unit_is_counted(house: House):
    scope = scope_of(make_officer(house.unit, "may"))
    make_conversation(make_house("khac", "Công an xã Khác").zalo, at=FRIDAY)
    with clock.at(MONDAY):
        assert waiting_for(scope) == []


def test_only_leaders_set_the_limit_and_within_reason(house: House):
    leader = scope_of(make_officer(house.unit, "chi-huy", Role.COMMANDER))
    set_wait_limit(leader, house.unit, 120)
    assert WaitLimit.objects.get().minutes == 120
    for odd in (-1, 0, 10, 60 * 200):
        with pytest.raises(NotPossible, match="wait_limit"):
            set_wait_limit(leader, house.unit, odd)
    with pytest.raises(NotAllowed):
        set_wait_limit(scope_of(make_officer(house.unit, "may")), house.unit, 120)


def test_a_forgotten_conversation_is_raised_once_for_each_wait(house: House):
    forgotten = make_conversation(house.zalo, at=FRIDAY - timedelta(days=2))
    make_conversation(house.zalo, at=MONDAY - timedelta(hours=1))
    with clock.at(MONDAY):
        assert raise_forgotten() == 1
        assert raise_forgotten() == 0
    alert = DutyAlert.objects.get()
    assert (alert.conversation_id, alert.rule_id) == (forgotten.pk, FORGOTTEN_RULE)
    chief = scope_of(make_officer(house.unit, "chi-huy", Role.COMMANDER))
    with clock.at(MONDAY):
        assert accept_alert(chief, alert)
        assert raise_forgotten() == 0, "taken is taken"
        Conversation.objects.filter(pk=forgotten.pk).update(waiting_since=FRIDAY - timedelta(days=1))
        assert raise_forgotten() == 1, "a new wait is a new matter"
    assert RaisedThread.objects.count() == 1


def test_put_aside_is_not_forgotten(house: House):
    aside = make_conversation(house.zalo, at=FRIDAY - timedelta(days=2))
    Snooze.objects.create(conversation=aside, until=MONDAY + timedelta(days=1), made_at=MONDAY - timedelta(hours=1))
    with clock.at(MONDAY):
        assert raise_forgotten() == 0


def test_the_number_of_queries_does_not_grow(house: House, django_assert_max_num_queries):
    for number in range(60):
        make_conversation(house.zalo, f"Câu {number}", at=FRIDAY - timedelta(days=2))
    with clock.at(MONDAY), django_assert_max_num_queries(30):
        assert raise_forgotten() == 60
