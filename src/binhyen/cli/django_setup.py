"""Start Django inside a command, late, after the configuration is known."""

import os


def start_django() -> None:
    """Load settings and apps once. Raises Misconfigured when the configuration is odd."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binhyen.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def bring_up_to_date() -> None:
    """Apply waiting migrations and collect static files of this version; nothing to do is quick."""
    start_django()
    from django.core.management import call_command

    if not knows_every_migration():
        call_command("migrate", interactive=False, verbosity=0)
    _collect_static_files()


def knows_every_migration() -> bool:
    """Whether the database has recorded every migration of this version; by their names, without loading any."""
    import pkgutil
    from pathlib import Path

    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    ours = {
        (app.label, found.name)
        for app in apps.get_app_configs()
        for found in pkgutil.iter_modules([str(Path(app.path) / "migrations")])
    }
    return ours <= MigrationRecorder(connection).applied_migrations().keys()


def _collect_static_files() -> None:
    from pathlib import Path

    from django.conf import settings
    from django.core.management import call_command

    from binhyen import __version__

    root = Path(settings.STATIC_ROOT)
    stamp = root / f".version-{__version__}-{_newest_static_change()}"
    if stamp.exists():
        return
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    for old in root.glob(".version-*"):
        old.unlink(missing_ok=True)
    stamp.touch()


def _newest_static_change() -> int:
    from pathlib import Path

    package = Path(__file__).resolve().parent.parent
    files = [
        file for door in ("portal", "console") for file in (package / door / "static").rglob("*") if file.is_file()
    ]
    return max((int(file.stat().st_mtime) for file in files), default=0)
