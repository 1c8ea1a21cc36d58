"""What differs between the two databases underneath the ORM."""

from django.db import OperationalError, connection, transaction


def overwrite_log_on_commit() -> None:
    """After the transaction, empty SQLite's write-ahead log, so that erased text does not stay readable in it.

    Freed pages are overwritten at once (`secure_delete`). A log that a reader still needs is emptied by a later
    checkpoint. Nothing to do on PostgreSQL, whose operators set their own log retention.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(_empty_log)


def _empty_log() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except OperationalError:
        return  # busy: the next checkpoint does it
