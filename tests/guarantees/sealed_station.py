"""What guarantee tests of sealed reports share: light hashing, a station with custodians."""

import pytest

from binhyen.cases.tests.factories import Station, give_key, make_station
from binhyen.vault import passphrases, receipts


def hash_lightly(patch: pytest.MonkeyPatch) -> None:
    """The real cost is asserted where it is promised; elsewhere it only takes time."""
    for module in (passphrases, receipts):
        patch.setattr(module, "ARGON2_MEMORY_BYTES", 64 * 1024)
        patch.setattr(module, "ARGON2_OPERATIONS", 1)


def station_with_key(patch: pytest.MonkeyPatch) -> Station:
    """A unit that takes sealed names."""
    hash_lightly(patch)
    station = make_station()
    give_key(station)
    return station
