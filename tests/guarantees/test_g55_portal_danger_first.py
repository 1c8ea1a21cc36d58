"""G55 on the portal: hotlines before any field, and a call prompt when words signal present danger."""

import logging
from datetime import timedelta

import pytest

from binhyen.cases import actions
from binhyen.cases.models import Case
from binhyen.cases.queries import list_cases
from binhyen.inbox.models import DutyAlert
from binhyen.inbox.tests.factories import make_officer
from binhyen.portal.tests.portal_pages import HOME, MORE, PRIVATE, READING, ask, seed
from binhyen.portal.tests.report_pages import act_on, send_report
from binhyen.units.models import Role
from binhyen.units.scope import scope_of
from binhyen.vault.tests.light_hashes import hash_lightly

pytestmark = pytest.mark.django_db
NUMBERS = ("113", "114", "115", "111")
INTAKE = {**PRIVATE, **{name: READING[name] for name in ("choose", "home", "results", "phone_list")}}
PRESENT_DANGER = [
    "có người cầm dao chém nhau",
    "co nguoi cam dao chem nhau",
    "cháy nhà rồi cứu với",
    "chay nha roi cuu voi",
    "chồng đang đánh em, cứu em với",
    "chong dang danh em cuu em voi",
    "bé bị đuối nước ở sông",
    "be bi duoi nuoc o song",
    "nó đang phá cửa nhà tôi",
    "no dang pha cua nha toi",
    "em muốn tự tử",
    "em muon tu tu",
]


@pytest.fixture(autouse=True)
def unit():
    return seed()


@pytest.mark.parametrize("name", list(INTAKE))
def test_hotlines_come_before_every_field(client, name):
    main = client.get(INTAKE[name]).content.decode().split("<main")[1]
    first_field = min([main.find(part) for part in ("<input", "<textarea") if part in main] or [len(main)])
    for number in NUMBERS:
        assert 0 < main.find(f'href="tel:{number}"') < first_field
    assert "không phải đường dây khẩn cấp" in main


@pytest.mark.parametrize("words", PRESENT_DANGER)
def test_danger_words_bring_the_call_prompt_first(client, words):
    main = client.get(f"{HOME}hoi/", {"q": words}).content.decode().split("<main")[1]
    prompt = main.find('role="alert"')
    assert 0 <= prompt < main.find("<input")
    assert "Gọi 113 ngay" in main
    assert "Gọi 113 trước" in main


@pytest.mark.parametrize("words", PRESENT_DANGER[:6])
def test_the_receipt_page_says_it_too(client, words):
    answer = ask(client, words)
    main = answer.content.decode().split("<main")[1]
    assert main.find("Gọi 113 ngay") < main.find('id="code"')
    assert answer.status_code == 200, "the question is taken all the same"


def test_calm_questions_bring_no_alarm(client):
    for words in ("đăng ký tạm trú", "lệ phí làm căn cước", "giờ làm việc của công an xã"):
        assert 'role="alert"' not in client.get(f"{HOME}hoi/", {"q": words}).content.decode()


def test_such_words_are_never_logged(client, caplog):
    with caplog.at_level(logging.DEBUG):
        client.get(MORE["danger"])
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("binhyen")]
    assert not [line for line in ours if "dao" in line]


@pytest.mark.parametrize("topic", ["nuisance", "crime", "proposal"])
def test_danger_in_a_report_rings_at_once_whatever_its_topic_and_the_first_look_takes_it(client, monkeypatch, topic):
    hash_lightly(monkeypatch)
    send_report(client, topic=topic, text=PRESENT_DANGER[0])
    case = Case.objects.latest("pk")
    alert = DutyAlert.objects.get(subject=case.public_id)
    assert (alert.rule_id, alert.state) == ("danger.first_look", "ringing")
    assert alert.created_at - case.received_at < timedelta(seconds=10)
    officer = make_officer(case.unit, "nhan-tin")
    actions.see(scope_of(officer), case)
    alert.refresh_from_db()
    assert (alert.state, alert.accepted_by) == ("accepted", officer)


@pytest.mark.parametrize("act", ["add", "contest"])
def test_danger_in_words_added_with_the_code_rings_and_marks_the_case(client, monkeypatch, act):
    hash_lightly(monkeypatch)
    code = send_report(client, topic="nuisance", text="Quán hát quá 22 giờ")
    case = Case.objects.latest("pk")
    officer, judge = make_officer(case.unit, "nhan-tin"), scope_of(make_officer(case.unit, "xem-lai", Role.COMMANDER))
    for step, words in (("see", ""), ("close_without_result", "Không thấy")):
        case = actions.take_step(scope_of(officer), case, step, words)
    assert not DutyAlert.objects.filter(subject=case.public_id).exists()
    assert "Gọi 113 ngay" in act_on(client, code, act, text=PRESENT_DANGER[0]).content.decode()
    assert DutyAlert.objects.get(subject=case.public_id).rule_id == "danger.first_look"
    case.refresh_from_db()
    assert case.is_urgent
    row = next(row for row in list_cases(judge, "done" if act == "add" else "open") if row.case == case)
    assert row.has_news
    actions.add_note(judge, case, "Đã cử người đi")
    assert not any(row.has_news for view in ("done", "open") for row in list_cases(judge, view))
