"""The demo's inbox shows a newcomer a believable shift."""

import pytest

from binhyen.core import clock
from binhyen.inbox import queue
from binhyen.inbox.models import Conversation, DutyAlert
from binhyen.inbox.queue import View
from binhyen.units.duty import latest_hand_over_for, shifts_at
from binhyen.units.models import Officer, Unit
from binhyen.units.scope import scope_of
from binhyen.vault.keyring import create_keyring
from binhyen.workflows.duty_board import open_matters_for
from binhyen.workflows.seeding import seed_demo
from binhyen.workflows.seeding_threads import seed_threads

pytestmark = pytest.mark.django_db


def test_a_newcomer_finds_open_late_and_urgent_threads_a_roster_and_a_hand_over():
    create_keyring()
    seed_demo()
    seed_threads()
    seed_threads()

    scope = scope_of(Officer.objects.get(username="demo"))
    assert Conversation.objects.count() == 16
    assert len(set(Conversation.objects.values_list("kind", flat=True))) >= 6
    first = queue.queue_for(scope, View.UNIT, 1, "", None).conversations[0]
    assert first.urgency > 0
    for unit in Unit.objects.all():
        now = clock.now()
        matters = open_matters_for(scope, unit, now)
        assert matters.waiting >= 2
        assert shifts_at([unit.pk], now)[unit.pk].officer.username == "demo"
        assert latest_hand_over_for(scope, unit).note
    assert open_matters_for(scope, Unit.objects.get(slug="thach-ha"), clock.now()).overdue >= 1
    assert DutyAlert.objects.count() == 1
