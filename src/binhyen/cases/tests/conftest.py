"""Fixtures of the room's tests."""

import pytest

from binhyen.cases.tests.factories import Station, make_station
from binhyen.vault.tests.light_hashes import hash_lightly


@pytest.fixture(autouse=True)
def light_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real cost is asserted in the guarantee tests (G2, G9); here it would only take time."""
    hash_lightly(monkeypatch)


@pytest.fixture
def station() -> Station:
    """A commune with everybody it needs."""
    return make_station()
