"""Finished keys and buried bodies are erased in time."""

from datetime import timedelta

import pytest

from binhyen.core import clock
from binhyen.jobs.contract import BURIED_DAYS, REMEMBERED_DAYS
from binhyen.jobs.database import DatabaseQueue
from binhyen.jobs.models import JobRow
from binhyen.jobs.retention import forget_finished
from binhyen.jobs.tests.engines import engine_on
from binhyen.jobs.tests.test_queue_contract import new, take

pytestmark = pytest.mark.django_db(transaction=True)


def test_old_keys_and_graves_are_erased_from_the_database() -> None:
    queue = DatabaseQueue()
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


def test_a_finished_job_keeps_its_key_but_not_whom_it_was_about() -> None:
    queue = DatabaseQueue()
    queue.append([new("done", lane="page:7000000000000000011")])
    queue.finish(take(queue))
    assert list(JobRow.objects.values_list("key", "lane")) == [("done", "")]
    assert bytes(JobRow.objects.get().body) == b""


def test_jetstream_forgets_finished_keys_and_graves_by_itself(request: pytest.FixtureRequest) -> None:
    with engine_on("jetstream", request) as engine:
        engine.queue.append([new("done"), new("poison"), new("open")])
        done, poison, _ = take(engine.queue)
        engine.queue.finish([done])
        engine.queue.bury(poison, "odd")
        assert engine.lives_of_marks_s() == {REMEMBERED_DAYS * 86_400, BURIED_DAYS * 86_400}
        assert engine.life_of_graves_s() == BURIED_DAYS * 86_400
