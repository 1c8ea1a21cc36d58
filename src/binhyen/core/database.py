"""What differs between the two databases underneath the ORM."""

import contextlib
import json
import threading
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Lookup

if TYPE_CHECKING:
    import psycopg

_SYNC_AT_CHECKPOINTS = 1
"""SQLite's `synchronous=NORMAL`: in WAL no commit waits for the disk, and none is ever half there."""
_PATIENCE_S = 2.0
"""What is worth nothing tomorrow is not worth a long wait for a locked file either."""
_overwrite_is_wanted = threading.Event()
_overwrite_is_wanted.set()  # a process that ended may have left erased text in the log


def this_connection() -> BaseDatabaseWrapper:
    """This thread's connection itself: each look at it through Django's `connection` costs five microseconds."""
    return connections[DEFAULT_DB_ALIAS]


def want_log_overwritten() -> None:
    """After the caller's transaction, ask that erased text does not stay readable in SQLite's write-ahead log."""
    transaction.on_commit(_overwrite_is_wanted.set)


def overwrite_log() -> int:
    """Empty SQLite's write-ahead log when somebody asked for it; 1 when it was emptied, 0 otherwise.

    Freed pages are overwritten at once (`secure_delete`). A log that a reader still needs stays asked for: call
    this every few seconds. Nothing to do on PostgreSQL, whose operators set their own log retention.
    """
    if connection.vendor != "sqlite" or not _overwrite_is_wanted.is_set():
        return 0
    _overwrite_is_wanted.clear()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy = cursor.fetchone()[0]
    if is_busy:
        _overwrite_is_wanted.set()
    return 0 if is_busy else 1


@contextlib.contextmanager
def unsynced() -> Iterator[None]:
    """A transaction whose commit does not wait for the disk: for counts that are worth nothing tomorrow.

    When this process dies nothing of it is lost; a power cut may take the last ones, each as a whole. Every other
    transaction waits for the disk as ever. A locked SQLite file is waited for but two seconds. Inside an open
    transaction it is part of that one, and as durable.
    """
    database = this_connection()
    if database.in_atomic_block:
        yield
    elif database.vendor == "sqlite":
        with _sqlite_unsynced(database), transaction.atomic():
            yield
    else:
        with transaction.atomic(), database.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")
            yield


@contextlib.contextmanager
def _sqlite_unsynced(database: Any) -> Iterator[None]:
    with database.cursor() as cursor:
        configured = int(cursor.execute("PRAGMA synchronous").fetchone()[0])
        cursor.execute(f"PRAGMA synchronous={min(configured, _SYNC_AT_CHECKPOINTS):d}")
    patience_s, database.patience_s = database.patience_s, _PATIENCE_S
    try:
        yield
    finally:
        database.patience_s = patience_s
        try:
            with database.cursor() as cursor:
                cursor.execute(f"PRAGMA synchronous={configured:d}")
        except BaseException:
            database.close()  # the next one begins as configured
            raise


@contextlib.contextmanager
def binary_cursor() -> Iterator["psycopg.Cursor[Any]"]:
    """PostgreSQL: a cursor for arrays of many values, given as `%b`; raises Django's own database errors.

    Django's cursor spells every value as text inside the statement, and psycopg itself escapes texts one by one: a row
    of a webhook costs 30 microseconds that way and 8 in binary.
    """
    import psycopg  # not loaded where SQLite is enough

    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        yield cursor


def aware(moment: datetime | None) -> datetime | None:
    """A time read past the ORM; SQLite's come without their zone, which is UTC."""
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


class Among(Lookup):
    """`field__in` for hundreds of numbers or texts, as one parameter: `filter(Among("id", keys))`.

    Django looks at every value of `__in` several times, which for 200 of them costs more than the query itself.
    """

    lookup_name = "among"
    prepare_rhs = False

    def __init__(self, lhs: Any, rhs: Collection[int] | Collection[str]) -> None:
        super().__init__(F(lhs) if isinstance(lhs, str) else lhs, list(rhs))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """PostgreSQL takes an array, SQLite a list in JSON; among nothing there is nothing, and no query."""
        if not self.rhs:
            raise EmptyResultSet
        field, parameters = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{field} = ANY(%s)", [*parameters, self.rhs]
        return f"{field} IN (SELECT value FROM json_each(%s))", [*parameters, json.dumps(self.rhs)]  # noqa: S608
