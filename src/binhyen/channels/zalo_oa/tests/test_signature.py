"""Which webhook calls count as authentic."""

import hashlib
import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from binhyen.channels.connector import Call, Forged, Genuine, Probe
from binhyen.channels.zalo_oa.connector import ZaloOa
from binhyen.channels.zalo_oa.signature import mac_of
from binhyen.channels.zalo_oa.tests.calls import (
    APP_ID,
    KEYS,
    PAGE,
    RESIDENT,
    SAMPLES,
    VECTORS,
    at_ms,
    body_of,
    signed,
    signed_event,
    text_event,
)

SENT_MS = 1795136437007
verify = ZaloOa().verify


def test_there_are_ten_vectors():
    assert len(VECTORS) == 10


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_vector(vector):
    headers = {name.lower(): value for name, value in vector["header"].items()}
    call = Call(vector["raw_body"].encode(), headers, at_ms(int(vector["timestamp"]) + 1000))
    keys = {"app_id": vector["app_id"], "oa_secret_key": vector["oa_secret_key"]}
    verdict = verify(call, keys)
    assert isinstance(verdict, Genuine) is vector["valid"]
    assert isinstance(verdict, Probe) is (not vector["header"])


def test_page_person_and_identity_of_a_text():
    verdict = verify(signed_event(text_event()), KEYS)
    assert verdict == Genuine(verdict.key, RESIDENT, PAGE)
    assert len(verdict.key) == 64


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["event"])
def test_every_sample_names_its_page(sample):
    verdict = verify(signed_event(sample["body"]), KEYS)
    assert isinstance(verdict, Genuine)
    assert verdict.account == PAGE


def test_every_sample_has_its_own_identity():
    assert len({verify(signed_event(sample["body"]), KEYS).key for sample in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("name", ["user_send_text", "oa_send_text"])
def test_the_key_of_a_message_is_the_same_in_every_release(name: str) -> None:
    """A delivery that is repeated across an upgrade must still be recognised."""
    event = {"event_name": name, "oa_id": PAGE, "message": {"msg_id": "a.B-1:2_3"}, "timestamp": str(SENT_MS)}
    written = json.dumps(["message", PAGE, "a.B-1:2_3"])
    assert verify(signed_event(event), KEYS).key == hashlib.sha256(written.encode()).hexdigest()


def test_a_number_as_time_stamp_and_ids_as_numbers():
    event = text_event(timestamp=SENT_MS, sender={"id": int(RESIDENT)}, recipient={"id": int(PAGE)})
    verdict = verify(signed_event(event), KEYS)
    assert (verdict.lane, verdict.account) == (RESIDENT, PAGE)


def test_a_repeat_has_the_same_identity():
    first = verify(signed_event(text_event()), KEYS)
    repeat = verify(signed_event(text_event(), at_ms(SENT_MS + 3_600_000), num_retry="5"), KEYS)
    assert repeat == first


@pytest.mark.parametrize(
    ("minutes", "headers", "expected"),
    [
        (4, {}, "fresh"),
        (6, {}, "stale"),
        (6, {"num_retry": "1"}, "fresh"),
        (6, {"num_retry": "x"}, "stale"),
        (149, {"num_retry": "5"}, "fresh"),
        (151, {"num_retry": "5"}, "late"),
        (23 * 60, {"num_retry": "5"}, "late"),
        (25 * 60, {"num_retry": "5"}, "stale"),
        (-10, {}, "fresh"),
        (-3000, {}, "late"),
    ],
)
def test_age(minutes, headers, expected):
    call = signed_event(text_event(), at_ms(SENT_MS) + timedelta(minutes=minutes), **headers)
    verdict = verify(call, KEYS)
    if expected == "stale":
        assert verdict == Forged("stale")
    else:
        assert verdict.is_late is (expected == "late")


def test_first_term_may_be_the_page_by_setting_only():
    body = body_of(text_event())
    mac = mac_of(PAGE, body, str(SENT_MS), KEYS["oa_secret_key"])
    call = Call(body, {"x-zevent-signature": f"mac={mac}"}, at_ms(SENT_MS))
    assert verify(call, KEYS) == Forged("bad_signature")
    assert isinstance(verify(call, {**KEYS, "mac_first_term": "oa_id"}), Genuine)


def test_app_secret_counts_only_while_it_is_allowed_and_is_reported(caplog):
    body, own_app = body_of(text_event()), "an application no other test has"  # it is told once a process
    keys = {**KEYS, "app_id": own_app}
    mac = mac_of(own_app, body, str(SENT_MS), KEYS["app_secret"])
    call = Call(body, {"x-zevent-signature": f"mac={mac}"}, at_ms(SENT_MS))
    assert verify(call, keys) == Forged("bad_signature")
    with caplog.at_level(logging.WARNING):
        assert isinstance(verify(call, {**keys, "accepts_app_secret": "yes"}), Genuine)
    assert "oa_secret_key" in caplog.text
    assert KEYS["app_secret"] not in caplog.text


def test_a_page_may_have_a_secret_of_its_own():
    keys = {**KEYS, "oa_secret_key": "of-the-app", f"oa_secret_key:{PAGE}": "OaSecretKeyForTests01"}
    assert isinstance(verify(signed_event(text_event()), keys), Genuine)


@pytest.mark.parametrize("keys", [{}, {"app_id": APP_ID}, {"oa_secret_key": ""}, {**KEYS, "oa_secret_key": ""}])
def test_without_keys_nothing_is_genuine(keys):
    assert verify(signed_event(text_event()), keys) == Forged("bad_signature")


@pytest.mark.parametrize("header", ["", "mac=", "mac=é", "\udcff", "x" * 100_000])
def test_odd_signatures(header):
    call = replace(signed_event(text_event()), headers={"x-zevent-signature": header})
    assert verify(call, KEYS) == Forged("bad_signature")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"1", b"null", b"\xff\xfe{\x00}\x00", b"[" * 200_000, b'{"a":' * 100_000, b"\xef\xbb\xbf{}"],
)
def test_bodies_that_are_no_event(body):
    assert verify(signed(body, str(SENT_MS)), KEYS) == Forged("malformed")


@pytest.mark.parametrize("timestamp", [None, True, "", "soon", "-5", "1e400", "9" * 5000, {}])
def test_odd_time_stamps(timestamp):
    body = body_of(text_event(timestamp=timestamp))
    verdict = verify(signed(body, str(timestamp) if isinstance(timestamp, str) else "", at_ms(SENT_MS)), KEYS)
    assert verdict == Forged("malformed")


def test_group_talk_is_not_storable_unless_the_page_is_mentioned():
    storable = {
        sample["event"]: verify(signed_event(sample["body"]), KEYS).storable
        for sample in SAMPLES
        if sample["group"] == "gmf_message"
    }
    assert [name for name, is_storable in storable.items() if is_storable] == ["user_send_group_text"]
    unknown = {**text_event(), "oa_id": PAGE, "event_name": "user_send_group_poll"}
    assert verify(signed_event(unknown), KEYS).storable is False


def test_a_receipt_with_a_telephone_number_is_not_storable():
    sample = next(one["body"] for one in SAMPLES if one["group"] == "zns" and one["event"] == "user_received_message")
    verdict = verify(signed_event(sample), KEYS)
    assert (verdict.storable, verdict.lane) == (False, "")


def test_identity_ignores_how_the_body_is_written():
    event = text_event()
    spaced = json.dumps(event).encode()
    assert verify(signed(spaced, str(SENT_MS)), KEYS).key == verify(signed_event(event), KEYS).key


@pytest.mark.parametrize("depth", [50, 300, 600, 900, 960, 980, 990, 1200, 5000])
def test_nesting_of_any_depth_is_judged(depth):
    event = text_event(event_name="follow")
    raw = body_of(event)[:-1] + b',"data":' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"
    verdict = verify(signed(raw, str(SENT_MS)), KEYS)
    assert isinstance(verdict, Genuine) or verdict == Forged("malformed")
    ZaloOa().identify(raw)
