"""Figures from a spreadsheet: one row a group, counts only; a list of people or households is refused (G32)."""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from binhyen.audit.actions import record
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.sheets import MOST_BYTES, MOST_ROWS, read_rows
from binhyen.core.text import clean, fold
from binhyen.groups.actions import GroupEntry, check_counts, checked, count_in, count_row, fill
from binhyen.groups.models import CountSource, Group, GroupCount, GroupKind, GroupState
from binhyen.groups.queries import EDIT_ROLES
from binhyen.groups.rules import name_for
from binhyen.units.models import Area, Unit
from binhyen.units.scope import Scope

COLUMNS = {
    "area": ("thon", "thon to", "thon to dan pho", "to dan pho", "buon", "khoi", "ap", "dia ban", "khu pho"),
    "name": ("ten nhom", "nhom", "nhom zalo"),
    "kind": ("loai", "loai nhom"),
    "link": ("link", "lien ket", "duong link", "link nhom", "duong dan"),
    "admin_role": ("quan tri", "chuc danh quan tri", "vai tro quan tri"),
    "area_households": ("tong so ho", "so ho cua thon", "so ho toan thon", "tong ho"),
    "households": ("so ho trong nhom", "so ho da vao nhom", "ho trong nhom", "so ho tham gia"),
    "members": ("so thanh vien", "thanh vien", "so nguoi trong nhom"),
    "counted_on": ("ngay dem", "ngay", "ngay cap nhat", "tinh den ngay"),
}
"""Folded headings by what they mean; the first is what the template writes."""
TEMPLATE_HEADINGS = (
    "Thôn, tổ dân phố",
    "Tên nhóm",
    "Link nhóm",
    "Quản trị",
    "Tổng số hộ",
    "Số hộ trong nhóm",
    "Số thành viên",
    "Ngày đếm",
)
__all__ = ["MOST_BYTES", "MOST_ROWS", "import_groups", "read_rows", "template_csv"]
_KINDS = {
    "": GroupKind.MANUAL,
    "thuong": GroupKind.MANUAL,
    "noi bo": GroupKind.INTERNAL,
    "internal": GroupKind.INTERNAL,
}
_KINDS |= {"manual": GroupKind.MANUAL, "nhom thuong": GroupKind.MANUAL, "nhom noi bo": GroupKind.INTERNAL}
_OF_PEOPLE = re.compile(
    r"\b(ho va ten|ho ten|ten chu ho|chu ho|cccd|cmnd|can cuoc|so dinh danh|ngay sinh|nam sinh|so dien thoai|dien thoai"
    r"|sdt|dia chi|so nha|zalo ca nhan|ten thanh vien|danh sach thanh vien|ten nguoi|gioi tinh|dan toc|ton giao)\b"
)
_NUMBER_OF_A_PERSON = re.compile(r"(?<!\d)(?:0\d{9}|\+?84\d{9}|\d{12})(?!\d)")
_LOST_ITS_ZERO = re.compile(r"[35789]\d{8}")
"""A mobile number that a spreadsheet took for a figure: 912345678."""
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(slots=True)
class Imported:
    """What became of a file: rows taken, and each row left out with the reason's code and facts."""

    added: int = 0
    changed: int = 0
    left_out: list[tuple[int, NotPossible]] = field(default_factory=list)


def import_groups(scope: Scope, unit: Unit, content: bytes, name: str) -> Imported:
    """Take a CSV or XLSX file in. Good rows are kept, bad ones are named; a list of people is refused whole.

    Raises NotPossible: import_size, import_type, import_people, import_columns, import_rows, import_empty.
    """
    scope.check(unit.pk, EDIT_ROLES)
    rows = read_rows(content, name)
    places = _columns(rows)
    done = Imported()
    with transaction.atomic():
        _take(scope, unit, rows, places, done)
        facts = {"added": done.added, "changed": done.changed, "left_out": len(done.left_out)}
        record(unit.pk, "group.imported", actor_key=scope.officer_id, facts=facts)
    return done


def _columns(rows: list[list[Any]]) -> dict[str, int]:
    """Which column means what. Raises NotPossible for a list of people or a file without the needed columns."""
    if len(rows) < 2:
        raise NotPossible("import_empty")
    if len(rows) > MOST_ROWS + 1:
        raise NotPossible("import_rows", limit=MOST_ROWS)
    headings = [fold(str(cell)) for cell in rows[0]]
    _check_no_people(rows, headings)
    places = {
        meaning: headings.index(heading)
        for meaning, known in COLUMNS.items()
        for heading in known
        if heading in headings
    }
    if "area" not in places or not {"households", "members", "link", "area_households"} & set(places):
        raise NotPossible("import_columns")
    return places


def _check_no_people(rows: list[list[Any]], headings: list[str]) -> None:
    of_people = next((heading for heading in headings if _OF_PEOPLE.search(heading)), "")
    if of_people:
        raise NotPossible("import_people", column=of_people[:40])
    for row in rows[1:]:
        for cell in row:
            digits = _cell(cell).replace(" ", "")
            if _NUMBER_OF_A_PERSON.search(digits) or _LOST_ITS_ZERO.fullmatch(digits):
                raise NotPossible("import_people", column="số điện thoại, số định danh")


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return clean(str(value)) if value is not None else ""


@dataclass(slots=True)
class _Known:
    """What the unit has, so that a file costs a fixed number of queries."""

    areas: dict[str, Area]
    groups: dict[tuple[int | None, str], Group]


def _take(scope: Scope, unit: Unit, rows: list[list[Any]], places: dict[str, int], done: Imported) -> None:
    groups = Group.objects.filter(unit=unit).exclude(state=GroupState.ENDED)
    known = _Known(
        {fold(area.name): area for area in Area.objects.filter(unit=unit)},
        {(group.area_id, fold(group.name)): group for group in groups},
    )
    counts: list[GroupCount] = []
    for number, row in enumerate(rows[1:], start=2):
        cells = {meaning: _cell(row[place]) if place < len(row) else "" for meaning, place in places.items()}
        if not any(cells.values()):
            continue
        try:
            counts += _take_row(scope, unit, cells, known, done)
        except NotPossible as error:
            done.left_out.append((number, error))
    GroupCount.objects.bulk_create(counts)


def _take_row(scope: Scope, unit: Unit, cells: dict[str, str], known: _Known, done: Imported) -> list[GroupCount]:
    area = known.areas.get(fold(cells["area"]))
    if area is None:
        raise NotPossible("import_area", area=cells["area"][:60])
    households, members = count_in(cells.get("households", "")), count_in(cells.get("members", ""))
    of_area, counted_on = count_in(cells.get("area_households", "")), _day(cells.get("counted_on", ""))
    kind = _KINDS.get(fold(cells.get("kind", "")))
    if kind is None:
        raise NotPossible("group_kind")
    before, area.household_count = area.household_count, area.household_count if of_area is None else of_area
    try:
        if households is not None or members is not None:
            check_counts(area, households, members, counted_on)
        entry = checked(
            GroupEntry(cells.get("name", ""), kind, area, cells.get("link", ""), cells.get("admin_role", ""))
        )
    except NotPossible:
        area.household_count = before  # a row is taken whole or not at all
        raise
    if area.household_count != before:
        area.save()
    group = _group_of(unit, entry, known, done)
    if households is None and members is None:
        return []
    return [count_row(group, households, members, counted_on, CountSource.IMPORTED, scope.officer_id)]


def _group_of(unit: Unit, entry: GroupEntry, known: _Known, done: Imported) -> Group:
    key = (entry.area.pk if entry.area else None, fold(entry.name))
    of_area = [group for (area_id, _), group in known.groups.items() if area_id == key[0]]
    group = known.groups.get(key) or next((one for one in of_area if entry.link and one.link == entry.link), None)
    if group is None:
        group = Group(unit=unit, created_at=clock.now())
        fill(group, entry)
        done.added += 1
    else:
        kept = GroupEntry(
            entry.name, group.kind, entry.area, entry.link or group.link, entry.admin_role or group.admin_role
        )
        fill(group, kept)
        done.changed += 1
    known.groups[key] = group
    return group


def _day(typed: str) -> date:
    """The day counted, today when none was given. Raises NotPossible("import_date")."""
    if not typed:
        return clock.today()
    found = _DATE.fullmatch(typed)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(typed[:10])
    except ValueError:
        raise NotPossible("import_date", typed=typed[:20]) from None


def template_csv() -> str:
    """An empty file with the headings, readable by spreadsheet programs."""
    example = ("Thôn Đông Tiến", name_for("Thôn Đông Tiến"), "https://zalo.me/g/abcdef123", "Cảnh sát khu vực")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(TEMPLATE_HEADINGS)
    writer.writerow([*example, "214", "194", "320", "20/11/2026"])
    return "\ufeff" + out.getvalue()
