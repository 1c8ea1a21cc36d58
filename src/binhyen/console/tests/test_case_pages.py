"""Cases in the console: from arrival to the end, opening a name by two custodians, taking a report by telephone."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.test import Client

from binhyen.audit.models import AuditRow
from binhyen.cases.files_of_case import add_to_case, clean_waiting
from binhyen.cases.models import Case, CaseKind
from binhyen.cases.openings import Opening
from binhyen.cases.tests.factories import (
    OTHER_WORDS,
    REASON,
    WORDS,
    Station,
    give_key,
    make_case,
    make_named_case,
    make_station,
)
from binhyen.console.tests.factories import sign_in
from binhyen.console.views import case_handing
from binhyen.core import clock
from binhyen.inbox.alerts import ringing_alerts_for
from binhyen.inbox.models import DutyAlert
from binhyen.inbox.tests.factories import make_officer
from binhyen.units.models import Role, Unit
from binhyen.vault import receipts
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.vault.tests.samples import jpeg_with_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def station(monkeypatch) -> Station:
    hash_lightly(monkeypatch)
    return make_station()


@pytest.fixture
def client(station) -> Client:
    return sign_in(station.duty)


def address(case: Case, rest: str = "") -> str:
    return f"/console/cases/{case.public_id}/{rest}"


def act(client: Client, case: Case, name: str, **data):
    return client.post(address(case, "act/"), {"act": name, **data}, follow=True)


def test_the_list_holds_nothing_of_the_report(client, station):
    case = make_case(station.unit, "Chim sẻ bay qua", is_urgent=True)
    html = client.get("/console/cases/").content.decode()
    assert f"#{case.number}" in html
    assert "Khẩn" in html
    assert "Chim sẻ" not in html


def test_search_finds_by_words_and_keeps_them_out_of_the_address(client, station):
    make_case(station.unit, "Chim sẻ bay qua")
    make_case(station.unit, "Việc khác")
    page = client.post("/console/cases/", {"words": "chim se"})
    assert "Tìm thấy 1 vụ việc." in page.content.decode()
    assert "?" not in page.request["PATH_INFO"]


def test_the_first_look_is_kept_and_every_look_recorded(client, station):
    case = make_case(station.unit, "Chim sẻ bay qua")
    html = client.get(address(case)).content.decode()
    assert "Chim sẻ bay qua" in html
    assert "crime.first_look" in html
    case.refresh_from_db()
    assert case.state == "seen"
    assert case.clocks.get(rule_id="crime.first_look").met_at
    client.get(address(case))
    assert AuditRow.objects.filter(action="case.read", subject=case.public_id).count() == 2


def test_the_first_look_takes_the_alarm_that_asks_for_it(client, station):
    case = make_case(station.unit)
    assert ringing_alerts_for(station.scope())
    client.get(address(case))
    alert = DutyAlert.objects.get(subject=case.public_id)
    assert (alert.state, alert.accepted_by) == ("accepted", station.duty)
    assert ringing_alerts_for(station.scope()) == []


def test_from_arrival_to_the_end(client, station):
    case = make_case(station.unit, kind=CaseKind.FEEDBACK)
    client.get(address(case))
    for name, text in (
        ("verify", ""),
        ("note", "Đi xem tại chỗ"),
        ("ask", "Biển số?"),
        ("answer", "Đã nhắc"),
        ("close", "Xong"),
    ):
        assert act(client, case, name, text=text).status_code == 200
    case.refresh_from_db()
    assert case.state == "closed"
    html = client.get(address(case)).content.decode()
    assert "Đi xem tại chỗ" in html
    assert "Mở lại" in html


def test_what_cannot_be_done_keeps_the_words(client, station):
    case = make_case(station.unit)
    client.get(address(case))
    page = act(client, case, "close", text="Đã xong việc này")
    assert page.status_code == 422
    assert "Đã xong việc này" in page.content.decode()
    assert act(client, case, "answer", text=" ").status_code == 422


def test_tasks_assignment_and_conflict(client, station):
    case = make_case(station.unit)
    act(client, case, "task", text="Lập biên bản")
    task = case.tasks.get()
    act(client, case, "task_done", task=task.public_id)
    act(client, case, "assign", officer=station.duty.public_id)
    case.refresh_from_db()
    assert case.assigned_to == station.duty
    page = act(client, case, "conflict", officer=station.duty.public_id)
    assert "không thấy vụ việc này nữa" in page.content.decode()
    assert client.get(address(case)).status_code == 404


def test_a_promise_moves_with_a_reason_and_the_law_does_not(client, station):
    case = make_case(station.unit, kind=CaseKind.FEEDBACK)
    row = case.clocks.get(rule_id="feedback.answer")
    until = f"{clock.today() + timedelta(days=26):%d/%m/%Y} 16:00"
    data = {"clock": row.pk, "until": until}
    assert act(client, case, "move", text="ngắn", **data).status_code == 422
    assert act(client, case, "move", text="Chờ kết quả đo tiếng ồn của phường", **data).status_code == 200
    crime = make_case(station.unit)
    law = crime.clocks.get(rule_id="crime.transfer")
    fixed = act(client, crime, "move", text="Chờ kết quả đo tiếng ồn", clock=law.pk, until=until)
    assert fixed.status_code == 422


def test_clean_copies_only_and_in_a_sandbox(client, station):
    case = make_case(station.unit)
    file = add_to_case(case, jpeg_with_everything())
    assert client.get(f"/console/case-file/{file.public_id}/").status_code == 409
    assert clean_waiting() == 1
    shown = client.get(f"/console/case-file/{file.public_id}/")
    assert shown.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert shown.headers["Content-Disposition"].startswith("attachment")
    assert b"Exif" not in shown.content
    assert shown.content != jpeg_with_everything()


def test_a_package_leaves_without_the_reporter(client, station):
    case = make_case(station.unit, "Tôi tên là Nguyễn Thị Kín, sđt 0912345678. Ông Tám bán pháo ở chợ.")
    client.get(address(case))
    html = client.get(address(case, "transfer/")).content.decode()
    proposed = re.search(r'<textarea id="package-text"[^>]*>(.*?)</textarea>', html, re.DOTALL)[1]
    assert "Kín" not in proposed
    assert "0912345678" not in proposed
    kept = {"text": "Gọi 0912345678 để hỏi", "body": "Phòng Cảnh sát hình sự"}
    assert client.post(address(case, "transfer/"), kept).status_code == 422
    client.post(address(case, "transfer/"), {"text": proposed, "body": "Phòng Cảnh sát hình sự"})
    case.refresh_from_db()
    assert case.state == "transferred"
    archive = client.get(address(case, f"package/{case.packages.get().public_id}/"))
    with zipfile.ZipFile(io.BytesIO(archive.content)) as found:
        whole = b"".join(found.read(name) for name in found.namelist())
        assert found.namelist() == ["phieu-chuyen.docx", "noi-dung.docx"]
    assert "Kín".encode() not in whole


@pytest.mark.parametrize("paper", ["reception_record", "transfer_slip", "result_notice"])
def test_papers_are_drafts(client, station, paper):
    case = make_case(station.unit, "Ông Tám bán pháo")
    page = client.get(address(case, f"paper/{paper}/"))
    with zipfile.ZipFile(io.BytesIO(page.content)) as found:
        words = found.read("word/document.xml").decode()
    assert "BẢN NHÁP" in words
    assert client.get(address(case, "paper/khac/")).status_code == 404


def test_a_name_is_opened_by_two_custodians(station):
    give_key(station)
    case = make_named_case(station.unit)
    duty, first, second = sign_in(station.duty), sign_in(station.first), sign_in(station.second)
    assert "Danh tính niêm phong" in duty.get(address(case)).content.decode()

    refused = duty.post(address(case, "opening/"), {"ground": "statement", "reason": "ngắn"})
    assert refused.status_code == 422
    asked = duty.post(address(case, "opening/"), {"ground": "statement", "reason": REASON})
    place = asked.headers["Location"]
    assert "Kín" not in duty.get(place).content.decode()
    assert first.post(place, {"act": "agree", "passphrase": OTHER_WORDS}).status_code == 422
    names = sorted((station.first.full_name, station.second.full_name))
    assert (
        f"mới có 0/2 người đồng ý. Đang chờ: {', '.join(names)}" in duty.post(place, {"act": "show"}).content.decode()
    )
    for client, words in ((first, WORDS), (second, OTHER_WORDS)):
        assert REASON in client.get(place).content.decode()
        assert (
            client is first
            or f"<dt>Đang chờ</dt><dd>{station.second.full_name}</dd>" in duty.get(place).content.decode()
        )
        assert client.post(place, {"act": "agree", "passphrase": words}).status_code == 302

    shown = duty.post(place, {"act": "show"}).content.decode()
    assert "Nguyễn Thị Kín" in shown
    assert "0912 345 678" in shown
    assert "Kín" not in first.post(place, {"act": "show"}).content.decode()
    elsewhere = sign_in(station.duty)
    assert "Nguyễn Thị Kín" not in elsewhere.post(place, {"act": "show"}).content.decode()
    assert Opening.objects.get().approver == station.second


def test_custodians_set_up_rehearse_and_share_again(station):
    first, second = sign_in(station.first), sign_in(station.second)
    place = f"/console/custodians/{station.unit.public_id}/"
    assert "Chưa có khóa" in first.get(place).content.decode()
    assert first.post(place, {"act": "key"}).status_code == 422
    assert first.post(place, {"act": "passphrase", "passphrase": WORDS, "again": "khác"}).status_code == 422
    for client, words in ((first, WORDS), (second, OTHER_WORDS)):
        assert client.post(place, {"act": "passphrase", "passphrase": words, "again": words}).status_code == 302
    assert first.post(place, {"act": "key"}).status_code == 302

    third = make_officer(station.unit, "giu-ba", Role.IDENTITY_CUSTODIAN)
    sign_in(third).post(place, {"act": "passphrase", "passphrase": WORDS, "again": WORDS})
    assert "chưa có phần" in first.get(place).content.decode()
    for purpose in ("rehearsal", "share_again"):
        opening = first.post(place, {"act": purpose}).headers["Location"]
        first.post(opening, {"act": "agree", "passphrase": WORDS})
        second.post(opening, {"act": "agree", "passphrase": OTHER_WORDS})
        assert "niêm phong lại" not in first.get(opening).content.decode()
    html = first.get(place).content.decode()
    assert "Diễn tập gần nhất" in html
    assert html.count("đang giữ") == 3


def test_a_report_by_telephone(client, station):
    form = client.get("/console/cases/take/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', form)[1]
    assert "gọi 113 ngay" in form
    ticked = re.findall(r'<input type="radio" name="channel" value="(\w+)"[^>]* checked>', form)
    assert ticked == ["phone"]
    empty = client.post("/console/cases/take/", {"token": token, "topic": "crime", "text": "", "channel": "counter"})
    assert empty.status_code == 422
    assert re.search(r'value="counter"[^>]* checked>', empty.content.decode())
    unsaid = client.post("/console/cases/take/", {"token": token, "topic": "crime", "text": "Người ta đánh bạc"})
    assert unsaid.status_code == 422
    assert not Case.objects.exists()
    data = {"token": token, "topic": "crime", "text": "Người ta đánh bạc", "place": "sau chợ", "channel": "phone"}
    pages = [client.post("/console/cases/take/", data).content.decode() for _ in range(2)]
    codes = {"".join(re.findall(r"<span>(\d{3})</span>", page)) for page in pages}
    assert len(codes) == Case.objects.count() == 1
    case = Case.objects.get()
    assert case.channel == "phone"
    assert case.receipt_hash == receipts.hashed(codes.pop())


def test_sums_about_conduct_are_hidden_below_five(station):
    from binhyen.cases.conduct import checked_feedback, keep_feedback

    above = sign_in(make_officer(station.parent, "tinh", Role.COMMANDER))
    for _ in range(4):
        keep_feedback(checked_feedback(station.unit, "5", "4"))
    assert "&lt;5" in above.get("/console/conduct/").content.decode()
    keep_feedback(checked_feedback(station.unit, "5", "4"))
    html = above.get("/console/conduct/").content.decode()
    assert "5,0" in html or "5.0" in html


def test_a_form_of_an_earlier_sign_in_is_answered_in_plain_words(station):
    case = make_case(station.unit)
    strict = sign_in(station.duty, Client(enforce_csrf_checks=True))
    answer = strict.post(address(case, "act/"), {"act": "note", "text": "Ghi chú"})
    assert answer.status_code == 403
    assert "chưa gửi, chưa đổi gì" in answer.content.decode()
    assert not case.events.filter(kind="note").exists()


def test_today_counts_cases_and_leads_to_those_that_are_late(client, station):
    make_case(station.unit)
    html = client.get("/console/today/").content.decode()
    assert "1 đang làm" in html
    assert "0 quá hạn" in html
    with clock.at(clock.now() + timedelta(hours=9)):
        late = sign_in(station.duty)
        assert "1 quá hạn" in late.get("/console/today/").content.decode()
        assert "#1 · " in late.get("/console/cases/?view=late").content.decode()


def test_neighbours_are_offered_for_a_transfer_before_the_rest_of_the_nation(station, monkeypatch):
    make = Unit.objects.create
    for number in range(3):
        make(kind="commune_police", name=f"An {number}", short_name="An", slug=f"an-{number}")
    near = make(kind="commune_police", name="Xuân", short_name="Xuân", slug="xuan", parent=station.parent)
    monkeypatch.setattr(case_handing, "MOST_UNITS", 2)
    case = make_case(station.unit)
    html = sign_in(station.duty).get(f"/console/cases/{case.public_id}/transfer/").content.decode()
    offered = re.findall(r'<option value="([\w-]+)"', html.split('name="unit"')[1])
    assert sorted(offered) == sorted([station.parent.public_id, near.public_id])


def test_a_refused_transfer_keeps_what_was_chosen(station):
    case = make_case(station.unit)
    file = add_to_case(case, jpeg_with_everything())
    clean_waiting()
    told = {"text": "Số 0987001234", "file": file.public_id, "unit": station.parent.public_id}
    page = sign_in(station.duty).post(f"/console/cases/{case.public_id}/transfer/", told)
    assert page.status_code == 422
    html = page.content.decode()
    assert re.search(rf'value="{file.public_id}" checked', html)
    assert re.search(rf'value="{station.parent.public_id}" selected', html)
