"""A report comes in: number, key, clocks, history, protection; sent twice it is one case with one number."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction
from PIL import Image

from binhyen.audit.models import AuditRow
from binhyen.cases import clocks, drafts, files_of_case, queries
from binhyen.cases.models import Case, CaseClock, CaseEvent, CaseFile, CaseKind
from binhyen.cases.tests.factories import make_case, make_station
from binhyen.core import clock


@pytest.mark.django_db
def test_a_report_gets_the_next_number_of_its_unit(station):
    other = make_station("dong-hoi")
    assert [make_case(station.unit).number for _ in range(3)] == [1, 2, 3]
    assert make_case(other.unit).number == 1


@pytest.mark.django_db
def test_nothing_told_stands_in_the_row(station):
    case = make_case(station.unit, "Ông Tám bán pháo lậu ở ngã ba")
    kept = b"".join(bytes(value) for value in (case.sealed_report, case.wrapped_key))
    assert "pháo".encode() not in kept
    assert "pháo" not in str(list(CaseEvent.objects.values())) + str(list(AuditRow.objects.values()))
    assert queries.read_case(station.scope(), case).report.text == "Ông Tám bán pháo lậu ở ngã ba"


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_one_case(station):
    assert make_case(station.unit, submission_key="một") == make_case(station.unit, submission_key="một")
    assert Case.objects.count() == 1


def picture(colour: str) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(content, "PNG")
    return content.getvalue()


@pytest.mark.django_db
def test_files_whose_case_failed_are_kept_by_the_next_try_whoever_took_their_keys_meanwhile(station):
    draft, _ = drafts.unstored_draft(station.unit.pk)
    mine, other = (files_of_case.prepare(draft, picture(colour)) for colour in ("red", "blue"))
    with transaction.atomic():
        files_of_case.keep([mine], make_case(station.unit))
        transaction.set_rollback(True)
    first, second = make_case(station.unit), make_case(station.unit)
    files_of_case.keep([other], second)
    files_of_case.keep([mine], first)
    for case, file in ((first, mine), (second, other)):
        assert CaseFile.objects.get(case=case).original.sha256 == file.original.sha256
    assert mine.original.sha256 != other.original.sha256


@pytest.mark.django_db
def test_clocks_of_its_kind_run_from_receipt(station):
    crime = make_case(station.unit)
    feedback = make_case(station.unit, kind=CaseKind.FEEDBACK)
    assert set(crime.clocks.values_list("rule_id", flat=True)) == {"crime.first_look", "crime.transfer"}
    assert set(feedback.clocks.values_list("rule_id", flat=True)) == {"feedback.first_look", "feedback.answer"}
    look = crime.clocks.get(rule_id="crime.first_look")
    assert (look.due_at - crime.received_at).total_seconds() == 30 * 60
    assert look.rule_version == "2026-11-22"
    assert not look.is_law
    assert crime.clocks.get(rule_id="crime.transfer").is_law
    assert "crime.first_look" in clocks.explained(look, crime)


@pytest.mark.django_db
def test_history_and_starts_of_clocks_cannot_be_rewritten(station):
    case = make_case(station.unit)
    for change in (
        lambda: CaseEvent.objects.filter(case=case).update(state="closed"),
        lambda: Case.objects.filter(pk=case.pk).update(received_at=clock.now()),
        lambda: CaseClock.objects.filter(case=case).update(first_due_at=clock.now()),
    ):
        with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
            change()
    assert Case.objects.filter(pk=case.pk).update(is_urgent=True) == 1


@pytest.mark.django_db(transaction=True)
def test_a_hundred_reports_at_once_get_a_hundred_numbers():
    station = make_station()
    together = threading.Barrier(10)

    def send(_: int) -> list[int]:
        try:
            together.wait(30)
            return [make_case(station.unit).number for _ in range(10)]
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        numbers = [number for part in pool.map(send, range(10)) for number in part]
    assert sorted(numbers) == list(range(1, 101))
    assert list(
        AuditRow.objects.filter(unit_key=station.unit.pk, action="case.received")
        .values_list("sequence", flat=True)
        .order_by("sequence")
    ) == list(range(1, 101))


@pytest.mark.django_db
def test_the_list_asks_the_same_number_of_questions_whatever_its_length(station, django_assert_num_queries):
    make_case(station.unit)
    scope = station.scope()
    with django_assert_num_queries(2):
        queries.list_cases(scope, "open")
    for _ in range(20):
        make_case(station.unit)
    with django_assert_num_queries(2):
        assert len(queries.list_cases(scope, "open")) == 21
