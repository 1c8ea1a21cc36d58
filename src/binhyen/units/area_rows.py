"""Hamlets and neighbourhoods out of a list: good rows are read, every bad row is named with its reason (G32). Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from binhyen.core.errors import NotPossible
from binhyen.core.text import clean, fold

MOST_INHABITANTS = 100_000
LOCAL_KINDS = {
    "tổ dân phố": "neighbourhood",
    "khu phố": "neighbourhood",
    "khối phố": "neighbourhood",
    "khối": "neighbourhood",
    "khu": "neighbourhood",
    "khóm": "neighbourhood",
    "cụm dân cư": "household_cluster",
    "tổ liên gia": "household_cluster",
    "thôn": "hamlet",
    "buôn": "hamlet",
    "bản": "hamlet",
    "ấp": "hamlet",
    "sóc": "hamlet",
    "xóm": "hamlet",
    "làng": "hamlet",
    "plei": "hamlet",
}
"""Local words by the `AreaKind` they mean; longer ones first, so that "tổ dân phố 2" is no "tổ"."""
_FOLDED_KINDS = {fold(word): word for word in LOCAL_KINDS}
_HEADINGS = {
    "name": {"ten", "ten thon", "thon", "thon to", "thon to dan pho", "dia ban", "ten dia ban", "to dan pho"},
    "local_kind": {"loai", "kieu"},
    "households": {"so ho", "ho", "tong so ho"},
    "inhabitants": {"nhan khau", "so nhan khau", "so khau", "so dan", "dan so"},
}
_POSITIONS = ("name", "local_kind", "households", "inhabitants")
_OF_A_PERSON = re.compile(r"(?<!\d)(?:0\d{9}|\d{12})(?!\d)")


@dataclass(frozen=True, slots=True)
class ListedArea:
    """One good row."""

    name: str
    local_kind: str
    households: int | None
    inhabitants: int | None


@dataclass(slots=True)
class ReadList:
    """A list as read: what can be taken, and for every other line its number, its text and why not."""

    areas: list[ListedArea] = field(default_factory=list)
    bad: list[tuple[int, str, NotPossible]] = field(default_factory=list)


def read_areas(rows: Sequence[Sequence[Any]]) -> ReadList:
    """Rows of name, local kind, households, inhabitants; a heading line may give another order. Pure.

    Reasons of bad rows: area_name_missing, area_number(value), area_twice(name), area_person.
    """
    found, known = ReadList(), set[str]()
    places = _places(rows[0]) if rows else {}
    first = 1 if places else 0
    places = places or {name: number for number, name in enumerate(_POSITIONS)}
    for line, row in enumerate(rows[first:], start=first + 1):
        cells = [_cell(value) for value in row]
        if not any(cells):
            continue
        try:
            area = _area({name: cells[place] for name, place in places.items() if place < len(cells)}, known)
        except NotPossible as error:
            found.bad.append((line, ", ".join(cell for cell in cells if cell)[:80], error))
        else:
            known.add(fold(area.name))
            found.areas.append(area)
    return found


def _places(headings: Sequence[Any]) -> dict[str, int]:
    folded = [fold(_cell(cell)) for cell in headings]
    places = {
        name: number for name, words in _HEADINGS.items() for number, heading in enumerate(folded) if heading in words
    }
    return places if "name" in places and len(places) > 1 else {}


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value)) if value is not None else ""


def _area(cells: dict[str, str], known: set[str]) -> ListedArea:
    name, kind = cells.get("name", ""), cells.get("local_kind", "")
    if _OF_A_PERSON.search(" ".join(cells.values()).replace(" ", "")):
        raise NotPossible("area_person")
    if not name or name.isdecimal():
        name = f"{kind} {name}".strip() if name and kind else ""
    if not name:
        raise NotPossible("area_name_missing")
    local = _FOLDED_KINDS.get(fold(kind), "") or _kind_in(name)
    if local and not fold(name).startswith(fold(local)):
        name = f"{local[0].upper()}{local[1:]} {name}"
    if fold(name) in known:
        raise NotPossible("area_twice", name=name[:60])
    households, inhabitants = _count(cells.get("households", "")), _count(cells.get("inhabitants", ""))
    return ListedArea(name[:120], local or "thôn", households, inhabitants)


def _kind_in(name: str) -> str:
    folded = fold(name)
    return next((word for key, word in _FOLDED_KINDS.items() if folded == key or folded.startswith(f"{key} ")), "")


def _count(written: str) -> int | None:
    """A number of households or people; "1.024" is a thousand and twenty-four. Raises NotPossible("area_number")."""
    digits = re.sub(r"[.\s]", "", written)
    if not digits:
        return None
    if not digits.isascii() or not digits.isdecimal() or int(digits) > MOST_INHABITANTS:
        raise NotPossible("area_number", value=written[:20])
    return int(digits)
