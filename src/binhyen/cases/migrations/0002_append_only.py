"""The history of a case is never rewritten, and nobody moves the start of a clock or of a case (G58)."""

from django.db import migrations

GUARDED = {
    "cases_caseevent": None,
    "cases_case": ("received_at",),
    "cases_caseclock": ("rule_id", "rule_version", "starts_at", "first_due_at", "is_law"),
}


def _differs(columns, operator):
    return " OR ".join(f"NEW.{name} {operator} OLD.{name}" for name in columns)


def guard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION cases_refuse() RETURNS trigger AS $$ BEGIN "
            "RAISE EXCEPTION 'append only: %%', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$ LANGUAGE plpgsql"
        )
    for table, columns in GUARDED.items():
        if vendor == "postgresql":
            when = f" WHEN ({_differs(columns, 'IS DISTINCT FROM')})" if columns else ""
            schema_editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} FOR EACH ROW{when} EXECUTE FUNCTION cases_refuse()"
            )
        else:
            when = f" WHEN {_differs(columns, 'IS NOT')}" if columns else ""
            schema_editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table}{when} BEGIN SELECT RAISE(ABORT, 'append only'); END"
            )


def release(apps, schema_editor):
    for table in GUARDED:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_kept{on}")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases")]
    operations = [migrations.RunPython(guard, release)]
