"""A sender that is killed between mark and outcome: the message is parked for a person and never sent twice."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from bench.installation import ROOT, Installation
from bench.postgresql import fresh_database

from binhyen.channels.tests.live import Zalo, running_zalo


class Outgoing:
    """The installation, its commands and the simulated Zalo."""

    def __init__(self, folder: Path, database: str, zalo: Zalo) -> None:
        self.zalo = zalo
        self.installation = Installation(folder, database)
        self.installation.prepare()

    @property
    def environment(self) -> dict[str, str]:
        """Environment that names the simulator."""
        url = self.zalo.url
        return {**self.installation.environment, "BINHYEN_ZALO_API_URL": url, "BINHYEN_ZALO_OAUTH_URL": url}

    def do(self, *command: str) -> None:
        """Run one command to its end."""
        arguments = [sys.executable, "-m", "tests.faults.outgoing", *command]
        subprocess.run(arguments, env=self.environment, cwd=ROOT, check=True)

    def states(self) -> list[str]:
        """State of every delivery, oldest first, read beside the product."""
        query = "SELECT state FROM inbox_delivery ORDER BY id"
        if self.installation.database == "sqlite":
            with contextlib.closing(sqlite3.connect(self.installation.data_dir / "binhyen.sqlite3")) as connection:
                return [row[0] for row in connection.execute(query)]
        with psycopg.connect(self.installation.database) as connection:
            return [row[0] for row in connection.execute(query)]

    def begin_sending(self) -> subprocess.Popen[bytes]:
        """A sender process that is running."""
        arguments = [sys.executable, "-m", "tests.faults.outgoing", "send"]
        return subprocess.Popen(arguments, env=self.environment, cwd=ROOT)

    def texts(self) -> list[str]:
        """What the people got."""
        return [message["text"] for message in self.zalo.sent()]


@pytest.fixture(params=["sqlite", "postgresql"])
def outgoing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Outgoing]:
    """Three people wait for a message each."""
    database = "sqlite"
    if request.param == "postgresql":
        database = fresh_database(request.getfixturevalue("postgresql_url"), "binhyen_sending")
    with running_zalo() as url:
        zalo = Zalo(url)
        zalo.do("settings", auto_residents=True, echoes=False, receipts=False)
        made = Outgoing(tmp_path / "data", database, zalo)
        made.do("prepare", "3")
        yield made
        zalo.http.close()


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_between_mark_and_outcome(outgoing: Outgoing, when: str) -> None:
    fault = {"path": "/v3.0/oa/message/cs", "kind": "hang", "when": when, "seconds": 6, "skip": 2}
    outgoing.zalo.do("faults", **fault)
    sender = outgoing.begin_sending()
    while outgoing.zalo.http.get("/_sim/faults").json()["faults"] or outgoing.states().count("sent") < 2:
        assert sender.poll() is None
    os.kill(sender.pid, signal.SIGKILL)
    sender.wait()
    outgoing.zalo.http.delete("/_sim/faults")
    got = outgoing.texts()
    assert len(got) == (3 if when == "after" else 2)

    outgoing.do("send", "park", "send")
    assert outgoing.texts() == got, "neither an open attempt nor a parked one is repeated"
    assert sorted(outgoing.states()) == ["sent", "sent", "unknown"]


@pytest.mark.slow
def test_two_senders_send_everything_once_and_in_order(outgoing: Outgoing) -> None:
    senders = [outgoing.begin_sending() for _ in range(2)]
    assert [sender.wait(60) for sender in senders] == [0, 0]
    assert sorted(outgoing.texts()) == ["số 1", "số 2", "số 3"]
    assert outgoing.states() == ["sent"] * 3
