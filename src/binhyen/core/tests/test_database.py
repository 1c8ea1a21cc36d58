"""Erased text does not stay readable in SQLite's file or its log."""

from pathlib import Path

import pytest
from django.db import connection, transaction

from binhyen.core.counting import count
from binhyen.core.database import overwrite_log, want_log_overwritten
from binhyen.core.models import DailyCount

CANARY = "canary.erased.7f3a91"


def readable() -> bool:
    """Whether the canary stands in the database file or beside it; on PostgreSQL, in the table."""
    if connection.vendor != "sqlite":
        return DailyCount.objects.filter(name=CANARY).exists()
    file = Path(str(connection.settings_dict["NAME"]))
    return any(CANARY.encode() in part.read_bytes() for part in file.parent.glob(f"{file.name}*"))


@pytest.mark.django_db(transaction=True)
def test_what_was_erased_is_overwritten_once_it_was_asked_for() -> None:
    count(CANARY)
    assert readable()
    with transaction.atomic():
        DailyCount.objects.filter(name=CANARY).delete()
        want_log_overwritten()
    overwrite_log()
    assert not readable()
    assert overwrite_log() == 0
