"""Print runs: ordered once, watched, stopped, taken up again, handed out; the unit's mark needs a statement."""

import io
import zipfile

import pytest
import time_machine
from PIL import Image

from binhyen.audit.models import AuditRow
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.printing import actions, jobs, queries, retention
from binhyen.printing.actions import Request
from binhyen.printing.models import BatchState, Bundle, PrintBatch, PrintPart
from binhyen.printing.papers import Paper, Target, Wording
from binhyen.printing.tests.factories import UNIT, make_officer, make_unit
from binhyen.printing.tests.papers import pages_of, text_of
from binhyen.units.models import Role
from binhyen.units.scope import scope_of
from binhyen.vault import files
from binhyen.vault.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_unit()


@pytest.fixture
def scope(unit):
    return scope_of(make_officer(unit, "may"))


def targets(count: int):
    return lambda number: [
        Target(f"Thôn {i}", f"https://binhyen.example.vn/n/TB{i:04d}", f"TB{i:04d}") for i in range(count)
    ]


def order(scope, unit, count=3, **more):
    values = {"paper": Paper.POSTER_A4, "wording": Wording()} | more
    return actions.order_batch(scope, unit, UNIT, Request(**values), targets(count))


def test_a_run_becomes_one_file(scope, unit):
    batch = order(scope, unit, copies=2)
    assert batch.number.endswith("-001")
    assert jobs.work_next() == 3
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE
    assert batch.percent == 100
    pdf = files.open(batch.file)
    assert pages_of(pdf) == 6
    assert batch.number in text_of(pdf)
    assert jobs.work_next() == 0


def test_a_zip_holds_every_page(scope, unit, monkeypatch):
    monkeypatch.setattr(jobs, "CHUNK", 2)
    batch = order(scope, unit, 5, bundle=Bundle.ZIP)
    jobs.work_next()
    batch.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(files.open(batch.file))) as archive:
        names = archive.namelist()
        assert len(names) == 3
        assert sum(pages_of(archive.read(name)) for name in names) == 5
    assert not PrintPart.objects.exists()


def test_a_stopped_run_goes_on_where_it_was(scope, unit, monkeypatch):
    monkeypatch.setattr(jobs, "CHUNK", 2)
    batch = order(scope, unit, 5, bundle=Bundle.ZIP)
    looks = iter([False, True])
    assert jobs.work_next(lambda: next(looks)) == 2
    batch.refresh_from_db()
    assert (batch.state, batch.done_count) == (BatchState.RUNNING, 2)
    actions.stop_batch(scope, batch)
    assert jobs.work_next() == 0
    actions.resume_batch(scope, batch)
    assert jobs.work_next() == 3
    batch.refresh_from_db()
    assert (batch.state, batch.done_count) == (BatchState.DONE, 5)


def test_a_run_left_by_a_crash_is_taken_up_again(scope, unit):
    batch = order(scope, unit)
    PrintBatch.objects.filter(pk=batch.pk).update(state=BatchState.RUNNING, done_count=1)
    assert jobs.work_next() == 2
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE


def test_stopping_in_the_last_moment_hands_nothing_out(scope, unit, monkeypatch):
    batch = order(scope, unit)
    pages = jobs._pages

    def stopped_meanwhile(*given):
        actions.stop_batch(scope, batch)
        return pages(*given)

    monkeypatch.setattr(jobs, "_pages", stopped_meanwhile)
    jobs.work_next()
    batch.refresh_from_db()
    assert batch.state == BatchState.STOPPED
    assert batch.file is None
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("more", "count", "code"),
    [
        ({}, 0, "print_nothing"),
        ({"copies": 0}, 1, "print_copies"),
        ({"copies": 200}, 100, "print_too_many"),
        ({"paper": Paper.NOTICE}, 1, "print_notice"),
        ({"wording": Wording("a" * 91)}, 1, "print_title"),
        ({"wording": Wording("a", "b" * 3_001)}, 1, "print_body"),
    ],
)
def test_what_cannot_be_printed_is_told_and_nothing_is_ordered(scope, unit, more, count, code):
    with pytest.raises(NotPossible) as error:
        order(scope, unit, count, **more)
    assert error.value.code == code
    assert not PrintBatch.objects.exists()


def test_letters_without_a_shape_fail_plainly(scope, unit):
    batch = order(scope, unit, 1, wording=Wording("Chào \u1200\U0001f600"))
    jobs.work_next()
    batch.refresh_from_db()
    assert (batch.state, batch.failure) == (BatchState.FAILED, "typesetting")


def test_numbers_count_within_the_unit_and_the_order_is_in_the_audit(scope, unit):
    numbers = [order(scope, unit, 1).number for _ in range(3)]
    assert [number[-3:] for number in numbers] == ["001", "002", "003"]
    assert AuditRow.objects.filter(action="print.ordered").count() == 3


def test_another_unit_sees_nothing(scope, unit):
    batch = order(scope, unit, 1)
    stranger = scope_of(make_officer(make_unit("khac", "Công an xã Khác"), "la"))
    with pytest.raises(NotAllowed):
        queries.access_batch(stranger, batch.public_id)
    with pytest.raises(NotAllowed):
        order(stranger, unit, 1)
    technician = scope_of(make_officer(unit, "ky", Role.TECHNICAL_ADMINISTRATOR))
    with pytest.raises(NotAllowed):
        queries.batches_for(technician, unit)


def picture(mode: str = "RGBA") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (900, 600), "navy").save(out, "PNG")
    return out.getvalue()


def test_a_mark_needs_the_statement_and_is_made_small(scope, unit):
    with pytest.raises(NotPossible, match="mark_unconfirmed"):
        actions.keep_mark(scope, unit, picture(), may_be_used=False)
    with pytest.raises(NotPossible, match="media_type"):
        actions.keep_mark(scope, unit, b"<svg onload=alert(1)>", may_be_used=True)
    actions.keep_mark(scope, unit, picture(), may_be_used=True)
    with Image.open(io.BytesIO(queries.mark_of(unit))) as kept:
        assert (kept.size, kept.mode) == ((400, 267), "L")
    order(scope, unit, 1)
    assert jobs.work_next() == 1
    actions.drop_mark(scope, unit)
    assert queries.mark_of(unit) == b""


def test_old_papers_are_erased_and_the_run_stays(scope, unit):
    batch = order(scope, unit, 1)
    jobs.work_next()
    with time_machine.travel("2099-01-01", tick=False):
        assert retention.forget_old_papers() == 1
    batch.refresh_from_db()
    assert batch.file is None
    assert batch.state == BatchState.DONE
