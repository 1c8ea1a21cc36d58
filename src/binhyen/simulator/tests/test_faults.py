"""Faults on demand, as the caller sees them, and whether the call acted."""

import time

import httpx
import pytest

from binhyen.simulator.tests.driver import HOA, Driver

PATH = "/v3.0/oa/message/cs"


@pytest.fixture
def page(sim: Driver) -> Driver:
    """A page that may send."""
    sim.say()
    sim.sign_in()
    return sim


def attempt(page: Driver, timeout_s: float = 5.0) -> httpx.Response:
    """Send one text, whatever happens."""
    body = {"recipient": {"user_id": HOA}, "message": {"text": "a"}}
    return page.http.post(PATH, json=body, headers={"access_token": page.token}, timeout=timeout_s)


@pytest.mark.parametrize(("when", "sent"), [("before", 0), ("after", 1)])
@pytest.mark.parametrize("kind", ["drop", "reset", "hang"])
def test_connection_lost_before_or_after_acting(page: Driver, kind: str, when: str, sent: int) -> None:
    page.do("faults", path=PATH, kind=kind, when=when, seconds=0.05)
    with pytest.raises(httpx.TransportError):
        attempt(page)
    assert len(page.messages()) == sent
    assert attempt(page).json()["error"] == 0


def test_reset_is_a_reset(page: Driver) -> None:
    page.do("faults", path=PATH, kind="reset")
    with pytest.raises(httpx.ReadError):
        attempt(page)


def test_hanging_call_runs_into_the_callers_time_limit(page: Driver) -> None:
    page.do("faults", path=PATH, kind="hang", when="after", seconds=2)
    with pytest.raises(httpx.ReadTimeout):
        attempt(page, timeout_s=0.1)
    assert len(page.messages()) == 1


def test_slow_answer_is_true(page: Driver) -> None:
    page.do("faults", path=PATH, kind="slow", seconds=0.1)
    started = time.perf_counter()
    assert attempt(page).json()["error"] == 0
    assert time.perf_counter() - started >= 0.1


def test_server_error_is_html(page: Driver) -> None:
    page.do("faults", path=PATH, kind="http", status=503, when="after")
    answer = attempt(page)
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "text/html"
    assert len(page.messages()) == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_cut_json(page: Driver, when: str) -> None:
    page.do("faults", path=PATH, kind="wrong_json", when=when)
    answer = attempt(page)
    assert answer.status_code == 200
    with pytest.raises(ValueError, match=r"delimiter|Unterminated|Expecting"):
        answer.json()


def test_count_skip_and_path(page: Driver) -> None:
    page.do("faults", path="/v3.0/oa/message", kind="http", skip=1, count=2)
    assert [attempt(page).status_code for _ in range(4)] == [200, 502, 502, 200]
    page.do("faults", path="*", kind="http")
    assert page.http.get("/v2.0/oa/getoa", headers={"access_token": page.token}).status_code == 502


def test_several_at_once_and_cleared(page: Driver) -> None:
    page.do("faults", faults=[{"path": PATH, "kind": "http"}, {"path": PATH, "kind": "error", "code": -200}])
    assert attempt(page).status_code == 502
    assert len(page.http.get("/_sim/faults").json()["faults"]) == 1
    page.http.delete("/_sim/faults")
    assert attempt(page).json()["error"] == 0
