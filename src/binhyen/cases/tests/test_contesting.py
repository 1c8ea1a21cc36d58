"""A contest finds somebody who may judge it, has a clock of its own, and cannot be led away by anybody else."""

from datetime import timedelta

import pytest

from binhyen.cases import actions, following, handing_over, queries
from binhyen.cases.models import Case, CaseKind
from binhyen.cases.tests.factories import make_case
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox.tests.factories import make_officer
from binhyen.units.models import Membership, Role

pytestmark = pytest.mark.django_db


def contested(station, closed_by) -> Case:
    case = make_case(station.unit, kind=CaseKind.FEEDBACK)
    for act, words in (("see", ""), ("verify", ""), ("close", "Đã xong")):
        case = actions.take_step(station.scope(closed_by), case, act, words)
    following.contest(case, "Hôm qua vẫn hát đến 1 giờ")
    return Case.objects.get(pk=case.pk)


def test_what_the_only_commander_closed_goes_to_the_superior_commander(station):
    above = make_officer(station.parent, "tinh", Role.COMMANDER)
    case = contested(station, station.commander)
    assert case.goes_up
    with pytest.raises(NotAllowed):
        queries.access_case(station.scope(station.commander), case.public_id)
    assert actions.take_step(station.scope(above), case, "verify").state == "verifying"


def test_a_second_commander_judges_what_the_first_one_closed(station):
    second = make_officer(station.unit, "pho", Role.COMMANDER)
    case = contested(station, station.commander)
    assert not case.goes_up
    assert actions.take_step(station.scope(second), case, "answer", "Đã đến lại").state == "answered"


def test_where_nobody_else_can_judge_it_stays_and_is_not_lost(station):
    case = contested(station, station.commander)
    assert not case.goes_up
    assert actions.take_step(station.scope(station.commander), case, "verify").state == "verifying"


def test_a_unit_without_a_commander_does_not_leave_it_lying(station):
    Membership.objects.filter(role=Role.COMMANDER).delete()
    other = make_officer(station.unit, "khac")
    case = contested(station, station.duty)
    assert actions.take_step(station.scope(other), case, "verify").state == "verifying"


def test_nobody_but_the_commander_hands_it_on(station):
    other, there = make_officer(station.unit, "khac"), make_officer(station.parent, "tinh")
    case = contested(station, station.duty)
    with pytest.raises(NotPossible, match="commander_only"):
        handing_over.transfer_to_body(station.scope(other), case, "Phòng Cảnh sát hình sự", b"goi")
    with pytest.raises(NotPossible, match="commander_only"):
        handing_over.transfer_to_unit(station.scope(other), case, station.parent, "Hát quá giờ", [])
    handing_over.transfer_to_unit(station.scope(station.commander), case, station.parent, "Hát quá giờ", [])
    assert queries.count_cases(station.scope(there), station.parent.pk, clock.now()).open == 1


def test_the_commander_has_a_clock_and_both_sides_see_it(station):
    case = contested(station, station.duty)
    scope = station.scope(station.commander)
    assert [due.rule_id for due in following.follow(case).due] == ["contest.first_look", "feedback.answer"]
    assert "tính lại từ lúc mở lại" in following.follow(case).due[1].why
    assert queries.count_cases(scope, station.unit.pk, clock.now()).contested == 1
    assert queries.list_cases(scope, "contested")[0].clock.rule_id == "contest.first_look"
    with clock.at(clock.now() + timedelta(days=9)):
        assert [row.case for row in queries.list_cases(scope, "late")] == [case]
        actions.take_step(scope, case, "verify")
        assert queries.list_cases(scope, "late") == []
    row = case.clocks.get(rule_id="contest.first_look")
    assert row.met_at > row.due_at
