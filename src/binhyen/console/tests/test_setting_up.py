"""The set-up guide: nine steps, left and resumed, wrong input kept, and the check list before opening."""

import io

import pytest

from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.core.working_time import Period
from binhyen.units.calendars import read_calendar
from binhyen.units.models import Area, DirectoryEntry, Role, Unit, UnitName
from binhyen.units.setting_up import STEPS

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_house().unit


@pytest.fixture
def client(unit):
    return sign_in(make_officer(unit, "hung", Role.UNIT_ADMINISTRATOR, Role.DUTY_OFFICER))


@pytest.fixture
def path(unit):
    return f"/console/settings/{unit.public_id}/set-up/"


def test_nine_steps_each_with_a_way_past_it(client, path, unit):
    assert len(STEPS) == 9
    for step in STEPS:
        page = client.get(f"{path}{step}/").content.decode()
        assert "Để sau, sang bước tiếp" in page
    assert client.post(f"{path}zalo/", {"act": "later"}).headers["Location"] == f"{path}hours/"
    assert "để sau" in client.get(path).content.decode()
    assert client.post(f"{path}try/", {"act": "later"}).headers["Location"] == path
    assert client.get(f"{path}nothing/").status_code == 404


def test_the_commune_is_found_by_its_old_name_and_brings_all_names(client, path, unit):
    found = client.post(f"{path}unit/", {"act": "find", "commune": "thach son", "name": "Giữ lại"})
    page = found.content.decode()
    assert "Xã Thạch Hà" in page
    assert 'value="Giữ lại"' in page
    client.post(
        f"{path}unit/",
        {
            "act": "save",
            "national_code": "18562",
            "name": "Công an xã Thạch Hà",
            "short_name": "Công an xã",
            "address_form": "bạn",
            "is_remote_area": "yes",
            "answers": "offer",
        },
    )
    unit.refresh_from_db()
    assert (unit.place_name, unit.address_form, unit.is_remote_area) == ("xã Thạch Hà, tỉnh Hà Tĩnh", "bạn", True)
    assert not unit.answers_automatically
    assert 'value="offer" selected' in client.get(f"{path}unit/").content.decode()
    assert UnitName.objects.filter(unit=unit, folded__contains="thach son", is_current=False).exists()


@pytest.mark.parametrize(
    ("step", "form", "words"),
    [
        ("unit", {"name": "", "short_name": "x"}, "tên đầy đủ"),
        ("unit", {"name": "x", "short_name": "x", "national_code": "99999"}, "chọn xã"),
        ("numbers", {"duty_phone": "ba số"}, "chưa đúng là số điện thoại"),
        ("numbers", {"act": "add", "title": "", "phone": "0912345678"}, "số của ai"),
        ("hours", {"day0": "sáng"}, "chưa đúng là giờ"),
        ("hours", {"act": "add", "day": "32/01/2027"}, "28/11/2026"),
        ("areas", {"lines": ""}, ""),
    ],
)
def test_wrong_input_is_said_and_kept(client, path, step, form, words):
    answer = client.post(f"{path}{step}/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "<title>Lỗi:" in page
    for name in ("title", "phone", "day", "day0"):
        if form.get(name):
            assert form[name] in page


def test_a_spreadsheet_of_hamlets_is_taken_and_bad_rows_are_named(client, path, unit):
    out = io.BytesIO("Tên thôn;Số hộ\nĐông Tiến;214\n;3\nThôn 4;nhiều\n".encode())
    out.name = "thon.csv"
    page = client.post(f"{path}areas/", {"file": out}).content.decode()
    assert "Đã thêm 1" in page
    assert "Dòng 3" in page
    assert "Dòng 4" in page
    assert "; ; 3\nThôn 4; ; nhiều</textarea>" in page  # to be mended and sent again
    assert Area.objects.get(unit=unit).household_count == 214


def test_one_hamlet_is_put_right_or_taken_off_while_nothing_hangs_on_it(client, path, unit):
    right, wrong = (Area.objects.create(unit=unit, name=name) for name in ("Thôn Hà", "Thôn Tâyy"))
    given = {"act": "correct", "area": wrong.public_id, "name": "Thôn Tây", "households": "1.024", "inhabitants": ""}
    assert client.post(f"{path}areas/", given).headers["Location"] == f"{path}areas/"
    wrong.refresh_from_db()
    assert (wrong.name, wrong.household_count, wrong.inhabitant_count) == ("Thôn Tây", 1024, None)

    refused = client.post(f"{path}areas/", given | {"name": "Thôn Hà", "households": "7"})
    assert refused.status_code == 422
    assert 'value="Thôn Hà" lang="vi"' in refused.content.decode()
    assert "hai lần" in refused.content.decode()
    assert client.post(f"{path}areas/", given | {"households": "nhiều"}).status_code == 422
    assert client.post(f"{path}areas/", given | {"name": ""}).status_code == 422

    DirectoryEntry.objects.create(unit=unit, area=right, title="Trưởng thôn", phone="0912345678")
    assert client.post(f"{path}areas/", {"act": "remove", "area": right.public_id}).status_code == 422
    client.post(f"{path}areas/", {"act": "remove", "area": wrong.public_id})
    assert list(Area.objects.filter(unit=unit)) == [right]
    other = Area.objects.create(unit=make_house("xa-khac").unit, name="Thôn Xa")
    assert client.post(f"{path}areas/", {"act": "remove", "area": other.public_id}).status_code == 404


def test_hours_and_a_closed_day_change_the_calendar_and_the_sentence(client, path, unit):
    week = {f"day{number}": "8-12" for number in range(5)} | {"day5": "", "day6": ""}
    assert client.post(f"{path}hours/", week).headers["Location"] == f"{path}print/"
    client.post(f"{path}hours/", {"act": "add", "day": "11/02/2027", "sort": "off", "note": "Nghỉ Tết thêm"})
    unit.refresh_from_db()
    assert unit.office_hours == "Thứ Hai đến thứ Sáu, 8 giờ đến 12 giờ."
    calendar = read_calendar(unit)
    assert calendar.week[0] == (Period(480, 720),)
    assert [calendar.why_off(day) for day in calendar.exceptions] == ["Nghỉ Tết thêm"]
    client.post(f"{path}hours/", {"act": "remove", "day": "11/02/2027"})
    assert not read_calendar(Unit.objects.get(pk=unit.pk)).exceptions


def test_numbers_are_added_with_their_hours_and_removed(client, path, unit):
    client.post(f"{path}numbers/", {"act": "add", "title": "Cứu hộ", "phone": "0912 345 678", "sort": "emergency"})
    client.post(f"{path}numbers/", {"act": "add", "title": "Tiếp dân", "phone": "0239 3 000 001", "sort": "office"})
    first, second = DirectoryEntry.objects.filter(unit=unit).order_by("position")
    assert (first.is_emergency, second.in_office_hours_only) == (True, True)
    client.post(f"{path}numbers/", {"act": "remove", "position": str(first.position)})
    assert list(DirectoryEntry.objects.filter(unit=unit)) == [second]
    assert client.post(f"{path}numbers/", {"act": "remove", "position": "77"}).status_code == 404


def test_the_unit_opens_only_with_a_number_and_a_second_officer(client, path, unit):
    Unit.objects.filter(pk=unit.pk).update(duty_phone="")
    assert client.post(path).status_code == 422
    client.post(f"{path}numbers/", {"duty_phone": "0239 3 000 000"})
    assert client.post(path).status_code == 422
    make_officer(unit, "may")
    assert client.post(path).status_code == 302
    unit.refresh_from_db()
    assert unit.went_live_at is not None


@pytest.mark.parametrize("role", [role for role in Role if "administrator" not in role])
def test_only_administrators_set_up(unit, path, role):
    client = sign_in(make_officer(unit, "x", role))
    assert client.get(path).status_code == 404
    assert client.post(f"{path}numbers/", {"duty_phone": "0239 3 000 000"}).status_code == 404


def test_the_roles_page_shows_the_seven_roles_and_what_decides(client):
    page = client.get("/console/settings/roles/").content.decode()
    assert page.count('<th scope="row"') == 7
    assert "Xử lý tin báo kín" in page


def test_own_alert_channels_are_kept_and_odd_addresses_refused(client):
    assert client.post("/console/settings/alerts/", {"email": "không phải"}).status_code == 422
    client.post("/console/settings/alerts/", {"email": "hung@binhyen.test", "by_zalo": "on"})
    page = client.get("/console/settings/").content.decode()
    assert 'value="hung@binhyen.test"' in page
    assert "TRUC " in client.post("/console/settings/alerts/", {"act": "link"}).content.decode()
