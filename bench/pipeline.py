"""Stored calls to planned replies, understanding included, one worker, beside a bare batch insert of the same rows."""

import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.installation import ROOT, Installation
from bench.postgresql import fresh_database, running_postgresql

MESSAGES = 6_000
FULL_MESSAGES = 100_000


def run(full: bool = False) -> dict[str, Any]:
    """Figures of both databases, the slower one on top; `full` works 100,000 messages and takes some minutes."""
    messages = FULL_MESSAGES if full else MESSAGES
    with tempfile.TemporaryDirectory(prefix="binhyen-bench-") as folder, running_postgresql() as url:
        made = [
            Installation(Path(folder) / "sqlite", "sqlite"),
            Installation(Path(folder) / "postgresql", fresh_database(url, "binhyen_bench")),
        ]
        with ThreadPoolExecutor(2) as both_cores:
            list(both_cores.map(Installation.prepare, made))
        sqlite, postgresql = (measure(one, messages) for one in made)
    slower = min((sqlite, postgresql), key=lambda figures: figures["messages_per_s"])
    return {
        **slower,
        "share_of_ceiling": min(one["share_of_ceiling"] for one in (sqlite, postgresql)),
        "rss_mb": max(one["rss_mb"] for one in (sqlite, postgresql)),
        "memory_growth_mb": max(one["memory_growth_mb"] for one in (sqlite, postgresql)),
        "sqlite": sqlite,
        "postgresql": postgresql,
    }


def measure(installation: Installation, messages: int) -> dict[str, Any]:
    """Run one worker in a process of its own over so many stored calls."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.pipeline_worker", "--messages", str(messages)],
        env=installation.environment,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


if __name__ == "__main__":
    print(json.dumps(run(full="--full" in sys.argv), indent=1))
