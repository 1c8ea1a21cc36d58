"""Setting up the first unit by flags: clear words for what is wrong, nothing lost for what is right."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from binhyen.cli.init import ADDRESS_FORMS, command
from binhyen.units.models import Address


def init(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("BINHYEN_", "DJANGO_"))}
    environment |= {"BINHYEN_DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "binhyen.cli", "init", *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


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


@pytest.mark.slow
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


def test_what_is_missing_is_named_where_nobody_can_be_asked(tmp_path: Path) -> None:
    done = init(tmp_path, "--commune", "Thạch Hà", "--name", "Công an xã Thạch Hà")
    assert done.returncode == 2
    assert done.stderr.startswith("binhyen: --duty-phone is missing, and nobody is there to be asked.")
    assert done.stderr.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    done = init(file / "data", "--commune", "Thạch Hà", *RIGHT)
    assert done.returncode == 1
    assert f"The data folder {file / 'data'} cannot be made" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_wrong_number_is_named(tmp_path: Path) -> None:
    wrong = ["12" if part == "0239 3 000 000" else part for part in RIGHT]
    done = init(tmp_path, "--commune", "18562", *wrong)
    assert done.returncode == 2
    assert "'12' is not a telephone number" in done.stderr


@pytest.mark.parametrize(("option", "value"), [("--name", " \u200b "), ("--name", "x" * 121), ("--admin-name", "\n")])
def test_a_name_that_is_none_or_too_long_is_refused(tmp_path: Path, option: str, value: str) -> None:
    given = list(RIGHT)
    given[given.index(option) + 1] = value
    done = init(tmp_path / "data", "--commune", "18562", *given)
    assert done.returncode == 2
    assert done.stderr.startswith(f"binhyen: {option} has ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()


@pytest.mark.slow
def test_a_lost_key_ring_is_not_made_anew_over_stored_data(tmp_path: Path) -> None:
    assert init(tmp_path, "--commune", "18562", *RIGHT).returncode == 0
    ring = tmp_path / "keyring" / "root.key"
    aside = ring.rename(tmp_path / "root.key")
    again = init(tmp_path, "--commune", "18562", *RIGHT)
    assert again.returncode == 1
    assert "Restore it from its own backup" in again.stderr
    assert not ring.exists()
    aside.rename(ring)
    assert init(tmp_path, "--commune", "18562", *RIGHT).returncode == 0


def database(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "binhyen.sqlite3")


@pytest.mark.slow
def test_everything_can_be_given_at_once(tmp_path: Path) -> None:
    hamlets = tmp_path / "thon.csv"
    rows = "Tên thôn;Số hộ;Nhân khẩu\nĐông Tiến;214;800\nBuôn Ama;1.024;\nBắc;nhiều;\n;9;\n"
    hamlets.write_text(rows, encoding="utf8")
    done = init(
        tmp_path / "data", "--commune", "18562", *RIGHT, "--areas", str(hamlets), "--hours",
        "T2-T6 07:30-11:30, 13:30-17:00", "--hours", "T7 7h30-11h30", "--address", "Cạnh trạm y tế",
        "--address-form", "bạn", "--number", "Trưởng Công an xã=0912 000 000", "--no-api",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "2 hamlets taken" in done.stdout
    assert "row 4, 'nhiều' is no number" in done.stderr
    assert "row 5, the name is missing" in done.stderr
    with closing(database(tmp_path / "data")) as found:
        unit = found.execute("select street_address, address_form, has_api, office_hours from units_unit").fetchone()
        assert unit[:3] == ("Cạnh trạm y tế", "bạn", 0)
        assert "thứ Bảy" in unit[3]
        areas = found.execute("select name, local_kind, household_count from units_area order by id").fetchall()
        assert areas == [("Đông Tiến", "thôn", 214), ("Buôn Ama", "buôn", 1024)]
        assert found.execute("select title, phone from units_directoryentry").fetchall() == [
            ("Trưởng Công an xã", "0912000000")
        ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--hours", "thứ hai 7-11"), "'thứ hai 7-11' are no office hours"),
        (("--hours", "T2 7:00-11:00, 10:00-12:00"), "overlap"),
        (("--hours", "T2-CN nghỉ"), "No day is open"),
        (("--number", "0912000000"), "is no line of the directory"),
        (("--number", "Trưởng=12"), "'12' is not a telephone number"),
        (("--areas", "/khong/co.csv"), "/khong/co.csv cannot be read"),
        (("--areas", "bad.csv"), "names no hamlet that can be taken: row 2, 'nhiều' is no number"),
        (("--areas", "odd.pdf"), "neither CSV nor XLSX"),
        (("--address-form", "ông bà"), "'ông bà' is not one of"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    tmp_path: Path, monkeypatch, given: tuple[str, str], said: str
) -> None:
    (tmp_path / "bad.csv").write_text("Tên thôn;Số hộ\nThôn 2;nhiều\nTổng cộng;5\n", encoding="utf8")
    (tmp_path / "odd.pdf").write_bytes(b"%PDF-1.7")
    flag, value = given
    value = str(tmp_path / value) if (tmp_path / value).is_file() else value

    monkeypatch.setenv("BINHYEN_DATA_DIR", str(tmp_path / "data"))

    done = CliRunner().invoke(command, ["--commune", "18562", *RIGHT, flag, value])

    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.splitlines()[-1].startswith("Error: ")
    assert not (tmp_path / "data").exists()


def test_the_forms_of_address_are_those_of_the_units() -> None:
    assert set(ADDRESS_FORMS) == set(Address.values)
