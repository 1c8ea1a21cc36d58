"""Rows that many tests begin with: made once in a process, later put back as they were, one statement a table."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from binhyen.core import clock
from binhyen.vault.keyring import keyed_hash

LASTS = timedelta(minutes=5)
"""Rows say "now" and "three days ago": older ones are made anew, and so are they under another clock."""
_ALWAYS_THERE = frozenset({"django_content_type", "django_migrations", "auth_permission", "django_site"})
_kept: dict[Hashable, "_Kept"] = {}


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the tables held after it was made."""

    made_at: datetime
    tables: list[tuple[str, list[tuple[Any, ...]]]]
    """Statement that puts rows into a table, and the rows."""


def begin_with(name: str, make: Callable[[], object]) -> None:
    """Have the rows that `make` writes into empty tables. Where anything is there already, it is simply called.

    `make` must write rows and nothing else, and depend on the key ring and the time alone.
    """
    if _filled_tables():
        make()
        return
    key, now = (name, keyed_hash("kept rows", name)), clock.now()
    kept = _kept.get(key)
    if kept is not None and kept.made_at <= now < kept.made_at + LASTS:
        _put_back(kept)
        return
    make()
    _kept[key] = _Kept(now, [_rows_of(table) for table in _filled_tables()])


def _filled_tables() -> list[str]:
    """Tables with rows, but for those that are never empty."""
    names = [table for table in connection.introspection.django_table_names() if table not in _ALWAYS_THERE]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"EXISTS(SELECT 1 FROM {quote(name)})" for name in names))
        found = cursor.fetchone()
    return [name for name, is_filled in zip(names, found, strict=True) if is_filled]


def _rows_of(table: str) -> tuple[str, list[tuple[Any, ...]]]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        columns = [quote(one.name) for one in connection.introspection.get_table_description(cursor, table)]
        # On SQLite the plus takes the declared type off a column, so that its value comes and goes as it is stored.
        shown = [f"+{column}" for column in columns] if connection.vendor == "sqlite" else columns
        cursor.execute(f"SELECT {', '.join(shown)} FROM {quote(table)}")
        rows = cursor.fetchall()
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quote(table)} ({', '.join(columns)}) VALUES ({places})", rows


def _put_back(kept: _Kept) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, rows in kept.tables:
            cursor.executemany(statement, rows)
