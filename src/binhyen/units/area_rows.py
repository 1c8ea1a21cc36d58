"""Hamlets and neighbourhoods out of a list: good rows are read, every bad row is named with its reason (G32). Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from binhyen.core.errors import NotPossible
from binhyen.core.sheets import MOST_ROWS
from binhyen.core.text import clean, fold, without_marks

T = TypeVar("T")
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
    "name": {"ten", "ten thon", "thon", "thon to", "thon to dan pho", "dia ban", "ten dia ban", "to dan pho", "ten to"}
    | {"thon xom", "thon buon", "buon", "ban", "ap", "khom", "khu pho", "khoi pho", "ten ap", "ten ban", "ten buon"},
    "local_kind": {"loai", "kieu", "loai hinh"},
    "households": {"so ho", "ho", "tong so ho", "so ho dan", "ho dan", "so ho gia dinh"},
    "inhabitants": {
        "nhan khau",
        "so nhan khau",
        "so khau",
        "khau",
        "so dan",
        "dan so",
        "so nguoi",
        "tong so nhan khau",
    },
}
_SHORT_KINDS = {"tdp": "Tổ dân phố", "kp": "Khu phố"}
_TOTALS = {"tong", "tong cong", "cong", "tong so", "toan xa", "toan phuong"}
_HEADING_WITHIN = 12
"""Rows at the top among which the heading is looked for: lists begin with titles."""
_POSITIONS = ("name", "local_kind", "households", "inhabitants")
_WITHOUT_KIND = ("name", "households", "inhabitants")
_OF_A_PERSON = re.compile(r"(?<!\d)(?:0\d{9}|\d{12})(?!\d)")
_COUNT = re.compile(
    r"(\d{1,3}(?:[., \u00a0]\d{3})+|\d+)(?:[.,]0)?\s*(?:hộ|khẩu|nhân khẩu|người|hộ dân)?", re.IGNORECASE
)
"""214, 1.024, 1,024, 1 024, and what spreadsheets make of them: 214.0, "214 hộ"."""
_KIND = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}")


@dataclass(frozen=True, slots=True)
class ListedArea:
    """One good row."""

    name: str
    local_kind: str
    households: int | None
    inhabitants: int | None


class BadRow(NamedTuple):
    """A row that cannot be taken."""

    line: int
    """As the list or sheet counts it, from 1."""
    text: str
    """In the order name; kind; households; inhabitants, to be mended and sent again."""
    why: NotPossible


@dataclass(slots=True)
class ReadList:
    """A list as read: what can be taken, and for every other line its number, its text and why not."""

    areas: list[ListedArea] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    titles: int = 0
    """Lines above the heading, which are passed over."""


class KnownNames(Generic[T]):
    """Finds an area by its name. Thôn Hà and Thôn Hạ are two; "thon ha", without marks, is either."""

    def __init__(self) -> None:
        self._exact: dict[str, T] = {}
        self._folded: dict[str, list[tuple[str, T]]] = {}

    def add(self, name: str, what: T) -> None:
        """Remember."""
        self._exact[name.casefold()] = what
        self._folded.setdefault(fold(name), []).append((name.casefold(), what))

    def same_as(self, name: str) -> T | None:
        """What has this name: letter by letter, or with the marks left out on one of both sides."""
        if exact := self._exact.get(name.casefold()):
            return exact
        alike = self._folded.get(fold(name), [])
        is_bare = without_marks(name) == name
        return next((what for known, what in alike if is_bare or without_marks(known) == known), None)


def read_areas(rows: Sequence[Sequence[Any]]) -> ReadList:
    """Rows of name, local kind, households, inhabitants; a heading line may give another order. Pure.

    Raises NotPossible("import_rows", limit) for more than `MOST_ROWS`. Reasons of bad rows: area_name_missing,
    area_name_formula(value), area_number(value), area_kind(value), area_twice(name), area_person, area_total.
    """
    if len(rows) > MOST_ROWS + 1:
        raise NotPossible("import_rows", limit=MOST_ROWS)
    cells_of = [[_cell(value) for value in row] for row in rows]
    heading, places = _places(cells_of)
    found, known = ReadList(titles=sum(any(cells) for cells in cells_of[: max(heading, 0)])), KnownNames[str]()
    for line, cells in enumerate(cells_of[heading + 1 :], start=heading + 2):
        if not any(cells):
            continue
        given = {name: cells[place] for name, place in places.items() if place < len(cells)}
        try:
            area = _area(given, known)
        except NotPossible as error:
            text = "; ".join(given.get(name, "") for name in _POSITIONS).rstrip("; ")
            found.bad.append(BadRow(line, text or "; ".join(cells), error))
        else:
            known.add(area.name, area.name)
            found.areas.append(area)
    return found


def _places(rows: list[list[str]]) -> tuple[int, dict[str, int]]:
    """Number of the heading row, -1 for none, and the column of each value."""
    for number, cells in enumerate(rows[:_HEADING_WITHIN]):
        folded = [fold(cell) for cell in cells]
        places = {
            name: place
            for name in _POSITIONS
            for place, heading in reversed(list(enumerate(folded)))
            if heading in _HEADINGS[name]
        }
        if "name" in places and len(places) > 1:
            return number, places
    filled = [cells for cells in rows if any(cells)]
    first = _first_column(filled)
    seconds = [cell for cell in _column(filled, first + 1) if cell]
    has_kinds = not seconds or not all(_COUNT.fullmatch(cell) for cell in seconds)
    return -1, {name: first + number for number, name in enumerate(_POSITIONS if has_kinds else _WITHOUT_KIND)}


def _first_column(rows: list[list[str]]) -> int:
    """Where the names stand: after empty columns, and after one that only counts the lines 1, 2, 3 ..."""
    width = max((len(cells) for cells in rows), default=0)
    first = next((place for place in range(width) if any(_column(rows, place))), 0)
    numbers = [cell for cell in _column(rows, first) if cell.isdecimal()]
    counts_lines = len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]
    names = [cell for cell in _column(rows, first + 1) if not cell.isdecimal() and fold(cell) not in _FOLDED_KINDS]
    return first + (counts_lines and len(numbers) + 2 >= len(rows) and any(names))


def _column(rows: list[list[str]], place: int) -> list[str]:
    return [cells[place] for cells in rows if place < len(cells)]


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value)).replace("\n", " ") if value is not None else ""


def _area(cells: dict[str, str], known: "KnownNames[str]") -> ListedArea:
    name, kind = cells.get("name", ""), cells.get("local_kind", "")
    if any(_OF_A_PERSON.search(re.sub(r"[\s.-]", "", cell)) for cell in cells.values()):
        raise NotPossible("area_person")
    if fold(name or kind) in _TOTALS:
        raise NotPossible("area_total")
    if not name or name.isdecimal():
        name = f"{kind} {name}".strip() if name and kind else ""
    if not re.search(r"\w", name):
        raise NotPossible("area_name_missing")
    if name[0] in "=+-@":
        raise NotPossible("area_name_formula", value=name[:30])
    first, _, rest = name.partition(" ")
    name = f"{_SHORT_KINDS[fold(first)]} {rest}" if rest and fold(first) in _SHORT_KINDS else name
    if kind and not _KIND.fullmatch(kind):
        raise NotPossible("area_kind", value=kind[:30])
    local = _FOLDED_KINDS.get(fold(kind), "") or _kind_in(name) or kind.lower()
    if local and not fold(name).startswith(fold(local)):
        name = f"{local[0].upper()}{local[1:]} {name}"
    if known.same_as(name):
        raise NotPossible("area_twice", name=name[:60])
    households, inhabitants = _count(cells.get("households", "")), _count(cells.get("inhabitants", ""))
    return ListedArea(name[:120], local[:30] or "thôn", households, inhabitants)


def _kind_in(name: str) -> str:
    folded = fold(name)
    return next((word for key, word in _FOLDED_KINDS.items() if folded == key or folded.startswith(f"{key} ")), "")


def _count(written: str) -> int | None:
    """A number of households or people; "1.024" is a thousand and twenty-four. Raises NotPossible("area_number")."""
    if not written or written in {"-", "–", "—"}:
        return None
    matched = _COUNT.fullmatch(written)
    number = int(re.sub(r"\D", "", matched[1])) if matched and len(matched[1]) < 12 else MOST_INHABITANTS + 1
    if number > MOST_INHABITANTS:
        raise NotPossible("area_number", value=written[:20])
    return number
