"""The simulator as a process: what it prints and that it stops."""

import json
import signal
import subprocess
import sys

import httpx
import pytest


def test_starts_announces_and_stops() -> None:
    command = [sys.executable, "-m", "binhyen.simulator", "--port", "0", "--json", "--set", "echoes=false"]
    command += ["--webhook-url", "http://127.0.0.1:1/hooks/zalo_oa/a", "--page", "2000000000000000005,KeyOfTests,Xã B"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        told = json.loads(process.stdout.readline())
        assert told["webhook"] == "http://127.0.0.1:1/hooks/zalo_oa/a"
        assert [page["name"] for page in told["pages"]][1] == "Xã B"
        assert httpx.get(told["phone"]).status_code == 200
        assert httpx.get(told["simulator"] + "/_sim/settings").json()["echoes"] is False
        said = httpx.post(told["simulator"] + "/_sim/say", json={"user_id": "7000000000000000011", "text": "a"})
        assert said.json()["problem"] == "connection failed"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


@pytest.mark.parametrize("option", [["--page", "x"], ["--set", "colour=1"], ["--package", "gold"], ["--port", "x"]])
def test_wrong_options_say_one_thing_and_end_with_2(option: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "binhyen.simulator", *option], capture_output=True, text=True, check=False, timeout=20
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_state_file_keeps_tokens_windows_and_chats(tmp_path) -> None:
    file = tmp_path / "simulator.json"
    command = [sys.executable, "-m", "binhyen.simulator", "--port", "0", "--json", "--state-file", str(file)]
    answers = []
    for turn in range(2):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            base = json.loads(process.stdout.readline())["simulator"]
            if not turn:
                token = httpx.post(base + "/_sim/tokens", json={}).json()["access_token"]
                httpx.post(base + "/_sim/say", json={"user_id": "7000000000000000011", "text": "hôm qua"})
                half = rb'{"user_id": "7000000000000000011", "text": "n\ud83ba"}'  # half a surrogate pair is kept too
                httpx.post(base + "/_sim/say", content=half)
            body = {"recipient": {"user_id": "7000000000000000011"}, "message": {"text": f"lần {turn}"}}
            sent = httpx.post(base + "/v3.0/oa/message/cs", json=body, headers={"access_token": token}).json()
            answers.append((sent["error"], sent["data"]["message_id"]))
            chat = httpx.get(base + "/phone").text
            rows = httpx.get(base + "/_sim/messages").json()["messages"]
            process.send_signal(signal.SIGTERM)
            process.wait(10)
    assert [code for code, _id in answers] == [0, 0]
    assert answers[0][1] != answers[1][1]
    assert "hôm qua" in chat
    assert "lần 0" in chat
    assert [(row["n"], row["text"]) for row in rows] == [(1, "lần 0"), (2, "lần 1")]
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "{}", "no JSON", '{"message_n": "x"}'])
def test_a_state_file_that_cannot_be_read_is_set_aside(tmp_path, content: str) -> None:
    file = tmp_path / "simulator.json"
    file.write_text(content)
    command = [sys.executable, "-m", "binhyen.simulator", "--port", "0", "--json", "--state-file", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        base = json.loads(process.stdout.readline())["simulator"]
        assert httpx.get(base + "/phone").status_code == 200
        process.send_signal(signal.SIGTERM)
        _, complaint = process.communicate(timeout=10)
    assert complaint.count("\n") == 1
    assert "cannot be read" in complaint
    assert file.with_suffix(".unreadable").read_text() == content
    assert json.loads(file.read_text())["message_n"] == 0
