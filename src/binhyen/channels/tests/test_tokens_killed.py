"""Renewal in processes that are killed between its steps, and in two processes at once, on both databases."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.postgresql import fresh_database

from binhyen.channels.tests.live import Zalo

pytestmark = pytest.mark.slow
RENEWED = {"at_once": "renewed", "state": "active"}
PARKED = {"at_once": "renewal_running", "later": "page_needs_consent", "state": "needs_consent"}
STEPS = {
    "mark_not_committed": {**RENEWED, "by_hand": "renewed", "works": True},
    "marked": {**PARKED, "reason": "renewal_interrupted", "by_hand": "renewed", "works": True},
    "asked": {**PARKED, "reason": "renewal_interrupted", "by_hand": "page_needs_consent", "works": False},
    "pair_not_committed": {**PARKED, "reason": "renewal_interrupted", "by_hand": "page_needs_consent", "works": False},
    "finished": {**RENEWED, "by_hand": "renewed", "works": True},
}


class Installation:
    """A database of its own and the processes that work on it."""

    def __init__(self, data_dir: Path, database: str, zalo_url: str) -> None:
        self.environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(["src", "."]),
            "BINHYEN_MODE": "test",
            "BINHYEN_DATA_DIR": str(data_dir),
            "BINHYEN_DATABASE": database,
            "BINHYEN_ZALO_API_URL": zalo_url,
            "BINHYEN_ZALO_OAUTH_URL": zalo_url,
        }
        self.run("migrate")

    def start(self, *words: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "binhyen.channels.tests.dying", *words],
            env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *words: str, is_killed: bool = False) -> str:
        with self.start(*words) as process:
            out, _ = process.communicate(timeout=60)
        assert process.returncode == (-9 if is_killed else 0)
        return out


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def installation(request, tmp_path_factory, zalo_url) -> Iterator[Installation]:
    database = "sqlite"
    if request.param == "postgresql":
        database = fresh_database(request.getfixturevalue("postgresql_url"), "channels_killed")
    return Installation(tmp_path_factory.mktemp("data"), database, zalo_url)


@pytest.mark.parametrize("step", STEPS)
def test_killed(installation, zalo: Zalo, step):
    installation.run("die", step, is_killed=True)
    found = json.loads(installation.run("afterwards"))
    assert found["repeats"] == 0
    assert {name: found[name] for name in STEPS[step]} == STEPS[step]


def test_two_processes_end_with_one_good_token(installation, zalo: Zalo):
    spent = installation.run("prepare_race").strip()
    with installation.start("race", spent) as one, installation.start("race", spent) as other:
        for process in (one, other):
            assert process.stdout.readline() == "ready\n"
        for process in (one, other):
            process.stdin.write("go\n")
            process.stdin.flush()
        answers = [json.loads(process.communicate(timeout=60)[0]) for process in (one, other)]
    assert answers[0] == answers[1]
    assert answers[0]["works"]
    assert answers[0]["token"] != spent
