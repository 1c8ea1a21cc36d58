"""Reading recorded calls: both shapes of a recording, what is odd is named."""

import json
from pathlib import Path

import pytest

from binhyen.cli.main import main
from binhyen.inbox.tests.factories import make_house

FOLLOW = {"oa_id": "1", "follower": {"id": "2"}, "event_name": "follow", "app_id": "3", "timestamp": "1795137510210"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        json.dumps(FOLLOW) + "\n",
        json.dumps([FOLLOW]),
        json.dumps([{"event": "follow", "body": FOLLOW}]),
        json.dumps({"event": "follow", "body": FOLLOW}),
        "\ufeff" + json.dumps(FOLLOW),
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
    [
        ('{"a": 1}\n{"b"\n', "line 2"),
        ("[1]", "entry 1"),
        ("[", "not a JSON list"),
        ("\n", "no call"),
        ("[]", "no call"),
    ],
)
def test_what_is_no_object_is_named(
    content: str, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "calls.json"
    file.write_text(content)
    assert main(["replay", str(file)]) == 2
    assert named in capsys.readouterr().err


def test_a_connector_that_does_not_exist_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "calls.json"
    file.write_text(json.dumps(FOLLOW))
    assert main(["replay", str(file), "--connector", "pigeon"]) == 2
    assert "zalo_oa" in capsys.readouterr().err


@pytest.mark.django_db
def test_what_is_left_out_when_storing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = make_house().zalo.external_id
    talk = {"oa_id": page, "sender": {"id": "2"}, "recipient": {"id": "g"}, "event_name": "user_send_group_text"}
    calls = [{**FOLLOW, "oa_id": page}, FOLLOW, {**talk, "message": {"msg_id": "a", "text": "chuyện riêng"}}, {"a": 1}]
    file = tmp_path / "calls.json"
    file.write_text(json.dumps(calls))
    left_out = {f"left out, {why}": 1 for why in ("no event", "unknown page", "never kept by rule")}
    for counted in ({"stored": 1, "repeated": 0}, {"stored": 0, "repeated": 1}):
        assert main(["replay", str(file), "--store", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told == {"Followed": 2, "Ignored": 1, "Unknown": 1, **counted, **left_out}
