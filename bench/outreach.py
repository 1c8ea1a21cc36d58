"""One warning to groups and recent conversations against the simulator: speed, the rate kept, a sender killed midway.

The default run is scaled down to fit 50 seconds and says so; `python -m bench.outreach --full` takes 100,000 groups and
10,000 conversations.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from bench.installation import ROOT, Installation

FULL = (100_000, 10_000)
SCALED = (6_000, 600)
"""Groups and recent conversations of the default run."""
RATE = 600
"""Calls a minute allowed in the run that shows the rate kept."""
RATE_RUN_S = 6.0
KILL_AFTER_S = 2.0


def run(full: bool = False) -> dict[str, Any]:
    """Figures of one sender process on SQLite."""
    groups, people = FULL if full else SCALED
    with tempfile.TemporaryDirectory(prefix="binhyen-bench-") as folder:
        prepared = Path(folder) / "prepared"
        Installation(prepared, "sqlite").prepare()
        for name in ("fast", "killed", "rated"):
            shutil.copytree(prepared, Path(folder) / name)
        fast = _run(Path(folder) / "fast", groups, people, rate=0, kill=False)
        killed = _run(Path(folder) / "killed", groups // 3, 0, rate=0, kill=True)
        rated = _run(Path(folder) / "rated", RATE * 3, 0, rate=RATE, kill=False)
    return {
        **{name: fast[name] for name in ("sends_per_s", "plan_rows_per_s", "rss_mb_start", "rss_mb_end")},
        "groups": groups,
        "conversations": people,
        "is_scaled_down": not full,
        "hours_for_100000_groups": round(100_000 / max(1, fast["sends_per_s"]) / 3600, 3),
        "lost": fast["lost"] + killed["lost"],
        "doubled": fast["doubled"] + killed["doubled"],
        "parked_as_unknown": killed["parked"],
        "rate": {
            "allowed": RATE,
            "accepted": rated["accepted"],
            "refused": rated["refused"],
            "minutes": rated["minutes"],
        },
    }


def _run(data_dir: Path, groups: int, people: int, *, rate: int, kill: bool) -> dict[str, Any]:
    installation = Installation(data_dir, "sqlite")
    with _simulator(rate) as url:
        environment = {**installation.environment, "BINHYEN_ZALO_API_URL": url, "BINHYEN_ZALO_OAUTH_URL": url}
        planned = _worker(environment, "plan", str(groups), str(people))
        limit_s = RATE_RUN_S if rate else 600.0
        if kill:
            _kill_midway(environment)
        figures = _worker(environment, "send", str(limit_s))
        state = httpx.get(f"{url}/_sim/state", timeout=60).json()
        got = Counter(httpx.get(f"{url}/_sim/group_messages", params={"ids": "1"}, timeout=120).json()["ids"])
        left = _worker(environment, "left")
    parked = set(left["parked"])
    expected = {f"nhom{number:06d}" for number in range(groups)}
    return {
        **planned,
        **figures,
        "accepted": sum(got.values()),
        "refused": state["counts"].get("error -32", 0),
        "lost": 0 if rate else len(expected - set(got) - parked),
        "doubled": sum(count > 1 for count in got.values()),
        "parked": len(parked),
    }


def _kill_midway(environment: dict[str, str]) -> None:
    """Start a sender, let it work, and kill it without warning."""
    with subprocess.Popen(
        _command("send", "600"), env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as sender:
        assert sender.stdout is not None
        sender.stdout.readline()  # it says when it begins
        time.sleep(KILL_AFTER_S)
        sender.send_signal(signal.SIGKILL)
        sender.wait(timeout=10)
    _worker(environment, "park")


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bench.outreach_worker", *arguments]


def _worker(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        _command(*arguments), env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def _simulator(rate: int) -> Iterator[str]:
    command = [sys.executable, "-m", "binhyen.simulator", "--port", "0", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            url = json.loads(process.stdout.readline())["simulator"].rstrip("/")
            settings = {"app_rate_per_minute": rate, "oa_rate_per_minute": 0, "echoes": False, "receipts": False}
            settings |= {"government_refused": [], "auto_groups": True, "auto_residents": True}  # type: ignore[dict-item]
            httpx.post(f"{url}/_sim/settings", json=settings).raise_for_status()
            yield url
        finally:
            process.terminate()


if __name__ == "__main__":
    print(json.dumps(run(full="--full" in sys.argv), indent=1))
