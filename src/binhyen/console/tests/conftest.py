"""Fixtures of the console's tests: a unit with its pages, an officer signed in, the simulated Zalo of the channels."""

import pytest
from django.test import Client

from binhyen.channels.conftest import served_by_zalo, zalo, zalo_url
from binhyen.console.tests.factories import House, make_house, make_officer, sign_in

__all__ = ["served_by_zalo", "zalo", "zalo_url"]


@pytest.fixture
def house(db: None) -> House:
    """A unit with a Zalo page and the web."""
    return make_house()


@pytest.fixture
def signed_in(house: House) -> Client:
    """The browser of a duty officer of the unit."""
    return sign_in(make_officer(house.unit, "may"))
