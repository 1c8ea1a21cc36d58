"""G31: ratings of officers are sums of a unit, never beside who gave them, and never change who is answered first.

Who is answered first follows what was written and how long it waits.
"""

import inspect
import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.test import Client

from binhyen.cases.tests.factories import make_station
from binhyen.console.tests.factories import make_conversation, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.inbox import queue
from binhyen.inbox.filters.rules import QueueFilter, View
from binhyen.inbox.models import Contact, Conversation
from binhyen.inbox.rules import queue_order
from binhyen.portal.limits import limiter
from binhyen.portal.tests.portal_pages import values_of
from binhyen.portal.units_here import forget_units
from binhyen.reviews.figures import live_figures
from binhyen.statistics.models import MonthFigures
from binhyen.statistics.periods import span_of
from binhyen.units.models import Role
from binhyen.units.scope import scope_of
from binhyen.units.tree import place
from binhyen.vault.tests.light_hashes import hash_lightly

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


WORDS = "Chờ ba buổi mới có người tiếp, tên tôi là Canary Trần Thị Hiếm"


def rate(manners: str, words: str = "") -> None:
    """As a resident does it: the portal's form, from a browser that is known to nobody."""
    limiter.forget()
    resident, page = Client(), "/thach-binh/g/gop-y/"
    sheet = values_of(resident.get(page).content.decode(), "sheet")
    answer = resident.post(page, {"sheet": sheet, "manners": manners, "words": words})
    assert answer.status_code == 200
    assert "Cảm ơn" in answer.content.decode()


def main_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<main") :]).split())


def test_ratings_from_the_portal_are_seen_as_sums_of_the_unit_alone(monkeypatch):
    hash_lightly(monkeypatch)
    forget_units()
    station = make_station()
    superior = sign_in(make_officer(station.parent, "tinh", Role.COMMANDER))
    for mark in ("1", "1", "2", "2"):
        rate(mark)
    few = main_of(superior.get("/console/conduct/").content.decode())
    assert station.unit.name in few
    assert not re.search(r"\b(1[.,]5|4)\b", few.partition(station.unit.name)[2]), "four answers are no sum"

    rate("5", WORDS)
    seen = main_of(superior.get("/console/conduct/").content.decode()).partition(station.unit.name)[2]
    assert re.search(r"\b5\b.*\b2[.,]2\b", seen), seen
    assert not [officer for officer in (station.duty, station.commander) if officer.username in seen]


def test_the_rated_see_no_rating_and_their_queue_stays_as_it_was(monkeypatch):
    hash_lightly(monkeypatch)
    forget_units()
    station, now = make_station(), clock.now()
    for hours in (1, 5, 3):
        make_conversation(station.house.zalo, "Hỏi tạm trú", now - timedelta(hours=hours))
    everybody = make_officer(station.unit, "ca-bay", *Role)
    client, listed = sign_in(everybody), re.compile(r'href="/console/c/([^/"]+)/')
    before = listed.findall(client.get("/console/?view=unit").content.decode())
    assert len(set(before)) == 3

    for mark in ("1", "1", "1", "5", "1", "1"):
        rate(mark, WORDS)

    assert listed.findall(client.get("/console/?view=unit").content.decode()) == before
    for page in ("?view=unit", "?q=Chờ+ba+buổi", "conduct/", "cases/", "today/", "figures/", "record/"):
        assert "Canary" not in main_of(client.get(f"/console/{page}").content.decode()), page
    for conversation in set(before):
        assert "gop-y" not in client.get(f"/console/c/{conversation}/").content.decode()
