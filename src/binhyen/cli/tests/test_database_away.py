"""A database that is missing, broken or away: one clear line from every command, and the mend from doctor."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

AWAY = "postgresql://binhyen:geheim@127.0.0.1:1/binhyen"


def run(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("BINHYEN_", "DJANGO_"))}
    environment |= {"BINHYEN_MODE": "demo", "BINHYEN_DATA_DIR": str(folder), "BINHYEN_SECRET_KEY": "x" * 50, **settings}
    command = [sys.executable, "-m", "binhyen.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [
        (("web", "--port", "18399"), {}),
        (("answer", "xin chào"), {}),
        (("worker",), {"BINHYEN_DATABASE": AWAY}),
        (("units", "list"), {"BINHYEN_DATABASE": AWAY}),
    ],
    ids=" ".join,
)
def test_a_command_says_it_in_one_line(tmp_path: Path, arguments: tuple[str, ...], settings: dict[str, str]) -> None:
    (tmp_path / "binhyen.sqlite3").write_bytes(b"no database at all" * 100)
    done = run(tmp_path, *arguments, **settings)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("binhyen: The database cannot be used: ")
    assert done.stderr.splitlines()[-1].endswith("See: binhyen doctor")
    assert "Traceback" not in done.stderr
    assert "geheim" not in done.stderr + done.stdout


def test_doctor_tells_a_missing_file_from_a_broken_one(tmp_path: Path) -> None:
    missing = run(tmp_path, "doctor")
    assert missing.returncode == 1
    assert f"{tmp_path}/binhyen.sqlite3 is missing" in missing.stdout
    assert "binhyen init" in missing.stdout
    assert not (tmp_path / "binhyen.sqlite3").exists()
    (tmp_path / "binhyen.sqlite3").write_bytes(b"no database at all" * 100)
    broken = run(tmp_path, "doctor")
    assert broken.returncode == 1
    assert "Bring the latest backup back: binhyen restore" in broken.stdout


def test_doctor_names_what_is_no_setting(tmp_path: Path) -> None:
    assert "BINHYEN_DATABSE in the environment is no setting" in run(tmp_path, "doctor", BINHYEN_DATABSE="x").stdout
