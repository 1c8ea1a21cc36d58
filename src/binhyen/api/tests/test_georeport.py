"""Open311 GeoReport v2, read and written by an independent client, and by hand where it must refuse."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from georeport import GeoReport

from binhyen.cases.following import case_behind
from binhyen.cases.models import Case
from binhyen.consumers import actions
from binhyen.consumers.rules import ApiScope
from binhyen.core import clock
from binhyen.inbox.tests.factories import House, make_house, make_officer
from binhyen.units.models import Role
from binhyen.units.scope import scope_of
from binhyen.vault import receipts

BASE = "/open311/v2"
TEXT = "Đèn đường trước nhà văn hóa bị đập vỡ, canary-4711"
pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def key(house: House) -> str:
    administrator = scope_of(make_officer(house.unit, "qt", Role.UNIT_ADMINISTRATOR))
    return actions.create_consumer(administrator, house.unit, "Cổng 311", [ApiScope.REQUESTS])[1]


def send(key: str, form: str = "json", **fields: str):
    values = {"api_key": key, "service_code": "feedback", "description": TEXT, "address_string": "Thôn 4"}
    return Client().post(f"{BASE}/requests.{form}", values | fields)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_an_independent_client_reads_and_writes(live_server, house, key, form):
    client = GeoReport(f"{live_server.url}{BASE}", jurisdiction="thach-binh", api_key=key, output_format=form)
    assert [service["service_code"] for service in client.get_service_list()] == ["feedback", "petition"]
    assert client.get_service_definition("feedback")["service_code"] == "feedback"
    sent = send(key).json()[0]["service_request_id"]
    send(key, service_code="petition")
    found = client.get_service_request(sent)
    found = found[0] if isinstance(found, list) else found
    assert (found["service_request_id"], found["status"], found["service_code"]) == (sent, "open", "feedback")
    listed = client.get_service_requests(status="open")
    assert len(listed) == 2


def test_what_was_written_is_a_sealed_case_with_a_receipt(house, key):
    answer = send(key)
    assert answer.status_code == 201
    body = answer.json()[0]
    code = re.search(r"\d{18}", body["service_notice"]).group()
    case = Case.objects.get(public_id=body["service_request_id"])
    assert (case.kind, case.channel, case.unit) == ("feedback", "api", house.unit)
    assert b"canary-4711" not in bytes(case.sealed_report)
    assert case_behind(receipts.hashed(code)) == case
    for path in (f"{BASE}/requests.json", f"{BASE}/requests/{case.public_id}.json", f"{BASE}/requests.xml"):
        assert "canary-4711" not in Client().get(path).content.decode()


def test_lists_give_days_and_states_only(house, key):
    send(key)
    one = Client().get(f"{BASE}/requests.json").json()[0]
    assert one["requested_datetime"].endswith("T00:00:00+07:00")
    assert (one["description"], one["address"], one["lat"], one["media_url"]) == (None, None, None, None)


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"service_code": "crime_tip"}, 404, "service_code"),
        ({"service_code": ""}, 400, "service_code was not provided"),
        ({"description": "  "}, 400, "description is missing"),
        ({"description": "x" * 4_001}, 400, "4000"),
        ({"address_string": ""}, 400, "lat and long"),
        ({"address_string": "", "lat": "91", "long": "105"}, 400, "lat and long"),
        ({"email": "a@b.vn"}, 400, "takes no email"),
        ({"phone": "0912345678"}, 400, "takes no phone"),
        ({"api_key": "wrong"}, 403, "api_key"),
        ({"jurisdiction_id": "khong-co"}, 404, "jurisdiction_id"),
    ],
)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_what_cannot_be_taken_is_named_in_the_format_asked_for(house, key, form, fields, status, words):
    answer = send(key, form, **fields)
    assert answer.status_code == status
    if form == "json":
        (error,) = json.loads(answer.content)
    else:
        tree = ET.fromstring(answer.content)
        assert tree.tag == "errors"
        error = {part.tag: part.text for part in tree[0]}
    assert int(error["code"]) == status
    assert words in error["description"]
    assert Case.objects.count() == 0


@pytest.mark.parametrize("path", ["nothing.xml", "services/feedback/more.xml", "requests.xml"])
def test_unknown_addresses_and_methods_are_told_in_the_format_asked_for(path):
    answer = Client().delete(f"{BASE}/{path}")
    assert answer.status_code == (405 if path == "requests.xml" else 404)
    assert answer["content-type"].startswith("text/xml")
    assert ET.fromstring(answer.content).find("error/code").text == str(answer.status_code)
    other = Client().delete(f"{BASE}/{path.replace('.xml', '.json')}")
    assert other.json()[0]["code"] == answer.status_code


def test_a_method_that_is_not_taken_names_those_that_are():
    assert Client().put(f"{BASE}/requests.json")["allow"] == "GET, HEAD, POST"
    assert Client().post(f"{BASE}/services.json")["allow"] == "GET, HEAD"


def test_a_point_is_a_place(house, key):
    assert send(key, address_string="", lat="18.35", long="105.9").status_code == 201


def test_a_repeated_call_makes_one_request(house, key):
    values = {"api_key": key, "service_code": "feedback", "description": TEXT, "address_string": "Thôn 4"}
    first, again = (
        Client().post(f"{BASE}/requests.json", values, headers={"idempotency-key": "k"}).json() for _ in range(2)
    )
    assert first == again
    assert Case.objects.count() == 1


def test_filters_of_the_standard(house, key):
    sent = send(key).json()[0]["service_request_id"]
    client = Client()
    for query, count in (
        ("", 1),
        ("?status=closed", 0),
        ("?status=open,closed", 1),
        ("?service_code=petition", 0),
        (f"?service_request_id={sent},x&status=closed", 1),
        ("?jurisdiction_id=thach-binh", 1),
        ("?start_date=2026-01-01T00:00:00Z&end_date=2026-02-01T00:00:00Z", 0),
    ):
        assert len(client.get(f"{BASE}/requests.json{query}").json()) == count, query
    assert client.get(f"{BASE}/requests.json?start_date=yesterday").status_code == 400
    assert client.get(f"{BASE}/requests.json?start_date=2026-01-01&end_date=2026-11-01").status_code == 400
    assert client.get(f"{BASE}/requests.json?jurisdiction_id=khong-co").status_code == 404
    assert client.get(f"{BASE}/tokens/{sent}.json").json() == [{"service_request_id": sent, "token": sent}]
    assert client.get(f"{BASE}/tokens/khong-co.json").status_code == 404
    assert client.get(f"{BASE}/services.pdf").status_code == 404
    assert client.get(f"{BASE}/requests.json?status=opened").status_code == 400
    with clock.at(clock.now() + timedelta(days=91)):
        assert client.get(f"{BASE}/requests.json").json() == []


def test_sealed_reports_of_the_wizard_are_never_listed(house, key):
    from binhyen.cases.models import CaseChannel, CaseKind
    from binhyen.cases.receiving import NewReport, receive_report
    from binhyen.cases.reports import Report

    receive_report(NewReport(house.unit, CaseKind.FEEDBACK, CaseChannel.WEB, Report(text="kín")))
    assert Client().get(f"{BASE}/requests.json").json() == []
