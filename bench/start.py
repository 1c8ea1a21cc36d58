"""How soon `serve` answers its first request, and what all its processes hold in memory while idle."""

import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median
from typing import Any

from bench.installation import ROOT, Installation
from bench.measure import rss_mb

ROUNDS = 3
IDLE_AFTER_S = 6.0
"""Seconds until start-up work has settled."""


def run() -> dict[str, Any]:
    """Figures: start_s (median of three starts), rss_mb (all processes of the group, idle), and the bare ceiling.

    `ceiling_start_s` is the same interpreter importing Django and the ASGI server and nothing of the product.
    """
    with tempfile.TemporaryDirectory(prefix="binhyen-start-") as folder:
        installation = Installation(Path(folder), "sqlite")
        installation.prepare()
        _train(installation)
        _start(installation, idle_s=0.0)  # collects static files: first start only
        starts = [_start(installation, idle_s=0.0)[0] for _ in range(ROUNDS - 1)]
        last_s, memory = _start(installation, idle_s=IDLE_AFTER_S)
    starts.append(last_s)
    ceiling_s = _bare_start_s()
    return {
        "start_s": round(median(starts), 2),
        "ceiling_start_s": round(ceiling_s, 2),
        "start_ratio": round(median(starts) / ceiling_s, 2),
        "p50_ms": round(median(starts) * 1000, 1),
        "p99_ms": round(max(starts) * 1000, 1),
        "rss_mb": round(sum(memory.values()), 1),
        "processes": len(memory),
    }


def _train(installation: Installation) -> None:
    """Build the language model, as the very first start of an installation does."""
    command = [sys.executable, "-m", "binhyen.cli", "train"]
    subprocess.run(command, env=installation.environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _start(installation: Installation, idle_s: float) -> tuple[float, dict[int, float]]:
    """Seconds from the command to the first answered page, and resident megabytes by process after `idle_s`."""
    command = [sys.executable, "-m", "binhyen.cli", "serve", "--port", str(installation.port)]
    began = time.monotonic()
    process = subprocess.Popen(
        command, env=installation.environment, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for_page(f"http://127.0.0.1:{installation.port}/")
        took_s = time.monotonic() - began
        time.sleep(idle_s)
        memory = {pid: rss_mb(pid) for pid in (process.pid, *_children(process.pid))} if idle_s else {}
        return took_s, memory
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _wait_for_page(address: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"{address} did not answer")


def _children(pid: int) -> list[int]:
    """Process ids below `pid`, at any depth (Linux)."""
    direct = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [found for child in direct for found in (int(child), *_children(int(child)))]


def _bare_start_s() -> float:
    began = time.monotonic()
    subprocess.run(
        [
            sys.executable,
            "-c",
            "import django, django.db.models, django.forms, django.template, uvicorn, uvloop, httptools",
        ],
        check=True,
    )
    return time.monotonic() - began
