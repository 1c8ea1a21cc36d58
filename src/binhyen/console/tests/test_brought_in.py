"""Totals of the time before come in on a page of their own: checked first, taken whole, with their source."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from binhyen.audit.models import AuditRow
from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.statistics.models import BroughtIn, MonthFigures
from binhyen.units.models import Role, Unit
from binhyen.units.tree import place

pytestmark = pytest.mark.django_db
HEAD = "ngay,ma_chi_so,so\n"
SOURCE = "Báo cáo tổng kết năm 2024"


@pytest.fixture
def unit() -> Unit:
    commune = make_house("xa-1", "Công an xã 1").unit
    place(commune, make_house("tinh", "Công an tỉnh").unit)
    return commune


@pytest.fixture
def chief(unit: Unit) -> Client:
    return sign_in(make_officer(unit, "chi-huy", Role.COMMANDER))


def send(client: Client, unit: Unit, text: str, act: str = "take", source: str = SOURCE, name: str = "so-lieu.csv"):
    file = SimpleUploadedFile(name, text.encode("utf-8-sig"))
    address = f"/console/figures/{unit.public_id}/brought-in/"
    return client.post(address, {"source": source, "file": file, "act": act}, follow=True)


def test_a_list_is_taken_once_and_counts_for_the_unit_above(unit, chief):
    told = HEAD + "31/12/2024,messages_in,5.264\n31/12/2024,posts,249\n"
    assert "2 số liệu, thay đổi 2" in send(chief, unit, told).content.decode()
    page = send(chief, unit, told).content.decode()
    assert "2 số liệu, thay đổi 0" in page
    assert "5.264" in page
    assert SOURCE in page
    for one in (unit, unit.parent):
        counts = MonthFigures.objects.get(unit=one, month=date(2024, 12, 1)).counts
        assert counts == {"messages_in": 5264, "posts": 249}
    officer = unit.memberships.get().officer_id
    assert set(AuditRow.objects.filter(action="figures.brought_in").values_list("actor_key", flat=True)) == {officer}


def test_a_list_can_be_checked_without_being_taken(unit, chief):
    page = send(chief, unit, HEAD + "31/12/2024,posts,249\n", "check").content.decode()
    assert "Danh sách đúng: 1 số liệu" in page
    assert f'value="{SOURCE}"' in page
    assert not BroughtIn.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("day,code,count\n31/12/2024,posts,1\n", "ngay, ma_chi_so, so"),
        (HEAD + "31/12/2024,posts,9\n31/02/2024,posts,9\n", "Dòng 3"),
        (HEAD + "31/12/2024,<b>tin</b>,9\n", "&lt;b&gt;tin&lt;/b&gt;"),
        (HEAD + "31/12/2024,posts,-9\n", "Dòng 2"),
        (HEAD + "31/12/2024,posts,9\n31/12/2024,posts,8\n", "Dòng 3"),
        (HEAD, "không có số liệu nào"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_taken(unit, chief, text, said):
    answer = send(chief, unit, text)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert f'value="{SOURCE}"' in page, "what was typed stays"
    assert not BroughtIn.objects.exists()


def test_file_and_source_are_asked_for(unit, chief):
    assert send(chief, unit, HEAD + "31/12/2024,posts,9\n", source="  ").status_code == 422
    assert send(chief, unit, HEAD + "31/12/2024,posts,9\n", name="so-lieu.doc").status_code == 422
    assert chief.post(f"/console/figures/{unit.public_id}/brought-in/", {"source": SOURCE}).status_code == 422
    assert not BroughtIn.objects.exists()


def test_one_to_four_people_are_not_shown(unit, chief):
    page = send(chief, unit, HEAD + "31/12/2024,reports_received,3\n31/12/2024,posts,3\n").content.decode()
    assert page.count(">3</td>") == 1, "posts are no acts of residents"
    assert ">ẩn</td>" in page


def test_the_empty_list_has_the_head_alone(unit, chief):
    text = chief.get(f"/console/figures/{unit.public_id}/brought-in.csv").content.decode("utf-8-sig")
    assert text == "ngay,ma_chi_so,so\r\n"
    assert "Dòng" not in send(chief, unit, text + "31/12/2024,posts,9\n").content.decode()


def test_who_does_not_lead_the_unit_finds_no_page(unit):
    address = f"/console/figures/{unit.public_id}/brought-in/"
    editor = sign_in(make_officer(unit, "bien-tap", Role.PAGE_EDITOR))
    stranger = sign_in(make_officer(make_house("xa-2", "Công an xã 2").unit, "khac", Role.COMMANDER))
    for client in (editor, stranger):
        assert client.get(address).status_code == 404
        assert send(client, unit, HEAD + "31/12/2024,posts,9\n").status_code == 404
    assert not BroughtIn.objects.exists()
