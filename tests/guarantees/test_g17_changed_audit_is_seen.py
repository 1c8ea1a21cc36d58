"""G17: changing, deleting, reordering, inserting or cutting audit rows is detected, and the database refuses it."""

import pytest
from django.db import Error, connection, transaction

from binhyen.audit import actions, guards
from binhyen.audit.models import AuditRow
from binhyen.audit.verification import verify_all, verify_chain
from binhyen.cli.main import main
from binhyen.core import clock

UNIT = 7
ROWS = 12
TABLE = "audit_auditrow"


@pytest.fixture(autouse=True)
def _chain(db):
    for number in range(ROWS):
        actions.record(UNIT, "case.read", actor_key=number % 3, subject=f"c{number}", facts={"n": number})
    actions.record(8, "case.read", actor_key=1)


def raw(*statements: str) -> None:
    """What somebody with the database in hand can do, the triggers taken away first."""
    guards.take_down(connection)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    guards.put_up(connection)


TAMPERINGS = {
    "change": ([f"UPDATE {TABLE} SET actor_key = 99 WHERE unit_key = 7 AND sequence = 5"], 5, "changed"),
    "delete": ([f"DELETE FROM {TABLE} WHERE unit_key = 7 AND sequence = 5"], 5, "missing"),
    "reorder": (
        [f"UPDATE {TABLE} SET sequence = -1 WHERE unit_key = 7 AND sequence = 5",
         f"UPDATE {TABLE} SET sequence = 5 WHERE unit_key = 7 AND sequence = 6",
         f"UPDATE {TABLE} SET sequence = 6 WHERE unit_key = 7 AND sequence = -1"],
        5, "changed",
    ),
    "insert": (
        [f"UPDATE {TABLE} SET sequence = sequence + 100 WHERE unit_key = 7 AND sequence > 5",
         f"UPDATE {TABLE} SET sequence = sequence - 99 WHERE unit_key = 7 AND sequence > 100",
         (f"INSERT INTO {TABLE} (unit_key, sequence, at, actor_key, action, subject, facts, previous_hash, row_hash) "
         f"SELECT unit_key, 6, at, actor_key, action, subject, facts, row_hash, previous_hash FROM {TABLE} "
         "WHERE unit_key = 7 AND sequence = 5")],
        6, "changed",
    ),
    "cut": ([f"DELETE FROM {TABLE} WHERE unit_key = 7 AND sequence > 9"], 10, "end missing"),
    "cut the beginning": ([f"DELETE FROM {TABLE} WHERE unit_key = 7 AND sequence < 4"], 1, "missing"),
}  # fmt: skip


def test_an_untouched_chain_is_whole(capsys):
    assert [(unit, count, bad) for unit, count, bad in verify_all()] == [(UNIT, ROWS, None), (8, 1, None)]
    assert main(["verify-audit"]) == 0


@pytest.mark.parametrize("way", TAMPERINGS)
def test_each_way_is_named_with_the_first_bad_row(way, capsys):
    statements, sequence, why = TAMPERINGS[way]
    raw(*statements)
    _, bad = verify_chain(UNIT)
    assert bad is not None
    assert (bad.sequence, bad.why) == (sequence, why)
    assert main(["verify-audit"]) == 1
    assert f"unit 7, row {sequence}: {why}" in capsys.readouterr().err
    assert verify_chain(8) == (1, None)


def test_a_row_written_anew_with_a_fitting_hash_breaks_the_link_of_the_next():
    row = AuditRow.objects.get(unit_key=UNIT, sequence=4)
    row.actor_key = 99
    raw(f"UPDATE {TABLE} SET actor_key = 99, row_hash = '{actions.row_hash(row)}' WHERE id = {row.pk}")
    _, bad = verify_chain(UNIT)
    assert bad is not None
    assert (bad.sequence, bad.why) == (5, "not linked")


@pytest.mark.parametrize(
    "statement",
    [f"UPDATE {TABLE} SET actor_key = 1", f"DELETE FROM {TABLE}", "DELETE FROM audit_audithead",
     "UPDATE audit_audithead SET sequence = 1"],
)  # fmt: skip
def test_the_database_itself_refuses(statement):
    with pytest.raises(Error, match="audit"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify_chain(UNIT) == (ROWS, None)


def test_rows_cannot_be_changed_through_the_product_either():
    row = AuditRow.objects.filter(unit_key=UNIT).first()
    for change in (row.delete, row.save, lambda: AuditRow.objects.update(actor_key=1), AuditRow.objects.all().delete):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_missing_guards_are_wrong_too(capsys):
    assert guards.are_up()
    guards.take_down(connection)
    assert main(["verify-audit"]) == 1
    assert "triggers" in capsys.readouterr().err
    guards.put_up(connection)


def test_an_aged_chain_still_verifies_and_the_rest_is_guarded():
    from datetime import timedelta

    from binhyen.audit.retention import age_chain

    with clock.at(clock.now() + timedelta(days=1)):
        actions.record(UNIT, "case.read", actor_key=1)
        assert age_chain(UNIT, before=clock.now() - timedelta(hours=1)) == ROWS
    assert verify_chain(UNIT) == (1, None)
    assert guards.are_up()
    assert age_chain(UNIT, before=clock.now() + timedelta(days=9)) == 0


def test_ten_thousand_rows_are_walked_in_seconds():
    rows = [
        AuditRow(unit_key=9, sequence=n, at=clock.now(), actor_key=1, action="case.read", subject=str(n), facts={})
        for n in range(1, 10_001)
    ]
    link = actions.GENESIS
    for row in rows:
        row.previous_hash = link
        link = row.row_hash = actions.row_hash(row)
    AuditRow.objects.bulk_create(rows, batch_size=1_000)
    assert verify_chain(9) == (10_000, None)
