"""Counts of flood control that all processes of an installation share: keyed hashes with an end, nothing else (G41)."""

from datetime import datetime

from django.db import connection

from binhyen.core import clock
from binhyen.vault.models import FloodWindow

MOST_AT_ONCE = 5_000
"""Rows deleted in one statement, so that nobody waits long for the lock."""


def take(key_hash: str, ends_at: datetime, times: int) -> bool:
    """Count one more in the window `key_hash`; False when it already holds `times`. One statement, no race.

    `times` is at least 1. Raises django.db.OperationalError while the database is away or locked.
    """
    table = connection.ops.quote_name(FloodWindow._meta.db_table)
    statement = (
        f"INSERT INTO {table} (key_hash, ends_at, taken) VALUES (%s, %s, 1) "  # noqa: S608 - the name of our own table
        f"ON CONFLICT (key_hash) DO UPDATE SET taken = {table}.taken + 1 WHERE {table}.taken < %s RETURNING taken"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [key_hash, connection.ops.adapt_datetimefield_value(ends_at), times])
        return cursor.fetchone() is not None


def taken(key_hash: str) -> int:
    """How often the window was taken so far."""
    return FloodWindow.objects.filter(key_hash=key_hash).values_list("taken", flat=True).first() or 0


def forget_past() -> int:
    """Delete windows that are over; the number deleted. Call again while it is not 0."""
    past = FloodWindow.objects.filter(ends_at__lte=clock.now()).values_list("pk", flat=True)
    return FloodWindow.objects.filter(pk__in=list(past[:MOST_AT_ONCE])).delete()[0]
