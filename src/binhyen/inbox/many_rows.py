"""Writing many rows of one table in one statement: what `bulk_create` does at a third of its cost.

Measured on batches of 200 messages, Django's way of preparing each value took more time than understanding the words.
"""

import functools
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, models

MOST_VALUES = 30_000
"""SQLite binds at most 32,766 values in one statement, PostgreSQL 65,535."""


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model, in order; each knows its key afterwards. Runs no signal and no `save`."""
    _write(rows, "", with_key=False)


def upsert_rows(rows: Sequence[models.Model], unique: Sequence[str], changed: Sequence[str]) -> None:
    """Insert rows or, where the fields `unique` meet an old row, change the fields `changed` of that one.

    With `unique` naming the primary key the rows carry their own keys; else each knows its key afterwards.
    """
    if not rows:
        return
    model = type(rows[0])
    key = [model._meta.pk.name] == list(unique)
    target = ", ".join(_quoted(field.column) for field in _fields(model, unique))
    columns = [_quoted(field.column) for field in _fields(model, changed)]
    change = ", ".join(f"{column} = EXCLUDED.{column}" for column in columns)
    _write(rows, f" ON CONFLICT ({target}) DO UPDATE SET {change}", with_key=key)


def update_rows(rows: Sequence[models.Model], changed: Sequence[str]) -> None:
    """Write the fields `changed` of rows that exist, one prepared statement for all of them."""
    if not rows:
        return
    meta = type(rows[0])._meta
    fields = _fields(type(rows[0]), changed)
    readers = [(field.attname, _adapter(field)) for field in fields]
    change = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    statement = f"UPDATE {_quoted(meta.db_table)} SET {change} WHERE {_quoted(meta.pk.column)} = %s"  # noqa: S608
    values = [[*(adapt(getattr(row, name)) for name, adapt in readers), row.pk] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _write(rows: Sequence[models.Model], ending: str, *, with_key: bool) -> None:
    if not rows:
        return
    model = type(rows[0])
    fields = [field for field in model._meta.local_concrete_fields if with_key or not field.primary_key]
    columns = ", ".join(_quoted(field.column) for field in fields)
    marks = f"({', '.join(['%s'] * len(fields))})"
    head = f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608 - names of our own tables
    tail = f"{ending} RETURNING {_quoted(model._meta.pk.column)}"
    step = MOST_VALUES // len(fields)
    readers = [(field.attname, _adapter(field), field) for field in fields]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            values: list[Any] = []
            for row in part:
                _take_keys_of_relations(row, fields)
                values.extend([adapt(getattr(row, name)) for name, adapt, _ in readers])
            cursor.execute(head + ",".join([marks] * len(part)) + tail, values)
            for row, (key,) in zip(part, cursor.fetchall(), strict=True):
                row.pk = key
                row._state.adding = False
                row._state.db = connection.alias


def _take_keys_of_relations(row: models.Model, fields: "Sequence[models.Field[Any, Any]]") -> None:
    """A related row may have been written only after it was tied to this one."""
    kept = row._state.fields_cache
    for field in fields:
        if field.is_relation and getattr(row, field.attname) is None and field.name in kept:
            related = kept[field.name]
            setattr(row, field.attname, related.pk if related is not None else None)


def _adapter(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    if isinstance(field, models.DateTimeField):
        return functools.lru_cache(maxsize=64)(connection.ops.adapt_datetimefield_value)
    if isinstance(field, models.JSONField):
        return lambda value: connection.ops.adapt_json_value(value, field.encoder)
    if isinstance(field, models.CharField | models.TextField):
        return _plain_text
    return _as_it_is


def _plain_text(value: Any) -> Any:
    """Members of TextChoices are written as their value."""
    return str(value) if type(value) is not str and value is not None else value


def _as_it_is(value: Any) -> Any:
    return value


def _fields(model: type[models.Model], names: Sequence[str]) -> "list[models.Field[Any, Any]]":
    """The model's own fields of these names; raises KeyError for others."""
    known = {field.name: field for field in model._meta.local_concrete_fields}
    return [known[name] for name in names]


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
