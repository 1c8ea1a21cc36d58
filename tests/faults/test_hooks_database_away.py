"""With JetStream, webhooks are accepted while the database is away, and worked when it is back."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from bench.installation import ROOT, Installation
from bench.postgresql import fresh_database

from binhyen.hooks.committing import FLUSH_EVERY_S
from binhyen.workflows.intake import LEASE_S
from tests.faults.kept_calls import kept_calls
from tests.faults.test_hooks_trouble import deliver

pytestmark = pytest.mark.slow

STORED = "SELECT count(*) FROM inbox_message WHERE direction = 'inbound'"
STORED_CALLS = "SELECT SUM(count) FROM core_dailycount WHERE name = 'hooks.stored'"


@pytest.fixture
def installation(postgresql_url: str, fresh_nats_url: str, tmp_path: Path) -> Installation:
    made = Installation(tmp_path, fresh_database(postgresql_url, "hooks_away"), nats_url=fresh_nats_url)
    made.prepare()
    return made


@contextlib.contextmanager
def database_away(server_url: str) -> Iterator[None]:
    """Every connection is cut and no new one is let in."""
    with psycopg.connect(server_url, autocommit=True) as other:
        other.execute("ALTER DATABASE hooks_away ALLOW_CONNECTIONS false")
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'hooks_away'")
        try:
            yield
        finally:
            other.execute("ALTER DATABASE hooks_away ALLOW_CONNECTIONS true")


def start_worker(installation: Installation) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "binhyen.cli", "worker"],
        env=installation.environment,
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )


def rows(installation: Installation, query: str) -> int:
    with psycopg.connect(installation.database) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload]
    return int(row[0] or 0)


def wait_until(what: Callable[[], bool], within_s: float) -> None:
    deadline = time.monotonic() + within_s
    while not what():
        assert time.monotonic() < deadline, "it does not happen"
        threading.Event().wait(0.05)


def test_calls_are_accepted_while_the_database_is_away(postgresql_url: str, installation: Installation) -> None:
    unknown = Installation(installation.data_dir, "", installation.port, address="/hooks/zalo_oa/AAAAAAAAAAAAAAAA")
    with installation.web():
        assert deliver(installation, 0) == 200
        with database_away(postgresql_url):
            assert [deliver(installation, number) for number in (1, 2)] == [200, 200]
            wait_until(lambda: deliver(unknown, 9) == 503, 5)
            assert deliver(installation, 1) == 200
        assert deliver(installation, 3) == 200
        assert len(kept_calls(installation)) == 4
        wait_until(lambda: deliver(unknown, 9) == 200, 10)
    assert rows(installation, STORED_CALLS) == 4
    assert rows(installation, "SELECT SUM(count) FROM core_dailycount WHERE name = 'hooks.repeated'") == 1
    assert rows(installation, "SELECT count(*) FROM jobs_jobrow") == 0


def test_counts_outlive_a_connection_that_is_cut_before_the_process_stops(
    postgresql_url: str, installation: Installation
) -> None:
    with installation.web():
        assert deliver(installation, 0) == 200
        wait_until(lambda: rows(installation, STORED_CALLS) == 1, 4 * FLUSH_EVERY_S)
        assert deliver(installation, 1) == 200
        with database_away(postgresql_url):
            pass
    assert rows(installation, STORED_CALLS) == 2


@pytest.mark.timeout(240)
def test_workers_store_each_call_once_although_one_is_killed(installation: Installation) -> None:
    with installation.web():
        assert [deliver(installation, number) for number in range(40)] == [200] * 40
        first = start_worker(installation)
        wait_until(lambda: rows(installation, STORED) > 0, 60)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        again = [deliver(installation, number) for number in range(60)]
        second = start_worker(installation)
        wait_until(lambda: rows(installation, STORED) == 60, 60)
        # Killed between its commit and its marks, the first worker leaves calls that are given out after their lease.
        wait_until(lambda: kept_calls(installation) == [], LEASE_S + 30)
        second.terminate()
        assert second.wait(timeout=30) == 0
    assert again == [200] * 60
    assert rows(installation, STORED) == 60
