"""`dumpdata` prints no rows that residents wrote or that are sealed: technical administrators have no way in (G20)."""

from typing import Any

from django.apps import apps
from django.core.management.base import CommandError
from django.core.management.commands import dumpdata

WITHOUT_CONTENT = frozenset({"units", "procedures", "statistics", "groups", "outreach", "printing"})
"""Rooms whose rows hold nothing of residents."""


class Command(dumpdata.Command):
    """The framework's own, for rooms without content only."""

    def handle(self, *app_labels: str, **options: Any) -> None:
        """Print the rows. Raises CommandError when a room with content is asked for, or all of them."""
        asked = {label.split(".")[0] for label in app_labels} or {app.label for app in apps.get_app_configs()}
        if closed := sorted(asked - WITHOUT_CONTENT):
            raise CommandError(
                f"{', '.join(closed)}: not printed, it may hold what residents wrote (G20). "
                "To keep a copy of everything: binhyen backup."
            )
        super().handle(*app_labels, **options)
