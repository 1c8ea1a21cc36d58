"""How long residents wait, in the office time of their unit."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from binhyen.core import clock
from binhyen.core.working_time import working_time_between
from binhyen.inbox import queue
from binhyen.inbox.models import Conversation, ConversationState, WaitLimit
from binhyen.inbox.queries import visible_conversations
from binhyen.inbox.waiting.rules import DEFAULT_LIMIT, Ages, Waiting, ages_of
from binhyen.units.calendars import calendar_of
from binhyen.units.scope import Scope

MOST_COUNTED = 5_000
"""Waiting conversations looked at; a unit with more has other worries."""


def limits_of(unit_ids: set[int]) -> dict[int, timedelta]:
    """The limit of each unit."""
    rows = WaitLimit.objects.filter(unit_id__in=unit_ids).values_list("unit_id", "minutes")
    found = {unit_id: timedelta(minutes=minutes) for unit_id, minutes in rows}
    return {unit_id: found.get(unit_id, DEFAULT_LIMIT) for unit_id in unit_ids}


def waiting_in(found: QuerySet[Conversation], now: datetime) -> list[Waiting]:
    """The waiting ones of `found` with their age, longest first; two queries and the calendars."""
    waits = found.filter(state=ConversationState.WAITING, waiting_since__isnull=False).exclude(queue.is_behind())
    rows = waits.order_by("waiting_since").values_list("pk", "public_id", "number", "unit_id", "waiting_since")
    read = list(rows[:MOST_COUNTED])
    limits = limits_of({row[3] for row in read})
    return [
        Waiting(
            key, public_id, number, unit_id, working_time_between(since, now, calendar_of(unit_id)), limits[unit_id]
        )
        for key, public_id, number, unit_id, since in read
        if since is not None
    ]


def ages_for(scope: Scope, unit_id: int | None = None) -> Ages:
    """Median, worst and number over the limit, for the officer's units or one of them."""
    return ages_of(waiting_for(scope, unit_id))


def waiting_for(scope: Scope, unit_id: int | None = None) -> list[Waiting]:
    """Everything that waits, longest first."""
    found = visible_conversations(scope)
    if unit_id is not None:
        found = found.filter(unit_id=unit_id)
    return sorted(waiting_in(found, clock.now()), key=lambda one: (-one.age, one.key))
