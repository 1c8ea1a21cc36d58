"""G31: who is answered first follows what was written and how long it waits, never a person or a rating."""

import inspect
import re
from datetime import date, timedelta

import pytest
from django.apps import apps

from binhyen.console.tests.factories import make_conversation, make_house, make_officer
from binhyen.core import clock
from binhyen.inbox import queue
from binhyen.inbox.filters.rules import QueueFilter, View
from binhyen.inbox.models import Contact, Conversation
from binhyen.inbox.rules import queue_order
from binhyen.reviews.figures import live_figures
from binhyen.statistics.models import MonthFigures
from binhyen.statistics.periods import span_of
from binhyen.units.models import Role
from binhyen.units.scope import scope_of
from binhyen.units.tree import place

pytestmark = pytest.mark.django_db

ALLOWED = {"state", "urgency", "waiting_since", "last_message_at", "id", "until"}
"""Columns the order may read."""


@pytest.mark.parametrize("view", list(View))
def test_the_order_of_every_view_reads_only_time_and_urgency(view: View):
    house = make_house()
    scope = scope_of(make_officer(house.unit, "may"))
    sql = str(queue.in_view(scope, view, QueueFilter()).query)
    order = sql.rpartition(" ORDER BY ")[2]
    assert set(re.findall(r'"(?:\w+)"\."(\w+)"', order)) <= ALLOWED, order


def test_the_rule_has_no_rating_input():
    assert list(inspect.signature(queue_order).parameters) == ["urgency", "due_at"]


def test_no_row_about_a_rating_leads_to_a_conversation_or_a_person():
    for model in apps.get_models():
        if "rating" not in model.__name__.lower() and "feedback" not in model.__name__.lower():
            continue
        related = {field.related_model for field in model._meta.get_fields() if field.is_relation}
        assert not related & {Conversation, Contact}, model


def test_the_one_who_waits_longer_comes_first_whoever_it_is():
    house = make_house()
    scope = scope_of(make_officer(house.unit, "may"))
    now = clock.now()
    numbers = [
        make_conversation(house.zalo, "Hỏi", now - timedelta(hours=hours), urgency=urgency).number
        for hours, urgency in ((1, 0), (5, 0), (2, 1), (9, 0))
    ]
    found = [row.number for row in queue.queue_for(scope, View.UNIT).conversations]
    assert found == [numbers[2], numbers[3], numbers[1], numbers[0]]


def test_reviews_and_figures_rank_nobody():
    fields = {field.name for field in apps.get_model("statistics", "BroughtIn")._meta.get_fields()}
    fields |= {field.name for field in apps.get_model("statistics", "DayFigures")._meta.get_fields()}
    assert not fields & {"officer", "contact", "conversation"}, "no figure belongs to a person"
    names = ["Công an xã Ba", "Công an xã An", "Công an xã Chín"]
    top = make_house("tinh", "Công an tỉnh").unit
    for number, name in enumerate(names):
        unit = make_house(f"xa-{number}", name).unit
        place(unit, top)
        MonthFigures.objects.create(unit=unit, month=date(2026, 9, 1), counts={"messages_in": 100 * number + 50})
    scope = scope_of(make_officer(top, "chi-huy", Role.COMMANDER))
    figures = live_figures(scope, top, span_of("2026-09"))
    assert [row[0] for row in figures.annex] == sorted(names), "by name, never by a figure"
