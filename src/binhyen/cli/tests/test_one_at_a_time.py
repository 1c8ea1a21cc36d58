"""Two demos never share a data folder: the second one says where the first runs; a killed one holds nothing."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from binhyen.cli.main import main
from binhyen.cli.one_at_a_time import only_one

WHERE = "http://127.0.0.1:8123/ (process 7)"
HOLDER = """
import sys
from pathlib import Path
from binhyen.cli.one_at_a_time import only_one
with only_one(Path(sys.argv[1]), sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path):
    """Another process that holds the folder's mark."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "demo"), WHERE]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_the_second_demo_says_where_the_first_one_is(holder, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "letters").write_text("keep me")

    code = main(["demo", "--data-dir", str(tmp_path), "--reset"])

    said = capsys.readouterr().err
    assert code == 1
    assert said.count("\n") == 1
    assert f"already runs on {tmp_path}: {WHERE}" in said
    assert "--data-dir" in said
    assert (tmp_path / "letters").exists(), "nothing is thrown away under a running demo"


def test_a_killed_demo_holds_nothing(holder, tmp_path: Path):
    with pytest.raises(click.ClickException), only_one(tmp_path / "demo", "second"):
        pass
    holder.kill()
    holder.wait()
    with only_one(tmp_path / "demo", "third"):
        assert (tmp_path / "demo").read_text() == "third"
