"""A locked database, a full disk, cut connections: 503 and counted, never 200; afterwards all is as before."""

import contextlib
import http.client
import resource
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from bench.installation import Installation
from bench.load import body_of, request_of
from bench.postgresql import fresh_database

pytestmark = pytest.mark.slow

LOCKED_S = 30.0
"""Seconds another program holds the write lock."""


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Installation:
    made = Installation(tmp_path, "sqlite")
    made.prepare()
    return made


def deliver(installation: Installation, number: int) -> int:
    """Status of one signed call."""
    timestamp_ms = int(time.time() * 1000)
    body = body_of(number, timestamp_ms)
    request = request_of(installation.address, body, timestamp_ms)
    mac = request.split(b"X-ZEvent-Signature: ", 1)[1].split(b"\r\n", 1)[0].decode()
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", installation.port, timeout=20)) as connection:
        connection.request("POST", installation.address, body, {"X-ZEvent-Signature": mac})
        return connection.getresponse().status


@contextlib.contextmanager
def locked(installation: Installation) -> Iterator[None]:
    """Another program holds SQLite's write lock."""
    with contextlib.closing(sqlite3.connect(installation.data_dir / "binhyen.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextlib.contextmanager
def full_disk(process: subprocess.Popen[bytes], largest: int) -> Iterator[None]:
    """No file of the process may grow beyond `largest` bytes."""
    before = resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, before)


def counted(installation: Installation, name: str) -> int:
    with contextlib.closing(sqlite3.connect(installation.data_dir / "binhyen.sqlite3")) as connection:
        row = connection.execute("SELECT SUM(count) FROM core_dailycount WHERE name = ?", (name,)).fetchone()
    return int(row[0] or 0)


def test_a_database_locked_for_30_s_is_answered_503_and_nothing_is_lost(on_sqlite: Installation) -> None:
    with on_sqlite.web():
        assert deliver(on_sqlite, 0) == 200
        with locked(on_sqlite):
            until = time.monotonic() + LOCKED_S
            number = 1
            while time.monotonic() < until:
                started_at = time.monotonic()
                assert deliver(on_sqlite, number) == 503
                assert time.monotonic() - started_at < 10
                number += 1
        assert [deliver(on_sqlite, again) for again in range(number)] == [200] * number
    assert len(on_sqlite.stored_bodies()) == number
    assert counted(on_sqlite, "hooks.not_stored") > 0


def test_a_full_disk_is_answered_503_until_there_is_room(on_sqlite: Installation) -> None:
    with on_sqlite.web() as web:
        assert deliver(on_sqlite, 0) == 200
        log = on_sqlite.data_dir / "binhyen.sqlite3-wal"
        with full_disk(web, log.stat().st_size + 100_000):
            statuses = [deliver(on_sqlite, number) for number in range(1, 60)]
        assert 503 in statuses
        assert set(statuses) <= {200, 503}
        kept = 1 + statuses.count(200)
        assert len(on_sqlite.stored_bodies()) == kept
        assert [deliver(on_sqlite, number) for number in range(60)] == [200] * 60
    assert len(on_sqlite.stored_bodies()) == 60
    assert counted(on_sqlite, "hooks.not_stored") == statuses.count(503)


def test_cut_connections_to_postgresql_are_made_anew(postgresql_url: str, tmp_path: Path) -> None:
    installation = Installation(tmp_path, fresh_database(postgresql_url, "hooks_cut"))
    installation.prepare()
    with installation.web():
        assert deliver(installation, 0) == 200
        with psycopg.connect(postgresql_url, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'hooks_cut'")
        first = deliver(installation, 1)
        assert first in (200, 503)
        assert [deliver(installation, number) for number in (1, 2)] == [200, 200]
    assert len(installation.stored_bodies()) == 3


def test_a_polite_stop_writes_what_was_accepted_and_the_counts(on_sqlite: Installation) -> None:
    with on_sqlite.web() as web:
        assert [deliver(on_sqlite, number) for number in (0, 0, 1)] == [200, 200, 200]
        web.terminate()
        assert web.wait(timeout=20) in (0, -15)
    assert len(on_sqlite.stored_bodies()) == 2
    assert counted(on_sqlite, "hooks.stored") == 2
    assert counted(on_sqlite, "hooks.repeated") == 1
