"""A worker is killed in the middle of its batches: each message is taken in once and in order (both databases)."""

import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

import pytest
from bench.installation import ROOT, Installation
from bench.postgresql import fresh_database

pytestmark = pytest.mark.slow

MESSAGES, PEOPLE = 1_600, 400
STORE = f"import django; django.setup(); from bench.pipeline_worker import store; store({MESSAGES}, {PEOPLE})"
STORED = "SELECT count(*) FROM inbox_message WHERE direction = 'inbound'"


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    made = Installation(tmp_path, "sqlite")
    if request.param == "postgresql":
        made.database = fresh_database(request.getfixturevalue("postgresql_url"), "intake_killed")
    made.prepare()
    subprocess.run([sys.executable, "-c", STORE], env=made.environment, cwd=ROOT, check=True)
    return made


def start_worker(installation: Installation) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "bench.intake_worker"], env=installation.environment, cwd=ROOT)


def wait_until_taken_in(installation: Installation, number: int) -> None:
    deadline = time.monotonic() + 60
    while installation.run_sql(STORED)[0][0] < number:
        assert time.monotonic() < deadline, "nothing is taken in"
        threading.Event().wait(0.02)


def test_kill_9_loses_nothing_doubles_nothing_and_keeps_the_order(installation: Installation) -> None:
    with start_worker(installation) as worker:
        try:
            wait_until_taken_in(installation, MESSAGES // 6)
        finally:
            worker.kill()
    assert installation.run_sql(STORED)[0][0] < MESSAGES, "the worker was not killed under load"
    held = "UPDATE jobs_jobrow SET leased_until = '2000-01-01 00:00:00+00:00' WHERE leased_until IS NOT NULL"
    installation.run_sql(held)  # as if the time for which a worker holds its batch were over
    with start_worker(installation) as worker:
        assert worker.wait(timeout=120) == 0

    inbound = installation.run_sql(
        "SELECT conversation_id, external_id FROM inbox_message WHERE direction = 'inbound' ORDER BY id"
    )
    said = defaultdict(list)
    for conversation, external_id in inbound:
        said[conversation].append(int(external_id, 16))
    assert sorted(number for numbers in said.values() for number in numbers) == list(range(MESSAGES))
    assert all(numbers == sorted(numbers) for numbers in said.values())
    assert all({number % PEOPLE for number in numbers} == {numbers[0] % PEOPLE} for numbers in said.values())
    numbers = installation.run_sql("SELECT number FROM inbox_conversation ORDER BY number")
    assert [number for (number,) in numbers] == list(range(1, PEOPLE + 1))
    assert installation.run_sql("SELECT count(*) FROM jobs_jobrow WHERE state <> 'done'")[0][0] == 0
    outbound, promised = (
        installation.run_sql(f"SELECT count(*) FROM {what}")[0][0]
        for what in ("inbox_message WHERE direction = 'outbound'", "inbox_delivery")
    )
    assert outbound == promised > PEOPLE
