"""Long commands say how far they are, and Ctrl+C ends them with the way to go on."""

from collections.abc import Iterator
from datetime import date, timedelta

import click
import pytest

from binhyen.cli.main import main, root
from binhyen.cli.progress import show_days

FIRST = date(2026, 1, 1)


def days(count: int, stopped_at: int = 0) -> Iterator[date]:
    for number in range(count):
        if stopped_at and number == stopped_at:
            raise KeyboardInterrupt
        yield FIRST + timedelta(days=number)


def test_a_log_gets_few_lines_and_the_last_day(capsys):
    show_days("dak-lak", days(100), 100)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 25
    assert lines[-1] == "dak-lak 10/04/2026 100/100"


def test_ctrl_c_tells_how_to_go_on_and_ends_as_shells_know_it(capsys, monkeypatch):
    @click.command()
    def stopped() -> None:
        show_days("dak-lak", days(9, stopped_at=3), 9)

    monkeypatch.setattr(root, "get_command", lambda _context, _name: stopped)
    assert main(["stopped"]) == 130
    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == "dak-lak 03/01/2026 3/9"
    assert said.err == "binhyen: stopped; run the same command to go on.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("load-nation", "--communes", "0"),
        ("load-nation", "--communes", "3322"),
        ("load-nation", "--years", "hai"),
        ("load-nation", "thua"),
        ("load-case",),
        ("load-case", "ha-noi"),
        ("load-case", "dak-lak", "--every", "0"),
    ],
)
def test_wrong_arguments_give_one_line_and_two(arguments, capsys):
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith("binhyen: ")
    assert said.count("\n") == 1
    assert "--help" in said
