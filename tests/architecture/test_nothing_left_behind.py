"""What the tests write is gone when they end, also when they fail; who names a folder keeps it."""

import os
import subprocess
import sys
from pathlib import Path

FAILING_RUN = "import binhyen.settings_test, os; print(os.environ['BINHYEN_DATA_DIR']); raise AssertionError"


def folder_of_a_failing_run(**more: str) -> Path:
    surroundings = {name: value for name, value in os.environ.items() if name not in ("BINHYEN_DATA_DIR", "TMPDIR")}
    surroundings.pop("PYTEST_XDIST_WORKER", None)
    run = subprocess.run(
        [sys.executable, "-c", FAILING_RUN], env=surroundings | more, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    return Path(run.stdout.strip())


def test_a_run_that_fails_removes_its_folder(tmp_path):
    folder = folder_of_a_failing_run(TMPDIR=str(tmp_path))
    assert folder.parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_a_named_folder_is_kept(tmp_path):
    assert folder_of_a_failing_run(BINHYEN_DATA_DIR=str(tmp_path)).exists()
