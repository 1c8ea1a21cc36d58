"""Outcomes of sends are written even when the first try to write them failed."""

import pytest
from django.db import transaction

from binhyen.channels.connector import Sent
from binhyen.inbox import deliveries
from binhyen.inbox.deliveries import claim, record_results
from binhyen.inbox.due_rows import DueDelivery
from binhyen.inbox.models import Delivery, DeliveryState
from binhyen.inbox.outcomes import HandedBack, Result
from binhyen.inbox.tests.factories import make_conversation, make_delivery, make_house


class DatabaseAway(Exception):
    pass


def write_and_lose(due: DueDelivery, result: Result) -> None:
    """What was written is rolled back, as when the connection breaks at the commit."""
    with transaction.atomic():
        deliveries._write([(due, result)])
        raise DatabaseAway


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("result", "state", "attempts"),
    [(HandedBack("stopping"), DeliveryState.PLANNED, 0), (Sent("m-1", "", None), DeliveryState.SENT, 1)],
)
def test_a_write_that_was_rolled_back_is_done_again_whole(result, state: DeliveryState, attempts: int):
    make_delivery(make_conversation(make_house().zalo), "planned")
    (due,) = claim(10)

    with pytest.raises(DatabaseAway):
        write_and_lose(due, result)
    record_results([(due, result)])

    found = Delivery.objects.get()
    assert (found.state, found.attempts) == (state, attempts)
