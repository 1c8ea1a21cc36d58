"""Fixtures of the portal's own tests."""

import pytest

from binhyen.portal.tests.portal_pages import seed
from binhyen.units.models import Unit


@pytest.fixture
def unit(db: None) -> Unit:
    """Thạch Hà, one of three units of the server, without posts and groups."""
    return seed(units_only=True)
