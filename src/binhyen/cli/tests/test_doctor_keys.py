"""`binhyen doctor` tells the right key ring from another one, which opens just as well."""

import json

import pytest

from binhyen.channels.tests.pages import new_application, new_unit
from binhyen.cli.main import main
from binhyen.core.errors import Misconfigured
from binhyen.vault import keyring

pytestmark = pytest.mark.django_db


def key_findings(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    main(["doctor", "--json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    return [(one["state"], one["found"]) for one in findings if one["about"] == "key ring"]


def test_the_right_key_ring_is_good(capsys: pytest.CaptureFixture[str]) -> None:
    new_application(new_unit())
    assert [state for state, _ in key_findings(capsys)] == ["ok"]


def test_another_key_ring_is_found_out(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    new_application(new_unit())
    monkeypatch.setattr(keyring, "_root_key", lambda: b"k" * keyring.KEY_BYTES)
    keyring.purpose_key.cache_clear()
    try:
        states = key_findings(capsys)
    finally:
        monkeypatch.undo()
        keyring.purpose_key.cache_clear()
    assert states[0][0] == "ok"
    assert states[1] == ("wrong", "is not the one that sealed what is stored")


def test_a_value_sealed_by_another_ring_does_not_open() -> None:
    with pytest.raises(Misconfigured, match="does not open"):
        keyring.unseal("proof", b"x" * 60)
