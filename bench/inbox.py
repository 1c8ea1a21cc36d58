"""How soon the server answers the inbox's list when 200 conversations wait (asked: 300 ms), beside a light page."""

import http.client
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.installation import ROOT, Installation
from bench.measure import percentile_ms, rss_mb

THREADS = 200
PAGES = 60
WARM_UP = 5
LIST = "/console/?view=unit"
BARE = "/console/settings/roles/"
"""The same server, session and frame around a page that reads no conversation."""


def run() -> dict[str, Any]:
    """Figures: threads, pages, p50_ms, p99_ms, bytes of one page, ceiling_p50_ms (the light page), ratio, rss_mb."""
    with tempfile.TemporaryDirectory(prefix="binhyen-inbox-") as folder:
        installation = Installation(Path(folder), "sqlite")
        installation.prepare()
        session = _filled(installation)
        with installation.web() as process:
            bare_s, _ = _asked(installation.port, BARE, session)
            pages_s, size = _asked(installation.port, LIST, session)
            memory = rss_mb(process.pid)
    p50, bare = percentile_ms(pages_s, 0.5), percentile_ms(bare_s, 0.5)
    return {
        "threads": THREADS,
        "pages": PAGES,
        "p50_ms": p50,
        "p99_ms": percentile_ms(pages_s, 0.99),
        "page_bytes": size,
        "ceiling_p50_ms": bare,
        "ratio": round(p50 / bare, 2),
        "rss_mb": memory,
    }


def _filled(installation: Installation) -> str:
    """Fill the database in a process of its own; the cookie of a signed-in officer."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.full_inbox", str(THREADS)],
        env=installation.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return str(json.loads(done.stdout)["sessionid"])


def _asked(port: int, path: str, session: str) -> tuple[list[float], int]:
    """Seconds of each answer over one connection, and the size of the last. Raises RuntimeError for any but 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    durations, size = [], 0
    for number in range(WARM_UP + PAGES):
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
        answer = connection.getresponse()
        size = len(answer.read())
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path} answered {answer.status} {answer.headers.get('Location', '')}")
        if number >= WARM_UP:
            durations.append(time.perf_counter() - began)
    connection.close()
    return durations, size


if __name__ == "__main__":
    for name, figure in run().items():
        print(f"{name}: {figure}")
