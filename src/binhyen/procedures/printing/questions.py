"""A form as questions for a telephone: one field each, with the parts and columns that the paper has."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from binhyen.procedures.catalogue import FormField, FormTemplate
from binhyen.procedures.printing.layout import EMPTY_ROWS, NUMBERED, form_hints, parts_of
from binhyen.procedures.printing.values import Cells, InvalidValues, checked

_NOT_TYPED = frozenset({"photo", "signature", "office", "attachment"})
"""Filled in on paper: pictures, signatures, what the office writes, papers that go along."""
_KINDS = {"textarea": "lines", "enum": "choice", "bool": "tick", "group": "parts", "table": "table"}
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One thing to ask."""

    number: int
    field: FormField
    kind: str
    """line, lines, choice, tick, parts or table."""
    names: Cells = ()
    """Options, parts or columns."""
    row_count: int = 0

    @property
    def name(self) -> str:
        """Name of the field."""
        return self.field.name

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """Rows of pairs of input name and heading, of parts and tables."""
        if self.kind == "parts":
            return [[(f"{self.name}-{place}", part) for place, part in enumerate(self.names)]]
        shown = [(place, column) for place, column in enumerate(self.names) if column != NUMBERED]
        return [[(f"{self.name}-{row}-{place}", column) for place, column in shown] for row in range(self.row_count)]


def questions_of(form: FormTemplate) -> tuple[FormQuestion, ...]:
    """What can be typed, in the order of the form."""
    fields = [field for field in form.fields if field.type not in _NOT_TYPED]
    return tuple(_question(form, field, number) for number, field in enumerate(fields, start=1))


def _question(form: FormTemplate, field: FormField, number: int) -> FormQuestion:
    key, kind = f"{form.code}.{field.name}", _KINDS.get(field.type, "line")
    if kind == "choice":
        options = tuple(field.options or form_hints()["options"].get(key, ()))
        return FormQuestion(number, field, "choice" if options else "line", options)
    if kind == "parts":
        return FormQuestion(number, field, kind, tuple(form_hints()["parts"].get(key) or parts_of(field.label)))
    if kind == "table":
        columns = tuple(form_hints()["columns"].get(key) or parts_of(field.label))
        return FormQuestion(number, field, kind, columns, EMPTY_ROWS)
    return FormQuestion(number, field, kind)


def typed_values(questions: Iterable[FormQuestion], typed: Callable[[str], str]) -> Values:
    """Values by field name for the printer; `typed` gives the text of an input."""
    values: Values = {}
    for question in questions:
        if question.kind == "tick":
            values[question.name] = bool(typed(question.name))
        elif question.kind == "parts":
            values[question.name] = [typed(name) for name, _ in question.cells[0]]
        elif question.kind == "table":
            numbered = question.names[:1] == (NUMBERED,)
            rows = [[typed(name) for name, _ in row] for row in question.cells]
            values[question.name] = [["", *row] if numbered else row for row in rows]
        else:
            values[question.name] = typed(question.name)
    return values


def wrong_answers(form: FormTemplate, values: Values) -> dict[str, str]:
    """Code of what is wrong by field name; empty when the form can be printed."""
    try:
        checked(form, values)
    except InvalidValues as error:
        return {problem.field: problem.code for problem in error.problems}
    return {}
