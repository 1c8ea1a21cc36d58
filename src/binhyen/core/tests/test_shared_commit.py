"""Writers that come together share a commit: each gets its own result, an error touches nobody else."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.models import DailyCount
from binhyen.core.shared_commit import MOST_TOGETHER, share_commit

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 8


def keep(name: str) -> str:
    DailyCount.objects.create(day=date(2026, 11, 29), name=name)
    return f"kept {name}"


def kept() -> set[str]:
    return set(DailyCount.objects.values_list("name", flat=True))


class Together:
    """Threads whose work waits until all of it is there: the first leads and does its own, the rest comes at once."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.pool, self.is_led, self.may_end = pool, threading.Event(), threading.Event()
        self.transactions: list[Any] = []

    def lead(self) -> None:
        self.is_led.set()
        self.may_end.wait(10)

    def send(self, writes: list[Callable[[], Any]]) -> list[Future[Any]]:
        first = self.pool.submit(self._share, self.lead)
        self.is_led.wait(10)
        arrived = threading.Barrier(len(writes) + 1)
        sent = [self.pool.submit(self._share, write, arrived) for write in writes]
        arrived.wait(10)
        threading.Timer(0.1, self.may_end.set).start()  # they are in the queue by then
        first.result(10)
        return sent

    def _share(self, write: Callable[[], Any], arrived: threading.Barrier | None = None) -> Any:
        try:
            if arrived:
                arrived.wait(10)
            return share_commit(write)
        finally:
            connection.close()


@pytest.fixture
def together():
    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        yield Together(pool)


def named(name: str) -> Callable[[], str]:
    return lambda: keep(name)


def test_each_gets_its_own_result(together):
    sent = together.send([named(f"{n}") for n in range(PEOPLE)])
    assert [one.result(10) for one in sent] == [f"kept {n}" for n in range(PEOPLE)]
    assert kept() == {f"{n}" for n in range(PEOPLE)}


def test_what_one_raises_undoes_that_one_alone(together):
    def refuse() -> None:
        keep("refused")
        raise NotPossible("report_empty")

    keep("there already")
    sent = together.send([named("a"), refuse, named("there already"), named("b")])
    assert sent[0].result(10) == "kept a"
    assert sent[3].result(10) == "kept b"
    with pytest.raises(NotPossible) as refused:
        sent[1].result(10)
    assert refused.value.code == "report_empty"
    with pytest.raises(IntegrityError):
        sent[2].result(10)
    assert kept() == {"there already", "a", "b"}


def test_a_transaction_that_breaks_off_keeps_nothing_and_tells_everybody(together):
    if connection.vendor != "sqlite":
        return  # every writer has a transaction of its own there

    def break_off() -> None:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")  # what SQLite does by itself when the disk is full
        raise OperationalError("database or disk is full")

    sent = together.send([named("a"), break_off, named("b"), named("c")])
    for one in sent:
        with pytest.raises(DatabaseError):
            one.result(10)
    assert kept() == set()
    assert share_commit(named("after")) == "kept after"


def test_one_alone_raises_its_own_error_and_keeps_nothing():
    def refuse() -> None:
        keep("refused")
        raise NotPossible("report_empty")

    with pytest.raises(NotPossible):
        share_commit(refuse)
    assert kept() == set()


def test_each_works_at_its_own_time(together):
    def late() -> datetime:
        return clock.now()

    moments = [datetime(2026, 1, day, tzinfo=UTC) for day in range(1, PEOPLE + 1)]

    def at(moment: datetime) -> Callable[[], datetime]:
        def write() -> datetime:
            with clock.at(moment):
                return share_commit(late)

        return write

    def one(write: Callable[[], datetime]) -> datetime:
        try:
            return write()
        finally:
            connection.close()

    assert list(together.pool.map(one, map(at, moments))) == moments


def test_many_more_than_fit_into_one_transaction_all_get_through(together):
    names = [f"{n}" for n in range(3 * MOST_TOGETHER)]
    with ThreadPoolExecutor(2 * MOST_TOGETHER) as pool:
        told = list(pool.map(lambda name: together._share(named(name)), names))
    assert told == [f"kept {name}" for name in names]
    assert kept() == set(names)


def test_inside_a_transaction_it_is_part_of_that_one():
    with transaction.atomic():
        assert share_commit(named("a")) == "kept a"
        transaction.set_rollback(True)
    assert kept() == set()
