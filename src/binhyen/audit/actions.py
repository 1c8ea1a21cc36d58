"""Writing the audit chain."""

import hashlib
import json
from collections.abc import Mapping

from django.db import transaction

from binhyen.audit.models import AuditRow
from binhyen.core import clock
from binhyen.core.database import this_connection
from binhyen.core.many_rows import insert_rows

GENESIS = "0" * 64
"""Hash before the first row of a unit."""


def row_hash(row: AuditRow) -> str:
    """SHA-256 in hex over the row's own values and the hash before it."""
    values = [row.previous_hash, row.unit_key, row.sequence, row.at.isoformat()]
    values += [row.actor_key, row.action, row.subject, row.facts]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def record(
    unit_key: int,
    action: str,
    *,
    actor_key: int | None,
    subject: str = "",
    facts: Mapping[str, str | int] | None = None,
) -> AuditRow:
    """Append one row to the unit's chain, inside the caller's transaction.

    Two writers of one unit cannot both take the same sequence number: the later one waits (PostgreSQL) or
    the whole transaction is alone anyway (SQLite).
    """
    with transaction.atomic(savepoint=False):
        last = _last_of(unit_key)
        row = AuditRow(
            unit_key=unit_key,
            sequence=last[0] + 1,
            at=clock.now(),
            actor_key=actor_key,
            action=action,
            subject=subject,
            facts=dict(facts or {}),
            previous_hash=last[1],
        )
        row.row_hash = row_hash(row)
        insert_rows([row])
    return row


def _last_of(unit_key: int) -> tuple[int, str]:
    """Sequence number and hash of the unit's last row, which is locked until the transaction ends."""
    database = this_connection()
    table = database.ops.quote_name(AuditRow._meta.db_table)
    locking = database.ops.for_update_sql() if database.features.has_select_for_update else ""
    statement = f"SELECT sequence, row_hash FROM {table} WHERE unit_key = %s ORDER BY sequence DESC LIMIT 1 {locking}"  # noqa: S608 - our own table
    with database.cursor() as cursor:
        cursor.execute(statement, [unit_key])
        return cursor.fetchone() or (0, GENESIS)
