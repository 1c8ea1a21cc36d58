"""What the database itself refuses: changing or deleting a row of the chain (G17)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = (
    (
        "CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit_auditrow "
        "BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END"
    ),
    (
        "CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit_auditrow "
        "BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END"
    ),
    (
        "CREATE TRIGGER audit_moves_head AFTER INSERT ON audit_auditrow BEGIN "
        "INSERT INTO audit_audithead (unit_key, sequence, row_hash) VALUES (NEW.unit_key, NEW.sequence, NEW.row_hash) "
        "ON CONFLICT (unit_key) DO UPDATE SET sequence = excluded.sequence, row_hash = excluded.row_hash; END"
    ),
    (
        "CREATE TRIGGER audit_head_refuses_delete BEFORE DELETE ON audit_audithead "
        "BEGIN SELECT RAISE(ABORT, 'audit heads are never deleted'); END"
    ),
    (
        "CREATE TRIGGER audit_head_goes_on BEFORE UPDATE ON audit_audithead WHEN NEW.sequence <= OLD.sequence "
        "BEGIN SELECT RAISE(ABORT, 'audit heads only go on'); END"
    ),
)
_POSTGRESQL = (
    (
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit rows are append-only'; END $$"
    ),
    (
        "CREATE FUNCTION audit_move_head() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO audit_audithead (unit_key, sequence, row_hash) VALUES (NEW.unit_key, NEW.sequence, NEW.row_hash) "
        "ON CONFLICT (unit_key) DO UPDATE SET sequence = excluded.sequence, row_hash = excluded.row_hash; "
        "RETURN NEW; END $$"
    ),
    (
        "CREATE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE ON audit_auditrow "
        "FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
    ),
    "CREATE TRIGGER audit_refuses_truncate BEFORE TRUNCATE ON audit_auditrow EXECUTE FUNCTION audit_refuse()",
    ("CREATE TRIGGER audit_moves_head AFTER INSERT ON audit_auditrow FOR EACH ROW EXECUTE FUNCTION audit_move_head()"),
    (
        "CREATE TRIGGER audit_head_refuses_delete BEFORE DELETE ON audit_audithead "
        "FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
    ),
    (
        "CREATE TRIGGER audit_head_goes_on BEFORE UPDATE ON audit_audithead FOR EACH ROW "
        "WHEN (NEW.sequence <= OLD.sequence) EXECUTE FUNCTION audit_refuse()"
    ),
)
_SQLITE_NAMES = (
    "audit_refuses_update",
    "audit_refuses_delete",
    "audit_moves_head",
    "audit_head_refuses_delete",
    "audit_head_goes_on",
)


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; on both engines they refuse UPDATE and DELETE and keep the head of each chain."""
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove them, before old segments are aged out or test data is flushed."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS audit_refuse CASCADE")
            cursor.execute("DROP FUNCTION IF EXISTS audit_move_head CASCADE")
        else:
            for name in _SQLITE_NAMES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


@contextmanager
def lifted() -> Iterator[None]:
    """Without guards for one transaction; they are back, or all is rolled back, when it ends."""
    with transaction.atomic():
        take_down(connection)
        yield
        put_up(connection)


def are_up() -> bool:
    """Whether every guard is in place."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' "
                "AND tgrelid IN ('audit_auditrow'::regclass, 'audit_audithead'::regclass)"
            )
        else:
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit!_%' ESCAPE '!'"
            )
        return bool(cursor.fetchone()[0] == 5)
