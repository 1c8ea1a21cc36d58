"""Every engine keeps the contract: durable, deduplicated, in lanes, leased, nothing poisons a lane."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from binhyen.core import clock
from binhyen.core.models import DailyCount
from binhyen.jobs.contract import REMEMBERED_DAYS, Job, JobQueue, NewJob
from binhyen.jobs.database import MOST_ATTEMPTS, DatabaseQueue
from binhyen.jobs.models import JobRow
from binhyen.jobs.retention import BURIED_DAYS, forget_finished

pytestmark = pytest.mark.django_db

LEASE_S = 30.0


@pytest.fixture
def queue() -> JobQueue:
    return DatabaseQueue()


def new(key: str, lane: str = "", **more: object) -> NewJob:
    return NewJob(queue="intake", kind="call.test", body=f"body {key}".encode(), key=key, lane=lane, **more)  # type: ignore[arg-type]


def keys(jobs: list[Job]) -> list[str]:
    return [job.key for job in jobs]


def take(queue: JobQueue, limit: int = 100) -> list[Job]:
    return queue.take("intake", limit, LEASE_S)


def test_a_job_comes_out_as_it_went_in(queue: JobQueue) -> None:
    body = bytes(range(256))
    assert queue.append([NewJob("intake", "call.test", body, "k", "lane", 7)]) == 1
    (job,) = take(queue)
    assert (job.queue, job.kind, job.body, job.key, job.lane, job.unit_key, job.attempts) == (
        "intake",
        "call.test",
        body,
        "k",
        "lane",
        7,
        1,
    )
    assert abs(job.created_at - clock.now()) < timedelta(minutes=1)


def test_a_key_is_kept_once_even_within_one_batch(queue: JobQueue) -> None:
    assert queue.append([new("a"), new("a"), new("b")]) == 2
    assert queue.append([new("b"), new("c")]) == 1
    assert keys(take(queue)) == ["a", "b", "c"]


def test_a_finished_key_stays_known_and_its_body_is_forgotten(queue: JobQueue) -> None:
    queue.append([new("a")])
    queue.finish(take(queue))
    assert queue.append([new("a")]) == 0
    assert queue.waiting("intake") == 0
    assert bytes(JobRow.objects.get().body) == b""


def test_queues_do_not_mix(queue: JobQueue) -> None:
    queue.append([new("a"), NewJob("work", "x", b"", "a")])
    assert [job.kind for job in queue.take("work", 9, LEASE_S)] == ["x"]
    assert queue.waiting("intake") == 1


def test_many_jobs_keep_their_order(queue: JobQueue) -> None:
    names = [f"{n:05d}" for n in range(1_500)]
    assert queue.append([new(name) for name in names]) == 1_500
    assert keys(take(queue, 1_000) + take(queue, 1_000)) == names


def test_a_lane_held_elsewhere_is_left_out(queue: JobQueue) -> None:
    queue.append([new("a1", "a"), new("a2", "a"), new("b1", "b")])
    assert keys(take(queue, 1)) == ["a1"]
    assert keys(take(queue)) == ["b1"]
    assert keys(take(queue)) == []


def test_a_lane_goes_on_when_its_job_is_finished(queue: JobQueue) -> None:
    queue.append([new("a1", "a"), new("a2", "a")])
    queue.finish(take(queue, 1))
    assert keys(take(queue)) == ["a2"]


def test_a_lane_waits_for_its_retry(queue: JobQueue) -> None:
    queue.append([new("a1", "a"), new("a2", "a"), new("b1", "b")])
    first, *_ = take(queue, 1)
    queue.retry(first, 60, "later")
    assert keys(take(queue)) == ["b1"]
    with clock.at(clock.now() + timedelta(seconds=61)):
        again = take(queue)
        assert keys(again)[:2] == ["a1", "a2"]
        assert again[0].attempts == 2


def test_jobs_without_a_lane_have_no_order(queue: JobQueue) -> None:
    queue.append([new("1"), new("2")])
    first, *_ = take(queue, 1)
    queue.retry(first, 60, "later")
    assert keys(take(queue)) == ["2"]


def test_a_job_is_not_given_out_before_its_time(queue: JobQueue) -> None:
    queue.append([new("a", run_at=clock.now() + timedelta(hours=1))])
    assert take(queue) == []
    with clock.at(clock.now() + timedelta(hours=2)):
        assert keys(take(queue)) == ["a"]


def test_a_lease_that_ended_gives_the_job_out_again(queue: JobQueue) -> None:
    queue.append([new("a")])
    assert len(take(queue)) == 1
    assert take(queue) == []
    with clock.at(clock.now() + timedelta(seconds=LEASE_S + 1)):
        assert [job.attempts for job in take(queue)] == [2]


def test_a_late_holder_cannot_disturb_the_new_one(queue: JobQueue) -> None:
    queue.append([new("a")])
    (late,) = take(queue)
    with clock.at(clock.now() + timedelta(seconds=LEASE_S + 1)):
        (current,) = take(queue)
        queue.retry(late, 600, "too late")
        queue.bury(late, "too late")
        queue.finish([current])
    assert queue.waiting("intake") == 0
    assert not JobRow.objects.filter(state="buried").exists()


def test_a_buried_job_lets_its_lane_go_on_and_is_counted(queue: JobQueue) -> None:
    queue.append([new("a1", "a", unit_key=3), new("a2", "a")])
    first, *_ = take(queue, 1)
    queue.bury(first, "no such page")
    assert keys(take(queue)) == ["a2"]
    assert JobRow.objects.get(key="a1").why == "no such page"
    assert DailyCount.objects.get(name="jobs.buried.intake", unit_key=3).count == 1


def test_retries_end_in_the_grave(queue: JobQueue) -> None:
    queue.append([new("a1", "a"), new("a2", "a")])
    for _ in range(MOST_ATTEMPTS):
        job, *_rest = take(queue, 1)
        assert job.key == "a1"
        queue.retry(job, 0, "still broken")
    assert keys(take(queue)) == ["a2"]
    assert JobRow.objects.get(key="a1").why == "still broken"


def test_a_job_that_kills_its_worker_is_buried_and_its_neighbours_live(queue: JobQueue) -> None:
    queue.append([new(f"good {n}") for n in range(3)] + [new("killer")] + [new(f"good {n}") for n in range(3, 6)])
    finished: list[str] = []
    moment = clock.now()
    for _ in range(40):
        moment += timedelta(seconds=LEASE_S + 1)
        with clock.at(moment):
            while jobs := take(queue):
                if "killer" in keys(jobs):
                    break  # the worker ends here without an answer
                queue.finish(jobs)
                finished += keys(jobs)
    assert sorted(finished) == [f"good {n}" for n in range(6)]
    assert JobRow.objects.get(state="buried").key == "killer"


def test_old_keys_and_graves_are_erased(queue: JobQueue) -> None:
    queue.append([new("done"), new("poison"), new("open")])
    done, poison, _ = take(queue)
    queue.finish([done])
    queue.bury(poison, "odd")
    assert forget_finished() == 0
    with clock.at(clock.now() + timedelta(days=REMEMBERED_DAYS, hours=1)):
        assert forget_finished() == 1
    with clock.at(clock.now() + timedelta(days=BURIED_DAYS, hours=1)):
        assert forget_finished() == 1
    assert [row.key for row in JobRow.objects.all()] == ["open"]


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


@given(steps=STEPS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_order_of_calls_loses_doubles_or_overtakes(steps: list[tuple[str, int, str]]) -> None:
    JobRow.objects.all().delete()
    Walk(DatabaseQueue()).run(steps)


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
