"""What guarantee tests of sealed reports share: a station with custodians, hashing lightly."""

import pytest

from binhyen.cases.tests.factories import Station, give_key, make_station
from binhyen.vault.tests.light_hashes import hash_lightly


def station_with_key(patch: pytest.MonkeyPatch) -> Station:
    """A unit that takes sealed names."""
    hash_lightly(patch)
    station = make_station()
    give_key(station)
    return station
