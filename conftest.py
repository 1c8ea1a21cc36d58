"""Fixtures every test may use."""

from collections.abc import Iterator

import pytest
from bench.nats import running_nats
from bench.postgresql import running_postgresql


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Address of a real PostgreSQL server, started for the tests that ask; `fresh_database` makes one in it."""
    with running_postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def nats_url() -> Iterator[str]:
    """Address of a real NATS server with JetStream, started for the tests that ask."""
    with running_nats() as url:
        yield url


@pytest.fixture
def fresh_nats_url() -> Iterator[str]:
    """The same with nothing in it, for tests of whole installations, whose streams have fixed names."""
    with running_nats() as url:
        yield url


@pytest.fixture(autouse=True)
def no_catalogue_of_another_test() -> None:
    """Keys of units and versions come again in the next test's database."""
    from binhyen.procedures.effective import forget_catalogues

    forget_catalogues()
