"""The console's pages of groups: coverage, entering, importing, codes."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.groups.models import Group, GroupCount, JoinCode
from binhyen.units.models import Area, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    unit = make_house().unit
    Area.objects.create(unit=unit, name="Thôn 4", household_count=200)
    return unit


@pytest.fixture
def client(unit):
    return sign_in(make_officer(unit, "may", Role.BEAT_OFFICER))


def added(client, unit, **more) -> Group:
    area = Area.objects.get(unit=unit)
    form = {"area": area.public_id, "name": "", "kind": "manual", "link": "zalo.me/g/abcd12345", "admin_role": "CSKV"}
    answer = client.post(f"/console/groups/new/{unit.public_id}/", form | more)
    assert answer.status_code == 302, answer.content.decode()
    return Group.objects.latest("pk")


def test_from_an_empty_register_to_a_share(client, unit):
    group = added(client, unit)
    page = client.get(f"/console/groups/{group.public_id}/")
    assert "Thôn 4 - Kết nối bình yên" in page.content.decode()
    client.post(f"/console/groups/{group.public_id}/", {"act": "count", "households": "150", "members": "260"})
    for shape in ("table", "bars", "tiles", "odd"):
        shown = client.get(f"/console/groups/?unit={unit.public_id}&shape={shape}").content.decode()
        assert "75,0%" in shown
    page = client.get(f"/console/groups/{group.public_id}/")
    assert page.status_code == 200
    assert "260" in page.content.decode()


def test_the_age_of_a_figure_is_told_and_an_old_one_is_marked(client, unit):
    group = added(client, unit)
    client.post(f"/console/groups/{group.public_id}/", {"act": "count", "households": "150", "members": "260"})
    address = f"/console/groups/?unit={unit.public_id}"
    assert "hôm nay" in client.get(address).content.decode()
    GroupCount.objects.update(counted_on=clock.today() - timedelta(days=120))
    page = client.get(address).content.decode()
    assert "120 ngày trước" in page
    assert '<span class="badge warn">cũ</span>' in page


def test_a_wrong_entry_keeps_what_was_typed(client, unit):
    form = {"name": "Nhóm của thôn", "kind": "manual", "link": "https://evil.top"}
    answer = client.post(f"/console/groups/new/{unit.public_id}/", form)
    assert answer.status_code == 422
    assert "Nhóm của thôn" in answer.content.decode()
    assert "https://evil.top" in answer.content.decode()


def test_codes_are_made_shown_and_revoked(client, unit):
    group = added(client, unit)
    client.post(f"/console/groups/{group.public_id}/", {"act": "code", "batch": "P-2026-014"})
    code = JoinCode.objects.get()
    picture = client.get(f"/console/groups/codes/{unit.public_id}/{code.code}.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    client.post(f"/console/groups/codes/{unit.public_id}/", {"act": "revoke", "code": code.code})
    assert JoinCode.objects.get().revoked_at is not None


def test_a_file_of_counts(client, unit):
    file = SimpleUploadedFile("a.csv", "Thôn;Số thành viên\nThôn 4;20\nThôn 9;3".encode())
    page = client.post(f"/console/groups/import/{unit.public_id}/", {"file": file}).content.decode()
    assert GroupCount.objects.get().member_count == 20
    assert "Thôn 9" in page
    people = SimpleUploadedFile("a.csv", "Thôn;Họ tên\nThôn 4;Bà Tám".encode())
    assert client.post(f"/console/groups/import/{unit.public_id}/", {"file": people}).status_code == 422
    assert client.post(f"/console/groups/import/{unit.public_id}/").status_code == 422


def test_a_commander_reads_and_does_not_write(unit, client):
    group = added(client, unit)
    commander = sign_in(make_officer(unit, "chi-huy", Role.COMMANDER))
    page = commander.get(f"/console/groups/{group.public_id}/").content.decode()
    assert 'name="act"' not in page
    assert commander.post(f"/console/groups/{group.public_id}/", {"act": "end"}).status_code == 404
    assert commander.get(f"/console/groups/new/{unit.public_id}/").status_code == 404


def test_without_a_page_ordinary_groups_are_named_as_the_way(client, unit):
    page = client.get(f"/console/groups/page/{unit.public_id}/").content.decode()
    assert "nhóm thường" in page
    answer = client.post(f"/console/groups/page/{unit.public_id}/", {"act": "make", "administrator": "abc"})
    assert answer.status_code == 422
    group = added(client, unit)
    assert client.post(f"/console/groups/{group.public_id}/joins/", {"act": "let_in"}).status_code == 302


@pytest.mark.parametrize(("days", "shown"), [(61, False), (60, True), (30, True), (7, True), (-1, True)])
def test_a_package_that_ends_is_told_before_it_does(client, unit, days, shown):
    until = clock.today() + timedelta(days=days)
    values = {"kind": "gmf", "external_id": "g1", "package_until": until, "created_at": clock.now()}
    Group.objects.create(unit=unit, name="Nhóm của trang", **values)
    page = client.get("/console/groups/").content.decode()
    assert ("Gói cần gia hạn" in page) == shown
    assert (f"hết ngày {until:%d/%m/%Y}" in page) == (shown and days >= 0)
