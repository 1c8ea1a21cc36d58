"""Taking reports by telephone and at the counter, and what officers read when the machine cannot do something now."""

import re

import pytest
from django.db import OperationalError
from django.test import Client

from binhyen.cases import queries
from binhyen.cases.models import Case
from binhyen.cases.tests.factories import Station, give_key, make_case, make_station
from binhyen.console.tests.factories import sign_in
from binhyen.console.views import case_taking
from binhyen.core import clock
from binhyen.vault.tests.light_hashes import hash_lightly

pytestmark = pytest.mark.django_db
TAKE = "/console/cases/take/"


@pytest.fixture
def station(monkeypatch) -> Station:
    hash_lightly(monkeypatch)
    return make_station()


@pytest.fixture
def client(station) -> Client:
    return sign_in(station.duty)


def taken(client: Client, **told: str):
    token = re.search(r'name="token" value="([^"]+)"', client.get(TAKE).content.decode())[1]
    return client.post(
        TAKE, {"token": token, "topic": "crime", "text": "Trộm chó ở xóm Năm", "channel": "phone", **told}
    )


def test_the_receipt_on_paper_says_what_the_one_on_the_portal_says_and_nothing_of_the_report(client, station):
    html = taken(client, channel="counter").content.decode()
    slip = html[html.index("Giấy biên nhận tin báo") :]
    case = Case.objects.get()
    for words in (
        station.unit.name,
        f"{case.received_at.astimezone(clock.VIETNAM):%H:%M ngày %d/%m/%Y}",
        "chuyển cơ quan điều tra: chậm nhất",
        f"/{station.unit.slug}/x/",
        "cần được bảo vệ",
        "113",
    ):
        assert words in slip
    assert "Trộm chó" not in html
    assert " ".join(re.findall(r"<span>(\d{3})</span>", html)) in slip
    assert "data-prints" in html


@pytest.mark.parametrize("channel", ["", "zalo"])
def test_how_a_report_came_is_asked_and_never_guessed(client, channel):
    answer = taken(client, channel=channel)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy đánh dấu tin đến bằng cách nào" in html
    assert "Trộm chó ở xóm Năm" in html
    assert not Case.objects.exists()
    taken(client, channel="counter")
    assert Case.objects.get().channel == "counter"


def test_danger_on_the_telephone_is_said_on_the_next_page(client):
    assert "Giữ máy" in taken(client, text="có người cầm dao chém nhau").content.decode()


def locked(*_: object, **__: object) -> None:
    raise OperationalError("database is locked")


def test_a_report_on_the_telephone_is_not_lost_when_the_database_is_locked(client, station, monkeypatch):
    give_key(station)
    token = re.search(r'name="token" value="([^"]+)"', client.get(TAKE).content.decode())[1]
    told = {"token": token, "topic": "crime", "text": "Trộm chó ở xóm Năm", "name": "Lê Thị Kín", "channel": "phone"}
    with monkeypatch.context() as patch:
        patch.setattr(case_taking, "send_draft", locked)
        answer = client.post(TAKE, told)
    html = answer.content.decode()
    assert answer.status_code == 503
    assert "Trộm chó ở xóm Năm" in html
    assert "Gõ lại tên" in html
    assert "Lê Thị Kín" not in html
    assert "đọc từng nhóm" in client.post(TAKE, told).content.decode()
    assert Case.objects.count() == 1


def test_what_will_pass_is_said_to_officers_in_their_words(client, station, monkeypatch):
    case = make_case(station.unit)
    monkeypatch.setattr(queries, "read_case", locked)
    answer = client.get(f"/console/cases/{case.public_id}/")
    assert answer.status_code == 503
    assert "Chưa có gì được lưu" in answer.content.decode()
    assert "lỗi của bà con" not in answer.content.decode()


def test_words_too_long_for_a_report_are_refused_and_kept(client, station):
    token = re.search(r'name="token" value="([^"]+)"', client.get(TAKE).content.decode())[1]
    answer = client.post(TAKE, {"token": token, "topic": "crime", "text": "á" * 4001})
    assert answer.status_code == 422
    assert "á" * 4001 in answer.content.decode()
