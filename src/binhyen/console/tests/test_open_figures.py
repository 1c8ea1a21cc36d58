"""Figures as open data: off until a leader opens them, hidden as on the page, with a dictionary."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.statistics.families import forget_families
from binhyen.statistics.measures import BY_CODE
from binhyen.statistics.models import MonthFigures, RollUp
from binhyen.statistics.open_data import DICTIONARY_COLUMNS, FIGURE_COLUMNS, dictionary_markdown, figures_csv
from binhyen.statistics.periods import Grain, period_around
from binhyen.units.models import Role, Unit
from binhyen.units.tree import place

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "figures.md"


def month_before() -> date:
    return period_around(clock.today(), Grain.MONTH).span.before().start


@pytest.fixture
def unit() -> Unit:
    forget_families()
    top = make_house("tinh", "Công an tỉnh").unit
    unit, other = make_house("xa-1", "=Công an xã 1").unit, make_house("xa-2", "Công an xã 2").unit
    for each, members in ((unit, 300), (other, 3)):
        place(each, top)
        counts = {"members": members, "messages_in": 40, "reports_received": 2 if each == unit else 60, "posts": 3}
        MonthFigures.objects.create(unit=each, month=month_before(), counts=counts)
    MonthFigures.objects.create(
        unit=top, month=month_before(), counts={"members": 303, "messages_in": 80, "reports_received": 62, "posts": 6}
    )
    RollUp.objects.create(pk=1, written_at=clock.now(), first_day=month_before())
    unit.refresh_from_db()
    return unit


def rows_at(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_closed_figures_look_like_none_and_only_a_leader_opens_them(client, unit):
    for address in ("/xa-1/so-lieu.csv", "/xa-1/tu-dien.csv"):
        assert client.get(address).status_code == 404
    opening = f"/console/figures/{unit.public_id}/open/"
    assert sign_in(make_officer(unit, "truc", Role.DUTY_OFFICER)).post(opening, {"act": "open"}).status_code == 404
    chief = sign_in(make_officer(unit, "chi-huy", Role.COMMANDER))
    assert "Mở số liệu" in chief.get(f"/console/figures/?unit={unit.public_id}").content.decode()
    chief.post(opening, {"act": "open"})
    assert len(rows_at(client, "/xa-1/so-lieu.csv")) > 20
    chief.post(opening, {"act": "close"})
    assert client.get("/xa-1/so-lieu.csv").status_code == 404


def test_a_program_reads_them_and_small_ones_stay_hidden(client, unit):
    Unit.objects.filter(pk=unit.pk).update(publishes_figures=True)
    rows = rows_at(client, "/xa-1/so-lieu.csv")
    assert tuple(rows[0]) == FIGURE_COLUMNS
    found = {row["ma_chi_so"]: (row["gia_tri"], row["an"]) for row in rows}
    assert found["posts"] == ("3", "0"), "a count of posts, not of people"
    assert found["reports_received"] == ("", "1")
    assert found["members"] == ("", "1"), "with the sum it would tell the three of the other commune"
    assert {row["thang"] for row in rows} == {f"{month_before():%Y-%m}"}
    assert rows[0]["don_vi"].startswith("'="), "no spreadsheet takes the name for a formula"
    assert set(found) <= {row["ma_chi_so"] for row in rows_at(client, "/xa-1/tu-dien.csv")}


def test_the_number_of_queries_is_that_of_the_months(unit, django_assert_max_num_queries):
    with django_assert_max_num_queries(18):  # two of them only when the last whole month ends a year
        figures_csv(unit)
    with django_assert_max_num_queries(4):
        figures_csv(unit)


def test_the_dictionary_in_the_documents_is_that_of_the_definitions():
    table = dictionary_markdown()
    assert table in DOCUMENT.read_text(encoding="utf8"), "run .venv/bin/python docs/dictionary.py"
    assert all(f"| {code} |" in table for code in BY_CODE)
    assert len(DICTIONARY_COLUMNS) == 6
