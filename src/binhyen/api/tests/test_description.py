"""The service keeps what its description promises: calls made up from it, one after another."""

import pytest
import schemathesis
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from binhyen.consumers import actions
from binhyen.consumers.actions import DAY_S
from binhyen.consumers.models import CallWindow
from binhyen.consumers.rules import ApiScope
from binhyen.inbox.tests.factories import make_house, make_officer
from binhyen.units.models import Role
from binhyen.units.scope import scope_of

CALLS = 12
"""Sequences of calls; each goes up to eight calls deep."""


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_no_made_up_sequence_of_calls_meets_an_answer_that_is_not_described(live_server):
    house = make_house()
    administrator = scope_of(make_officer(house.unit, "qt", Role.UNIT_ADMINISTRATOR))
    _, key = actions.create_consumer(administrator, house.unit, "Thử", list(ApiScope), calls_per_minute=6_000)
    config = SchemathesisConfig.from_dict({"auth": {"openapi": {"KeyBearer": {"bearer": key}}}})
    description = schemathesis.openapi.from_url(f"{live_server.url}/api/v1/openapi.json", config=config)
    machine = description.as_state_machine()
    machine.run(
        settings=settings(
            max_examples=CALLS, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
        )
    )
    calls = CallWindow.objects.filter(length_s=DAY_S).aggregate(n=Sum("count"))["n"]
    assert calls > CALLS, "the made-up calls reached the service with the key"
