"""Tables of a new database, made from the models at once: what the migrations come to, at a sixth of their time.

`tests/architecture/test_migrations.py` shows that both come to the same.
"""


def make_tables() -> None:
    """Create every table, what the database refuses, and the record that all migrations are applied."""
    import pkgutil
    from pathlib import Path

    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from binhyen.audit import guards as audit_guards
    from binhyen.cases import guards as case_guards

    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
    audit_guards.put_up(connection)
    case_guards.put_up(connection)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app in apps.get_app_configs():
        for found in pkgutil.iter_modules([str(Path(app.path) / "migrations")]):
            recorder.record_applied(app.label, found.name)
