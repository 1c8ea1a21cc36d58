"""The console's live stream over real HTTP, from the web process an installation runs."""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from bench.installation import ROOT, Installation

from binhyen.console.tests.factories import PASSWORD, shown_code

pytestmark = pytest.mark.slow

EVENTS = "/console/events"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = Installation(tmp_path_factory.mktemp("console-live"), "sqlite")
    made.prepare()
    with made.web():
        yield made


def rows(installation: Installation, *arguments: str) -> str:
    """Write rows from a process of its own."""
    command = [sys.executable, "-m", "tests.flows.console_rows", *arguments]
    done = subprocess.run(
        command, env=installation.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def browser(installation: Installation, request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """Signed in as an officer of its own, by password and code."""
    username = request.node.name[:40]
    rows(installation, "officer", username)
    with httpx.Client(base_url=f"http://127.0.0.1:{installation.port}", timeout=20) as client:
        client.get("/console/sign-in/").raise_for_status()
        post(client, "/console/sign-in/", login=username, password=PASSWORD)
        assert post(client, "/console/sign-in/code/", code=shown_code()).headers["location"] == "/console/"
        yield client


def post(client: httpx.Client, path: str, **form: str) -> httpx.Response:
    """A form as a browser posts it."""
    token = {"csrfmiddlewaretoken": client.cookies["csrftoken"]}
    answer = client.post(path, data=form | token, headers={"Origin": str(client.base_url).rstrip("/")})
    assert answer.status_code == 302, answer.text
    return answer


def until(lines: Iterator[str], wanted: str) -> str:
    """The data of the next event of this kind."""
    for line in lines:
        if line == f"event: {wanted}":
            return next(lines).removeprefix("data: ")
    raise AssertionError(f"the stream ended without {wanted}")


def test_a_message_arrives_as_an_event_within_seconds_and_names_ids_only(
    installation: Installation, browser: httpx.Client
) -> None:
    with browser.stream("GET", EVENTS) as stream:
        assert stream.status_code == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()
        assert next(lines) == "retry: 5000"
        arrived = rows(installation, "arrive", "bí mật của người dân")
        started = time.monotonic()
        found = until(lines, "inbox")

    assert json.loads(found) == {"conversations": [arrived]}
    assert time.monotonic() - started < 15  # well before the polling fallback would bring it


def test_nobody_listens_signed_out(installation: Installation) -> None:
    address = f"http://127.0.0.1:{installation.port}{EVENTS}"

    assert httpx.get(address).status_code == 401
    assert httpx.get(address, cookies={"sessionid": "x" * 32}).status_code == 401


def test_an_officer_has_three_streams_and_a_closed_one_makes_room(browser: httpx.Client) -> None:
    with contextlib.ExitStack() as open_streams:
        first, *_ = [open_streams.enter_context(browser.stream("GET", EVENTS)) for _ in range(3)]
        assert browser.get(EVENTS).status_code == 429
        first.close()
        deadline = time.monotonic() + 10
        while (status := status_of(browser)) != 200:
            assert status == 429
            assert time.monotonic() < deadline


def status_of(browser: httpx.Client) -> int:
    with browser.stream("GET", EVENTS) as stream:
        return stream.status_code


def test_the_stream_ends_with_the_session(browser: httpx.Client) -> None:
    with browser.stream("GET", EVENTS) as stream:
        lines = stream.iter_lines()
        assert next(lines) == "retry: 5000"
        post(browser, "/console/sign-out/")
        until(lines, "ended")
        assert [line for line in lines if line] == []

    assert browser.get(EVENTS).status_code == 401


def test_the_server_logs_neither_the_message_nor_an_error(installation: Installation) -> None:
    log = Path(installation.data_dir, "web.log").read_text(encoding="utf8")

    assert "bí mật" not in log
    assert "Traceback" not in log
