"""Commits that need not wait for the disk: those of the block alone; every later one waits, whatever happened."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction

from binhyen.core.counting import count
from binhyen.core.database import unsynced
from binhyen.core.models import DailyCount

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "test.unsynced"


@pytest.fixture(autouse=True)
def configured_as_installed() -> Iterator[None]:
    """The suite itself runs without any sync."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
    yield
    connection.close()


def waits_for_the_disk() -> bool:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return bool(cursor.execute("PRAGMA synchronous").fetchone()[0] == 2)
        cursor.execute("SHOW synchronous_commit")
        return bool(cursor.fetchone()[0] == "on")


def test_commits_inside_do_not_wait_and_later_ones_do() -> None:
    with unsynced():
        assert not waits_for_the_disk()
        assert connection.in_atomic_block
        count(NAME)
    assert waits_for_the_disk()
    assert DailyCount.objects.filter(name=NAME).exists()


def test_an_error_undoes_the_block_and_later_commits_wait() -> None:
    def break_off() -> None:
        with unsynced():
            count(NAME)
            raise IntegrityError

    with pytest.raises(IntegrityError):
        break_off()
    assert waits_for_the_disk()
    assert not DailyCount.objects.filter(name=NAME).exists()


def test_inside_an_open_transaction_it_is_as_durable_as_that_one() -> None:
    with transaction.atomic(), unsynced():
        assert waits_for_the_disk()
        count(NAME)
    assert DailyCount.objects.filter(name=NAME).exists()
