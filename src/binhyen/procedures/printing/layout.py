"""A form as rows of blanks, ticks and tables with what was filled in, the same for PDF and DOCX."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any

from binhyen.core.text import fold
from binhyen.core.yaml_text import parsed
from binhyen.procedures.catalogue import FormField, FormTemplate
from binhyen.procedures.printing.values import Cells, Filled, checked
from binhyen.procedures.rules import worded

MARK = "Theo mẫu, kiểm tra trước khi nộp"
"""On every page: the official layouts were not all seen."""
NUMBERED = "TT"
"""Head of the column that the printer numbers."""
EMPTY_ROWS = 4
LINES = 3
"""Dotted lines of an empty long answer."""
_TICKS_HEADING = "Nội dung đề nghị (đánh dấu X vào ô)"
_HALF = frozenset({"date", "datetime", "phone", "email", "number"})
_DATELINE = re.compile(r"ngày ký$", re.IGNORECASE)
_WIDE = ("tên", "Tên", "Làm gì", "Nơi", "Nghề", "Chỗ ở", "đặc điểm")
_LONGEST_WORD = 24
_BREAK = "\u200b"
"""Zero-width space: where a long unbroken answer may go on in the next line."""


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered entry of a form."""

    kind: str
    """line, lines, boxes, date, choice, ticks, parts, table or kept (papers added)."""
    label: str
    number: int = 0
    value: str = ""
    names: Cells = ()
    """Options, parts or columns."""
    cells: tuple[Cells, ...] = ()
    """Answers of the parts (one row), rows of the table; of ticks and choices "X" or "" by option."""
    widths: tuple[float, ...] = ()
    """Of the columns, as shares of the table."""
    is_half: bool = False
    """Leaves room for another short one beside it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands on the paper, from top to bottom."""

    code: str
    title: str
    subtitle: str
    legal_source: str
    is_issued: bool
    """The police fill it in and hand it out."""
    is_listed: bool
    """Its entries are known; otherwise the paper says where to get the official one."""
    is_unchecked: bool
    """Its entries were not compared with the official form."""
    photo: str
    recipient: Item | None
    rows: tuple[tuple[Item, ...], ...]
    signatures: tuple[str, ...]
    is_stamped: bool
    signed_on: Cells
    """Day, month, year; empty when not filled in."""
    office: tuple[str, ...]
    office_signature: str
    mark: str = field(default=MARK)


@functools.cache
def form_hints() -> dict[str, Any]:
    """What the field lists do not say, from layouts.yaml."""
    text = (resources.files("binhyen.procedures.printing") / "layouts.yaml").read_text(encoding="utf8")
    hints: dict[str, Any] = parsed(text)
    return hints


def layout(form: FormTemplate, values: Mapping[str, object]) -> Layout:
    """The form with `values` by field name. Raises InvalidValues when one does not fit."""
    filled = checked(form, values)
    of_type = {kind: [item for item in form.fields if item.type == kind] for kind in ("photo", "signature", "office")}
    recipient = next((item for item in form.fields if item.name == "kinh_gui"), None)
    signing = next((item for item in form.fields if _DATELINE.search(item.label)), None)
    apart = {id(item) for items in of_type.values() for item in items} | {id(recipient), id(signing)}
    body = [item for item in form.fields if id(item) not in apart]
    is_issued = form.kind != "applicant"
    title, _, subtitle = form.name.partition(" (")
    return Layout(
        code=form.code,
        title=title,
        subtitle=f"({subtitle}" if subtitle else "",
        legal_source=worded(form.legal_source).replace("chưa xem", "chưa đối chiếu"),
        is_issued=is_issued,
        is_listed=bool(form.fields),
        is_unchecked=form.is_unchecked,
        photo=next((item.label for item in of_type["photo"]), ""),
        recipient=_item(form, recipient, filled) if recipient else None,
        rows=tuple(_side_by_side(_numbered(_items(form, body, filled)))),
        signatures=_signatures(form),
        is_stamped=form.code in form_hints()["stamped"],
        signed_on=tuple(str(filled.get(signing.name, "")).split("/")) if signing and signing.name in filled else (),
        office=tuple(item.label for item in of_type["office"]),
        office_signature="" if is_issued else form_hints()["office_signature"].get(form.code, "Cán bộ tiếp nhận"),
    )


def qr_address_shown(address: str) -> str:
    """The address as people type it."""
    return address.removeprefix("https://").removeprefix("http://")


def file_name(form: FormTemplate) -> str:
    """Name of the file without its ending: ASCII, small letters, at most 80 characters."""
    words = "-".join(fold(f"{form.code} {form.name}").split())
    return re.sub(r"[^a-z0-9-]", "", words)[:80].strip("-")


def breakable(text: str) -> str:
    """Text whose unbroken runs may go on in the next line, so that nothing leaves the paper."""
    return re.sub(rf"\S{{{_LONGEST_WORD},}}", lambda run: _BREAK.join(re.findall(r".{1,12}", run[0])), text)


def _signatures(form: FormTemplate) -> tuple[str, ...]:
    if not form.fields:
        return ()
    named = form_hints()["signatures"].get(form.code)
    if named:
        return tuple(named)
    if form.kind == "applicant":
        return ("Người khai",)
    return ("Cán bộ lập phiếu", "Thủ trưởng cơ quan")


def _items(form: FormTemplate, fields: Iterable[FormField], filled: Mapping[str, Filled]) -> Iterator[Item]:
    """Entries in the order of the form; ticks that follow one another share one."""
    ticks: list[FormField] = []
    for one in fields:
        if one.type == "bool":
            ticks.append(one)
            continue
        if ticks:
            yield _ticks(ticks, filled)
            ticks = []
        yield _item(form, one, filled)
    if ticks:
        yield _ticks(ticks, filled)


def _ticks(fields: list[FormField], filled: Mapping[str, Filled]) -> Item:
    label = _TICKS_HEADING if len(fields) > 1 else ""
    crosses = tuple("X" if filled.get(one.name) else "" for one in fields)
    return Item("ticks", label, names=tuple(_said(one) for one in fields), cells=(crosses,))


def _said(one: FormField) -> str:
    return f"{one.label} (đã bãi bỏ)" if "bãi bỏ" in one.help else one.label


def _item(form: FormTemplate, one: FormField, filled: Mapping[str, Filled]) -> Item:
    value = filled.get(one.name, "")
    key = f"{form.code}.{one.name}"
    if one.type == "group":
        return _group(key, one, value if isinstance(value, tuple) else ())
    if one.type == "table":
        return _table(key, one, value if isinstance(value, tuple) else ())
    text = breakable(str(value))
    if one.type == "enum":
        return _choice(key, one, text)
    kinds = {"textarea": "lines", "id12": "boxes", "date": "date", "attachment": "kept"}
    is_half = one.type in _HALF or one.name in form_hints()["short"]
    return Item(kinds.get(one.type, "line"), one.label, value=text, is_half=is_half and len(text) <= 28)


def _choice(key: str, one: FormField, text: str) -> Item:
    options = tuple(one.options or form_hints()["options"].get(key, ()))
    if not options:
        return Item("line", one.label, value=text)
    crosses = tuple("X" if text == option else "" for option in options)
    return Item("choice", one.label, names=options, cells=(crosses,), is_half=sum(map(len, options)) <= 12)


def _group(key: str, one: FormField, value: tuple[Any, ...]) -> Item:
    heading, parts = _split(one.label)
    parts = tuple(form_hints()["parts"].get(key, parts))
    named = one.label if key in form_hints()["parts"] and not heading else heading
    heading = form_hints()["headings"].get(key, named)
    answers = tuple(breakable(answer) for answer in value)
    answers = (*answers[: len(parts) - 1], ", ".join(filter(None, answers[len(parts) - 1 :])))
    return Item("parts", heading, names=parts, cells=(answers + ("",) * (len(parts) - len(answers)),))


def parts_of(label: str) -> Cells:
    """Parts that a label lists."""
    return _split(label)[1]


def _split(label: str) -> tuple[str, Cells]:
    """Heading and parts of "Cha: họ tên, ngày sinh", "Hộ chiếu (số, ngày cấp)" or "Ngày nhập cảnh, cửa khẩu"."""
    named = re.fullmatch(r"(.+?)\s*(?:\((.+)\)|:\s*(.+))", label)
    heading, listed = (named[1], named[2] or named[3]) if named else ("", label)
    return heading, tuple(part[:1].upper() + part[1:] for part in re.split(r",\s*", listed))


def _table(key: str, one: FormField, rows: tuple[Any, ...]) -> Item:
    columns = tuple(form_hints()["columns"].get(key) or _split(one.label)[1])
    wide = [tuple(breakable(cell) for cell in row)[: len(columns)] for row in rows]
    wide = [(*row, *("",) * (len(columns) - len(row))) for row in wide]
    wide += [("",) * len(columns)] * (EMPTY_ROWS - len(wide))
    if columns[0] == NUMBERED:
        wide = [(row[0] or str(number), *row[1:]) for number, row in enumerate(wide, start=1)]
    label = _split(one.label)[0] or (one.label if key in form_hints()["columns"] else "Gồm")
    return Item("table", label, names=columns, cells=tuple(wide), widths=tuple(map(_width, columns)))


def _width(column: str) -> float:
    if column == NUMBERED:
        return 0.4
    if any(word in column for word in _WIDE):
        return 1.9
    return {"Số định danh cá nhân": 1.7, "Giới tính": 0.8, "Số lượng": 0.8, "Năm sinh": 0.8}.get(column, 1.2)


def _numbered(items: Iterable[Item]) -> Iterator[Item]:
    for number, item in enumerate(items, start=1):
        yield replace(item, number=number)


def _side_by_side(items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    waiting: Item | None = None
    for item in items:
        if waiting and item.is_half:
            yield waiting, item
            waiting = None
            continue
        if waiting:
            yield (waiting,)
        waiting = item if item.is_half else None
        if not waiting:
            yield (item,)
    if waiting:
        yield (waiting,)
