"""Whatever the order of calls, nothing is lost, doubled or overtaken."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from binhyen.core import clock
from binhyen.jobs.claims import MOST_ATTEMPTS
from binhyen.jobs.contract import Job, JobQueue
from binhyen.jobs.tests.engines import engine_on
from binhyen.jobs.tests.test_queue_contract import LEASE_S, keys, new

pytestmark = pytest.mark.django_db(transaction=True)

LANES = st.sampled_from(["", "a", "b"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.integers(0, 12), LANES),
        st.tuples(st.just("take"), st.integers(1, 4), st.just("")),
        st.tuples(st.sampled_from(["finish", "retry", "bury"]), st.integers(0, 3), st.just("")),
        st.tuples(st.just("wait"), st.integers(1, 40), st.just("")),
    ),
    max_size=30,
)


ODD = [HealthCheck.function_scoped_fixture]


@given(steps=STEPS)
@settings(max_examples=60, deadline=None, suppress_health_check=ODD)
def test_in_the_database(steps: list[tuple[str, int, str]], request: pytest.FixtureRequest) -> None:
    with engine_on("database", request) as engine:
        Walk(engine.queue).run(steps)


@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=ODD)
def test_in_jetstream(steps: list[tuple[str, int, str]], request: pytest.FixtureRequest) -> None:
    with engine_on("jetstream", request) as engine:
        Walk(engine.queue).run(steps)


class Walk:
    """Drives a queue and holds it against a list of what should be there."""

    def __init__(self, queue: JobQueue) -> None:
        self.queue = queue
        self.now = clock.now()
        self.lane_of: dict[str, str] = {}
        self.arrived: list[str] = []
        self.ended: set[str] = set()
        self.held: list[Job] = []

    def run(self, steps: list[tuple[str, int, str]]) -> None:
        calls: dict[str, Callable[[int, str], None]] = {
            "append": self.append,
            "take": self.take,
            "finish": self.finish,
            "bury": self.bury,
            "retry": self.retry,
            "wait": self.wait,
        }
        for name, number, lane in steps:
            with clock.at(self.now):
                calls[name](number, lane)
                assert self.queue.waiting("intake") == len(self.arrived) - len(self.ended)

    def append(self, number: int, lane: str) -> None:
        key = f"k{number}"
        is_new = key not in self.lane_of
        assert self.queue.append([new(key, lane)]) == is_new
        if is_new:
            self.lane_of[key] = lane
            self.arrived.append(key)

    def take(self, number: int, _lane: str) -> None:
        jobs = self.queue.take("intake", number, LEASE_S)
        for job in jobs:
            assert job.key not in self.ended
            assert job.key not in keys(self.held)
            if job.lane:
                earlier = self.arrived[: self.arrived.index(job.key)]
                pending = {key for key in earlier if self.lane_of[key] == job.lane and key not in self.ended}
                assert pending <= set(keys(jobs)), "overtaken"
        self.held += jobs

    def finish(self, number: int, _lane: str) -> None:
        if number < len(self.held):
            job = self.held.pop(number)
            self.queue.finish([job])
            self.ended.add(job.key)

    def bury(self, number: int, _lane: str) -> None:
        if number < len(self.held):
            job = self.held.pop(number)
            self.queue.bury(job, "odd")
            self.ended.add(job.key)

    def retry(self, number: int, _lane: str) -> None:
        if number < len(self.held):
            job = self.held.pop(number)
            self.queue.retry(job, number * 10, "again")
            if job.attempts >= MOST_ATTEMPTS:
                self.ended.add(job.key)

    def wait(self, number: int, _lane: str) -> None:
        """Every lease ends or none does, so that the list of held jobs stays true."""
        self.now += timedelta(seconds=LEASE_S + number if self.held else number)
        last_tries = [job for job in self.held if job.attempts >= MOST_ATTEMPTS - 1]
        self.queue.finish(last_tries)
        self.ended.update(keys(last_tries))
        self.held.clear()
