"""G40: anonymous forms survive floods without cookies or puzzles; who waits a minute gets through, scripts off."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from binhyen.core import clock
from binhyen.jobs.models import JobRow
from binhyen.portal import flood
from binhyen.portal.limits import Limit
from binhyen.portal.tests.portal_pages import QUESTION, ask, code_in, seed, values_of

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
RESIDENT = "203.113.1.7"


@pytest.fixture(autouse=True)
def unit(monkeypatch):
    """Lanes of eight a minute instead of sixty: the same rules, a tenth of the slow hashes."""
    for name in ("PER_UNIT", "PER_UNIT_PATIENT"):
        monkeypatch.setattr(flood, name, Limit(getattr(flood, name).name, 8, flood.MINUTE))
    return seed(units_only=True)


def questions() -> int:
    return JobRow.objects.filter(queue="intake").count()


def flooded(addresses: int, times: int) -> list[int]:
    """Status codes of a flood: every address opens a form and sends it, again and again, and never waits."""
    return [
        ask(Client(), f"rác {sender}", REMOTE_ADDR=f"198.51.{sender // 250}.{sender % 250}").status_code
        for sender in range(addresses)
        for _ in range(times)
    ]


def test_one_sheet_counts_once(client):
    sheet = values_of(client.get(QUESTION).content.decode())
    codes = {
        code_in(client.post(QUESTION, {"act": "send", "sheet": sheet, "text": "Hỏi"}).content.decode()) for _ in "12345"
    }
    assert len(codes) == 1
    assert questions() == 1


def test_one_network_cannot_fill_the_open_lane():
    with clock.at(START):
        answers = flooded(addresses=1, times=20)
        assert answers.count(200) == flood.PER_SENDER.times
        assert answers.count(429) == 20 - flood.PER_SENDER.times
        assert ask(Client(), "Tôi hỏi thật", REMOTE_ADDR=RESIDENT).status_code == 200


def test_many_networks_fill_one_lane_and_a_waiting_resident_gets_through():
    with clock.at(START):
        answers = flooded(addresses=20, times=1)
        assert answers.count(200) == flood.PER_UNIT.times
        resident = Client(REMOTE_ADDR=RESIDENT)
        waiting = ask(resident, "Tôi hỏi <thật> & chờ")
    assert waiting.status_code == 429
    assert waiting.headers["Retry-After"] == "60"
    html = waiting.content.decode()
    assert "Nội dung còn nguyên" in html
    assert "Thử lại" in html
    assert "Tôi hỏi &lt;thật&gt; &amp; chờ" in html
    kept = {"act": "send", "sheet": values_of(html), "text": "Tôi hỏi <thật> & chờ", "procedure": ""}
    with clock.at(START + timedelta(seconds=20)):
        assert resident.post(QUESTION, kept).status_code == 429, "the queue is a minute long"
    with clock.at(START + timedelta(seconds=61)):
        flooded(addresses=20, times=1)
        assert resident.post(QUESTION, kept).status_code == 200
    assert not resident.cookies


def test_pressing_early_does_not_lose_the_place():
    with clock.at(START):
        flooded(addresses=12, times=1)
        resident = Client(REMOTE_ADDR=RESIDENT)
        sheet = values_of(ask(resident, "Hỏi").content.decode())
    for wait_s in (10, 30):
        with clock.at(START + timedelta(seconds=wait_s)):
            answer = resident.post(QUESTION, {"act": "send", "sheet": sheet, "text": "Hỏi"})
            assert answer.status_code == 429
            sheet = values_of(answer.content.decode())
    with clock.at(START + timedelta(seconds=61)):
        flooded(addresses=12, times=1)
        assert resident.post(QUESTION, {"act": "send", "sheet": sheet, "text": "Hỏi"}).status_code == 200


def test_a_unit_under_flood_does_not_close_another():
    with clock.at(START):
        flooded(addresses=12, times=1)
        assert ask(Client(), "Hỏi phường", path="/dong-hoi/g/", REMOTE_ADDR=RESIDENT).status_code == 200


def test_forged_and_foreign_sheets_are_asked_to_press_again(client):
    for sheet, headers in (("", {}), ("forged", {}), (None, {"Sec-Fetch-Site": "cross-site"})):
        sheet = sheet if sheet is not None else values_of(client.get(QUESTION).content.decode())
        answer = client.post(QUESTION, {"act": "send", "sheet": sheet, "text": "Vẫn còn đây"}, headers=headers)
        assert answer.status_code == 422
        assert "Vẫn còn đây</textarea>" in answer.content.decode()
    assert questions() == 0


def test_a_form_may_stay_open_for_a_day_and_then_keeps_its_text(client):
    with clock.at(START):
        sheet = values_of(client.get(QUESTION).content.decode())
    with clock.at(START + timedelta(hours=23)):
        assert client.post(QUESTION, {"act": "send", "sheet": sheet, "text": "Chậm"}).status_code == 200
    with clock.at(START + timedelta(hours=25)):
        answer = client.post(QUESTION, {"act": "send", "sheet": sheet, "text": "Chậm quá"})
    assert answer.status_code == 422
    assert "Chậm quá</textarea>" in answer.content.decode()


def test_a_huge_body_is_refused_before_it_is_read(client):
    answer = client.post(QUESTION, {"act": "send", "text": "a" * 100_000})
    assert answer.status_code == 413
    assert "2.000" in answer.content.decode()
