"""The rows of the outgoing queue: claiming, recording what became of a send, parking what was lost."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q

from binhyen.channels.connector import Sent
from binhyen.channels.models import Account, AccountState
from binhyen.core import clock
from binhyen.core.many_rows import update_rows
from binhyen.inbox.due_rows import DueDelivery, due_rows
from binhyen.inbox.models import Conversation, Delivery, DeliveryState
from binhyen.inbox.outcomes import Result, apply_outcome

LOST_AFTER = timedelta(seconds=90)
"""No living sender leaves an attempt open so long; older ones belong to a process that died."""
RECORD_WITHIN_S = 60.0
_PAUSE_S = 0.5


def claim(limit: int, account_key: int | None = None) -> list[DueDelivery]:
    """Mark up to `limit` due deliveries as being attempted and commit; at most the next one of each conversation.

    Left out: accounts that cannot send now, and units whose switch is off (G44). Not inside a transaction.
    """
    now = clock.now()
    earlier = Delivery.objects.filter(
        conversation=OuterRef("conversation"),
        id__lt=OuterRef("id"),
        state__in=[DeliveryState.PLANNED, DeliveryState.ATTEMPTING],
    )
    accounts = Account.objects.filter(
        Q(held_until=None) | Q(held_until__lte=now), state=AccountState.ACTIVE, unit__sending_stopped_at=None
    )
    if account_key is not None:
        accounts = accounts.filter(pk=account_key)
    open_now = list(accounts.values_list("pk", "unit_id"))
    due = Delivery.objects.filter(
        unit__in={unit for _, unit in open_now},  # leads the index that both databases use here
        state=DeliveryState.PLANNED,
        account__in=[account for account, _ in open_now],
        due_at__lte=now,
    )
    if not due.exists():  # a plain read, so that an idle sender never takes the database's write lock
        return []
    with transaction.atomic(durable=True):
        keys = list(
            due.filter(~Exists(earlier))
            .order_by("id")
            .select_for_update(skip_locked=True, of=("self",), no_key=True)
            .values_list("pk", flat=True)[:limit]
        )
        Delivery.objects.filter(pk__in=keys, state=DeliveryState.PLANNED).update(
            state=DeliveryState.ATTEMPTING, attempted_at=now, attempts=F("attempts") + 1
        )
    return due_rows(keys)


def record_results(results: Iterable[tuple[DueDelivery, Result]]) -> None:
    """Write what became of a batch of attempts, in one transaction. Not inside a transaction."""
    results = list(results)
    until_written(lambda: _record(results))


def until_written(write: Callable[[], None]) -> None:
    """While the database is away or locked, write again for `RECORD_WITHIN_S`: what was sent must not be forgotten."""
    ends = time.monotonic() + RECORD_WITHIN_S
    while True:
        try:
            return write()
        except OperationalError:
            if time.monotonic() > ends:
                raise
            connection.close()
            time.sleep(_PAUSE_S)


def _record(results: Sequence[tuple[DueDelivery, Result]]) -> None:
    try:
        with transaction.atomic(durable=True):
            _write(results)
    except IntegrityError:
        # The platform's echo was stored as a message of its own before we knew the identity of our send.
        for delivery, result in results:
            try:
                with transaction.atomic(durable=True):
                    _write([(delivery, result)])
            except IntegrityError:
                with transaction.atomic(durable=True):
                    _write([(delivery, _without_id(result))])


def _without_id(result: Result) -> Result:
    return Sent("", result.quota_kind, result.quota_left) if isinstance(result, Sent) else result


def _write(results: Sequence[tuple[DueDelivery, Result]]) -> None:
    now = clock.now()
    # A row that somebody parked or decided about in the meantime takes only a certain outcome.
    open_rows = dict(
        Delivery.objects.select_for_update(no_key=True)
        .filter(pk__in=[delivery.pk for delivery, _ in results])
        .filter(state__in=[DeliveryState.ATTEMPTING, DeliveryState.UNKNOWN])
        .order_by("pk")
        .values_list("pk", "attempts")
    )
    # Copies, since this may have to be done again from the beginning.
    mine = [
        (replace(delivery), result) for delivery, result in results if open_rows.get(delivery.pk) == delivery.attempts
    ]
    for delivery, result in mine:
        _apply(delivery, result)
    rows = [delivery for delivery, _ in mine]
    fields = ["state", "why", "quota_kind", "finished_at", "due_at", "attempts"]
    update_rows(rows, fields)
    named = [delivery.message for delivery, result in mine if isinstance(result, Sent) and result.message_id]
    update_rows(named, ["external_id"])
    Conversation.objects.filter(pk__in={delivery.conversation_id for delivery in rows}).update(changed_at=now)


def _apply(delivery: DueDelivery, result: Result) -> None:
    apply_outcome(delivery, result)
    if isinstance(result, Sent):
        delivery.quota_kind, delivery.message.external_id = result.quota_kind[:30], result.message_id[:128]


def park_lost_attempts() -> int:
    """Attempts of a process that died: nobody knows whether the platform acted, so a person decides (G61)."""
    now = clock.now()
    lost = Delivery.objects.filter(state=DeliveryState.ATTEMPTING, attempted_at__lt=now - LOST_AFTER)
    conversations = list(lost.values_list("conversation_id", flat=True)[:1_000])
    if not conversations:
        return 0
    with transaction.atomic():
        count = lost.update(state=DeliveryState.UNKNOWN, why="interrupted", finished_at=now)
        Conversation.objects.filter(pk__in=conversations).update(changed_at=now)
    return count


def stopped_units(deliveries: Iterable[DueDelivery]) -> set[int]:
    """Units among those of the deliveries whose switch is off at this moment."""
    units = {delivery.unit_id for delivery in deliveries}
    stopped = Account.objects.filter(unit__in=units, unit__sending_stopped_at__isnull=False)
    return set(stopped.values_list("unit_id", flat=True))
