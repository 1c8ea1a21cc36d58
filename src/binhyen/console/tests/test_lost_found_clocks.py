"""Clocks of lost and found become tasks on the Today page, and a record ends when its time is over."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhyen.audit.models import AuditRow
from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.lost_found import actions, ending, queries
from binhyen.lost_found.ending import expire_lost_reports
from binhyen.lost_found.models import Record, RecordState
from binhyen.lost_found.tests.factories import PUBLISHER, make_child, make_record
from binhyen.units.scope import scope_of
from binhyen.workflows import lost_found
from binhyen.workflows.retention import erase_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return make_house()


@pytest.fixture
def officer(house):
    return make_officer(house.unit, "hung")


@pytest.fixture
def second(house):
    return make_officer(house.unit, "may")


def published(officer, second, house, **more) -> Record:
    record = make_record(scope_of(officer), house.unit, **more)
    actions.submit(scope_of(officer), record, PUBLISHER)
    lost_found.publish(scope_of(second), record, picture_seen=False)
    return record


def today_of(officer) -> str:
    return sign_in(officer).get("/console/today/").content.decode()


def rules_due(officer, house) -> list[str]:
    return [task.clock.rule_id for task in queries.tasks_for(scope_of(officer), house.unit, clock.now())]


def test_a_find_without_a_notice_waits_on_the_today_page(officer, house):
    record = make_record(scope_of(officer), house.unit)
    page = today_of(officer)
    assert record.label in page
    assert f"/console/lost/{record.public_id}/" in page
    with clock.at(clock.now() + timedelta(days=6)):
        assert "quá hạn" in today_of(officer).lower()


def test_after_eleven_months_the_year_is_remembered_and_after_it_the_record_can_be_closed(officer, second, house):
    scope, record = scope_of(officer), published(officer, second, house)
    notice_at = record.notice_at
    assert rules_due(officer, house) == []
    with clock.at(notice_at + timedelta(days=61)):
        assert lost_found.end_due_notices() == 1
        with pytest.raises(NotPossible, match="lost_waits"):
            ending.close(scope, record)
    with clock.at(notice_at + timedelta(days=330)):
        assert "found.reminder" in rules_due(officer, house)
    with clock.at(notice_at + timedelta(days=368)):
        assert "found.ownership_vests" in rules_due(officer, house)
        ending.close(scope, record)
        assert rules_due(officer, house) == ["found.tell_finder"]
    assert Record.objects.get().state == RecordState.CLOSED
    assert AuditRow.objects.filter(action="lost_found.closed").count() == 1


def test_a_record_with_a_live_notice_is_not_closed(officer, second, house):
    record = published(officer, second, house)
    with clock.at(clock.now() + timedelta(days=400)), pytest.raises(NotPossible, match="lost_waits"):
        ending.close(scope_of(officer), record)


def test_a_report_is_closed_from_its_page(officer, house):
    record = make_record(scope_of(officer), house.unit, kind="lost_item")
    browser, address = sign_in(officer), f"/console/lost/{record.public_id}/"
    assert browser.post(address, {"act": "close"}).status_code == 422
    browser.post(address, {"act": "keep"})
    assert 'value="close"' in browser.get(address).content.decode()
    assert browser.post(address, {"act": "close"}).status_code == 302
    assert Record.objects.get().state == RecordState.CLOSED


def test_a_lost_report_runs_out_after_a_year_and_forgets_its_people(officer, house):
    record = make_record(scope_of(officer), house.unit, kind="lost_item")
    with clock.at(record.received_at + timedelta(days=363)):
        assert expire_lost_reports() == 0
    later = record.received_at + timedelta(days=370)
    with clock.at(later):
        assert expire_lost_reports() == 1
        assert expire_lost_reports() == 0
    with clock.at(later + timedelta(days=95)):
        assert erase_due().get("lost_found_personal", 0) == 1
    record.refresh_from_db()
    assert (record.state, bytes(record.sealed_contact)) == (RecordState.CLOSED, b"")


def test_a_child_comes_first_and_officers_of_other_units_see_nothing(officer, house):
    with clock.at(clock.now() - timedelta(hours=1)):
        make_record(scope_of(officer), house.unit)
    child = make_child(scope_of(officer), house.unit)
    tasks = queries.tasks_for(scope_of(officer), house.unit, clock.now())
    assert tasks[0].record.pk == child.pk
    stranger = make_officer(make_house("khac").unit, "la")
    assert child.label not in today_of(stranger)


def test_more_records_ask_no_more_questions(officer, house):
    scope = scope_of(officer)

    def queries_made() -> int:
        with CaptureQueriesContext(connection) as made:
            queries.tasks_for(scope, house.unit, clock.now())
        return len(made)

    make_record(scope, house.unit)
    queries_made()  # reads the unit's calendar, which is kept for half a minute
    few = queries_made()
    for _ in range(5):
        make_record(scope, house.unit)
    assert queries_made() == few
