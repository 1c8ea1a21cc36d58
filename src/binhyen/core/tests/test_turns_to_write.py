"""Threads that write to SQLite take turns: nobody sleeps while the file is free, and a lost turn is given back."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.db.backends.sqlite3.base import DatabaseWrapper as PlainWrapper
from pytest_django.plugin import DjangoDbBlocker

from binhyen.core.sqlite.base import DatabaseWrapper

TOGETHER = 4


@pytest.fixture
def settings_of_a_file(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    found = {**connections["default"].settings_dict, "NAME": str(tmp_path / "a.sqlite3"), "ENGINE": ""}
    found["OPTIONS"] = {"timeout": 5, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"}
    with django_db_blocker.unblock():  # a file of its own, not the database of the suite
        with connected(found) as connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kept (number INTEGER)")
        yield found


class connected:  # noqa: N801 - reads as a with-statement
    """A connection of this thread, closed at the end."""

    def __init__(self, settings: dict[str, Any], wrapper: type[PlainWrapper] = DatabaseWrapper) -> None:
        self.connection = wrapper(settings, "default")

    def __enter__(self) -> PlainWrapper:
        return self.connection

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def begin(connection: PlainWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection: PlainWrapper, *, keep: bool = True) -> None:
    connection.commit() if keep else connection.rollback()
    connection.set_autocommit(True)


def write_many(settings: dict[str, Any], number: int) -> None:
    with connected(settings) as connection:
        for _ in range(20):
            begin(connection)
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO kept VALUES (%s)", [number])
            end(connection)


def test_what_many_threads_write_is_all_there(settings_of_a_file):
    with ThreadPoolExecutor(TOGETHER) as pool:
        list(pool.map(lambda number: write_many(settings_of_a_file, number), range(TOGETHER)))
    with connected(settings_of_a_file) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM kept")
        assert cursor.fetchone()[0] == TOGETHER * 20


def test_the_turn_passes_on_the_moment_it_is_given_back(settings_of_a_file):
    begun, done = threading.Event(), threading.Event()

    def second() -> None:
        with connected(settings_of_a_file) as connection:
            begun.set()
            begin(connection)
            done.set()
            end(connection)

    with connected(settings_of_a_file) as first:
        begin(first)
        other = threading.Thread(target=second)
        other.start()
        assert begun.wait(5)
        assert not done.is_set()
        end(first, keep=False)
        assert done.wait(5)
        other.join()


def test_who_waits_too_long_is_told_that_the_database_is_locked(settings_of_a_file):
    impatient = {**settings_of_a_file, "OPTIONS": {**settings_of_a_file["OPTIONS"], "timeout": 0.05}}
    with connected(settings_of_a_file) as first, connected(impatient) as second:
        begin(first)
        with pytest.raises(OperationalError, match="locked"):
            begin(second)
        end(first)
        begin(second)
        end(second)


def test_a_process_elsewhere_still_holds_the_file_and_the_turn_comes_back(settings_of_a_file):
    impatient = {**settings_of_a_file, "OPTIONS": {**settings_of_a_file["OPTIONS"], "timeout": 0.05}}
    with connected(impatient, PlainWrapper) as elsewhere, connected(impatient) as here, connected(impatient) as other:
        begin(elsewhere)
        with pytest.raises(OperationalError):
            begin(here)
        end(elsewhere)
        begin(other)
        assert other.connection.in_transaction
        end(other)


def test_a_connection_closed_in_the_middle_gives_its_turn_back(settings_of_a_file):
    with connected(settings_of_a_file) as first, connected(settings_of_a_file) as second:
        begin(first)
        first.close()
        begin(second)
        assert second.connection.in_transaction
        end(second)
        assert not second.connection.in_transaction


def test_turn_and_file_together_are_waited_for_no_longer_than_patience(settings_of_a_file):
    settings_of_a_file["OPTIONS"]["timeout"] = 3
    stranger = sqlite3.connect(settings_of_a_file["NAME"], isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")

    def wait(_: int) -> float:
        began = time.monotonic()
        with connected(settings_of_a_file) as connection, pytest.raises(OperationalError, match="locked"):
            begin(connection)
        return time.monotonic() - began

    with ThreadPoolExecutor(TOGETHER) as pool:
        assert max(pool.map(wait, range(TOGETHER))) < 2 * 3
    with connected(settings_of_a_file) as connection:
        connection.patience_s = 0.1
        with pytest.raises(OperationalError, match="locked"):
            begin(connection)
    stranger.close()
    with connected(settings_of_a_file) as connection:
        begin(connection)
        end(connection)
        connection.patience_s = 0.1
        begin(connection)
        end(connection)
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 3_000
