"""What a person filled in, checked by the type of each field before it goes on paper."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.procedures.catalogue import FormField, FormTemplate

MOST_CHARACTERS = {"text": 300, "address": 300, "textarea": 3000, "email": 254, "group": 300, "table": 200}
"""Longest answer by type; of groups and tables, of each cell."""
MOST_ROWS = 30
"""Rows of a table."""
Cells = tuple[str, ...]
Filled = str | bool | Cells | tuple[Cells, ...]
"""Text, a tick, the parts of a group, or the rows of a table."""

# Every letter here stands in the type of the forms: Latin with all Vietnamese and highland letters, Greek, Cyrillic.
_UNPRINTABLE = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u024f\u0300-\u0304\u0306-\u030c\u0323\u0391-\u03a1\u03a3-\u03c9\u0400-\u045f"
    "\u1e00-\u1eff\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u20ab\u20ac\u2116\u2122\u2212]"
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?\d{8,15}")
_NUMBER = re.compile(r"-?\d{1,12}(?:[.,]\d{1,4})?")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Problem:
    """One answer that cannot be printed. Holds no word of the answer."""

    field: str
    code: str
    """unknown_field, not_filled_in_here, too_long, unprintable, wrong_type, bad_date, bad_id, bad_phone, bad_email,
    bad_number, not_an_option, too_many_rows, too_many_parts."""


class InvalidValues(NotPossible):
    """Answers that do not fit their fields."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("form_values_invalid", fields=", ".join(problem.field for problem in problems))
        self.problems = tuple(problems)


def checked(form: FormTemplate, values: Mapping[str, object]) -> dict[str, Filled]:
    """The answers by field name, in one spelling, empty ones left out. Raises InvalidValues naming every bad one.

    Required fields may be empty: people also finish by pen.
    """
    fields = {field.name: field for field in form.fields}
    filled: dict[str, Filled] = {}
    problems = []
    for name, value in values.items():
        try:
            answer = _answer(fields.get(name), value)
        except _Unfit as unfit:
            problems.append(Problem(name[:60], unfit.code))
        else:
            if answer:
                filled[name] = answer
    if problems:
        raise InvalidValues(problems)
    return filled


class _Unfit(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _answer(field: FormField | None, value: object) -> Filled:
    if field is None:
        raise _Unfit("unknown_field")
    if value is None or value in ("", False):
        return ""
    if field.type == "table":
        return _rows(value)
    if field.type == "group":
        return _parts(value)
    read = _READERS.get(field.type)
    if read is None:
        raise _Unfit("not_filled_in_here")
    return read(field, value)


def _words(value: object, most: int, keeps_lines: bool = False) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _Unfit("wrong_type")
    text = clean(str(value))
    if len(text) > most:
        raise _Unfit("too_long")
    if _UNPRINTABLE.search(text):
        raise _Unfit("unprintable")
    return text if keeps_lines else " ".join(text.split())


def _rows(value: object) -> tuple[Cells, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise _Unfit("wrong_type")
    if len(value) > MOST_ROWS:
        raise _Unfit("too_many_rows")
    rows = tuple(_cells(row, MOST_CHARACTERS["table"]) for row in value)
    return tuple(row for row in rows if any(row))


def _parts(value: object) -> Cells:
    parts = _cells((value,) if isinstance(value, str) else value, MOST_CHARACTERS["group"])
    return parts if any(parts) else ()


def _cells(value: object, most: int) -> Cells:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise _Unfit("wrong_type")
    if len(value) > 12:
        raise _Unfit("too_many_parts")
    return tuple("" if cell is None else _words(cell, most) for cell in value)


def _text(field: FormField, value: object) -> str:
    return _words(value, MOST_CHARACTERS[field.type], keeps_lines=field.type == "textarea")


def _date(_: FormField, value: object) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = _words(value, 20)
    iso, day = _ISO.fullmatch(text), _DAY.fullmatch(text)
    year_month_day = iso.groups() if iso else day.groups()[::-1] if day else ()
    try:
        return f"{date(*map(int, year_month_day)):%d/%m/%Y}"
    except (TypeError, ValueError):
        raise _Unfit("bad_date") from None


def _moment(_: FormField, value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%H:%M, %d/%m/%Y}"
    return _words(value, 60)


def _choice(field: FormField, value: object) -> str:
    chosen = _words(value, 300)
    if field.options and chosen not in field.options:
        raise _Unfit("not_an_option")
    return chosen


def _tick(_: FormField, value: object) -> bool:
    if value is not True:
        raise _Unfit("wrong_type")
    return True


def _id12(_: FormField, value: object) -> str:
    digits = _words(value, 30).replace(" ", "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) == 12):
        raise _Unfit("bad_id")
    return digits


def _matching(pattern: re.Pattern[str], code: str) -> Callable[[FormField, object], str]:
    def read(_: FormField, value: object) -> str:
        text = re.sub(r"[\s()]", "", _words(value, 254))
        if code == "bad_phone":
            text = re.sub(r"[.-]", "", text)
        if not pattern.fullmatch(text):
            raise _Unfit(code)
        return text

    return read


_READERS: dict[str, Callable[[FormField, Any], str | bool]] = {
    "text": _text,
    "address": _text,
    "textarea": _text,
    "date": _date,
    "datetime": _moment,
    "enum": _choice,
    "bool": _tick,
    "id12": _id12,
    "phone": _matching(_PHONE, "bad_phone"),
    "email": _matching(_EMAIL, "bad_email"),
    "number": _matching(_NUMBER, "bad_number"),
}
