"""Feedback on how officers treat people: one press is enough; more may be written first."""

import re

import pytest

from binhyen.cases.conduct import FEWEST_SHOWN, sums_for
from binhyen.cases.conduct_rows import ConductFeedback
from binhyen.cases.tests.factories import make_station
from binhyen.core import clock
from binhyen.inbox.tests.factories import make_officer
from binhyen.portal.units_here import forget_units
from binhyen.units.models import Role
from binhyen.units.scope import scope_of

pytestmark = pytest.mark.django_db
PAGE = "/thach-binh/g/gop-y/"


@pytest.fixture
def station():
    forget_units()
    return make_station()


def give(client, **fields):
    sheet = re.search(r'name="sheet" value="([^"]+)"', client.get(PAGE).content.decode())
    return client.post(PAGE, {"sheet": sheet[1], **fields})


def test_one_press_is_enough(client, station):
    html = client.get(PAGE).content.decode()
    assert len(re.findall(r'<button type="submit"[^>]*name="manners" value="[1-5]"', html)) == 5
    assert html.index("disabled hidden") < html.index('name="manners"'), "the enter key presses no mark"
    give(client, manners="4")
    row = ConductFeedback.objects.get()
    assert (row.manners, row.guidance, row.day, bytes(row.sealed_words)) == (4, None, clock.today(), b"")


def test_what_was_written_first_goes_along_and_stays_after_a_mistake(client, station):
    answer = give(client, guidance="2", words="Cán bộ nói năng cộc lốc")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "bấm một trong năm ô" in html
    assert "Cán bộ nói năng cộc lốc" in html
    assert re.search(r"<details[^>]* open>", html)
    give(client, manners="1", guidance="2", words="Cán bộ nói năng cộc lốc")
    row = ConductFeedback.objects.get()
    assert (row.manners, row.guidance) == (1, 2)
    assert "cộc lốc".encode() not in bytes(row.sealed_words)


def test_words_of_danger_bring_the_numbers_to_call(client, station):
    assert 'class="call"' not in give(client, manners="1", words="Cán bộ nói năng cộc lốc").content.decode()
    html = give(client, manners="1", words="Nó đang cầm dao đuổi chém tôi, cứu với").content.decode()
    assert html.index('class="call"') < html.index("<h1>")


def test_the_second_mark_is_shown_only_where_neither_side_of_it_is_few(client, station):
    commander = scope_of(make_officer(station.parent, "tinh", Role.COMMANDER))

    def shown():
        found = next(one for one in sums_for(commander, clock.today()) if one.unit == station.unit)
        return found.count, found.guidance

    for _ in range(FEWEST_SHOWN):
        ConductFeedback.objects.create(about_unit=station.unit, day=clock.today(), manners=5, guidance=3)
    assert shown() == (5, 3.0)
    ConductFeedback.objects.create(about_unit=station.unit, day=clock.today(), manners=5)
    assert shown() == (6, None)
