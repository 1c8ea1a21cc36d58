"""Reading many rows of one table: what iterating over a queryset gives, at a fraction of its cost.

Django converts and sets every value of every row by itself; here a column is converted at once.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.base import ModelState

from binhyen.core.database import aware

Instance = TypeVar("Instance", bound=models.Model)


def read_tuples(queryset: "models.QuerySet[Any, Any]") -> list[tuple[Any, ...]]:
    """The rows of a `values_list` of plain columns."""
    return _read(queryset)[1]


def read_instances(queryset: "models.QuerySet[Instance]") -> list[Instance]:
    """The instances of a queryset with all its fields and annotations; sends no signal, joins no related rows."""
    compiler, rows = _read(queryset)
    if not rows:
        return []
    start, end = compiler.klass_info["select_fields"][0], compiler.klass_info["select_fields"][-1] + 1
    names = [chosen[0].target.attname for chosen in compiler.select[start:end]]
    added = list(compiler.annotation_col_map.items())
    found = []
    for row in rows:
        made = queryset.model.__new__(queryset.model)
        state = ModelState()
        state.adding, state.db = False, queryset.db
        made.__dict__.update(zip(names, row[start:end], strict=True), _state=state)
        made.__dict__.update((name, row[place]) for name, place in added)
        found.append(made)
    return found


def _read(queryset: "models.QuerySet[Any, Any]") -> tuple[Any, list[tuple[Any, ...]]]:
    """The compiler, which knows the columns, and the rows with values as the fields give them."""
    database = connections[queryset.db]
    compiler: Any = queryset.query.get_compiler(using=queryset.db)
    try:
        statement, parameters = compiler.as_sql()
    except EmptyResultSet:
        return compiler, []
    with database.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    converters = compiler.get_converters([chosen[0] for chosen in compiler.select])
    if not rows or not converters:
        return compiler, rows
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for place, (convert, expression) in converters.items():
        columns[place] = _converted(columns[place], convert, expression, database)
    return compiler, list(zip(*columns, strict=True))


def _converted(column: Sequence[Any], converters: Sequence[Any], expression: Any, database: Any) -> list[Any]:
    if isinstance(expression.output_field, models.DateTimeField) and set(map(type, column)) <= {datetime, type(None)}:
        return list(map(aware, column))
    for convert in converters:
        column = [convert(value, expression, database) for value in column]
    return list(column)
