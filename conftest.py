"""Fixtures every test may use."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import hypothesis
import pytest
import time_machine
from bench.nats import running_nats
from bench.postgresql import running_postgresql

# A busy machine is no wrong behaviour, and one commit gets one answer; `--hypothesis-profile explore` looks further.
hypothesis.settings.register_profile("same", deadline=None, derandomize=True)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--days-ahead", type=float, default=0, help="run as if it were so many days later")


@pytest.fixture(scope="session", autouse=True)
def later_day(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test must not fail because a year, a month or an office day is over: `--days-ahead 40.5` tries it.

    Servers that a test starts keep today's time, and so do files: such tests have nothing to say then.
    """
    ahead = timedelta(days=request.config.getoption("days_ahead"))
    if not ahead:
        yield
        return
    with time_machine.travel(datetime.now(UTC) + ahead):
        yield


@pytest.fixture(autouse=True)
def fresh_process() -> None:
    """What a process keeps in memory is of the test before: units (PostgreSQL gives new keys), how much was sent."""
    from binhyen.portal.limits import limiter
    from binhyen.portal.units_here import forget_units
    from binhyen.procedures.effective import forget_catalogues
    from binhyen.statistics.families import forget_families
    from binhyen.units.calendars import forget_calendars
    from binhyen.workflows.decision import forget_unit_facts

    for forget in (
        forget_units,
        forget_catalogues,
        forget_families,
        forget_calendars,
        forget_unit_facts,
        limiter.forget,
    ):
        forget()


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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:  # noqa: ARG001
    """The tables come from the models, and what the database refuses comes here as migrations bring it."""
    from django.db import connection

    from binhyen.audit import guards as audit_guards
    from binhyen.cases import guards as case_guards

    with django_db_blocker.unblock():
        audit_guards.put_up(connection)
        case_guards.put_up(connection)


@pytest.fixture(scope="session", autouse=True)
def flushing_may_empty_the_audit() -> Iterator[None]:
    """Between tests with real transactions tables are emptied, which the guards of the audit rightly refuse."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    from binhyen.audit import guards

    flush = BaseDatabaseOperations.execute_sql_flush

    def without_guards(operations: BaseDatabaseOperations, statements: list[str]) -> None:
        guarded = guards.are_up()
        if guarded:
            guards.take_down(operations.connection)
        flush(operations, statements)
        if guarded:
            guards.put_up(operations.connection)

    BaseDatabaseOperations.execute_sql_flush = without_guards
    yield
    BaseDatabaseOperations.execute_sql_flush = flush


@pytest.fixture(scope="session", autouse=True)
def a_flush_makes_nothing_anew() -> Iterator[None]:
    """Django makes its permissions and content types again after every flush; the product uses neither.

    In tests with real transactions that took longer than the tests.
    """
    from django.db.models.signals import post_migrate

    receivers, post_migrate.receivers = post_migrate.receivers, []
    post_migrate.sender_receivers_cache.clear()
    yield
    post_migrate.receivers = receivers
    post_migrate.sender_receivers_cache.clear()
