"""Whether a procedure page helped: a number of the day, nothing about the person (G13)."""

import pytest
from django.apps import apps
from django.test import Client

from binhyen.core import clock
from binhyen.core.models import DailyCount
from binhyen.portal import flood
from binhyen.portal.tests.portal_pages import HOME, values_of

PAGE = f"{HOME}thu-tuc/dang-ky-tam-tru/"
pytestmark = pytest.mark.usefixtures("unit")


def vote(client: Client, helped: str, **more: str):
    return client.post(PAGE, {"sheet": values_of(client.get(PAGE).content.decode()), "helped": helped}, **more)


def counted() -> list[tuple[str, int]]:
    return list(DailyCount.objects.filter(name__startswith="procedure.helped").values_list("name", "count"))


def test_yes_and_no_are_counted_by_day_and_unit(client, unit):
    assert "Cảm ơn" in vote(client, "yes").content.decode()
    assert "Hỏi ở dưới" in vote(client, "no").content.decode()
    rows = DailyCount.objects.filter(name__startswith="procedure.helped").order_by("name")
    assert [(row.name, row.count, row.unit_key, row.day) for row in rows] == [
        ("procedure.helped.no.dang-ky-tam-tru", 1, unit.pk, clock.today()),
        ("procedure.helped.yes.dang-ky-tam-tru", 1, unit.pk, clock.today()),
    ]


def test_one_opened_page_counts_once(client):
    sheet = values_of(client.get(PAGE).content.decode())
    assert client.post(PAGE, {"sheet": sheet, "helped": "yes"}).status_code == 200
    again = client.post(PAGE, {"sheet": sheet, "helped": "yes"})
    assert again.status_code == 429
    assert "không được đếm" in again.content.decode()
    assert counted() == [("procedure.helped.yes.dang-ky-tam-tru", 1)]


def test_a_flood_of_votes_is_not_counted(client):
    for _ in range(flood.HELPFUL.times + 5):
        vote(client, "no", REMOTE_ADDR="203.113.1.9")
    assert counted() == [("procedure.helped.no.dang-ky-tam-tru", flood.HELPFUL.times)]


@pytest.mark.parametrize("form", [{}, {"helped": "maybe"}, {"helped": "yes", "sheet": "forged"}])
def test_anything_else_is_asked_again(client, form):
    answer = client.post(PAGE, {"sheet": values_of(client.get(PAGE).content.decode())} | form)
    assert answer.status_code == 422
    assert "chọn lại" in answer.content.decode()
    assert counted() == []


def test_no_row_knows_who_answered(client):
    vote(client, "yes", REMOTE_ADDR="203.113.77.99", HTTP_USER_AGENT="canary-agent-7781")
    for model in apps.get_models():
        for row in model.objects.values():
            assert "203.113.77.99" not in repr(row), model
            assert "canary-agent" not in repr(row), model
