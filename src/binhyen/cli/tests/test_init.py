"""Setting up the first unit by flags: clear words for what is wrong, nothing lost for what is right."""

import os
import subprocess
import sys
from pathlib import Path


def init(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("BINHYEN_", "DJANGO_"))}
    environment |= {"BINHYEN_DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "binhyen.cli", "init", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


RIGHT = (
    "--name",
    "Công an xã Thạch Hà",
    "--duty-phone",
    "0239 3 000 000",
    "--admin",
    "quang",
    "--admin-name",
    "Đ/c Quang",
)


def test_the_first_unit_and_administrator_are_set_up_and_invited(tmp_path: Path) -> None:
    done = init(tmp_path, "--commune", "Thạch Hà", *RIGHT)
    assert done.returncode == 0, done.stderr
    assert "Công an xã Thạch Hà is ready" in done.stdout
    assert "/console/" in done.stdout
    assert (tmp_path / "keyring" / "root.key").stat().st_mode & 0o077 == 0


def test_an_old_name_that_fits_several_communes_lists_their_codes(tmp_path: Path) -> None:
    done = init(tmp_path, "--commune", "Tân Thành", *RIGHT)
    assert done.returncode == 2
    assert "Give the code of one" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_wrong_number_is_named(tmp_path: Path) -> None:
    wrong = ["12" if part == "0239 3 000 000" else part for part in RIGHT]
    done = init(tmp_path, "--commune", "18562", *wrong)
    assert done.returncode == 2
    assert "'12' is not a telephone number" in done.stderr
