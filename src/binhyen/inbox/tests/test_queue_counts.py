"""The number beside a view is the number of conversations in it, whatever their mixture."""

import itertools
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhyen.core import clock
from binhyen.inbox.filters.rules import QueueFilter, View
from binhyen.inbox.models import Conversation, ConversationState, GroupedThread, Snooze, ThreadGroup, Urgency
from binhyen.inbox.queue import count_queue, in_view
from binhyen.inbox.tests.factories import House, make_conversation, make_delivery, make_house, make_officer
from binhyen.units.models import Officer
from binhyen.units.scope import Scope, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scope() -> Scope:
    """Of an officer whose unit holds one conversation of every mixture of state, holder, urgency and kind."""
    house = make_house()
    me, other = make_officer(house.unit, "me"), make_officer(house.unit, "other")
    mixtures = itertools.product(
        ConversationState, (None, me, other), (Urgency.NORMAL, Urgency.DANGER), ("", "procedure")
    )
    made = [make_one(house, *mixture) for mixture in mixtures]
    put_aside(made[::5], me)
    put_behind(made[1::7], house, me)
    make_delivery(made[3], "unknown")
    make_delivery(made[-1], "unknown")
    return scope_of(me)


def make_one(house: House, state: str, holder: Officer | None, urgency: int, kind: str) -> Conversation:
    conversation = make_conversation(house.zalo)
    Conversation.objects.filter(pk=conversation.pk).update(
        state=state, assigned_to=holder, urgency=urgency, kind=kind, last_inbound_at=clock.now() - timedelta(hours=1)
    )
    return conversation


def put_aside(conversations: list[Conversation], officer: Officer) -> None:
    """Half of them until later, half of them until a moment ago."""
    for number, conversation in enumerate(conversations):
        until = clock.now() + timedelta(hours=1 if number % 2 else -1)
        Snooze.objects.create(conversation=conversation, officer=officer, until=until, made_at=clock.now())


def put_behind(conversations: list[Conversation], house: House, officer: Officer) -> None:
    """All but the first behind the first."""
    lead = conversations[0]
    group = ThreadGroup.objects.create(unit=house.unit, lead=lead, made_by=officer, made_at=clock.now())
    for conversation in conversations:
        GroupedThread.objects.create(group=group, conversation=conversation)


def test_every_view_holds_as_many_as_its_number_says(scope: Scope) -> None:
    counts = count_queue(scope)
    held = {view: in_view(scope, view, QueueFilter()).count() for view in View if view != View.DONE}
    assert counts == held
    assert all(counts.values()), "every view is put to the test"


def test_the_numbers_cost_two_questions(scope: Scope) -> None:
    with CaptureQueriesContext(connection) as asked:
        count_queue(scope)
    assert len(asked) == 2
