"""Fixtures of the room's tests."""

import pytest

from binhyen.cases.tests.factories import Station, make_station
from binhyen.vault import passphrases, receipts


@pytest.fixture(autouse=True)
def light_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real cost is asserted in the guarantee tests (G2, G9); here it would only take time."""
    monkeypatch.setattr(passphrases, "ARGON2_MEMORY_BYTES", 64 * 1024)
    monkeypatch.setattr(passphrases, "ARGON2_OPERATIONS", 1)
    monkeypatch.setattr(receipts, "ARGON2_MEMORY_BYTES", 64 * 1024)
    monkeypatch.setattr(receipts, "ARGON2_OPERATIONS", 1)


@pytest.fixture
def station() -> Station:
    """A commune with everybody it needs."""
    return make_station()
