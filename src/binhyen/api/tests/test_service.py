"""The REST service as another system meets it."""

import json
from datetime import date

import pytest
from django.test import Client

from binhyen.cases.tests.factories import make_case
from binhyen.consumers import actions
from binhyen.consumers.models import CallWindow
from binhyen.consumers.rules import ApiScope
from binhyen.core import clock
from binhyen.core.working_time import local_day
from binhyen.inbox.models import Conversation
from binhyen.inbox.tests.factories import House, make_house, make_officer
from binhyen.jobs.models import JobRow
from binhyen.outreach.models import Post
from binhyen.statistics.families import forget_families
from binhyen.statistics.models import MonthFigures
from binhyen.units.models import DirectoryEntry, Role
from binhyen.units.scope import scope_of
from binhyen.vault import receipts
from binhyen.workflows.intake import work_intake
from binhyen.workflows.publishing import plan

pytestmark = pytest.mark.django_db
BASE = "/api/v1"


@pytest.fixture
def house() -> House:
    return make_house()


def key_with(house: House, *scopes: ApiScope, **limits: int) -> str:
    administrator = make_officer(house.unit, f"quan-tri-{house.unit.slug}", Role.UNIT_ADMINISTRATOR)
    _, key = actions.create_consumer(scope_of(administrator), house.unit, "Cổng xã", scopes or list(ApiScope), **limits)
    return key


def client_with(key: str) -> Client:
    return Client(headers={"authorization": f"Bearer {key}"})


def test_without_a_key_nothing_opens(house: House):
    for headers in ({}, {"authorization": "Bearer by_wrongwrongwrongwrongwrong"}, {"authorization": "Basic x"}):
        answer = Client(headers=headers).get(f"{BASE}/units")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "key_unknown"


def test_the_description_is_openapi_3_1_and_open():
    description = Client().get(f"{BASE}/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    assert set(description["paths"]) >= {f"{BASE}/units", f"{BASE}/units/{{slug}}/procedures"}


def test_units_procedures_and_directory(house: House):
    DirectoryEntry.objects.create(unit=house.unit, title="Trưởng Công an xã", phone="0239 3 000 001")
    client = client_with(key_with(house))

    assert [unit["slug"] for unit in client.get(f"{BASE}/units").json()] == ["thach-binh"]
    listed = client.get(f"{BASE}/units/thach-binh/procedures").json()
    assert len(listed) == 58
    one = client.get(f"{BASE}/units/thach-binh/procedures/dang-ky-tam-tru").json()
    assert one["title"] == "Đăng ký tạm trú"
    assert one["legal_basis"]
    assert one["page"].endswith("/thach-binh/thu-tuc/dang-ky-tam-tru/")
    numbers = client.get(f"{BASE}/units/thach-binh/directory").json()
    assert next(iter(numbers["emergency"])) == "113"
    assert numbers["numbers"] == [{"title": "Trưởng Công an xã", "phone": "0239 3 000 001", "area": ""}]


def test_a_question_is_asked_once_and_answered_by_its_receipt(house: House):
    client = client_with(key_with(house))
    send = {"content_type": "application/json", "headers": {"idempotency-key": "abc"}}

    first = client.post(f"{BASE}/units/thach-binh/questions", {"text": "Tôi muốn gặp đồng chí trực"}, **send)
    again = client.post(f"{BASE}/units/thach-binh/questions", {"text": "Tôi muốn gặp đồng chí trực"}, **send)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    while work_intake():
        pass

    assert Conversation.objects.count() == 1
    code = first.json()["receipt_code"]
    read = client.post(f"{BASE}/units/thach-binh/receipts", {"receipt_code": code}, content_type="application/json")
    assert read.status_code == 200
    assert read.json()["state"] in ("waiting", "answered")
    assert "đồng chí trực" not in json.dumps(read.json()["replies"], ensure_ascii=False)


@pytest.mark.parametrize(
    ("body", "code"),
    [({"text": " "}, "invalid"), ({"text": "x" * 2_001}, "invalid"), ({}, "invalid"), ({"text": 5}, "invalid")],
)
def test_a_bad_question_is_named_and_not_kept(house: House, body: dict[str, object], code: str):
    client = client_with(key_with(house))
    answer = client.post(f"{BASE}/units/thach-binh/questions", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["detail"]
    assert JobRow.objects.count() == 0


def test_the_receipt_of_a_report_looks_like_one_nobody_has(house: House):
    client = client_with(key_with(house))
    code, unknown = receipts.new_code(), receipts.new_code()
    make_case(house.unit, code=code)
    asked = [
        client.post(f"{BASE}/units/thach-binh/receipts", {"receipt_code": one}, content_type="application/json")
        for one in (code, unknown)
    ]
    assert [answer.status_code for answer in asked] == [404, 404]
    assert asked[0].content == asked[1].content


def test_a_report_shows_state_and_days_by_its_code_and_not_a_word(house: House):
    code = receipts.new_code()
    case = make_case(house.unit, "Canary-8812 đánh bạc", code=code)
    make_house("khac", "Công an xã Khác")
    client = client_with(key_with(house))
    answer = read_case(client, "thach-binh", code)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["state"], told["steps"][0]["state"]) == ("received", "received")
    assert told["steps"][0]["day"] == f"{local_day(case.received_at)}"
    assert "Canary" not in answer.content.decode()
    assert set(told) == {"state", "steps", "due_on", "is_overdue"}
    assert read_case(client, "khac", code).status_code == 404
    without = client_with(key_with(make_house("moi", "Công an xã Mới"), ApiScope.RECEIPTS))
    assert read_case(without, "moi", code).status_code == 404


def read_case(client: Client, slug: str, code: str):
    return client.post(f"{BASE}/units/{slug}/cases", {"receipt_code": code}, content_type="application/json")


def test_foreign_units_and_missing_rights_look_like_nothing(house: House):
    make_house("khac", "Công an xã Khác")
    client = client_with(key_with(house, ApiScope.DIRECTORY))
    bodies = {
        client.get(f"{BASE}/units/{slug}/{what}").content
        for slug, what in (("khac", "directory"), ("khong-co", "directory"), ("thach-binh", "procedures"))
    }
    assert len(bodies) == 1
    assert json.loads(bodies.pop())["status"] == 404


def test_a_province_key_covers_the_communes_below_it(house: House):
    province = make_house("tinh", "Công an tỉnh")
    house.unit.parent = province.unit
    house.unit.save(update_fields=["parent"])
    client = client_with(key_with(province))
    assert {unit["slug"] for unit in client.get(f"{BASE}/units").json()} == {"tinh", "thach-binh"}
    assert client.get(f"{BASE}/units/thach-binh/directory").status_code == 200


def test_a_full_window_is_told_and_ends(house: House):
    client = client_with(key_with(house, calls_per_minute=2))
    moment = clock.now()
    with clock.at(moment):
        assert [client.get(f"{BASE}/units").status_code for _ in range(3)] == [200, 200, 429]
        refused = client.get(f"{BASE}/units")
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    with clock.at(moment.replace(microsecond=0) + (clock.timedelta(minutes=2))):
        assert client.get(f"{BASE}/units").status_code == 200
    assert CallWindow.objects.filter(count__gt=2, length_s=60).count() == 0


def test_a_revoked_key_is_dead_and_no_key_is_stored(house: House, tmp_path):
    administrator = scope_of(make_officer(house.unit, "qt", Role.UNIT_ADMINISTRATOR))
    consumer, key = actions.create_consumer(administrator, house.unit, "Cổng xã", [ApiScope.DIRECTORY])
    assert key not in str(consumer.__dict__)
    renewed = actions.renew_key(administrator, consumer)
    assert client_with(key).get(f"{BASE}/units").status_code == 401
    assert client_with(renewed).get(f"{BASE}/units").status_code == 200
    actions.revoke_consumer(administrator, consumer)
    assert client_with(renewed).get(f"{BASE}/units").status_code == 401


def test_posts_of_the_board_are_read_and_those_taken_down_are_gone(house: House):
    now = clock.now()
    values = {"unit": house.unit, "what": "Có kẻ giả danh công an.", "channels": ["portal"], "published_at": now}
    warning = Post.objects.create(**values, kind="warning", title="Cảnh báo", created_at=now, changed_at=now)
    news = Post.objects.create(**values, kind="news", title="Tin", created_at=now, changed_at=now)
    draft = Post.objects.create(unit=house.unit, title="Nháp", channels=["portal"], created_at=now, changed_at=now)
    for post in (warning, news):
        plan(post)
    client = client_with(key_with(house, ApiScope.POSTS))
    base = f"{BASE}/units/thach-binh/posts"

    assert {post["id"] for post in client.get(base).json()} == {warning.public_id, news.public_id}
    (one,) = client.get(f"{base}?kind=warning").json()
    assert one["cap"] == f"{one['page']}canh-bao.xml"
    assert client.get(f"{base}/{news.public_id}").json()["cap"] == ""
    assert client.get(f"{base}/{draft.public_id}").status_code == 404
    assert client.get(f"{base}?kind=gossip").status_code == 422
    Post.objects.filter(pk=news.pk).update(withdrawn_at=now)
    assert client.get(f"{base}/{news.public_id}").status_code == 404


def test_figures_are_protected_as_on_their_page(house: House):
    forget_families()
    MonthFigures.objects.create(
        unit=house.unit, month=date(2025, 11, 1), counts={"messages_in": 120, "reports_received": 3, "groups": 9}
    )
    client = client_with(key_with(house, ApiScope.FIGURES))
    read = client.get(f"{BASE}/units/thach-binh/figures?period=2025-11").json()
    by_code = {one["code"]: one for one in read["figures"]}
    assert (by_code["messages_in"]["value"], by_code["groups"]["value"]) == (120, 9)
    assert (by_code["reports_received"]["value"], by_code["reports_received"]["is_hidden"]) == (None, True)
    assert "ratings_sum" not in by_code
    assert all(one["definition"] for one in read["figures"])
    for period in ("", "2025-13", "2025-11-01..2025-11-02", "x"):
        assert client.get(f"{BASE}/units/thach-binh/figures?period={period}").status_code == 422
