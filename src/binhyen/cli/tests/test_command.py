"""The command: readable help, one clear line and exit 2 for wrong arguments."""

import json
import socket
from pathlib import Path

import pytest

from binhyen.cli.main import main
from binhyen.core.configuration import configuration


def test_help_is_grouped(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for word in ("Try:", "Run:", "Look after:", "Measure:", "demo", "doctor", "evaluate-pii", "bench"):
        assert word in shown


def test_no_arguments_show_the_help_with_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    shown = capsys.readouterr().err.splitlines()
    assert shown[0].startswith("Usage: binhyen")
    assert "Look after:" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["unknown"],
        ["demo", "--port", "0"],
        ["demo", "--port", "http"],
        ["answer"],
        ["answer", " "],
        ["evaluate", "/nowhere.jsonl"],
        ["evaluate"],
        ["bench", "everything"],
        ["replay", "/nowhere.jsonl"],
        ["--colour"],
    ],
)
def test_wrong_arguments_give_one_line_and_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("binhyen: ")
    assert shown.err.count("\n") == 1


def test_a_malformed_row_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "messages.jsonl"
    file.write_text('{"id": "1", "text": "xin chào", "kind": "greeting", "procedure": null, "also": []}\n{"id": 2\n')
    assert main(["evaluate", str(file), "--json"]) == 2
    assert "line 2" in capsys.readouterr().err


@pytest.mark.django_db
def test_answer_prints_what_a_resident_would_get(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["answer", "đăng ký tạm trú cần giấy tờ gì", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["procedure"] == "dang-ky-tam-tru"
    assert "CT01" in shown["replies"][0]["text"]


@pytest.mark.parametrize("short", ["import", "export"])
def test_the_short_names_of_the_configuration_commands_are_understood(short: str, capsys: pytest.CaptureFixture[str]):
    assert [main([name, "--help"]) for name in (short, f"{short}-configuration")] == [0, 0]
    one, other = capsys.readouterr().out.replace("-configuration", "").split("Usage: ")[1:]
    assert one == other


def test_serve_says_once_what_no_new_start_can_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BINHYEN_MODE", "production")
    monkeypatch.setenv("BINHYEN_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("BINHYEN_SECRET_KEY", raising=False)
    configuration.cache_clear()
    try:
        assert main(["serve"]) == 1
    finally:
        monkeypatch.undo()
        configuration.cache_clear()
    assert capsys.readouterr().err.startswith("binhyen: BINHYEN_SECRET_KEY is missing")


def test_serve_names_a_port_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 1
    assert capsys.readouterr().err == f"binhyen: Port {port} is in use. Choose another: binhyen serve --port 8100\n"
