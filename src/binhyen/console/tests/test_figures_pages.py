"""Pages of figures: the way between units, dots of communes, a hamlet, a year as a file."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhyen.console.dot_map import FEW, dot_map, shades, step_of
from binhyen.console.figure_links import BELOW, TARGETS
from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.statistics.dots import Dot, DotMap
from binhyen.statistics.families import forget_families
from binhyen.statistics.measures import BY_CODE
from binhyen.statistics.models import AreaFigures, MonthFigures, RollUp
from binhyen.units.models import Area, Officer, Role, Unit, UnitName
from binhyen.units.tree import place

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)
CODES = ("00004", "00008", "20333")


@pytest.fixture
def province() -> Unit:
    forget_families()
    top = make_house("tinh", "Công an tỉnh").unit
    for number, code in enumerate(CODES, start=1):
        unit = make_house(f"xa-{number}", f"Công an xã Bình {number}").unit
        unit.national_code = code
        unit.save()
        UnitName.objects.get_or_create(unit=unit, name=unit.name)
        place(unit, top)
        counts = {"households": 400, "households_reached": 100 * number, "members": 3 if number == 2 else 80 * number}
        MonthFigures.objects.create(unit=unit, month=OCTOBER, counts=counts)
    MonthFigures.objects.create(unit=top, month=OCTOBER, counts={"households": 1200, "households_reached": 600})
    RollUp.objects.create(pk=1, written_at=datetime(2026, 11, 25, tzinfo=UTC), first_day=OCTOBER)
    return top


def page_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_commune_is_a_dot_that_leads_to_its_page(province):
    client = sign_in(make_officer(province, "chi-huy", Role.COMMANDER))
    page = page_of(client, "/console/figures/?period=2026-10")
    dots = re.findall(r'<a href="\?unit=([\w-]+)&amp;period=2026-10" aria-label="([^"]+)"><title>', page)
    assert [name for _, name in dots] == [f"Công an xã Bình {n}: {25 * n},0%" for n in (1, 2, 3)]
    assert "Xã, phường trên bản đồ" in page
    commune = page_of(client, f"/console/figures/?unit={dots[0][0]}&period=2026-10")
    assert f'href="?unit={province.public_id}&amp;period=2026-10">Công an tỉnh</a> ›' in commune, "the way up"


def test_a_commune_that_is_not_on_the_national_list_is_told_not_drawn(province):
    Unit.objects.filter(slug="xa-1").update(national_code="")
    page = page_of(sign_in(make_officer(province, "chi-huy", Role.COMMANDER)), "/console/figures/?period=2026-10")
    assert "1 đơn vị không có trong danh mục nên không có trên bản đồ." in page


def test_many_dots_are_one_line_a_shade():
    dots = [Dot("x", "x", 10 + at / 100, 105 + at / 90, (None, 0.0, 99.0)[at % 3]) for at in range(FEW + 3)]
    drawn = dot_map("Bản đồ", "Kết luận", DotMap(tuple(dots), 0), "2026")
    assert drawn.count("<path") == 3
    assert drawn.count("h0") == len(dots)
    assert "<a " not in drawn
    assert {shade.words: shade.communes for shade in shades(DotMap(tuple(dots), 0))}["80–100%"] == 101
    assert [step_of(share) for share in (None, 0, 19.9, 20, 99.9, 100)] == [0, 1, 1, 2, 5, 5]


@pytest.mark.parametrize(
    ("kind", "code", "islands"),
    [
        ("ministry", "", ["Hoàng Sa", "Trường Sa"]),
        ("province_police", "56", ["Trường Sa"]),
        ("province_police", "42", []),
    ],
)
def test_the_map_shows_the_archipelagos_of_whoever_they_belong_to(province, kind, code, islands):
    """Also where no unit stands for them yet; commune 3 is the special zone of Hoàng Sa in the national list."""
    Unit.objects.filter(national_code="20333").update(national_code="00013")
    Unit.objects.filter(pk=province.pk).update(kind=kind, national_code=code)
    client = sign_in(make_officer(province, "chi-huy", Role.COMMANDER))
    drawn = re.search(
        r'<svg class="chart dot-map".*?</svg>', page_of(client, f"/console/figures/?unit={province.public_id}")
    )[0]
    assert re.findall(r'<text [^>]*class="chart-label">([^<]+)<', drawn) == islands
    assert drawn.count("<circle") == drawn.count("<a ") + len(islands)


def test_an_archipelago_with_a_unit_is_one_dot_with_its_name(province):
    Unit.objects.filter(pk=province.pk).update(kind="province_police", national_code="48")
    client = sign_in(make_officer(province, "chi-huy", Role.COMMANDER))
    drawn = re.search(r'<svg class="chart dot-map".*?</svg>', page_of(client, "/console/figures/"))[0]
    assert re.findall(r'<text [^>]*class="chart-label">([^<]+)<', drawn) == ["Hoàng Sa"]
    assert drawn.count("<circle") == drawn.count("<a ") == 3


def test_somebody_above_many_units_finds_one_by_its_name(province, monkeypatch):
    monkeypatch.setattr("binhyen.console.unit_choice.MOST_LISTED", 2)
    client = sign_in(make_officer(province, "chi-huy", Role.COMMANDER))
    assert '<select id="unit"' not in page_of(client, "/console/figures/")
    found = page_of(client, "/console/figures/?q=xa binh 2")
    assert re.findall(r">(Công an xã Bình \d)</a></li>", found) == ["Công an xã Bình 2"]
    assert "Không có đơn vị nào tên như vậy" in page_of(client, "/console/figures/?q=khong co")


def test_reviews_of_a_unit_among_many_are_found_by_its_name_too(province, monkeypatch):
    monkeypatch.setattr("binhyen.console.unit_choice.MOST_LISTED", 2)
    client = sign_in(make_officer(province, "chi-huy", Role.COMMANDER))
    first = page_of(client, "/console/reviews/")
    assert '<select id="unit"' not in first
    assert province.name in first
    found = page_of(client, "/console/reviews/?q=xa binh 2")
    wanted = Unit.objects.get(slug="xa-2")
    assert f'href="?unit={wanted.public_id}">Công an xã Bình 2</a>' in found
    assert "Công an xã Bình 2" in page_of(client, f"/console/reviews/?unit={wanted.public_id}")


def test_search_finds_no_unit_of_others(province, monkeypatch):
    monkeypatch.setattr("binhyen.console.unit_choice.MOST_LISTED", 0)
    stranger = make_house("khac", "Công an xã Khác").unit
    page = page_of(sign_in(make_officer(stranger, "khac", Role.COMMANDER)), "/console/figures/?q=binh")
    assert "Bình 1" not in page


def test_a_level_is_hidden_on_its_own_page_where_the_sum_would_give_a_small_one_away(province):
    """Commune 2 has 3 members; its companion's number is hidden on the companion's own page too (G28)."""
    client = sign_in(make_officer(province, "chi-huy", Role.COMMANDER))
    shown = {}
    for number in (1, 2, 3):
        unit = Unit.objects.get(slug=f"xa-{number}")
        page = page_of(client, f"/console/figures/?unit={unit.public_id}&period=2026-10")
        row = re.search(r"Thành viên các nhóm(?:</a>)?</th><td>([^<]*)</td>", page)
        assert row is not None
        shown[number] = row[1]
    assert shown == {1: "ẩn", 2: "ẩn", 3: "240"}


def hamlet(unit: Unit, name: str, households: int, reached: int) -> Area:
    area = Area.objects.create(unit=unit, name=name, household_count=households)
    counts = {"households": households, "households_reached": reached, "members": reached}
    AreaFigures.objects.create(area=area, unit=unit, month=OCTOBER, counts=counts)
    return area


def test_a_hamlet_has_a_page_and_a_small_one_has_none(province):
    unit = Unit.objects.get(slug="xa-1")
    big, small = hamlet(unit, "Thôn Đông", 200, 150), hamlet(unit, "Xóm Nhỏ", 12, 9)
    hamlet(unit, "Xóm Nhỏ Hơn", 9, 6)
    client = sign_in(make_officer(unit, "chi-huy-xa", Role.COMMANDER))
    address = f"/console/figures/{unit.public_id}/hamlets/"
    page = page_of(client, f"{address}{big.public_id}/?period=2026-10")
    assert "<strong>75,0%</strong>" in page
    row = "Tháng 10/2026</th><td>150</td><td>75,0%</td><td>ẩn</td>"
    assert row in page, "members of the commune are hidden beside another one, so are those of its hamlets"
    for other in (small.public_id, "khong-co"):
        assert client.get(f"{address}{other}/?period=2026-10").status_code == 404
    assert client.get(f"{address}{big.public_id}/?period=2026-99").status_code == 422


def test_a_year_is_one_file_of_the_unit_and_those_below(province):
    client = sign_in(make_officer(province, "chi-huy", Role.COMMANDER))
    answer = client.get(f"/console/figures/{province.public_id}/year.csv?year=2026")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("don_vi,ma_don_vi,thang,ma_chi_so,gia_tri,an,")
    members = [line.split(",") for line in lines if ",members," in line]
    assert [(row[0], row[4], row[5]) for row in members] == [
        ("Công an tỉnh", "0", "0"),
        ("Công an xã Bình 1", "", "1"),
        ("Công an xã Bình 2", "", "1"),
        ("Công an xã Bình 3", "240", "0"),
    ]
    assert all(line.endswith(province.public_id[:8]) for line in lines[1:]), "who took it stands in every line"
    assert client.get(f"/console/figures/{province.public_id}/year.csv?year=x").status_code == 200


def test_no_page_reads_messages_conversations_or_cases(province):
    client = sign_in(make_officer(province, "chi-huy", Role.COMMANDER))
    with CaptureQueriesContext(connection) as asked:
        page_of(client, "/console/figures/?period=2026-10")
    raw = ("inbox_message", "inbox_conversation", "cases_", "outreach_", "groups_")
    assert not [one["sql"] for one in asked.captured_queries if any(table in one["sql"] for table in raw)]


def test_every_figure_leads_to_what_it_counts_for_those_who_may_see_it(province):
    chief = page_of(sign_in(make_officer(province, "chi-huy", Role.COMMANDER)), "/console/figures/?period=2026-10")
    lines = re.findall(
        r'<tr><th scope="row">(?:<a class="long-link" href="([^"]+)">)?[^<]+(?:</a>)?</th>',
        chief.split("Cách tính</th>", 1)[-1],
    )
    assert len(lines) > 30
    assert all(lines), "a commander sees every section"
    editor = page_of(sign_in(make_officer(province, "bien-tap", Role.PAGE_EDITOR)), "/console/figures/?period=2026-10")
    assert 'href="/console/posts/">Bài đã đăng</a>' in editor
    assert ">Tin báo nhận được</a>" not in editor
    for address in {line.replace("&amp;", "&") for line in lines if line.startswith("/")}:
        assert sign_in(Officer.objects.get(username="chi-huy")).get(address).status_code == 200, address
    assert [one for one in lines if "hours" in one] == [
        f"/console/?view=unit&amp;unit={province.public_id}&amp;hours=24"
    ]


def test_every_measure_has_one_place_that_lists_what_it_counts():
    codes = [code for target in TARGETS for code in target.codes]
    assert sorted([*codes, *BELOW]) == sorted(BY_CODE)


def test_names_of_units_and_hamlets_are_text_wherever_they_stand(province):
    """Rows of the tables are put together past the template: a name can still not become markup."""
    name = 'Công an <i>xã</i> "A&B"'
    unit = Unit.objects.get(slug="xa-1")
    Unit.objects.filter(pk=unit.pk).update(name=name)
    area = Area.objects.create(unit=unit, name="Thôn <b>1</b>", household_count=100)
    counts = {"households": 100, "households_reached": 60, "members": 1_200}
    AreaFigures.objects.create(area=area, unit=unit, month=OCTOBER, counts=counts)
    client = sign_in(make_officer(province, "chi-huy", Role.COMMANDER))
    pages = (
        page_of(client, "/console/figures/?period=2026-10"),
        page_of(client, f"/console/figures/?unit={unit.public_id}&period=2026-10"),
    )
    assert not [page for page in pages if "<i>xã" in page or "<b>1" in page]
    assert ">Công an &lt;i&gt;xã&lt;/i&gt; &quot;A&amp;B&quot;</a></th>" in pages[0]
    assert ">Thôn &lt;b&gt;1&lt;/b&gt;</a></th><td>100</td>" in pages[1]
