"""The Today page, the roster and the hand-over, as officers use them."""

import re
from datetime import datetime, timedelta

import pytest

from binhyen.cases.tests.factories import make_case
from binhyen.console.tests.factories import make_conversation, make_delivery, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.inbox.models import DutyAlert, Snooze
from binhyen.units.models import HandOver, Role, Shift, Unit
from binhyen.units.tree import place
from binhyen.vault.keyring import create_keyring

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return make_house()


@pytest.fixture
def officer(house):
    return make_officer(house.unit, "hung", Role.DUTY_OFFICER, Role.UNIT_ADMINISTRATOR)


@pytest.fixture
def client(officer):
    return sign_in(officer)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=clock.VIETNAM)


def plan(client, house, **fields):
    form = {"act": "add", "day": "30/11/2026", "starts": "07:30", "ends": "07:30", **fields}
    return client.post(f"/console/roster/{house.unit.public_id}/?week=2026-11-30", form)


def test_the_page_counts_what_is_urgent_late_due_and_stuck(client, house):
    now = clock.now()
    make_conversation(house.zalo, at=now, urgency=2)
    make_conversation(house.zalo, at=now - timedelta(days=30))
    make_delivery(make_conversation(house.zalo, at=now - timedelta(days=31), state="answered"), "unknown")
    page = client.get("/console/today/").content.decode()
    for words, count in (("Khẩn", 1), ("Quá hạn", 1), ("Đang chờ", 2), ("Cần xem lại", 1)):
        assert f'<span class="board-count">{count}</span> <span>{words}</span>' in page
    assert "Quy tắc question.answer" in page


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-10-01", None),
        ("2026-11-28", "Sắp hết hạn (Lệ phí): 31/12/2026"),
        ("2027-01-01", "Có nội dung đã hết hạn"),
    ],
)
def test_what_residents_are_told_is_named_before_it_ends(house, officer, day, said):
    with clock.at(at(f"{day} 09:00")):
        page = sign_in(officer).get("/console/today/").content.decode()
    assert ("Đang nói với bà con, sắp hết hạn" in page) is (said is not None)
    assert said is None or page.count(said) >= 4
    assert said is None or "Cấp đổi thẻ căn cước</a>" in page


def test_a_shift_is_planned_for_several_days_shown_repeated_and_removed(client, house, officer):
    second = make_officer(house.unit, "may")
    assert plan(client, house, officer=officer.public_id, second=second.public_id, days="3").status_code == 302
    begun = [shift.starts_at for shift in Shift.objects.all()]
    assert begun == [at(f"2026-{day} 07:30") for day in ("11-30", "12-01", "12-02")]
    assert Shift.objects.first().ends_at == at("2026-12-01 07:30")
    page = client.get(f"/console/roster/{house.unit.public_id}/?week=2026-12-02").content.decode()
    assert page.count(officer.full_name) >= 3
    client.post(f"/console/roster/{house.unit.public_id}/?week=2026-11-30", {"act": "copy"})
    client.post(f"/console/roster/{house.unit.public_id}/?week=2026-11-30", {"act": "copy"})
    assert Shift.objects.count() == 6
    client.post(f"/console/roster/{house.unit.public_id}/", {"act": "remove", "shift": Shift.objects.first().public_id})
    assert Shift.objects.count() == 5


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": "31/02/2026"}, "Ngày viết như 28/11/2026"),
        ({"starts": "25:00"}, "07:30"),
        ({"officer": ""}, "Chọn người trực"),
        ({"days": "400"}, "07:30"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(client, house, officer, fields, words):
    answer = plan(client, house, **{"officer": officer.public_id, "starts": "06:15", **fields})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'value="{fields.get("starts", "06:15")}"' in page
    assert not Shift.objects.exists()


def test_overlaps_and_people_without_duty_are_refused(client, house, officer):
    editor = make_officer(house.unit, "lan", Role.PAGE_EDITOR)
    assert plan(client, house, officer=officer.public_id).status_code == 302
    assert "đã có trong lịch" in plan(client, house, officer=officer.public_id, starts="20:00").content.decode()
    refused = plan(client, house, officer=editor.public_id, day="05/12/2026")
    assert "không trả lời người dân" in refused.content.decode()
    foreign = make_officer(make_house("khac", "Công an xã Khác").unit, "khac")
    assert plan(client, house, officer=foreign.public_id, day="06/12/2026").status_code == 404


def test_who_has_duty_now_stands_on_every_page(client, house, officer):
    colleague = make_officer(house.unit, "may")
    now = clock.now()
    Shift.objects.create(unit=house.unit, starts_at=now, ends_at=now + timedelta(hours=1), officer=colleague)
    for path in ("/console/", "/console/today/", "/console/settings/", "/console/desk/"):
        assert f"{colleague.full_name} đến" in client.get(path).content.decode()


def test_the_shift_changes_hands_by_name_with_a_note(client, house, officer):
    now = clock.now()
    colleague = make_officer(house.unit, "may")
    Shift.objects.create(
        unit=house.unit, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1), officer=colleague
    )
    make_conversation(house.zalo)
    before = sign_in(colleague)
    empty = before.post(f"/console/today/{house.unit.public_id}/hand-over/", {"note": " "})
    assert empty.status_code == 422
    before.post(f"/console/today/{house.unit.public_id}/hand-over/", {"note": "Một câu hỏi chờ\nđội cư trú"})
    note = HandOver.objects.get()
    assert note.open_counts["waiting"] == 1
    assert "chưa ai nhận" in client.get("/console/today/").content.decode()

    client.post(f"/console/today/{house.unit.public_id}/take/")
    note.refresh_from_db()
    assert note.taken_by == officer
    running = Shift.objects.filter(ends_at__gt=clock.now() + timedelta(seconds=1))
    assert [shift.officer for shift in running] == [officer]


def test_the_note_lists_what_is_open_and_why_gravest_first(client, house):
    now = clock.now()
    late = make_conversation(house.zalo, "Mất ví", now - timedelta(days=30))
    urgent = make_conversation(house.zalo, "Cần gấp", now, urgency=2)
    fresh = make_conversation(house.zalo, "Hỏi lịch", now)
    stuck = make_conversation(house.zalo, "Đã trả lời", now - timedelta(days=31), state="answered")
    make_delivery(stuck, "unknown")
    later = make_conversation(house.zalo, "Chờ hồ sơ", now)
    Snooze.objects.create(conversation=later, until=now + timedelta(hours=20), made_at=now)
    elsewhere = make_conversation(make_house("khac").zalo, "Nơi khác", now, urgency=2)

    client.post(f"/console/today/{house.unit.public_id}/hand-over/", {"note": "Việc còn dở"})

    note = HandOver.objects.get()
    assert [(line["number"], line["why"]) for line in note.open_lines] == [
        (str(urgent.number), "urgent"),
        (str(stuck.number), "stuck"),
        (str(late.number), "overdue"),
        (str(later.number), "aside"),
    ]
    page = client.get("/console/today/").content.decode()
    for one, words in ((urgent, "khẩn, chờ từ"), (late, "quá hạn, chờ từ"), (later, "để sau đến")):
        assert re.search(rf"/console/c/{one.public_id}/\">#{one.number} {words}", page), words
    assert not [one for one in (fresh, elsewhere) if one.public_id in str(note.open_lines)]
    assert "Mất ví" not in str(note.open_lines), "no words of residents"


def test_a_superior_sees_the_board_of_the_communes_and_takes_no_shift_there(house):
    province = Unit.objects.create(kind="province_police", name="Công an tỉnh", short_name="Công an tỉnh", slug="tinh")
    place(house.unit, province)
    client = sign_in(make_officer(province, "chi-huy", Role.COMMANDER))
    page = client.get(f"/console/today/?unit={house.unit.public_id}").content.decode()
    assert house.unit.name in page
    assert "/take/" not in page
    assert client.post(f"/console/today/{house.unit.public_id}/take/").status_code == 404


def test_alerts_that_do_not_get_through_are_said_on_the_page(client, house, officer):
    alert = DutyAlert.objects.create(unit=house.unit, subject="s", created_at=clock.now())
    alert.notices.create(
        unit=house.unit,
        officer=officer,
        matter="s",
        step=0,
        channel="mail",
        state="failed",
        created_at=clock.now(),
        due_at=clock.now(),
    )
    assert "Lời báo không đến nơi" in client.get("/console/today/").content.decode()


def test_a_page_editor_has_no_today_page(house):
    assert sign_in(make_officer(house.unit, "lan", Role.PAGE_EDITOR)).get("/console/today/").status_code == 404


def test_sealed_reports_that_ring_are_told_apart_by_number_and_waiting_time_alone(client, house):
    create_keyring()
    with clock.at(clock.now() - timedelta(minutes=12)):
        make_case(house.unit, "Ông Tám bán pháo lậu")
    make_case(house.unit, "Nhóm người tụ tập đánh bạc")
    page = client.get("/console/today/").content.decode()
    assert "vụ việc #1, " in page
    assert "vụ việc #2, " in page
    assert "đã chờ 12 phút" in page
    assert "Tin kín chờ xem lần đầu" in page
    assert "pháo" not in page
    assert "bạc" not in page


@pytest.mark.parametrize("week", ["9999-12-31", "0001-01-01", "9999-99-99", "abc", "-1"])
def test_a_week_nobody_plans_shows_this_one(house, client, week):
    page = client.get(f"/console/roster/{house.unit.public_id}/?week={week}")
    assert page.status_code == 200
    assert "hôm nay" in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"days": "999"}, "từ 1 đến 31"), ({"day": "31/12/9999"}, "28/11/2026"), ({"day": "30/02/2027"}, "28/11/2026")],
)
def test_a_wrong_shift_says_what_is_wrong_and_none_of_several_days_is_kept(house, client, officer, wrong, words):
    path = f"/console/roster/{house.unit.public_id}/"
    form = {"act": "add", "day": "16/02/2027", "starts": "22:00", "ends": "06:00", "officer": officer.public_id}
    refused = client.post(path, form | {"days": "3"} | wrong)
    assert refused.status_code == 422
    assert words in refused.content.decode()
    client.post(path, form | {"day": "18/02/2027"})
    assert client.post(path, form | {"days": "3"}).status_code == 422  # the third night is taken
    [night] = Shift.objects.all()
    assert (night.ends_at - night.starts_at).total_seconds() == 8 * 3600
