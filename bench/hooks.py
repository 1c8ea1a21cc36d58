"""Signed webhooks over HTTP: 64 connections, one web process, SQLite and PostgreSQL, beside the bare ceiling."""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.installation import ROOT, Installation
from bench.load import body_of
from bench.measure import free_port, percentile_ms, rss_mb
from bench.postgresql import fresh_database, running_postgresql

CONNECTIONS = 64
ROUNDS = 3
TURN_S = 1.0
"""A round is a turn of each, in changing order, so that a machine that is getting busier favours neither."""
ENOUGH_AFTER_S = (20.0, 34.0)
"""On a slow machine no further round begins so many seconds after the start: of SQLite, of PostgreSQL."""
MOST_CALLS = 12_000
"""Calls prepared for one turn."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of one run of the load generator."""

    per_s: float
    answered: list[int]
    durations_s: list[float]
    refused: int


def run() -> dict[str, Any]:
    """Figures of both databases; the figures without a database's name are the worse of the two."""
    started_at = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="binhyen-bench-") as folder, running_postgresql() as url:
        made = [
            Installation(Path(folder) / "sqlite", "sqlite"),
            Installation(Path(folder) / "postgresql", fresh_database(url, "binhyen_bench")),
        ]
        with ThreadPoolExecutor(2) as both_cores:
            list(both_cores.map(Installation.prepare, made))
        ends = [started_at + seconds for seconds in ENOUGH_AFTER_S]
        sqlite, postgresql = map(measure, made, ends)
    both = (sqlite, postgresql)
    slower = min(both, key=lambda figures: figures["share_of_ceiling"])
    return {
        "hooks_per_s": slower["hooks_per_s"],
        "ceiling_per_s": slower["ceiling_per_s"],
        "share_of_ceiling": slower["share_of_ceiling"],
        "p50_ms": max(figures["p50_ms"] for figures in both),
        "p99_ms": max(figures["p99_ms"] for figures in both),
        "rss_mb": max(figures["rss_mb"] for figures in both),
        "lost": sum(figures["lost"] for figures in both),
        "duplicated": sum(figures["duplicated"] for figures in both),
        "sqlite": sqlite,
        "postgresql": postgresql,
    }


def measure(installation: Installation, enough_at: float) -> dict[str, Any]:
    """Product and ceiling on one database, turn by turn on the same disk; at least two rounds, one in each order."""
    timestamp_ms = int(time.time() * 1000)
    product: list[Turn] = []
    ceiling: list[Turn] = []
    bare_port = free_port()
    bare = [sys.executable, "-m", "bench.bare", "--port", str(bare_port)]
    with installation.web() as web, running(bare, installation.environment):
        for port in (bare_port, installation.port):  # warm both up
            load(installation, port, 0.3, timestamp_ms, ROUNDS * MOST_CALLS, most=1_000)
        both = [(bare_port, ceiling), (installation.port, product)]
        for turn in range(ROUNDS):
            if turn > 1 and time.monotonic() > enough_at:
                break
            for port, turns in both if turn % 2 else reversed(both):
                turns.append(load(installation, port, TURN_S, timestamp_ms, turn * MOST_CALLS))
        memory_mb = rss_mb(web.pid)
    return figures_of(product, ceiling, memory_mb, installation.stored_bodies(), timestamp_ms)


def figures_of(
    product: list[Turn], ceiling: list[Turn], memory_mb: float, stored: list[bytes], timestamp_ms: int
) -> dict[str, Any]:
    """The figures of one database."""
    durations_s = [duration for turn in product for duration in turn.durations_s]
    answered = [number for turn in product for number in turn.answered]
    distinct = set(stored)
    hooks_per_s = sum(turn.per_s for turn in product) / len(product)
    ceiling_per_s = sum(turn.per_s for turn in ceiling) / len(ceiling)
    return {
        "hooks_per_s": round(hooks_per_s),
        "ceiling_per_s": round(ceiling_per_s),
        "share_of_ceiling": round(hooks_per_s / ceiling_per_s, 3),
        "p50_ms": percentile_ms(durations_s, 0.50),
        "p99_ms": percentile_ms(durations_s, 0.99),
        "rss_mb": memory_mb,
        "rounds": len(product),
        "answered": len(answered),
        "refused": sum(turn.refused for turn in product),
        "lost": sum(body_of(number, timestamp_ms) not in distinct for number in answered),
        "duplicated": len(stored) - len(distinct),
    }


def load(
    installation: Installation, port: int, seconds: float, timestamp_ms: int, first: int, most: int = MOST_CALLS
) -> Turn:
    """Run the load generator in a process of its own; the calls are numbered from `first`."""
    out = installation.data_dir / "answered.json"
    arguments = ["--port", str(port), "--path", installation.address, "--out", str(out), "--first", str(first)]
    arguments += ["--connections", str(CONNECTIONS), "--seconds", str(seconds), "--most", str(most)]
    arguments += ["--timestamp-ms", str(timestamp_ms)]
    command = [sys.executable, "-m", "bench.load", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=90)
    figures, calls = json.loads(done.stdout), json.loads(out.read_text(encoding="ascii"))
    refused = sum(times for status, times in figures["statuses"].items() if status != "200")
    return Turn(figures["answered"] / figures["elapsed_s"], calls["answered"], calls["durations_s"], refused)


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    """A process beside; the load generator waits until it listens."""
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)
