"""Signatures of webhooks over raw bytes, against vectors made independently."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from binhyen.simulator.tests.driver import APP, APP_SECRET, OA, OA_2, Driver, mac
from binhyen.simulator.webhooks import signature

VECTORS = json.loads((Path(__file__).parent / "signature_vectors.json").read_text(encoding="utf-8"))
NAMES = [vector["name"] for vector in VECTORS]


@pytest.mark.parametrize("vector", VECTORS, ids=NAMES)
def test_vectors(vector: dict[str, Any]) -> None:
    made = signature(
        vector["app_id"], vector["raw_body"].encode(), vector["timestamp"], vector["oa_secret_key"]
    ).removeprefix("mac=")
    given = vector["header"].get("X-ZEvent-Signature", "").removeprefix("mac=")
    assert (made == given) is vector["valid"]


def test_delivered_bytes_carry_a_true_signature(sim: Driver) -> None:
    sim.say("Đăng ký tạm trú cần gì ạ? 😀")
    headers, raw = sim.receiver.got[0]
    assert headers["x-zevent-signature"] == mac(raw)
    assert headers["content-type"] == "application/json"
    assert "Đăng ký".encode() in raw


def test_each_page_signs_with_its_own_key(sim: Driver) -> None:
    sim.do("say", user_id="7000000000100000011", text="chào", oa_id=OA_2)
    headers, raw = sim.receiver.got[0]
    assert headers["x-zevent-signature"] == mac(raw, secret="OaSecretKeyForTests02")


@pytest.mark.parametrize(("form", "has"), [("spaced", b'": "'), ("escaped", b"\\u1ecf")])
def test_other_forms_of_json_sign_their_own_bytes(sim: Driver, form: str, has: bytes) -> None:
    sim.do("settings", webhook_json=form)
    sim.say("hỏi")
    headers, raw = sim.receiver.got[0]
    assert has in raw
    assert headers["x-zevent-signature"] == mac(raw)


def test_variants_of_key_and_first_term(sim: Driver) -> None:
    sim.do("settings", webhook_key="app_secret", mac_first_term="oa_id")
    sim.say()
    headers, raw = sim.receiver.got[0]
    assert headers["x-zevent-signature"] == mac(raw, first=OA, secret=APP_SECRET)


def test_event_can_go_out_unsigned_or_wrongly_signed(sim: Driver) -> None:
    sim.do("event", event_name="user_send_text", body={"oa_id": OA}, signature="")
    sim.do("event", event_name="user_send_text", body={"oa_id": OA}, signature="mac=00")
    assert "x-zevent-signature" not in sim.receiver.got[0][0]
    assert sim.receiver.got[1][0]["x-zevent-signature"] == "mac=00"
    assert sim.receiver.events[0]["app_id"] == APP


def test_timestamp_as_number_is_signed_as_its_digits(sim: Driver) -> None:
    sim.do("settings", timestamp_form="number")
    sim.say()
    headers, raw = sim.receiver.got[0]
    assert isinstance(json.loads(raw)["timestamp"], int)
    assert headers["x-zevent-signature"] == mac(raw)


def test_lone_surrogates_travel_escaped(sim: Driver) -> None:
    answer = sim.http.post("/_sim/say", content=b'{"user_id":"7000000000000000011","text":"a\\ud800b"}')
    assert answer.json()["http_status"] == 200
    headers, raw = sim.receiver.got[0]
    assert b"\\ud800" in raw
    assert headers["x-zevent-signature"] == mac(raw)


def test_raw_bytes_go_out_as_they_are(sim: Driver) -> None:
    sim.do("raw", base64="/wAB", headers={"X-ZEvent-Signature": "mac=11"})
    headers, raw = sim.receiver.got[0]
    assert hashlib.sha256(raw).digest() == hashlib.sha256(b"\xff\x00\x01").digest()
    assert headers["x-zevent-signature"] == "mac=11"
