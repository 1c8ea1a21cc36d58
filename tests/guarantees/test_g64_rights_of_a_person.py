"""G64: one page to see, copy, correct, withdraw and erase; a breach notice is drafted with every field."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from binhyen.audit.holds import place_hold
from binhyen.audit.models import AuditRow
from binhyen.cases import actions, handing_over, queries
from binhyen.cases.models import Case
from binhyen.cases.routes import keep_route
from binhyen.cases.tests.factories import make_case, make_station
from binhyen.cli.main import main
from binhyen.core import clock
from binhyen.core.retention import kept_until
from binhyen.inbox.models import Conversation, DutyAlert, Message
from binhyen.inbox.tests.factories import make_house, make_officer
from binhyen.portal.units_here import forget_units
from binhyen.units.scope import scope_of
from binhyen.vault import receipts
from binhyen.workflows.asking import ask_by_portal
from binhyen.workflows.breach import draft_breach_notice
from binhyen.workflows.intake import work_intake

pytestmark = pytest.mark.django_db
PAGE = "/thach-binh/rieng-tu/cua-toi/"


@pytest.fixture(autouse=True)
def _fresh(db):
    forget_units()


@pytest.fixture
def question(understander_of_the_session) -> str:
    """The code of a question that has arrived."""
    code = ask_by_portal(make_house().unit, "Đăng ký tạm trú cần giấy tờ gì?")
    work_intake(10, understander_of_the_session)
    return code


@pytest.fixture(scope="session")
def understander_of_the_session():
    from binhyen.language.model_cache import load_understander

    return load_understander()


@pytest.fixture
def report() -> tuple[Case, str]:
    """A sealed report and its code."""
    station = make_station()
    case = make_case(station.unit, "Ông Tám bán pháo lậu")
    code = receipts.new_code()
    Case.objects.filter(pk=case.pk).update(receipt_hash=receipts.hashed(code), sealed_identity=b"sealed")
    case.refresh_from_db()
    return case, code


def send(client: Client, ticket: str, **form: str) -> str:
    return client.post(PAGE, {"thread": ticket, **form}).content.decode()


def opened(client: Client, code: str) -> tuple[str, str]:
    html = client.post(PAGE, {"code": code}).content.decode()
    found = re.search(r'name="thread" value="([^"]+)"', html)
    assert found, html
    return html, found[1]


def test_the_page_says_what_is_held_why_since_when_until_when_and_who_looked(client, report):
    case, code = report
    station_scope = make_scope(case)
    queries.read_case(station_scope, case)
    html, _ = opened(client, code)
    for words in (
        "niêm phong",
        "Để xác minh",
        f"{case.received_at.astimezone(clock.VIETNAM):%d/%m/%Y}",
        "sổ tiếp nhận",
    ):
        assert words in html
    assert len(re.findall(r"<time", html)) >= 1
    assert "Ông Tám" not in html
    assert code not in html


def make_scope(case: Case):
    return scope_of(make_officer(case.unit, "xem"))


def test_a_question_is_copied_and_erased_at_once(client, question):
    _, ticket = opened(client, question)
    copy = client.post(PAGE, {"thread": ticket, "act": "copy"})
    assert "Đăng ký tạm trú" in copy.content.decode()
    assert copy.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in copy.headers["Cache-Control"]

    assert "chắc" in send(client, ticket, act="erase")
    assert Conversation.objects.exists()
    assert "đã xóa" in send(client, ticket, act="erase", sure="yes").lower()
    assert not Message.objects.exists()
    assert not Conversation.objects.exists()
    assert client.post(PAGE, {"code": question}).status_code == 422
    assert "không còn" in send(client, ticket, act="copy").lower()


def test_a_correction_reaches_an_officer(client, question, understander_of_the_session):
    html, ticket = opened(client, question)
    sheet = re.search(r'name="sheet" value="([^"]+)"', html)[1]
    assert client.post(PAGE, {"thread": ticket, "act": "correct", "sheet": sheet}).status_code == 422
    assert (
        client.post(PAGE, {"thread": ticket, "act": "correct", "sheet": sheet, "text": "Tên tôi là Lan"}).status_code
        == 200
    )
    work_intake(10, understander_of_the_session)
    assert Message.objects.filter(text__contains="Tên tôi là Lan").exists()


def test_a_correction_with_words_of_danger_rings_and_shows_the_numbers(client, report):
    case, code = report
    DutyAlert.objects.all().delete()
    html, ticket = opened(client, code)
    sheet = re.search(r'name="sheet" value="([^"]+)"', html)[1]
    shown = send(
        client, ticket, act="correct", sheet=sheet, text="Sai rồi, chúng nó đang cầm dao đuổi chém tôi, cứu với"
    )
    assert 'class="call"' in shown
    assert [alert.subject for alert in DutyAlert.objects.filter(rule_id="danger.first_look")] == [case.public_id]


def test_withdrawing_destroys_the_name_and_keeps_the_report(client, report):
    case, code = report
    _, ticket = opened(client, code)
    send(client, ticket, act="withdraw", sure="yes")
    case.refresh_from_db()
    assert bytes(case.sealed_identity) == b""
    assert bytes(case.wrapped_key)


def test_erasing_leaves_the_register_row_without_identity(client, report):
    case, code = report
    _, ticket = opened(client, code)
    send(client, ticket, act="erase", sure="yes")
    case.refresh_from_db()
    assert (bytes(case.wrapped_key), bytes(case.sealed_report), bytes(case.sealed_identity)) == (b"", b"", b"")
    assert case.number == 1
    assert client.post(PAGE, {"code": code}).status_code == 422


@pytest.mark.parametrize("kept_by", ["work", "hold"])
def test_what_the_law_keeps_loses_the_name_and_says_so(client, report, kept_by):
    case, code = report
    if kept_by == "work":
        Case.objects.filter(pk=case.pk).update(state="verifying")
    else:
        place_hold(case.unit_id, case.public_id, "Viện kiểm sát yêu cầu giữ hồ sơ", 1)
    _, ticket = opened(client, code)
    html = send(client, ticket, act="erase", sure="yes")
    case.refresh_from_db()
    assert bytes(case.sealed_identity) == b""
    assert bytes(case.wrapped_key)
    assert "luật" in html.lower()


def worked_by(officer, case: Case, *steps: str) -> Case:
    for act in steps:
        case = actions.take_step(scope_of(officer), case, act, "Đã làm" if act == "close" else "")
    return case


def test_what_went_on_to_another_unit_is_told_and_goes_too(client, report):
    case, code = report
    here, there = make_officer(case.unit, "day"), make_station("dong-hoi")
    case = worked_by(here, case, "see", "verify")
    part = handing_over.split(scope_of(here), case, "Phần đổ rác", "feedback")
    onward = handing_over.transfer_to_unit(scope_of(here), case, there.unit, "Ông Tám bán pháo", [])
    _, ticket = opened(client, code)
    assert "luật" in send(client, ticket, act="erase", sure="yes").lower()
    assert Case.objects.exclude(wrapped_key=b"").count() == 3

    onward = worked_by(there.duty, onward, "see", "verify", "close")
    queries.read_case(there.scope(), onward)
    html, ticket = opened(client, code)
    until = kept_until("report_content_handed_over", onward.closed_at)
    assert f"{until.astimezone(clock.VIETNAM):%d/%m/%Y}" in html
    assert len(re.findall(r"<time", html)) >= 1
    assert "đã xóa" in send(client, ticket, act="erase", sure="yes").lower()
    for one in (case, part, onward):
        one.refresh_from_db()
        assert not bytes(one.wrapped_key), one


def test_the_way_back_through_zalo_is_told_and_goes_with_the_name(client, report):
    case, code = report
    keep_route(case, "cuộc nói chuyện", clock.now() + timedelta(days=7))
    html, ticket = opened(client, code)
    assert "Đường liên lạc lại qua Zalo" in html
    assert "Đường liên lạc lại qua Zalo" not in send(client, ticket, act="withdraw", sure="yes")


def test_every_act_is_a_row_without_content(client, report):
    case, code = report
    _, ticket = opened(client, code)
    client.post(PAGE, {"thread": ticket, "act": "copy"})
    send(client, ticket, act="withdraw", sure="yes")
    send(client, ticket, act="erase", sure="yes")
    acts = set(AuditRow.objects.filter(subject=case.public_id).values_list("action", flat=True))
    assert {"rights.copied", "rights.withdrawn", "rights.erased", "case.erased", "identity.destroyed"} <= acts


@pytest.mark.parametrize(
    "form", [{}, {"code": "123"}, {"code": "1" * 18}, {"thread": "x", "act": "erase", "sure": "yes"}]
)
def test_a_wrong_code_shows_nothing_and_says_what_to_do(client, form):
    make_house()
    answer = client.post(PAGE, form)
    assert answer.status_code == 422
    assert 'name="code"' in answer.content.decode()


def test_no_box_is_ticked_before(client, report):
    html, _ = opened(client, report[1])
    assert "checked" not in html


FIELDS = 14


def test_the_breach_notice_fills_every_field_within_the_legal_time():
    station = make_station()
    make_case(station.unit)
    found_at = clock.now() - timedelta(hours=2)
    fields = draft_breach_notice(station.unit, found_at, "Mất một máy tính xách tay", "")
    assert len(fields) == FIELDS
    assert all(field.title and len(field.text) > 5 for field in fields)
    due = next(field.text for field in fields if field.title == "Hạn thông báo")
    assert f"{(found_at + timedelta(hours=72)).astimezone(clock.VIETNAM):%H giờ %M ngày %d/%m/%Y}" in due


def test_the_breach_command(capsys, tmp_path):
    make_house()
    wrong = [["no-unit"], ["thach-binh", "--discovered", "x"], ["thach-binh", "--discovered", "2999-01-01T00:00"]]
    for arguments in wrong:
        options = arguments if "--discovered" in arguments else [*arguments, "--discovered", "2026-01-01T00:00"]
        assert main(["breach-notice", *options, "--what", "Lộ máy"]) == 2
    out = tmp_path / "draft.txt"
    good = ["thach-binh", "--discovered", "2026-01-01T08:00", "--out", str(out)]
    assert main(["breach-notice", *good, "--what", "  "]) == 2
    assert main(["breach-notice", *good, "--what", "Lộ máy"]) == 0
    assert f"{FIELDS}. " in out.read_text(encoding="utf8")
