"""Counts from spreadsheets: good rows are taken, bad ones named, lists of people refused (G32)."""

import io
import zipfile

import pytest

from binhyen.core.errors import NotPossible
from binhyen.groups.importing import import_groups, read_rows, template_csv
from binhyen.groups.models import Group, GroupCount
from binhyen.inbox.tests.factories import make_house, make_officer
from binhyen.units.models import Area, Role
from binhyen.units.scope import scope_of

pytestmark = pytest.mark.django_db
HEADINGS = "Thôn, tổ dân phố;Tên nhóm;Link nhóm;Tổng số hộ;Số hộ trong nhóm;Số thành viên;Ngày đếm"


@pytest.fixture
def place():
    unit = make_house().unit
    for name in ("Thôn Đông Tiến", "Thôn 4"):
        Area.objects.create(unit=unit, name=name, household_count=200)
    return scope_of(make_officer(unit, "may", Role.BEAT_OFFICER)), unit


def csv(*lines: str) -> bytes:
    return "\n".join([HEADINGS, *lines]).encode("utf-8-sig")


def xlsx(rows: list[list[object]]) -> bytes:
    """The smallest workbook: one sheet with inline strings and numbers."""

    def cell(value: object) -> str:
        if isinstance(value, int | float):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    body = "".join(f"<row>{''.join(cell(value) for value in row)}</row>" for row in rows)
    main, rel = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org"
    kinds = f"{rel}/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{rel}/package/2006/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        '"application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{rel}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kinds}"><sheets><sheet name="A" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{rel}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{kinds}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, text in parts.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return out.getvalue()


def test_good_rows_are_taken_and_bad_ones_named(place):
    scope, unit = place
    done = import_groups(
        scope,
        unit,
        csv(
            "Thôn Đông Tiến;;zalo.me/g/dong11111;214;194;312;20/11/2026",
            "thon 4;Nhóm thôn 4;;;nhiều;5;",
            "Thôn Lạ;;;;1;;",
            "Thôn 4;;https://evil.top;;1;;",
            "Thôn 4;;;;1;;31/02/2026",
            ";;;;;;",
        ),
        "so-lieu.csv",
    )
    assert (done.added, done.changed) == (1, 0)
    assert [(number, error.code) for number, error in done.left_out] == [
        (3, "count_number"),
        (4, "import_area"),
        (5, "group_link"),
        (6, "import_date"),
    ]
    count = GroupCount.objects.select_related("group__area").get()
    assert (count.household_count, count.member_count, f"{count.counted_on}") == (194, 312, "2026-11-20")
    assert count.group.area.household_count == 214


def test_the_same_file_again_adds_no_group(place):
    scope, unit = place
    for _ in range(2):
        done = import_groups(scope, unit, csv("Thôn 4;;zalo.me/g/bon444444;;20;30;"), "a.csv")
    assert (done.added, done.changed, Group.objects.count()) == (0, 1, 1)


def test_excel_is_read(place):
    scope, unit = place
    rows = [HEADINGS.split(";"), ["Thôn 4", "", "zalo.me/g/bon444444", 210, 120.0, 180, "20/11/2026"]]
    assert import_groups(scope, unit, xlsx(rows), "so-lieu.xlsx").added == 1
    assert GroupCount.objects.get().household_count == 120


def test_a_row_that_is_left_out_changes_nothing(place):
    done = import_groups(*place, csv("Thôn 4;;https://evil.top;350;20;30;", "Thôn 4;;;360;900;30;"), "a.csv")
    assert [error.code for _, error in done.left_out] == ["group_link", "count_above_households"]
    assert Area.objects.get(name="Thôn 4").household_count == 200


def test_a_telephone_number_that_excel_took_for_a_figure_is_a_person_too(place):
    rows = [["Thôn", "Ghi chú", "Số thành viên"], ["Thôn 4", 912345678, 180]]
    with pytest.raises(NotPossible, match="import_people"):
        import_groups(*place, xlsx(rows), "so-lieu.xlsx")


@pytest.mark.parametrize(
    "content",
    [
        "Thôn;Họ và tên;Số thành viên\nThôn 4;Nguyễn Văn A;1",
        "Thôn;Chủ hộ;Số hộ trong nhóm\nThôn 4;Bà Tám;1",
        "Thôn;Ghi chú;Số thành viên\nThôn 4;0912 345 678;1",
        "Thôn;Ghi chú;Số thành viên\nThôn 4;042099001234;1",
    ],
)
def test_a_list_of_people_is_refused_whole(place, content):
    with pytest.raises(NotPossible, match="import_people"):
        import_groups(*place, content.encode(), "a.csv")
    assert not Group.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "import_empty"),
        (b"a;b\n1;2", "a.csv", "import_columns"),
        (b"PK\x03\x04 broken", "a.xlsx", "import_type"),
        (b"MZ\x00\x00", "a.exe", "import_type"),
        ("Thôn;x\n1;2".encode("utf-16"), "a.csv", "import_columns"),
        ("Thôn;x\n1;2".encode("utf-16")[:-1], "a.csv", "import_encoding"),
        (b"Th\xf4n;x\n1;2", "a.csv", "import_columns"),
        ("Th«n B×nh;x\n1;2".encode("latin-1"), "a.csv", "import_encoding"),
    ],
)
def test_files_that_cannot_be_read_say_so(place, content, name, code):
    with pytest.raises(NotPossible, match=code):
        import_groups(*place, content, name)


def test_the_empty_file_can_be_read_back(place):
    scope, unit = place
    assert import_groups(scope, unit, template_csv().encode(), "so-lieu-nhom.csv").added == 1
    assert read_rows(template_csv().encode(), "x.csv")[0][0] == "Thôn, tổ dân phố"
