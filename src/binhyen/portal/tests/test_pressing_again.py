"""What did not get through may be sent again with the same page, found by "back"; nothing is thanked for in vain."""

import pytest
from django.db import OperationalError
from django.test import Client

from binhyen.cases import following
from binhyen.cases.conduct_rows import ConductFeedback
from binhyen.cases.models import Case, CaseEvent
from binhyen.portal import flood
from binhyen.portal.tests.portal_pages import TRACK, seed, values_of
from binhyen.portal.tests.report_pages import report_behind, send_report
from binhyen.portal.views import conduct, my_data
from binhyen.vault.tests.light_hashes import hash_lightly

pytestmark = pytest.mark.django_db
CONDUCT = "/thach-ha/g/gop-y/"
MY_DATA = "/thach-ha/rieng-tu/cua-toi/"
WORDS = "Hôm nay họ lại đến đông hơn"


@pytest.fixture(autouse=True)
def unit(monkeypatch):
    hash_lightly(monkeypatch)
    return seed(units_only=True)


def locked(*_: object, **__: object) -> None:
    raise OperationalError("database is locked")


def hidden_of(html: str) -> dict[str, str]:
    return {name: values_of(html, name) for name in ("thread", "sheet")}


def additions() -> int:
    return CaseEvent.objects.filter(kind="addition").count()


def test_after_a_refused_addition_the_page_before_sends_it(client):
    page = hidden_of(report_behind(client, send_report(client)))
    assert client.post(TRACK, {**page, "act": "add", "text": "x" * 4001}).status_code == 422
    assert "Đã nhận phần gửi thêm" in client.post(TRACK, {**page, "act": "add", "text": WORDS}).content.decode()
    assert additions() == 1
    client.post(TRACK, {**page, "act": "add", "text": WORDS})
    assert additions() == 1


def test_after_a_locked_database_the_same_page_sends_it(client, monkeypatch):
    page = hidden_of(report_behind(client, send_report(client)))
    with monkeypatch.context() as patch:
        patch.setattr(following, "add", locked)
        answer = client.post(TRACK, {**page, "act": "add", "text": WORDS})
    assert answer.status_code == 503
    assert WORDS in answer.content.decode()
    client.post(TRACK, {**page, "act": "add", "text": WORDS})
    assert additions() == 1


def test_a_correction_is_kept_when_the_database_is_locked_and_counts_once(client, monkeypatch):
    code = send_report(client)
    page = hidden_of(Client().post(MY_DATA, {"code": code}).content.decode())
    with monkeypatch.context() as patch:
        patch.setattr(my_data, "add_to_case", locked)
        answer = client.post(MY_DATA, {**page, "act": "correct", "text": WORDS})
    assert answer.status_code == 503
    assert WORDS in answer.content.decode()
    assert "hoặc gọi" in answer.content.decode()
    for _ in range(2):
        assert client.post(MY_DATA, {**page, "act": "correct", "text": WORDS}).status_code == 200
    assert additions() == 1


@pytest.mark.parametrize("act", ["withdraw", "erase"])
def test_what_cannot_be_destroyed_now_says_so_with_the_number(client, monkeypatch, act):
    code = send_report(client)
    page = hidden_of(client.post(MY_DATA, {"code": code}).content.decode())
    monkeypatch.setattr(my_data.rights, act, locked)
    answer = client.post(MY_DATA, {**page, "act": act, "sure": "yes"})
    assert answer.status_code == 503
    assert "hoặc gọi" in answer.content.decode()
    assert Case.objects.exclude(wrapped_key=b"").count() == 1


def test_feedback_that_did_not_get_through_is_not_thanked_for(client, monkeypatch):
    sheet = values_of(client.get(CONDUCT).content.decode(), "sheet")
    form = {"sheet": sheet, "manners": "2"}
    with monkeypatch.context() as patch:
        patch.setattr(conduct, "keep_feedback", locked)
        answer = client.post(CONDUCT, form)
    assert answer.status_code == 503
    assert "hoặc gọi" in answer.content.decode()
    client.post(CONDUCT, form)
    client.post(CONDUCT, form)
    assert ConductFeedback.objects.count() == 1


@pytest.mark.parametrize("is_shared", [False, True])
def test_what_is_given_back_may_be_taken_once_more(is_shared):
    limit = flood.ONE_ADDITION if is_shared else flood.ONE_RATING
    assert flood.limiter.take(limit, "tờ này")
    assert not flood.limiter.take(limit, "tờ này")
    flood.limiter.give_back(limit, "tờ này")
    assert flood.limiter.take(limit, "tờ này")
    assert not flood.limiter.take(limit, "tờ này")


def test_words_marked_as_secret_are_taken_nowhere(client):
    marked = "TUYỆT MẬT\nKế hoạch tuần tra"
    code = send_report(client)
    page = hidden_of(client.post(MY_DATA, {"code": code}).content.decode())
    answer = client.post(MY_DATA, {**page, "act": "correct", "text": marked})
    assert (answer.status_code, additions()) == (422, 0)
    sheet = values_of(client.get(CONDUCT).content.decode(), "sheet")
    answer = client.post(CONDUCT, {"sheet": sheet, "manners": "3", "words": marked})
    assert (answer.status_code, ConductFeedback.objects.count()) == (422, 0)
    assert "dấu mật" in answer.content.decode()
