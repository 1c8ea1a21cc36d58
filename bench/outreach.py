"""One warning to groups and recent conversations against the simulator: speed, a sender killed midway, the rate kept.

The default run is a small share of the same shape and says so; `python -m bench.outreach --full` takes 100,000 groups
and 10,000 conversations.
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

FULL, SHARE = (100_000, 10_000), (6_000, 600)
"""Groups and recent conversations of a full and of a default run."""
KILLED_SHARE = 5
"""The part with the killed sender takes one in so many groups, with two warnings each so that order is seen."""
RATE = 600
"""Calls a minute allowed in the part that shows the rate kept."""
MINUTES = 3


def run(full: bool = False) -> dict[str, Any]:
    """Figures of one sender process on SQLite: `lost`, `doubled`, `parked`, `out_of_order` count rows of all parts."""
    groups, people = FULL if full else SHARE
    with tempfile.TemporaryDirectory(prefix="binhyen-bench-") as folder, _simulator() as url:
        prepared = Path(folder) / "prepared"
        Installation(prepared, "sqlite").prepare()
        parts = [Path(shutil.copytree(prepared, Path(folder) / name)) for name in ("fast", "killed", "rated")]
        fast = _fast(parts[0], url, groups, people)
        killed = _killed(parts[1], url, groups // KILLED_SHARE)
        rated = _rated(parts[2], url)
    return {
        **fast,
        "lost": fast["lost"] + killed["lost"],
        "doubled": fast["doubled"] + killed["doubled"],
        "parked": killed["parked"],
        "out_of_order": killed["out_of_order"],
        "killed_after": killed["killed_after"],
        "rate_kept": rated["accepted"] == [RATE] * MINUTES and rated["refused"] == 0,
        "rate": {"allowed_a_minute": RATE, **rated},
        "groups": groups,
        "conversations": people,
        "is_share_of_full": not full,
    }


def _fast(data_dir: Path, url: str, groups: int, people: int) -> dict[str, Any]:
    """The rate lifted: planned, sent, and then the bare posts of the same body with the same client."""
    _set(url, app_rate_per_minute=0)
    figures = _worker(data_dir, url, "fast", str(groups), str(people))
    got = Counter(one for one in _get(url, "group_messages", ids=1)["ids"] if one.startswith("nhom"))
    heard = Counter(one["user_id"] for one in _get(url, "messages")["messages"])
    return figures | {
        "lost": groups + people - len(got) - len(heard),
        "doubled": sum(count > 1 for count in (*got.values(), *heard.values())),
    }


def _killed(data_dir: Path, url: str, groups: int) -> dict[str, Any]:
    """A sender that dies in the middle; another parks what nobody knows of and goes on."""
    before = _get(url, "state")["groups_sent"]
    _worker(data_dir, url, "plan", str(groups), "2")
    with subprocess.Popen(
        _command("send"), env=_environment(data_dir, url), cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as sender:
        while (killed_after := _get(url, "state")["groups_sent"] - before) < groups:
            time.sleep(0.02)
        sender.send_signal(signal.SIGKILL)
        sender.wait(timeout=10)
    left = _worker(data_dir, url, "finish")
    written: dict[str, list[str]] = {}
    for message in _get(url, "group_messages", since=before)["messages"]:
        written.setdefault(message["group_id"], []).append(message["text"].split("\n")[0][-1])
    pairs = [(group, warning) for group, warnings in written.items() for warning in warnings]
    parked = {(group, warning) for group, warning in left["parked"]}
    return {
        "lost": 2 * groups - len(set(pairs) | parked),
        "doubled": len(pairs) - len(set(pairs)),
        "parked": len(parked),
        "out_of_order": sum(warnings != sorted(warnings) for warnings in written.values()),
        "killed_after": killed_after,
    }


def _rated(data_dir: Path, url: str) -> dict[str, Any]:
    """Minutes of a limited app: exactly what is allowed goes out in each, and nothing is asked beyond it."""
    _set(url, app_rate_per_minute=RATE)
    refused = _get(url, "state")["counts"].get("error -32", 0)
    figures = _worker(data_dir, url, "rated", str(RATE * (MINUTES + 1)), str(MINUTES))
    return figures | {"refused": _get(url, "state")["counts"].get("error -32", 0) - refused}


def _get(url: str, name: str, **query: int) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{url}/_sim/{name}", params=query, timeout=120).raise_for_status().json()
    return found


def _set(url: str, **settings: object) -> None:
    httpx.post(f"{url}/_sim/settings", json=settings).raise_for_status()


def _environment(data_dir: Path, url: str) -> dict[str, str]:
    zalo = {"BINHYEN_ZALO_API_URL": url, "BINHYEN_ZALO_OAUTH_URL": url}
    return {**Installation(data_dir, "sqlite").environment, **zalo}


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bench.outreach_worker", *arguments]


def _worker(data_dir: Path, url: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        _command(*arguments),
        env=_environment(data_dir, url),
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def _simulator() -> Iterator[str]:
    command = [sys.executable, "-m", "binhyen.simulator", "--port", "0", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            url = json.loads(process.stdout.readline())["simulator"].rstrip("/")
            _set(url, oa_rate_per_minute=0, echoes=False, receipts=False, government_refused=[])
            _set(url, auto_groups=True, auto_residents=True)
            yield url
        finally:
            process.terminate()


if __name__ == "__main__":
    print(json.dumps(run(full="--full" in sys.argv), indent=1))
