"""Outcomes of sends are written even when the first try to write them failed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

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


def send_all() -> list[tuple[int, int]]:
    """Claim and record until nothing is left, as one sender of a worker does: conversations and rows in their order."""
    sent: list[tuple[int, int]] = []
    try:
        while due := claim(5):
            sent += [(one.conversation_id, one.pk) for one in due]
            record_results([(one, Sent(f"m-{one.pk}", "", None)) for one in due])
    finally:
        connection.close()
    return sent


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_claim_no_row_twice_and_none_before_its_turn():
    page = make_house().zalo
    conversations = [make_conversation(page) for _ in range(8)]
    rows = [make_delivery(one, "planned") for _ in range(4) for one in conversations]
    with ThreadPoolExecutor(2) as pool:
        first, second = (future.result() for future in [pool.submit(send_all) for _ in range(2)])
    assert sorted(key for _, key in [*first, *second]) == sorted(row.pk for row in rows)
    ended = Delivery.objects.order_by("finished_at").values_list("conversation_id", "pk")
    for conversation in conversations:
        keys = [key for of, key in ended if of == conversation.pk]
        assert keys == sorted(keys)
