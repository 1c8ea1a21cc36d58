"""G28: figures hide 1 to 4 people, also where totals or two periods would tell; areas below 20 households are merged.

The rules themselves are held against a solver in src/binhyen/statistics/tests/test_protection.py; here the pages are.
"""

import io
import re
from datetime import UTC, date, datetime

import pytest
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.reviews.actions import start_review
from binhyen.statistics.families import forget_families
from binhyen.statistics.models import AreaFigures, MonthFigures, RollUp
from binhyen.statistics.periods import span_of
from binhyen.units.models import Area, Officer, Role, Unit
from binhyen.units.scope import scope_of
from binhyen.units.tree import place

pytestmark = pytest.mark.django_db
CANARY = 3


@pytest.fixture
def province() -> Unit:
    forget_families()
    top = make_house("tinh", "Công an tỉnh").unit
    rows = [[40] * 12, [40] * 9 + [40, 40, CANARY], [60] * 12]
    for number, row in enumerate(rows, start=1):
        unit = make_house(f"xa-{number}", f"Công an xã {number}").unit
        place(unit, top)
        for month, count in enumerate(row, start=1):
            MonthFigures.objects.create(unit=unit, month=date(2025, month, 1), counts={"reports_received": count})
    for month in range(1, 13):
        total = sum(row[month - 1] for row in rows)
        MonthFigures.objects.create(unit=top, month=date(2025, month, 1), counts={"reports_received": total})
    RollUp.objects.create(pk=1, written_at=datetime(2026, 1, 2, tzinfo=UTC), first_day=date(2025, 1, 1))
    return top


def numbers_on(client, unit: Unit, period: str, suffix: str = "") -> tuple[str, set[int]]:
    page = client.get(f"/console/figures/?unit={unit.public_id}&period={period}{suffix}").content.decode()
    main = page.split("<main", 1)[-1]
    text = re.sub(r"<[^>]+>|&[a-z]+;", " ", main)
    return main, {int(found.replace(".", "")) for found in re.findall(r"(?<![\d/,:])\d[\d.]*(?![\d/:,%])", text)}


def test_neither_the_small_month_nor_what_would_give_it_away_is_shown(province):
    client = sign_in(make_officer(province, "chi-huy", Role.COMMANDER))
    small = Unit.objects.get(slug="xa-2")
    quarter, _ = numbers_on(client, small, "2025-Q4")
    assert ">83<" in quarter, "the quarter is large enough"
    for period in ("2025-10", "2025-11", "2025-12"):
        month, _ = numbers_on(client, small, period)
        row = re.search(r"Tin báo nhận được(?:</a>)?</th><td>([^<]*)</td>", month)
        assert row is not None
        assert row[1] == "ẩn", f"{period}: quarter less the other months would tell"
        page, _ = numbers_on(client, province, period)
        below = re.findall(r"Công an xã \d</a></th>.*?</tr>", page, re.DOTALL)
        assert sum("ẩn" in line for line in below) >= 2, "a single hidden commune follows from the sum"


def test_the_files_hide_the_same(province):
    client = sign_in(make_officer(province, "chi-huy", Role.COMMANDER))
    small = Unit.objects.get(slug="xa-2")
    answer = client.get(f"/console/figures/?unit={small.public_id}&period=2025-12&as=csv").content.decode("utf-8-sig")
    line = next(line for line in answer.splitlines() if "Tin báo nhận được" in line)
    assert "ẩn" in line
    assert f",{CANARY}," not in line
    book = client.get(f"/console/figures/?unit={small.public_id}&period=2025-12&as=xlsx").content
    cells = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Số liệu").to_python()
    assert next(row for row in cells if "Tin báo nhận được" in row)[3] == "ẩn"


def test_days_show_no_acts_of_residents_at_all(province):
    client = sign_in(make_officer(province, "chi-huy", Role.COMMANDER))
    page, _ = numbers_on(client, province, "2025-12-01..2025-12-30")
    assert re.search(r"Tin báo nhận được(?:</a>)?</th><td>ẩn</td>", page)


def test_small_areas_are_one_line(province):
    commune = Unit.objects.get(slug="xa-1")
    for name, households in (("Thôn Lớn", 300), ("Thôn Vừa", 200), ("Xóm Nhỏ A", 11), ("Xóm Nhỏ B", 12)):
        area = Area.objects.create(unit=commune, name=name, household_count=households)
        counts = {"households": households, "households_reached": households // 2, "members": households}
        AreaFigures.objects.create(area=area, unit=commune, month=date(2025, 12, 1), counts=counts)
    client = sign_in(make_officer(commune, "chi-huy", Role.COMMANDER))
    page, _ = numbers_on(client, commune, "2025-Q4")
    assert "Thôn Lớn" in page
    assert "Xóm Nhỏ" not in page
    assert "Các thôn nhỏ gộp lại" in page


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx"])
def test_a_review_and_its_papers_hide_the_same(province, form: str):
    small = Unit.objects.get(slug="xa-2")
    client = sign_in(make_officer(province, "chi-huy", Role.COMMANDER))
    for period, shown in (("2025-12", "ẩn"), ("2025-Q4", "83"), ("2025-12-01..2025-12-30", "ẩn")):
        review = start_review(scope_of(Officer.objects.get(username="chi-huy")), small, span_of(period))
        file = client.post(f"/console/reviews/{review.public_id}/file/{form}/").content
        row = re.search(r"Tin báo nhận được(?: \(Tháng \d+/2025\))?\s+(\S+)", words_in(file, form))
        assert row is not None
        assert row[1] == shown or (".." in period and row[1] == "40"), "days quote the last whole month"


def words_in(file: bytes, form: str) -> str:
    """The cells and paragraphs of a file, one after the other."""
    if form == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)
    if form == "docx":
        tables = Document(io.BytesIO(file)).tables
        return " ".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_name("Số liệu").to_python()
    return " ".join(f"{cell:.0f}" if isinstance(cell, float) else str(cell) for row in rows for cell in row)


@pytest.mark.parametrize("role", [Role.IDENTITY_CUSTODIAN, Role.TECHNICAL_ADMINISTRATOR])
def test_roles_without_figures_get_none(province, role):
    assert sign_in(make_officer(province, "ai-do", role)).get("/console/figures/").status_code == 404


def test_where_a_level_is_hidden_all_below_are_hidden_too():
    """The nation shows 2 members of one province: its companion's communes would add up to the companion."""
    forget_families()
    nation = make_house("ca-nuoc", "Cả nước").unit
    for number, members in enumerate((2, 90, 400), start=1):
        tinh = make_house(f"tinh-{number}", f"Công an tỉnh {number}").unit
        place(tinh, nation)
        MonthFigures.objects.create(unit=tinh, month=date(2025, 12, 1), counts={"members": members})
        for at in (1, 2):
            commune = make_house(f"tinh-{number}-xa-{at}", f"Công an xã {number}{at}").unit
            place(commune, tinh)
            MonthFigures.objects.create(unit=commune, month=date(2025, 12, 1), counts={"members": members // 2})
    RollUp.objects.create(pk=1, written_at=datetime(2026, 1, 2, tzinfo=UTC), first_day=date(2025, 1, 1))
    client = sign_in(make_officer(nation, "chi-huy", Role.COMMANDER))
    shown = {}
    for unit in Unit.objects.exclude(pk=nation.pk):
        page = client.get(f"/console/figures/?unit={unit.public_id}&period=2025-12").content.decode()
        row = re.search(r"Thành viên các nhóm(?:</a>)?</th><td>([^<]*)</td>", page)
        assert row is not None
        shown[unit.slug] = row[1]
    assert {slug for slug, words in shown.items() if words == "ẩn"} == {
        f"tinh-{number}{end}" for number in (1, 2) for end in ("", "-xa-1", "-xa-2")
    }
    assert (shown["tinh-3"], shown["tinh-3-xa-1"]) == ("400", "200")
