"""The web process is killed in the middle of webhooks: what was answered 200 is there, once (every engine)."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from bench.installation import ROOT, Installation
from bench.load import body_of
from bench.postgresql import fresh_database

from tests.faults.kept_calls import kept_calls

pytestmark = pytest.mark.slow

CALLS = 6_000


@pytest.fixture(params=["sqlite", "postgresql", "jetstream"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    made = Installation(tmp_path, "sqlite")
    if request.param == "postgresql":
        made.database = fresh_database(request.getfixturevalue("postgresql_url"), "hooks_killed")
    if request.param == "jetstream":
        made.nats_url = request.getfixturevalue("fresh_nats_url")
    made.prepare()
    return made


def start_load(installation: Installation, out: Path, timestamp_ms: int) -> subprocess.Popen[str]:
    """Many callers who repeat a call until it is answered 200, and some answered ones once more."""
    arguments = ["--port", str(installation.port), "--path", installation.address, "--out", str(out), "--insist"]
    arguments += ["--connections", "48", "--seconds", "90", "--most", str(CALLS), "--repeats-each", "10"]
    arguments += ["--timestamp-ms", str(timestamp_ms)]
    return subprocess.Popen(
        [sys.executable, "-m", "bench.load", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def wait_until_stored(installation: Installation, number: int) -> None:
    deadline = time.monotonic() + 60
    while len(kept_calls(installation)) < number:
        assert time.monotonic() < deadline, "the load does not arrive"
        threading.Event().wait(0.02)


def test_nothing_answered_200_is_lost_or_doubled_by_kill_9(installation: Installation, tmp_path: Path) -> None:
    out = tmp_path / "answered.json"
    timestamp_ms = int(time.time() * 1000)
    with installation.web() as web:
        load = start_load(installation, out, timestamp_ms)
        wait_until_stored(installation, CALLS // 10)
        os.kill(web.pid, signal.SIGKILL)
        web.wait()
    with installation.web() as web:
        wait_until_stored(installation, CALLS // 2)
        os.kill(web.pid, signal.SIGKILL)
        web.wait()
    with installation.web():
        figures = json.loads(load.communicate(timeout=120)[0])
    answered = json.loads(out.read_text(encoding="ascii"))["answered"]
    stored = kept_calls(installation)
    assert figures["broken"] > 0, "no call was cut off: the process was not killed under load"
    assert len(set(answered)) == CALLS
    assert len(answered) > CALLS, "no delivery was repeated"
    assert sorted(stored) == sorted(body_of(number, timestamp_ms) for number in range(CALLS))
