"""What is wrong in a control call is said with 400, changes nothing and never stops the simulator."""

import json
from typing import Any

import pytest

from binhyen.simulator.tests.driver import HOA, OA, OA_2, Driver

WRONG_SAYS: list[dict[str, Any]] = [
    {"user_id": HOA, "text": "a", "quote_msg_id": 7},
    {"user_id": HOA, "image": "expierd"},
    {"user_id": HOA, "image": 5},
    {"user_id": HOA, "sticker": "huge"},
    {"user_id": HOA, "text": "a", "oa_id": OA_2},
    {"anonymous_id": HOA, "text": "a"},
    {"anonymous_id": 5, "text": "a"},
    {"anonymous_id": "", "text": "a"},
    {"anonymous_id": "a1", "conversation_id": 5, "text": "a"},
]
WRONG = [
    ("pages", {"package": "gold"}),
    ("pages", {"is_disabled": "yes"}),
    ("pages", {"quota_total": -1}),
    ("residents", {"user_id": HOA, "name": 5}),
    ("residents", {"user_id": HOA, "is_banned": "no"}),
    ("clock", {"advance_s": 1e300}),
    ("clock", {"advance_s": "soon"}),
    ("settings", {"webhook_url": 5}),
    ("settings", {"webhook_url": "http://["}),
    ("settings", {"webhook_url": "nowhere"}),
    ("faults", {"path": "*", "kind": "error", "code": -99999}),
    ("faults", {"path": "*", "kind": "error", "code": -201, "variant": 1}),
]


@pytest.mark.parametrize("body", WRONG_SAYS, ids=str)
def test_a_wrong_message_is_refused(sim: Driver, body: dict[str, Any]) -> None:
    before = sim.http.get("/_sim/state").json()["messages"]
    answer = sim.http.post("/_sim/say", json=body)
    assert answer.status_code == 400
    assert len(answer.json()["error"]) > 10
    assert sim.http.get("/_sim/state").json()["messages"] == before
    assert not sim.receiver.got


@pytest.mark.parametrize(("call", "body"), WRONG, ids=str)
def test_a_wrong_change_is_refused(sim: Driver, call: str, body: dict[str, Any]) -> None:
    answer = sim.http.post(f"/_sim/{call}", content=json.dumps(body))
    assert answer.status_code == 400
    assert len(answer.json()["error"]) > 10
    assert sim.do("pages")["package"] == "comprehensive"
    assert sim.http.get("/_sim/faults").json() == {"faults": []}
    sim.say()
    assert sim.receiver.names == ["user_send_text"]


@pytest.mark.parametrize("call", ["messages", "group_messages", "deliveries"])
@pytest.mark.parametrize("since", ["", "x", "-1", "²", "1e3"])
def test_a_wrong_number_is_refused(sim: Driver, call: str, since: str) -> None:
    assert sim.http.get(f"/_sim/{call}", params={"since": since}).json() == {"error": "since must be a number"}


def test_json_nested_too_deep_is_refused(sim: Driver) -> None:
    answer = sim.http.post("/_sim/say", content="[" * 100_000)
    assert (answer.status_code, answer.json()) == (400, {"error": "the body is nested too deep"})


def test_an_anonymous_person_may_begin_another_conversation(sim: Driver) -> None:
    for body in ({}, {"conversation_id": "c9"}, {}):
        sim.do("say", anonymous_id="a1", text="a", **body)
    assert [event["message"]["conversation_id"] for event in sim.receiver.events] == ["ca1", "c9", "c9"]
    sim.sign_in()
    for chat, code in (("ca1", 0), ("c9", 0), ("c8", -201)):
        body = {"recipient": {"anonymous_id": "a1", "conversation_id": chat}, "message": {"text": "Chào"}}
        assert sim.http.post("/v2.0/oa/message", json=body, headers={"access_token": sim.token}).json()["error"] == code
    assert sim.http.post("/_sim/say", json={"user_id": "1", "text": "a", "oa_id": OA}).status_code == 200
