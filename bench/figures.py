"""Pages of figures over an invented nation of 3,321 communes, on PostgreSQL and on SQLite, over HTTP.

Asked: 95 of 100 pages within 100 ms on PostgreSQL and 250 ms on SQLite, warm; a day of all units counted within 20 s;
a province's year exported at 20,000 rows a second with flat memory. The ceiling is a light page of the same server.
A run takes one year, each month of it put together from one invented day; `--full` takes two years with every day, as
`binhyen load-nation` does.
"""

import http.client
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from bench.installation import ROOT, Installation
from bench.measure import median, percentile_ms, rss_mb
from bench.postgresql import fresh_database, running_postgresql

BARS_MS = {"postgresql": 100, "sqlite": 250}
LIGHT_PAGE = "/console/settings/roles/"
LEVELS = ("nation", "province", "commune", "hamlet")
LOOKS = 24
"""Of each level, and of the light page."""
SIZES = (0, 5_000, 20_000)
"""Messages stored, for the slope."""
SLOPE_LOOKS = 6
_WORKER = (sys.executable, "-m", "bench.statistics_worker")


def run(*, full: bool = False) -> dict[str, Any]:
    """Figures of PostgreSQL on top, of each database below, beside its bar. `full`: two years with every day."""
    started = time.perf_counter()
    with ExitStack() as stack, ThreadPoolExecutor(2) as two:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="binhyen-statistics-")))
        sqlite = two.submit(_filled, stack, lambda: Installation(folder / "sqlite", "sqlite"), full=full)
        postgresql = two.submit(_filled, stack, lambda: _on_postgresql(stack, folder), full=full, first=sqlite)
        both = {"postgresql": postgresql.result(), "sqlite": sqlite.result()}
        found = {name: _measured(one) for name, one in both.items()}
        for one, counted in zip(found.values(), two.map(_counted, both.values()), strict=True):
            one |= counted
    return {
        "communes": 3_321,
        "months": both["sqlite"].told["months"],
        "seconds": round(time.perf_counter() - started, 1),
        "p95_ms": found["postgresql"]["p95_ms"],
        "pages": found["postgresql"]["pages"],
        "bars_ms": BARS_MS,
        "holds": all(one["p95_ms"] <= BARS_MS[name] for name, one in found.items()),
        **found,
    }


@dataclass(frozen=True, slots=True)
class Filled:
    """An installation with the nation in it, its worker and its web process running."""

    installation: Installation
    worker: "Worker"
    told: dict[str, Any]
    web_pid: int


def _on_postgresql(stack: ExitStack, folder: Path) -> Installation:
    server = stack.enter_context(running_postgresql())
    return Installation(folder / "postgresql", fresh_database(server, "figures"))


def _filled(
    stack: ExitStack, make: Callable[[], Installation], *, full: bool, first: "Future[Filled] | None" = None
) -> Filled:
    """Everything that has to be there before pages are timed; both installations at once, each at its own pace.

    `first`: its static files are taken over; packing them takes as long as the rest of the start.
    """
    installation = make()
    worker = stack.enter_context(Worker(installation, full=full))
    told = worker.told()
    if first is not None:
        shutil.copytree(first.result().installation.data_dir / "static", installation.data_dir / "static")
    return Filled(installation, worker, told, stack.enter_context(installation.web()).pid)


class Worker:
    """The process that fills one database, later stores messages and counts a day; idle while pages are timed."""

    def __init__(self, installation: Installation, *, full: bool) -> None:
        installation.data_dir.mkdir()
        self._process = subprocess.Popen(
            [*_WORKER, str(int(full))],
            env=installation.environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()

    def told(self) -> dict[str, Any]:
        """What it says next."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the worker ended before it was done")
        found: dict[str, Any] = json.loads(line)
        return found

    def ask(self, what: str) -> dict[str, Any]:
        """Have it do something."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\n")
        return self.told()


def _measured(filled: Filled) -> dict[str, Any]:
    told, worker = filled.told, filled.worker
    visitor = Visitor(filled.installation.port, told["cookie"], told["period"])
    for level in LEVELS:
        visitor.look_at([path for path, _ in told["pages"][level]])
    light = visitor.look_at([LIGHT_PAGE] * LOOKS)
    looks = {level: visitor.look_at(_turns(told["pages"][level], LOOKS)) for level in LEVELS}
    slope = [(worker.ask(f"messages {size}")["messages"], _middle_ms(visitor, told)) for size in SIZES]
    export = _exported(visitor, told["pages"]["year"][0][0], filled.web_pid)
    per_row, base = _line([(rows, _p50(visitor.times[path])) for path, rows in told["pages"]["province"]])
    every = [one for times in looks.values() for one in times]
    return {
        "p95_ms": percentile_ms(every, 0.95),
        "pages": {level: percentile_ms(times, 0.95) for level, times in looks.items()},
        "ceiling_p50_ms": percentile_ms(light, 0.5),
        "ratio_to_ceiling": round(percentile_ms(every, 0.5) / percentile_ms(light, 0.5), 2),
        "ms_by_messages_stored": dict(slope),
        "ms_per_10000_messages": round(_line(slope)[0] * 10_000, 2),
        "ms_per_row_shown": round(per_row, 3),
        "ms_without_rows": round(base, 1),
        **export,
    }


def _counted(filled: Filled) -> dict[str, Any]:
    """A day of all units counted; of both installations at the same time."""
    found = filled.worker.ask("roll-up")
    return {
        "roll_up_s": round(found["seconds"], 2),
        "roll_up_units": found["units"],
        "roll_up_messages": found["messages_in"],
    }


def _turns(paths: Sequence[tuple[str, int]], count: int) -> list[str]:
    return [paths[at % len(paths)][0] for at in range(count)]


def _middle_ms(visitor: "Visitor", told: dict[str, Any]) -> float:
    """The middle time of pages of all levels."""
    return _p50([one for level in LEVELS for one in visitor.look_at(_turns(told["pages"][level], SLOPE_LOOKS))])


def _exported(visitor: "Visitor", path: str, process_id: int) -> dict[str, Any]:
    """A province's year as CSV; memory is that of the web process before and after the second time."""
    visitor.look_at([path])
    before, started = rss_mb(process_id), time.perf_counter()
    rows = visitor.get(path).count(b"\n") - 1
    per_s = rows / (time.perf_counter() - started)
    return {"export_rows": rows, "export_rows_per_s": round(per_s), "export_rss_mb": [before, rss_mb(process_id)]}


def _p50(times_s: Sequence[float]) -> float:
    return round(median(times_s) * 1000, 2)


def _line(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Slope and height at zero of the straight line nearest to the points."""
    mean_x, mean_y = (sum(column) / len(points) for column in zip(*points, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0
    return slope, mean_y - slope * mean_x


class Visitor:
    """One signed-in officer on one connection; remembers the seconds of each address."""

    def __init__(self, port: int, cookie: str, period: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie, self.period = cookie, period
        self.times: dict[str, list[float]] = {}

    def look_at(self, paths: Sequence[str]) -> list[float]:
        """Seconds of each answer."""
        found = []
        self.connection.close()  # the server has closed it when it was idle for long; the next request opens one
        for path in paths:
            started = time.perf_counter()
            self.get(path)
            found.append(time.perf_counter() - started)
            self.times.setdefault(path, []).append(found[-1])
        return found

    def get(self, path: str) -> bytes:
        """The answer, read whole. Raises RuntimeError for any but 200."""
        address = path if path.startswith("/") else f"/console/figures/{path}&period={self.period}"
        self.connection.request("GET", address, headers={"Cookie": self.cookie})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{address} answered {answer.status} {answer.headers.get('Location', '')}")
        return body


if __name__ == "__main__":
    print(json.dumps(run(), indent=1))  # the same figures as `binhyen bench statistics --json`
