"""The contract, run over every registered connector with the fixture files it ships."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from binhyen.channels.connector import Call, Event, Forged, Genuine, Probe, Text, Verdict
from binhyen.channels.registry import all_connectors, connector_for
from binhyen.channels.zalo_oa.tests.calls import KEYS, SAMPLES, signed_event

ROOM = Path(__file__).parents[1]
AT = datetime(2026, 11, 20, 2, 0, 38, tzinfo=UTC)
HOUSE_KEYS = {"mac_key": "k" * 32, "account": "unit-1"}


@dataclass(frozen=True)
class Fixture:
    """A genuine call and the keys that open it."""

    call: Call
    keys: dict[str, str]


def house_fixture(name: str) -> Fixture:
    body = (ROOM / name / "tests" / "data" / "call.json").read_bytes().strip()
    mac = hmac.new(b"k" * 32, body, hashlib.sha256).hexdigest()
    return Fixture(Call(body, {"x-binhyen-mac": mac}, AT), HOUSE_KEYS)


FIXTURES: dict[str, Callable[[], Fixture]] = {
    "zalo_oa": lambda: Fixture(signed_event(SAMPLES[0]["body"]), KEYS),
    "zalo_gmf": lambda: Fixture(signed_event(SAMPLES[0]["body"]), KEYS),
    "web": lambda: house_fixture("web"),
    "manual": lambda: house_fixture("manual"),
}
every_connector = pytest.mark.parametrize("connector", all_connectors(), ids=lambda connector: connector.name)


def test_every_connector_has_a_fixture():
    assert {connector.name for connector in all_connectors()} == set(FIXTURES)


@every_connector
def test_found_by_name(connector):
    assert connector_for(connector.name) is connector


@every_connector
def test_a_genuine_call_is_read(connector):
    fixture = FIXTURES[connector.name]()
    verdict = connector.verify(fixture.call, fixture.keys)
    assert isinstance(verdict, Genuine)
    assert 0 < len(verdict.key) <= 128
    assert 0 < len(verdict.lane) <= 128
    assert verdict.account
    assert verdict.storable
    (event,) = connector.read(fixture.call.body)
    assert type(event) is Text
    assert event.person == verdict.lane


@every_connector
def test_the_same_call_has_the_same_identity(connector):
    first, again = FIXTURES[connector.name](), FIXTURES[connector.name]()
    assert connector.verify(first.call, first.keys) == connector.verify(again.call, again.keys)


@every_connector
def test_identify_agrees_with_verify(connector):
    fixture = FIXTURES[connector.name]()
    judged, named = connector.verify(fixture.call, fixture.keys), connector.identify(fixture.call.body)
    assert (named.key, named.lane, named.storable) == (judged.key, judged.lane, judged.storable)
    assert connector.identify(b"\xff") is None


@every_connector
def test_an_altered_body_or_key_is_forged(connector):
    fixture = FIXTURES[connector.name]()
    altered = replace(fixture.call, body=fixture.call.body.replace(b"a", b"b", 1))
    assert isinstance(connector.verify(altered, fixture.keys), Forged)
    assert isinstance(connector.verify(fixture.call, {}), Forged)


@every_connector
def test_an_unsigned_call_is_a_probe(connector):
    fixture = FIXTURES[connector.name]()
    assert connector.verify(replace(fixture.call, headers={}), fixture.keys) == Probe()


@every_connector
@given(body=st.binary(max_size=300), header=st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_bad_input_never_raises(connector, body, header):
    fixture = FIXTURES[connector.name]()
    name = next(iter(fixture.call.headers))
    verdict = connector.verify(Call(body, {name: header}, AT + timedelta(days=1)), fixture.keys)
    assert isinstance(verdict, get_args(Verdict))
    assert all(isinstance(event, get_args(Event)) for event in connector.read(body))
    assert isinstance(connector.redact(header), str)


@every_connector
def test_redaction_hides_secrets(connector):
    line = connector.redact('failed: {"access_token": "CANARY-TOKEN-123456"} secret_key=CANARY-SECRET')
    assert "CANARY" not in line
