"""Reviews in the console: from the choice of a period to the paper, with wrong input on the way."""

import pytest
from django.test import Client

from binhyen.audit.models import AuditRow
from binhyen.console.tests.factories import make_officer, sign_in
from binhyen.reviews.models import Review, Task
from binhyen.reviews.tests.factories import make_commune
from binhyen.units.models import Role, Unit

pytestmark = pytest.mark.django_db
LIST = "/console/reviews/"


@pytest.fixture
def unit() -> Unit:
    return make_commune()


@pytest.fixture
def client(unit: Unit) -> Client:
    return sign_in(make_officer(unit, "chi-huy", Role.COMMANDER))


@pytest.fixture
def address(client: Client, unit: Unit) -> str:
    answer = client.post(LIST, {"unit": unit.public_id, "period": "2026-Q3"})
    return answer.headers["Location"]


def test_a_leader_writes_prints_and_closes_one(client, address, unit):
    page = client.get(address).content.decode()
    assert "180 tin nhắn của người dân" in page
    assert "<svg" in page
    texts = client.get(f"{address}texts/").content.decode()
    assert "Giải thích mục đích" in texts
    typed = {"version": "1", "lessons": "Trả lời trong buổi", "agenda": "Một\nHai", "signer_name": "Đ/c Thử"}
    assert client.post(f"{address}texts/", typed).headers["Location"] == address
    client.post(address, {"act": "task", "what": "Tập huấn", "owner": "Trực ban", "due_on": "20/12/2026"})
    task = Task.objects.get()
    client.post(address, {"act": "done", "task": task.public_id, "note": "đủ"})
    assert "đủ" in client.get(address).content.decode()
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        file = client.post(f"{address}file/{form}/")
        assert file.content.startswith(start)
        assert f'bao-cao-2026-Q3.{form}"' in file.headers["Content-Disposition"]
    assert AuditRow.objects.filter(action="review.exported").count() == 3
    client.post(address, {"act": "close"})
    assert Review.objects.get().state == "closed"
    assert "Tiếng" not in client.get(f"{address}versions/1/").content.decode()
    assert "Trả lời trong buổi" in client.get(f"{address}versions/2/").content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"period": "2026-Q9"}, "Chưa hiểu kỳ này"),
        ({"from": "hôm qua", "to": "22/11/2026"}, "hôm qua"),
        ({"from": "01/01/2024", "to": "31/12/2026"}, "366"),
    ],
)
def test_a_wrong_period_is_told_and_what_was_typed_stays(client, unit, typed, words):
    answer = client.post(LIST, {"unit": unit.public_id, **typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert all(value in page for key, value in typed.items() if key != "period")


def test_what_was_typed_stays_when_somebody_saved_meanwhile(client, address):
    client.post(f"{address}texts/", {"version": "1", "lessons": "Bản của đồng nghiệp"})
    answer = client.post(f"{address}texts/", {"version": "1", "lessons": "Bản của tôi"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bản của tôi" in page
    assert "Bản của đồng nghiệp" in page


def test_a_task_with_a_wrong_day_is_told_in_place(client, address):
    answer = client.post(address, {"act": "task", "what": "Tập huấn", "owner": "Trực ban", "due_on": "mai"})
    assert answer.status_code == 422
    assert 'value="Tập huấn"' in answer.content.decode()


def test_an_officer_reads_and_takes_the_paper_but_changes_nothing(client, address, unit):
    officer = sign_in(make_officer(unit, "may", Role.DUTY_OFFICER))
    page = officer.get(address).content.decode()
    assert "Giao việc" not in page
    assert officer.post(f"{address}file/pdf/").status_code == 200
    assert officer.get(f"{address}texts/").status_code == 404
    for typed in ({"act": "close"}, {"act": "task", "what": "x", "owner": "y", "due_on": "20/12/2026"}, {"act": "?"}):
        assert officer.post(address, typed).status_code == 404
    assert officer.post(f"{address}file/exe/").status_code == 404


def test_queries_do_not_grow_with_tasks(client, address, django_assert_max_num_queries):
    for number in range(20):
        client.post(address, {"act": "task", "what": f"Việc {number}", "owner": "Trực ban", "due_on": "20/12/2026"})
    with django_assert_max_num_queries(45):
        client.get(address)
