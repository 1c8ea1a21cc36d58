"""One installation of its own for a benchmark or a fault test: data folder, database, one page, a web process."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from bench.measure import free_port

ROOT = Path(__file__).resolve().parent.parent
START_WITHIN_S = 90.0


@dataclass
class Installation:
    """`database` is "sqlite" or the address of an empty PostgreSQL database."""

    data_dir: Path
    database: str
    port: int = field(default_factory=free_port)
    nats_url: str = ""
    """Address of a NATS server that keeps accepted calls, or empty: the database does."""
    address: str = ""
    """Path of the page's webhook, once prepared."""

    @property
    def environment(self) -> dict[str, str]:
        """Environment of every process of the installation; as in an installed product, nothing is compiled twice."""
        known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {
            **known,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "BINHYEN_MODE": "test",
            "BINHYEN_DATA_DIR": str(self.data_dir),
            "BINHYEN_DATABASE": self.database,
            "BINHYEN_NATS_URL": self.nats_url,
            "BINHYEN_SECRET_KEY": "only-for-measuring-" + "x" * 50,
            "BINHYEN_LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "binhyen.settings",
        }

    def prepare(self) -> None:
        """Create tables and one page."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [sys.executable, "-m", "bench.one_page"],
            env=self.environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = done.stdout.strip()

    @contextlib.contextmanager
    def web(self, arguments: Sequence[str] = ()) -> Iterator[subprocess.Popen[bytes]]:
        """The running web process (or what `arguments` start), stopped politely at the end if it still lives."""
        arguments = arguments or ("-m", "binhyen.cli", "web", "--port", str(self.port))
        with (self.data_dir / "web.log").open("ab") as log:
            process = subprocess.Popen([sys.executable, *arguments], env=self.environment, cwd=ROOT, stderr=log)
        try:
            self._wait_until_it_answers(process)
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_WITHIN_S
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise RuntimeError(f"the web process ended with {process.returncode}; see {self.data_dir / 'web.log'}")
            with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}{self.address or '/'}", timeout=5).close()
                return
            time.sleep(0.05)
        raise RuntimeError("the web process does not answer")

    def stored_bodies(self, table: str = "jobs_jobrow") -> list[bytes]:
        """Body of every stored call."""
        return [bytes(row[0]) for row in self.run_sql(f"SELECT body FROM {table}")]

    def run_sql(self, statement: str) -> list[tuple[Any, ...]]:
        """Run one statement past the product; the rows it gives."""
        if self.database == "sqlite":
            with contextlib.closing(sqlite3.connect(self.data_dir / "binhyen.sqlite3")) as connection, connection:
                return connection.execute(statement).fetchall()
        with psycopg.connect(self.database) as connection:
            done = connection.execute(statement)  # type: ignore[call-overload]
            return done.fetchall() if done.description else []
