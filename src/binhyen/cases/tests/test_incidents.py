"""Reports of one event are suggested, merged by an officer, taken apart again, and answered one by one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhyen.cases import actions, conflicts
from binhyen.cases.incidents.actions import merge, refuse, take_out
from binhyen.cases.incidents.comparing import compare_waiting
from binhyen.cases.incidents.models import ComparisonDue, Incident, IncidentSuggestion
from binhyen.cases.incidents.queries import suggestions_for, together_with
from binhyen.cases.models import Case, CaseEvent
from binhyen.cases.queries import read_case
from binhyen.cases.retention import erase_case
from binhyen.cases.states import CaseState
from binhyen.cases.tests.factories import make_case, make_station
from binhyen.core import clock
from binhyen.core.errors import NotPossible

pytestmark = pytest.mark.django_db
FIGHT = "Có đám đánh nhau dùng dao ở chợ Cồn, mấy thanh niên đuổi chém nhau"
AGAIN = "Đánh nhau to ở chợ Cồn, thanh niên cầm dao chém nhau, công an tới gấp"
OTHER = "Quán karaoke mở nhạc ầm ĩ tới 2 giờ sáng không ngủ được"


def pair(unit, first=FIGHT, second=AGAIN):
    cases = make_case(unit, first), make_case(unit, second)
    compare_waiting()
    return cases


def test_two_reports_of_one_event_are_suggested_with_the_reason(station):
    early, late = pair(station.unit)
    other = make_case(station.unit, OTHER)
    compare_waiting()
    for one, partner in ((early, late), (late, early)):
        found = suggestions_for(station.scope(), one)
        assert [each.other for each in found] == [partner]
        assert found[0].minutes_apart == 0
        assert {"dao", "chém"} & set(found[0].why.words)
    assert suggestions_for(station.scope(), other) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Đánh nhau ở thôn 3 có dao, thanh niên chém nhau", "Đánh nhau ở thôn 5 có dao, thanh niên chém nhau"),
        ("Ông Hùng đánh bạc ở nhà tối nào cũng có", "Ông Tuấn đánh bạc ở nhà tối nào cũng có"),
    ],
)
def test_another_numbered_place_or_person_is_a_veto(station, first, second):
    pair(station.unit, first, second)
    assert not IncidentSuggestion.objects.exists()


def test_nothing_of_a_case_changes_by_comparing(station):
    early, late = pair(station.unit)
    for case in (early, late):
        case.refresh_from_db()
        assert case.state == CaseState.RECEIVED
    assert not ComparisonDue.objects.exists()
    assert not Incident.objects.exists()


def test_reports_of_other_units_parts_and_old_ones_are_not_compared(station):
    other = make_station("dong-hoi")
    make_case(other.unit, FIGHT)
    with clock.at(clock.now() - timedelta(days=8)):
        make_case(station.unit, FIGHT)
    whole = make_case(station.unit, FIGHT)
    make_case(station.unit, AGAIN).__class__.objects.filter(number=3).update(split_from=whole)
    compare_waiting()
    assert not IncidentSuggestion.objects.exists()


def test_merging_keeps_states_and_tells_the_history(station):
    early, late = pair(station.unit)
    merge(station.scope(), late, early.number)
    assert [one.pk for one in together_with(station.scope(), early).others] == [late.pk]
    assert suggestions_for(station.scope(), early) == []
    lines = CaseEvent.objects.filter(kind="incident").order_by("case_id")
    assert [line.facts["with"] for line in lines] == [late.number, early.number]
    assert not any(line.is_for_reporter for line in lines)
    early.refresh_from_db()
    assert early.state == CaseState.RECEIVED
    with pytest.raises(NotPossible, match="incident_together"):
        merge(station.scope(), early, late.number)


def test_two_incidents_become_one(station):
    cases = [make_case(station.unit, FIGHT) for _ in range(4)]
    scope = station.scope()
    merge(scope, cases[0], cases[1].number)
    merge(scope, cases[2], cases[3].number)
    merge(scope, cases[0], cases[3].number)
    assert Incident.objects.count() == 1
    assert len(together_with(scope, cases[2]).others) == 3


def test_a_merge_is_undone_within_seven_days_and_not_later(station):
    early, late = pair(station.unit)
    merge(station.scope(), early, late.number)
    with clock.at(clock.now() + timedelta(days=7, minutes=1)), pytest.raises(NotPossible, match="undo_late"):
        take_out(station.scope(), early)
    with clock.at(clock.now() + timedelta(days=6)):
        take_out(station.scope(), early)
    assert not Incident.objects.exists()
    assert together_with(station.scope(), late) is None
    with pytest.raises(NotPossible, match="incident_none"):
        take_out(station.scope(), late)


def test_what_was_refused_is_not_suggested_again(station):
    early, late = pair(station.unit)
    refuse(station.scope(), late, early.number)
    assert suggestions_for(station.scope(), early) == []
    with pytest.raises(NotPossible, match="incident_unknown"):
        refuse(station.scope(), late, early.number)


def test_every_reporter_gets_an_own_answer(station):
    early, late = pair(station.unit)
    merge(station.scope(), early, late.number)
    actions.see(station.scope(), early)
    actions.take_step(station.scope(), early, "answer", "Đã có mặt, cảm ơn bà con.")
    late.refresh_from_db()
    assert late.state == CaseState.RECEIVED
    assert late.clocks.filter(met_at=None, stopped_at=None).exists()


def test_who_is_set_aside_in_one_sees_no_suggestion_of_it(station):
    early, late = pair(station.unit)
    conflicts.set_aside(late, station.duty, by=station.commander.pk)
    assert suggestions_for(station.scope(), early) == []
    with pytest.raises(NotPossible, match="incident_unknown"):
        merge(station.scope(), early, late.number)
    merge(station.scope(station.commander), early, late.number)
    seeing = (station.duty, station.commander)
    assert together_with(station.scope(), early) is None, "that there is another one would tell of the conflict"
    told = [{line.event.facts.get("with") for line in read_case(station.scope(one), early).lines} for one in seeing]
    assert [late.number in numbers for numbers in told] == [False, True]


def test_case_of_another_unit_looks_like_an_unknown_one(station):
    other = make_station("dong-hoi")
    make_case(other.unit, AGAIN)
    foreign = make_case(other.unit, AGAIN)
    with pytest.raises(NotPossible, match="incident_unknown"):
        merge(station.scope(), make_case(station.unit, FIGHT), foreign.number)


def test_an_erased_case_leaves_no_pair_behind(station):
    early, late = pair(station.unit)
    merge(station.scope(), early, late.number)
    erase_case(late, "asked")
    assert not IncidentSuggestion.objects.exists()
    assert together_with(station.scope(), early) is None


def test_the_number_of_queries_does_not_grow(station):
    for _ in range(3):
        make_case(station.unit, FIGHT)
    with CaptureQueriesContext(connection) as few:
        compare_waiting()
    for _ in range(9):
        make_case(station.unit, AGAIN)
    with CaptureQueriesContext(connection) as many:
        compare_waiting()
    assert len(many) == len(few)
    case = make_case(station.unit, FIGHT)
    compare_waiting()
    scope = station.scope()
    with CaptureQueriesContext(connection) as shown:
        assert len(suggestions_for(scope, case)) == 5
    assert len(shown) == 1


def test_a_report_that_cannot_be_read_holds_up_no_other(station, caplog):
    broken = make_case(station.unit, FIGHT)
    Case.objects.filter(pk=broken.pk).update(sealed_report=b"altered" * 20)
    early, late = pair(station.unit)
    assert [(found.case, found.other) for found in IncidentSuggestion.objects.all()] == [(late, early)]
    assert not ComparisonDue.objects.exists()
    assert f"case row {broken.pk} cannot be read" in caplog.text
    assert "dao" not in caplog.text
