"""`binhyen bench`: names are known, and a bench without a whole run says so instead of pretending."""

from click.testing import CliRunner

from binhyen.cli.bench import command


def test_a_bench_without_a_whole_run_refuses_full() -> None:
    answer = CliRunner().invoke(command, ["send", "--full"])
    assert answer.exit_code == 2
    assert "no --full" in answer.output


def test_an_unknown_bench_is_named() -> None:
    answer = CliRunner().invoke(command, ["everything"])
    assert answer.exit_code == 2
    assert "outreach" in answer.output
