"""Every engine keeps the contract: durable, deduplicated, in lanes, leased, nothing poisons a lane."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from binhyen.core import clock
from binhyen.core.models import DailyCount
from binhyen.jobs.claims import MOST_ATTEMPTS
from binhyen.jobs.contract import Job, JobQueue, NewJob
from binhyen.jobs.tests.engines import Engine, engine_on

pytestmark = pytest.mark.django_db(transaction=True)

LEASE_S = 30.0


@pytest.fixture(params=["database", "jetstream"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with engine_on(request.param, request) as made:
        yield made


@pytest.fixture
def queue(engine: Engine) -> JobQueue:
    return engine.queue


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


def test_a_finished_key_stays_known_and_its_body_is_forgotten(engine: Engine) -> None:
    queue = engine.queue
    queue.append([new("a")])
    queue.finish(take(queue))
    assert queue.append([new("a"), new("b")]) == 1
    assert queue.waiting("intake") == 1
    assert engine.bodies() == [b"body b"]


def test_finish_joins_the_transaction(queue: JobQueue) -> None:
    queue.append([new("a")])
    jobs = take(queue)
    with transaction.atomic():
        queue.finish(jobs)
        transaction.set_rollback(True)
    assert queue.waiting("intake") == 1
    with transaction.atomic():
        queue.finish(jobs)
    assert queue.waiting("intake") == 0


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


def test_a_late_holder_cannot_disturb_the_new_one(engine: Engine) -> None:
    queue = engine.queue
    queue.append([new("a")])
    (late,) = take(queue)
    with clock.at(clock.now() + timedelta(seconds=LEASE_S + 1)):
        (current,) = take(queue)
        queue.retry(late, 600, "too late")
        queue.bury(late, "too late")
        queue.finish([current])
    assert queue.waiting("intake") == 0
    assert engine.buried() == {}


def test_a_buried_job_lets_its_lane_go_on_and_is_counted(engine: Engine) -> None:
    queue = engine.queue
    queue.append([new("a1", "a", unit_key=3), new("a2", "a")])
    first, *_ = take(queue, 1)
    queue.bury(first, "no such page")
    assert keys(take(queue)) == ["a2"]
    assert engine.buried() == {"a1": "no such page"}
    assert queue.append([new("a1")]) == 0
    assert DailyCount.objects.get(name="jobs.buried.intake", unit_key=3).count == 1


def test_retries_end_in_the_grave(engine: Engine) -> None:
    queue = engine.queue
    queue.append([new("a1", "a"), new("a2", "a")])
    for _ in range(MOST_ATTEMPTS):
        job, *_rest = take(queue, 1)
        assert job.key == "a1"
        queue.retry(job, 0, "still broken")
    assert keys(take(queue)) == ["a2"]
    assert engine.buried() == {"a1": "still broken"}


def test_a_job_that_kills_its_worker_is_buried_and_its_neighbours_live(engine: Engine) -> None:
    queue = engine.queue
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
    assert list(engine.buried()) == ["killer"]
