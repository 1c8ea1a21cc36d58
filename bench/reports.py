"""Complete reports with one photo each over HTTP, one web process, SQLite, beside the bare ceiling of the same run.

A report is the page for slow lines, looked at and sent: one GET and one POST, as the forms of other products.
`six_forms_per_s` is the same report on the six small pages, which most people see.
"""

import io
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from bench.hooks import running
from bench.installation import ROOT, Installation
from bench.measure import free_port, percentile_ms, rss_mb

UNITS = 40
"""Reports are spread over so many communes, since flood control lets 60 a minute through in each."""
TURN_S = 3.0
"""Seconds of each turn: two of the product, two of the ceiling, one of the six small pages."""
WARM_UP_S = 4.0
"""Long enough that the language model is there and every commune was asked for once."""
RATE_PER_S = 20
RATE_S = 7.0
CASE_LOOKS = 25


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one run of the load generator."""

    per_s: float
    answered: list[int]
    durations_s: list[float]
    refused: dict[str, int]


def run() -> dict[str, Any]:
    """Figures of one web process; memory before and after, so that it shows whether it is flat."""
    with tempfile.TemporaryDirectory(prefix="binhyen-bench-") as folder:
        installation = Installation(Path(folder) / "sqlite", "sqlite")
        installation.prepare()
        cookie = _worker(installation, "prepare", str(UNITS))["cookie"]
        photo = Path(folder) / "photo.jpg"
        photo.write_bytes(made_up_photo())
        return _measure(installation, photo, cookie)


def _measure(installation: Installation, photo: Path, cookie: str) -> dict[str, Any]:
    bare_port, numbers = free_port(), iter(range(0, 100_000, 10_000))
    bare = [sys.executable, "-m", "bench.bare_reports", "--port", str(bare_port)]
    product: list[Sent] = []
    ceiling: list[Sent] = []
    with installation.web() as web:
        send(installation.port, photo, next(numbers), seconds=WARM_UP_S)
        memory_mb = rss_mb(web.pid)
        with running(bare, installation.environment):
            time.sleep(1)
            for port, turns in ((installation.port, product), (bare_port, ceiling)) * 2:
                turns.append(send(port, photo, next(numbers), seconds=TURN_S))
        six_forms = send(installation.port, photo, next(numbers), seconds=TURN_S, in_six_forms=True)
        at_rate = send(installation.port, photo, next(numbers), seconds=RATE_S, rate=RATE_PER_S)
        memory_end_mb = rss_mb(web.pid)
        looks_s = list(_looks(installation, cookie))
    return _figures(product, ceiling, at_rate) | {
        "rss_mb": memory_end_mb,
        "rss_mb_start": memory_mb,
        "six_forms_per_s": round(six_forms.per_s, 1),
        "case_page_ms": percentile_ms(looks_s, 0.95),
        **_kept(installation, [*product, six_forms, at_rate]),
    }


def _figures(product: list[Sent], ceiling: list[Sent], at_rate: Sent) -> dict[str, Any]:
    per_s = sum(turn.per_s for turn in product) / len(product)
    ceiling_per_s = sum(turn.per_s for turn in ceiling) / len(ceiling)
    return {
        "reports_per_s": round(per_s, 1),
        "ceiling_per_s": round(ceiling_per_s, 1),
        "share_of_ceiling": round(per_s / ceiling_per_s, 3),
        "p50_ms": percentile_ms(at_rate.durations_s, 0.50),
        "p99_ms": percentile_ms(at_rate.durations_s, 0.99),
        "arrivals_per_s": RATE_PER_S,
        "reports": len(at_rate.answered) + sum(len(turn.answered) for turn in product),
        "refused": sum(sum(turn.refused.values()) for turn in [*product, at_rate]),
    }


def send(port: int, photo: Path, first: int, *, seconds: float, rate: float = 0, in_six_forms: bool = False) -> Sent:
    """Run the load generator in a process of its own; the reports are numbered from `first`."""
    command = [sys.executable, "-m", "bench.report_sender", "--port", str(port), "--photo", str(photo)]
    command += ["--units", str(UNITS), "--first", str(first), "--seconds", str(seconds), "--rate", str(rate)]
    command += ["--in-six-forms"] if in_six_forms else []
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=90)
    told = json.loads(done.stdout)
    per_s = len(told["answered"]) / told["elapsed_s"]
    return Sent(per_s, told["answered"], told["durations_s"], told["refused"])


def _looks(installation: Installation, cookie: str) -> Iterable[float]:
    """Seconds of opening one case with a long history, again and again; the first look is not counted."""
    path = _worker(installation, "case")["path"]
    with httpx.Client(base_url=f"http://127.0.0.1:{installation.port}", headers={"Cookie": cookie}) as officer:
        for look in range(CASE_LOOKS + 1):
            started = time.perf_counter()
            answer = officer.get(path)
            if answer.status_code != 200:
                raise RuntimeError(f"the case page answered {answer.status_code}")
            if look:
                yield time.perf_counter() - started


def _kept(installation: Installation, turns: list[Sent]) -> dict[str, int]:
    """Reports with a receipt that are not there with their photo, and those that are there twice."""
    told = _worker(installation, "stored")
    whole = set(told["numbers"]) - set(told["without_photo"])
    return {
        "lost": sum(number not in whole for turn in turns for number in turn.answered),
        "doubled": len(told["numbers"]) - len(set(told["numbers"])),
    }


def _worker(installation: Installation, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.report_worker", *arguments]
    done = subprocess.run(
        command, env=installation.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def made_up_photo() -> bytes:
    """A JPEG as a telephone sends it over a chat: 1280 x 960, about 200 kB."""
    small = Image.frombytes("RGB", (160, 120), random.Random(4).randbytes(160 * 120 * 3))
    out = io.BytesIO()
    small.resize((1280, 960), Image.Resampling.BICUBIC).save(out, "JPEG", quality=80)
    return out.getvalue()


if __name__ == "__main__":
    print(json.dumps(run(), indent=1))  # the same figures as `binhyen bench reports --json`
