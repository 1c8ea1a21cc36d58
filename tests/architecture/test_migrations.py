"""The tables of the tests come from the models; those of an installation come from the migrations."""

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from bench.installation import Installation
from django.db import connection

NAMES = "SELECT type, tbl_name, name FROM sqlite_master WHERE name NOT LIKE 'sqlite%'"
ONLY_MIGRATED = {"django_migrations"}


@pytest.mark.slow
@pytest.mark.django_db
def test_migrations_make_the_tables_indexes_and_guards_of_the_models(tmp_path: Path):
    assert connection.vendor == "sqlite"
    installation = Installation(tmp_path, "sqlite")
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env=installation.environment, check=True)
    with contextlib.closing(sqlite3.connect(tmp_path / "binhyen.sqlite3")) as migrated:
        from_migrations = _told(migrated.execute(NAMES).fetchall())
        columns = {
            table: _columns(migrated.execute(f"PRAGMA table_info({table})").fetchall())
            for table in _tables(from_migrations)
        }
    with connection.cursor() as cursor:
        from_models = _told(cursor.execute(NAMES).fetchall())
        assert from_models == from_migrations
        for table, expected in columns.items():
            assert _columns(cursor.execute(f"PRAGMA table_info({table})").fetchall()) == expected, table


def _told(rows: list[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    return {row for row in rows if row[1] not in ONLY_MIGRATED}


def _tables(rows: set[tuple[str, str, str]]) -> list[str]:
    return [name for kind, _, name in rows if kind == "table"]


def _columns(rows: list[tuple[int, str, str, int, object, int]]) -> set[tuple[str, str, int, int]]:
    return {(name, kind, not_null, key) for _, name, kind, not_null, _, key in rows}
