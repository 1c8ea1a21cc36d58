"""Without the server's key ring other systems hear 503 in clear words; with it back everything goes on."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client

from binhyen.api.tests.test_service import client_with, key_with
from binhyen.cases.models import Case
from binhyen.consumers.rules import ApiScope
from binhyen.core.models import DailyCount
from binhyen.inbox.tests.factories import House, make_house
from binhyen.jobs.models import JobRow
from binhyen.vault import keyring

pytestmark = pytest.mark.django_db
QUESTION = "/api/v1/units/thach-binh/questions"
REQUEST = "/open311/v2/requests"


@pytest.fixture
def house() -> House:
    return make_house()


def forget_keys() -> None:
    keyring._root_key.cache_clear()
    keyring.purpose_key.cache_clear()


@contextmanager
def key_ring_away() -> Iterator[None]:
    file = keyring.keyring_file()
    aside = file.rename(file.with_suffix(".aside"))
    forget_keys()
    try:
        yield
    finally:
        aside.rename(file)
        forget_keys()


def test_a_question_is_refused_with_503_and_taken_when_the_ring_is_back(house: House):
    client = client_with(key_with(house))
    body = {"text": "Tôi muốn gặp đồng chí trực"}
    with key_ring_away():
        answer = client.post(QUESTION, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (503, "keys_away")
    assert "key ring" in answer.json()["detail"]
    assert int(answer.headers["Retry-After"]) > 0
    assert not JobRow.objects.exists()
    assert DailyCount.objects.get(name="api.refused.keys_away").count == 1
    assert client.post(QUESTION, body, content_type="application/json").status_code == 201


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_request_of_open311_is_refused_in_its_own_form(house: House, form: str):
    sent = {"service_code": "feedback", "description": "Đèn đường vỡ", "address_string": "Thôn 4"}
    sent["api_key"] = key_with(house, ApiScope.REQUESTS)
    with key_ring_away():
        answer = Client().post(f"{REQUEST}.{form}", sent)
        assert Client().get(f"{REQUEST}.{form}").status_code == 200
    assert answer.status_code == 503
    assert b"key ring" in answer.content
    assert form in answer.headers["Content-Type"]
    assert not Case.objects.exists()
    assert Client().post(f"{REQUEST}.{form}", sent).status_code == 201
