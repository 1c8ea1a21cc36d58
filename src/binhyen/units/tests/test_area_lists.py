"""Hamlets from a list: good rows kept, bad rows named with line and reason, no people."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from binhyen.core.errors import NotPossible
from binhyen.core.sheets import read_lines
from binhyen.units.area_lists import write_areas
from binhyen.units.area_rows import ListedArea, read_areas
from binhyen.units.models import Area, AreaKind, Unit


def read(text):
    return read_areas(read_lines(text))


def test_rows_in_the_usual_order_without_headings():
    found = read("Đông Tiến; thôn; 214; 820\nBuôn Ea Nao;;167\nTổ dân phố 2; ; 1.024 ; 3 100\n10; Ấp; 98;")
    assert found.bad == []
    assert found.areas == [
        ListedArea("Thôn Đông Tiến", "thôn", 214, 820),
        ListedArea("Buôn Ea Nao", "buôn", 167, None),
        ListedArea("Tổ dân phố 2", "tổ dân phố", 1024, 3100),
        ListedArea("Ấp 10", "ấp", 98, None),
    ]


def test_headings_give_another_order():
    found = read("STT,Số hộ,Tên thôn,Nhân khẩu\n1,214,Thôn Đông Tiến,820\n2,187,Xóm Mới,600")
    assert [(area.name, area.households, area.inhabitants) for area in found.areas] == [
        ("Thôn Đông Tiến", 214, 820),
        ("Xóm Mới", 187, 600),
    ]


def test_every_bad_row_is_named_and_the_good_ones_are_kept():
    found = read(
        "Đông Tiến;thôn;214\n;thôn;5\nTây Bắc;thôn;nhiều\nthon dong tien;;3\n"
        "Bà Hoa;;0912345678\n=cmd|x;thôn;3\n\nBình Minh;;12"
    )
    assert [area.name for area in found.areas] == ["Thôn Đông Tiến", "Bình Minh"]
    assert [row.text for row in found.bad] == [
        "; thôn; 5",
        "Tây Bắc; thôn; nhiều",
        "thon dong tien; ; 3",
        "Bà Hoa; ; 0912345678",
        "=cmd|x; thôn; 3",
    ]
    assert [(row.line, row.why.code) for row in found.bad] == [
        (2, "area_name_missing"),
        (3, "area_number"),
        (4, "area_twice"),
        (5, "area_person"),
        (6, "area_name_formula"),
    ]


def test_titles_numbering_and_totals_of_a_real_list_do_no_harm():
    found = read(
        "UBND XÃ THẠCH BÌNH\nDANH SÁCH THÔN NĂM 2026\n\nSTT;Thôn, xóm;Số hộ;Số khẩu\n1;Đông Tiến;214 hộ;820,0\n"
        "2;Xóm Mới;1,024;3.100\n;Tổng cộng;1238;3920"
    )
    assert found.titles == 2
    assert found.areas == [
        ListedArea("Đông Tiến", "thôn", 214, 820),
        ListedArea("Xóm Mới", "xóm", 1024, 3100),
    ]
    assert [(row.line, row.why.code) for row in found.bad] == [(7, "area_total")]


@pytest.mark.parametrize(
    "text", ["1;Đông Tiến;214;820\n2;Tây Sơn;9;", "Đông Tiến;214;820\nTây Sơn;9", " ;Đông Tiến;;214;820\n;Tây Sơn;;9"]
)
def test_without_headings_numbering_a_missing_kind_and_empty_columns_are_seen(text):
    found = read(text)
    assert found.bad == []
    assert [(area.households, area.inhabitants) for area in found.areas] == [(214, 820), (9, None)]


def test_names_that_differ_by_a_mark_are_two_and_unmarked_ones_the_same():
    found = read("Thôn Hà;;10\nThôn Hạ;;20\nthon ha;;30")
    assert [(area.name, area.households) for area in found.areas] == [("Thôn Hà", 10), ("Thôn Hạ", 20)]
    assert found.bad[0].why.code == "area_twice"


@pytest.mark.parametrize("count", ["1.5", "21.4", "1,02", "-3", "12 345 6", "1e3", "999999"])
def test_what_is_no_whole_number_is_never_guessed(count):
    found = read(f"Đông;thôn;{count}")
    assert (found.areas, found.bad[0].why.code) == ([], "area_number")


def test_local_words_of_the_place_are_kept_and_signs_are_no_kind():
    found = read("Rạch Giá;phum;5\nTDP 4;;7\nBắc;#;9")
    assert [(area.name, area.local_kind) for area in found.areas] == [
        ("Phum Rạch Giá", "phum"),
        ("Tổ dân phố 4", "tổ dân phố"),
    ]
    assert found.bad[0].why.code == "area_kind"


def test_a_list_without_end_is_refused():
    with pytest.raises(NotPossible, match="import_rows"):
        read("Thôn\n" * 3000)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_no_pasted_text_breaks_it_and_no_line_is_lost(text):
    rows = read_lines(text)
    found = read_areas(rows)
    filled = [row for row in rows if any(str(cell).strip() for cell in row)]
    assert len(found.areas) + len(found.bad) + found.titles <= len(filled)


@pytest.mark.django_db
def test_writing_again_brings_up_to_date_and_keeps_what_is_left_out():
    unit = Unit.objects.create(kind="commune_police", name="Xã", short_name="Xã", slug="xa")
    assert write_areas(unit, read("Đông Tiến;thôn;214;820\nTDP 1;tổ dân phố;9")) == (2, 0)
    assert write_areas(unit, read("THÔN ĐÔNG TIẾN;;220")) == (0, 1)
    area = Area.objects.get(name="Thôn Đông Tiến")
    assert (area.household_count, area.inhabitant_count, area.kind) == (220, 820, AreaKind.HAMLET)
    assert Area.objects.get(name="Tổ dân phố 1").kind == AreaKind.NEIGHBOURHOOD
