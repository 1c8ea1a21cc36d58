"""Fixtures every test may use."""

from collections.abc import Iterator

import pytest
from bench.postgresql import running_postgresql


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Address of a real PostgreSQL server, started for the tests that ask; `fresh_database` makes one in it."""
    with running_postgresql() as url:
        yield url
