"""What the database itself refuses: rewriting the history of a case, moving the start of a clock or of a case (G58)."""

from django.db.backends.base.base import BaseDatabaseWrapper

_KEPT: dict[str, tuple[str, ...]] = {
    "cases_caseevent": (),
    "cases_case": ("received_at",),
    "cases_caseclock": ("rule_id", "rule_version", "starts_at", "first_due_at", "is_law"),
}
"""Columns that never change, by table; none named: no column does."""


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers."""
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_postgresql:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION cases_refuse() RETURNS trigger AS $$ BEGIN "
                "RAISE EXCEPTION 'append only: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
                "END $$ LANGUAGE plpgsql"
            )
        for table, columns in _KEPT.items():
            when = f" WHEN ({_differs(columns, 'IS DISTINCT FROM' if is_postgresql else 'IS NOT')})" if columns else ""
            then = (
                "EXECUTE FUNCTION cases_refuse()" if is_postgresql else "BEGIN SELECT RAISE(ABORT, 'append only'); END"
            )
            cursor.execute(f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} FOR EACH ROW{when} {then}")


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove them."""
    with connection.cursor() as cursor:
        for table in _KEPT:
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {table}_kept{on}")


def _differs(columns: tuple[str, ...], operator: str) -> str:
    return " OR ".join(f"NEW.{name} {operator} OLD.{name}" for name in columns)
