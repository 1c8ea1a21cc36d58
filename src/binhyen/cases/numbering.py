"""Numbers of cases: 1, 2, 3 ... within a unit, each once, however many reports come in the same moment."""

from binhyen.cases.models import CaseCounter
from binhyen.core.database import this_connection


def next_number(unit_id: int) -> int:
    """Take the next number inside the caller's transaction, which holds the unit's counter until it ends.

    A report that is rolled back gives its number back, so that there are no gaps.
    """
    database = this_connection()
    table = database.ops.quote_name(CaseCounter._meta.db_table)
    statement = (
        f"INSERT INTO {table} (unit_id, last_number) VALUES (%s, 1) "  # noqa: S608 - the name of our own table
        f"ON CONFLICT (unit_id) DO UPDATE SET last_number = {table}.last_number + 1 RETURNING last_number"
    )
    with database.cursor() as cursor:
        cursor.execute(statement, [unit_id])
        return int(cursor.fetchone()[0])
