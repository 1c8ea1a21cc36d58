"""Calls of an app within its minute: never over, exactly it, in whatever order the answers come."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhyen.channels.zalo_oa import rate
from binhyen.channels.zalo_oa.api import Answer
from binhyen.core import clock

APP = "1000000000000000001"
LIMIT = 60
NOON = datetime(2026, 11, 28, 5, 0, 2, tzinfo=UTC)
LATER = NOON + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _nothing_known():
    rate.forget_all()


class Platform:
    """Counts calls by the minute, as Zalo does, and tells in each answer what is left."""

    def __init__(self) -> None:
        self.counted = 0

    def answer(self) -> Answer:
        self.counted += 1
        return Answer(0, "Success", {}, calls_left=max(0, LIMIT - self.counted), calls_a_minute=LIMIT)


def take_all(most: int = 10 * LIMIT) -> int:
    """Calls that one process can make one after another, each told at once to nobody."""
    return sum(rate.take(APP) is not None for _ in range(most))


@given(order=st.permutations(range(rate.UNTIL_TOLD)))
def test_the_first_minute_is_used_up_exactly_in_whatever_order_the_answers_come(order):
    rate.forget_all()
    platform = Platform()
    with clock.at(NOON):
        minutes = [rate.take(APP) for _ in range(rate.UNTIL_TOLD)]
        assert rate.take(APP) is None, "nothing more before the limit is told"
        answers = [platform.answer() for _ in minutes]
        for number in order:
            rate.told(APP, minutes[number], answers[number])
        assert take_all() == LIMIT - rate.UNTIL_TOLD


@given(steps=st.lists(st.integers(0, 7), max_size=80))
def test_a_process_alone_never_goes_over_and_never_stays_below(steps):
    """Eight threads in any interleaving: a step is the thread that goes on, which takes, calls and tells in turn."""
    rate.forget_all()
    platform, doing = Platform(), {}
    with clock.at(NOON):
        for thread in [*steps, *(list(range(8)) * 3 * LIMIT)]:
            minute, answer = doing.pop(thread, (None, None))
            if minute is None:
                doing[thread] = (rate.take(APP), None)
            elif answer is None:
                doing[thread] = (minute, platform.answer())
            else:
                rate.told(APP, minute, answer)
    assert platform.counted == LIMIT


def test_what_other_processes_use_is_theirs():
    platform = Platform()
    with clock.at(NOON):
        minute = rate.take(APP)
        platform.counted = 15
        rate.told(APP, minute, platform.answer())
        assert take_all() == LIMIT - 16


def test_a_minute_used_up_by_others_is_over():
    with clock.at(NOON):
        minute = rate.take(APP)
        rate.told(APP, minute, Answer(-32, "Rate limit", {}, calls_left=0, calls_a_minute=LIMIT))
        assert rate.take(APP) is None
    with clock.at(LATER):
        assert take_all() == LIMIT


def test_an_answer_of_the_last_minute_says_nothing_about_this_one():
    platform = Platform()
    with clock.at(NOON):
        first, late = rate.take(APP), rate.take(APP)
        rate.told(APP, first, platform.answer())
        platform.counted = LIMIT - 1
        answer = platform.answer()
    with clock.at(LATER):
        rate.told(APP, rate.take(APP), Answer(0, "", {}, calls_left=LIMIT - 1, calls_a_minute=LIMIT))
        rate.told(APP, late, answer)
        assert take_all() == LIMIT - 2, "the late call may be counted in either minute: it is left free"


def test_a_call_without_an_answer_is_counted_as_made():
    with clock.at(NOON):
        rate.told(APP, rate.take(APP), Platform().answer())
        rate.told(APP, rate.take(APP), None)
        assert take_all() == LIMIT - 2
