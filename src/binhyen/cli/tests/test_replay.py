"""Reading recorded calls: both shapes of a recording, what is odd is named."""

import json
from pathlib import Path

import pytest

from binhyen.cli.main import main

FOLLOW = {"oa_id": "1", "follower": {"id": "2"}, "event_name": "follow", "app_id": "3", "timestamp": "1795137510210"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        json.dumps(FOLLOW) + "\n",
        json.dumps([FOLLOW]),
        json.dumps([{"event": "follow", "body": FOLLOW}]),
        json.dumps({"event": "follow", "body": FOLLOW}),
    ],
)
def test_a_recording_is_read_by_line_or_as_a_list(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "calls.json"
    file.write_text(content)
    assert main(["replay", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"Followed": 1}


@pytest.mark.parametrize(
    ("content", "named"),
    [('{"a": 1}\n{"b"\n', "line 2"), ("[1]", "entry 1"), ("[", "not a JSON list"), ("\n", "no call")],
)
def test_what_is_no_object_is_named(
    content: str, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "calls.json"
    file.write_text(content)
    assert main(["replay", str(file)]) == 2
    assert named in capsys.readouterr().err
