"""Signed webhooks over HTTP: 64 connections, one web process, SQLite and PostgreSQL, beside the bare ceiling."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.installation import ROOT, Installation
from bench.load import body_of
from bench.measure import rss_mb
from bench.postgresql import fresh_database, running_postgresql

CONNECTIONS = 64
SECONDS = 7.0
CEILING_SECONDS = 5.0
MOST_CALLS = 90_000


def run() -> dict[str, Any]:
    """Figures of both databases; the figures without a database's name are the worse of the two."""
    with tempfile.TemporaryDirectory(prefix="binhyen-bench-") as folder, running_postgresql() as url:
        sqlite = measure(Path(folder) / "sqlite", "sqlite")
        postgresql = measure(Path(folder) / "postgresql", fresh_database(url, "binhyen_bench"))
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


def measure(data_dir: Path, database: str) -> dict[str, Any]:
    """Product and ceiling on one database, one after the other on the same disk."""
    installation = Installation(data_dir, database)
    installation.prepare()
    with installation.web(("-m", "bench.bare", "--port", str(installation.port))):
        bare, _, _ = load(installation, CEILING_SECONDS)
    with installation.web() as web:
        product, answered, timestamp_ms = load(installation, SECONDS)
        memory_mb = rss_mb(web.pid)
    stored = installation.stored_bodies()
    distinct = set(stored)
    hooks_per_s = product["answered"] / product["elapsed_s"]
    ceiling_per_s = bare["answered"] / bare["elapsed_s"]
    return {
        "hooks_per_s": round(hooks_per_s),
        "ceiling_per_s": round(ceiling_per_s),
        "share_of_ceiling": round(hooks_per_s / ceiling_per_s, 3),
        "p50_ms": product["p50_ms"],
        "p99_ms": product["p99_ms"],
        "rss_mb": memory_mb,
        "answered": product["answered"],
        "refused": sum(times for status, times in product["statuses"].items() if status != "200"),
        "lost": sum(body_of(number, timestamp_ms) not in distinct for number in answered),
        "duplicated": len(stored) - len(distinct),
    }


def load(installation: Installation, seconds: float, *more: str) -> tuple[dict[str, Any], list[int], int]:
    """Run the load generator: its figures, the numbers answered 200, the time stamp in the bodies."""
    timestamp_ms = int(time.time() * 1000)
    out = installation.data_dir / "answered.json"
    arguments = ["--port", str(installation.port), "--path", installation.address, "--out", str(out)]
    arguments += ["--connections", str(CONNECTIONS), "--seconds", str(seconds), "--most", str(MOST_CALLS)]
    arguments += ["--timestamp-ms", str(timestamp_ms), *more]
    done = subprocess.run(
        [sys.executable, "-m", "bench.load", *arguments],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=90,
    )
    return json.loads(done.stdout), json.loads(out.read_text(encoding="ascii")), timestamp_ms
