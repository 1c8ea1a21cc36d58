"""Planned replies to the simulator: sends a second of one sender process, beside bare HTTP posts."""

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from bench.installation import ROOT, Installation
from bench.postgresql import fresh_database, running_postgresql

MESSAGES = 3_000
PER_PERSON = 3


def run() -> dict[str, Any]:
    """Figures of both databases, the slower one on top."""
    with tempfile.TemporaryDirectory(prefix="binhyen-bench-") as folder, running_postgresql() as url:
        made = [
            Installation(Path(folder) / "sqlite", "sqlite"),
            Installation(Path(folder) / "postgresql", fresh_database(url, "binhyen_bench")),
        ]
        with ThreadPoolExecutor(2) as both_cores:
            list(both_cores.map(Installation.prepare, made))
        sqlite, postgresql = map(measure, made)
    slower = min((sqlite, postgresql), key=lambda figures: figures["sends_per_s"])
    return {**slower, "sqlite": sqlite, "postgresql": postgresql}


def measure(installation: Installation) -> dict[str, Any]:
    """One sender process and then the bare posts, against a simulator of its own process."""
    with _simulator() as url:
        environment = {**installation.environment, "BINHYEN_ZALO_API_URL": url, "BINHYEN_ZALO_OAUTH_URL": url}
        done = subprocess.run(
            [sys.executable, "-m", "bench.send_worker", "--messages", str(MESSAGES), "--per-person", str(PER_PERSON)],
            env=environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        figures: dict[str, Any] = json.loads(done.stdout)
        got = httpx.get(f"{url}/_sim/messages", params={"since": 0}, timeout=60).json()["messages"][:MESSAGES]
    figures["lost"] = MESSAGES - len({(one["user_id"], one["text"]) for one in got})
    figures["out_of_order"] = _out_of_order(got)
    return figures


def _out_of_order(got: list[dict[str, Any]]) -> int:
    """Conversations whose numbered messages did not arrive in order."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for one in got:
        numbers[one["user_id"]].append(int(one["text"].split()[1]))
    return sum(each != sorted(each) for each in numbers.values())


@contextmanager
def _simulator() -> Iterator[str]:
    command = [sys.executable, "-m", "binhyen.simulator", "--port", "0", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            url = json.loads(process.stdout.readline())["simulator"].rstrip("/")
            settings = {"app_rate_per_minute": 0, "oa_rate_per_minute": 0, "echoes": False, "receipts": False}
            httpx.post(f"{url}/_sim/settings", json={**settings, "auto_residents": True}).raise_for_status()
            yield url
        finally:
            process.terminate()


if __name__ == "__main__":
    print(json.dumps(run(), indent=1))
