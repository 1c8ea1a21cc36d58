"""Many workers on one queue: every job once, every lane in order (every engine)."""

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from bench.installation import ROOT, Installation
from bench.postgresql import fresh_database

pytestmark = pytest.mark.slow

LANES, EACH, WORKERS = 5, 120, 4
FILL = """
import django
django.setup()
from binhyen.jobs.contract import NewJob
from binhyen.jobs.queue import job_queue
jobs = [NewJob("intake", "call.test", b"", f"{n:05d}", f"lane{n % LANES}") for n in range(LANES * EACH)]
job_queue().append(jobs)
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql", "jetstream"])
def test_every_job_once_and_every_lane_in_order(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    installation = Installation(tmp_path, "sqlite")
    if kind == "postgresql":
        installation.database = fresh_database(request.getfixturevalue("postgresql_url"), "many_workers")
    if kind == "jetstream":
        installation.nats_url = request.getfixturevalue("fresh_nats_url")
    installation.prepare()
    environment = installation.environment
    fill = FILL.replace("LANES", str(LANES)).replace("EACH", str(EACH))
    subprocess.run([sys.executable, "-c", fill], env=environment, cwd=ROOT, check=True)
    command = [sys.executable, "-m", "bench.lane_worker"]
    workers = [
        subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(WORKERS)
    ]
    outputs = [worker.communicate(timeout=90)[0].splitlines() for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * WORKERS
    assert sum(bool(output) for output in outputs) > 1, "the workers never met"
    lanes: dict[str, list[str]] = defaultdict(list)
    for line in sorted((line for output in outputs for line in output), key=lambda line: int(line.split()[0])):
        _, lane, key = line.split()
        lanes[lane].append(key)
    assert {lane: len(keys) for lane, keys in lanes.items()} == {f"lane{n}": EACH for n in range(LANES)}
    assert all(keys == sorted(keys) for keys in lanes.values())
