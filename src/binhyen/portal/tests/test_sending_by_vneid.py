"""Who would rather report by VNeID finds the text ready to be copied, in the order of that form."""

import pytest
from django.test import Client

from binhyen.cases.models import Case
from binhyen.portal.tests.portal_pages import seed
from binhyen.portal.tests.report_pages import STEP, post, write_report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unit():
    return seed(units_only=True)


@pytest.mark.parametrize("topic", ["danger", "crime", "suspicion", "online_fraud"])
def test_a_report_of_crime_is_prepared_for_copying(client: Client, topic):
    write_report(client, topic=topic, text="Nhóm lạ mặt\ncạy cửa")
    html = client.get(STEP.format(6)).content.decode()
    assert "VNeID" in html
    assert "Địa điểm: sau chợ" in html
    assert "Diễn biến: Nhóm lạ mặt<br>cạy cửa" in html
    assert 'data-copy="vneid-text"' in html
    assert not Case.objects.exists()


def test_what_was_not_told_is_said_as_that_form_asks(client: Client):
    post(client, 1, {"topic": "crime"})
    post(client, 2, {"text": "Có người bán pháo"})
    post(client, 3)
    post(client, 4, {"act": "next"})
    html = post(client, 5, {"way": "anonymous"}).content.decode()
    assert "Địa điểm: Không nhớ" in html
    assert "Thời gian: Không nhớ" in html


@pytest.mark.parametrize("topic", ["nuisance", "proposal"])
def test_what_vneid_does_not_take_as_crime_is_not_sent_there(client: Client, topic):
    write_report(client, topic=topic)
    assert "VNeID" not in client.get(STEP.format(6)).content.decode()
