"""Counts of flood control that all processes of an installation share: keyed hashes with an end, nothing else (G41)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from binhyen.core import clock
from binhyen.core.database import this_connection, unsynced
from binhyen.vault.models import FloodWindow

MOST_AT_ONCE = 5_000
"""Rows deleted in one statement, so that nobody waits long for the lock."""


@dataclass(frozen=True, slots=True)
class Window:
    """One window of one subject that holds at most `times` (at least 1) until it ends."""

    key_hash: str
    ends_at: datetime
    times: int


def take(windows: Sequence[Window]) -> bool:
    """Count one more in each window; False when one already held its `times`. One statement, no race.

    Windows that still had room are counted even then. The commit does not wait for the disk: a power cut may forget the
    last counts, and no flood goes on through one. Raises django.db.OperationalError while the database is away or
    locked.
    """
    database = this_connection()
    table = database.ops.quote_name(FloodWindow._meta.db_table)
    in_order = sorted(windows, key=lambda window: window.key_hash)  # two that share windows never wait for each other
    statement = (
        f"INSERT INTO {table} (key_hash, ends_at, taken) "  # noqa: S608 - the name of our own table
        f"VALUES {', '.join(['(%s, %s, 1)'] * len(in_order))} "
        f"ON CONFLICT (key_hash) DO UPDATE SET taken = {table}.taken + 1 WHERE {table}.taken < "
        f"CASE {table}.key_hash {'WHEN %s THEN %s ' * len(in_order)}END RETURNING taken"
    )
    rows = [(window.key_hash, database.ops.adapt_datetimefield_value(window.ends_at)) for window in in_order]
    most = [(window.key_hash, window.times) for window in in_order]
    with unsynced(), database.cursor() as cursor:
        cursor.execute(statement, [value for pair in (*rows, *most) for value in pair])
        return len(cursor.fetchall()) == len(in_order)


def give_back(key_hash: str) -> None:
    """Count one less: what was counted did not happen. Raises as `take`."""
    with unsynced():
        FloodWindow.objects.filter(key_hash=key_hash, taken__gt=0).update(taken=F("taken") - 1)


def taken(key_hash: str) -> int:
    """How often the window was taken so far."""
    return FloodWindow.objects.filter(key_hash=key_hash).values_list("taken", flat=True).first() or 0


def forget_past() -> int:
    """Delete windows that are over; the number deleted. Call again while it is not 0."""
    past = FloodWindow.objects.filter(ends_at__lte=clock.now()).values_list("pk", flat=True)
    return FloodWindow.objects.filter(pk__in=list(past[:MOST_AT_ONCE])).delete()[0]
