"""G58: nobody moves a receipt time or a limit without a reason that stays visible; overdue stays overdue."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from binhyen.audit.models import AuditRow
from binhyen.cases import actions, following, handing_over
from binhyen.cases.clocks import MET_BY, running
from binhyen.cases.models import Case, CaseClock, CaseKind
from binhyen.cases.tests.factories import make_case, make_station
from binhyen.console.tests.factories import sign_in
from binhyen.core import clock
from binhyen.core.deadlines import deadline
from binhyen.core.errors import NotPossible
from binhyen.core.law import rule_in_force
from binhyen.core.working_time import local_day
from binhyen.statistics.models import DayFigures
from binhyen.statistics.rolling_up import roll_up
from binhyen.units.calendars import calendar_of
from binhyen.vault.tests.light_hashes import hash_lightly

pytestmark = pytest.mark.django_db
REASON = "Chờ kết quả đo tiếng ồn của phường"


@pytest.fixture
def station(monkeypatch):
    hash_lightly(monkeypatch)
    return make_station()


def test_the_database_refuses_to_move_where_it_began(station):
    case = make_case(station.unit)
    for rows, change in (
        (Case.objects, {"received_at": clock.now() + timedelta(days=1)}),
        (CaseClock.objects, {"starts_at": clock.now()}),
        (CaseClock.objects, {"first_due_at": clock.now()}),
        (CaseClock.objects, {"rule_version": "2030-01-01"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all().update(**change)
    assert case.clocks.count() == 2


def test_a_reason_is_asked_kept_and_read_by_the_reporter(station):
    case = make_case(station.unit, kind=CaseKind.FEEDBACK)
    row = case.clocks.get(rule_id="feedback.answer")
    later = row.due_at + timedelta(days=3)
    for reason in ("", "ngắn", " " * 50):
        with pytest.raises(NotPossible, match="reason_short"):
            actions.move_clock(station.scope(), case, row, later, reason)
    actions.move_clock(station.scope(), case, row, later, REASON)
    row.refresh_from_db()
    assert row.due_at == later
    assert row.first_due_at < later
    assert REASON in [line.text for line in following.follow(case).lines]


def test_the_law_does_not_move_and_what_is_late_stays_late(station):
    case = make_case(station.unit)
    law = case.clocks.get(rule_id="crime.transfer")
    with pytest.raises(NotPossible, match="clock_of_law"):
        actions.move_clock(station.scope(), case, law, law.due_at + timedelta(days=1), REASON)
    look = case.clocks.get(rule_id="crime.first_look")
    with clock.at(look.due_at + timedelta(minutes=5)):
        with pytest.raises(NotPossible, match="clock_overdue"):
            actions.move_clock(station.scope(), case, look, look.due_at + timedelta(days=1), REASON)
        case = actions.see(station.scope(), case)
    look.refresh_from_db()
    assert look.met_at > look.due_at
    with clock.at(law.due_at + timedelta(days=1)):
        case = actions.take_step(station.scope(), case, "verify")
        actions.take_step(station.scope(), case, "close", "Đã giải quyết xong")
    law.refresh_from_db()
    assert law.stopped_at is None


def test_another_kind_counts_from_receipt_and_says_why(station):
    case = make_case(station.unit)
    with clock.at(case.received_at + timedelta(hours=3)):
        actions.change_kind(station.scope(), case, "feedback", "Không có dấu hiệu tội phạm, là phản ánh")
    answer = case.clocks.get(rule_id="feedback.answer")
    assert answer.starts_at == case.received_at
    assert "Không có dấu hiệu tội phạm, là phản ánh" in [line.text for line in following.follow(case).lines]


def test_the_figures_of_kept_and_missed_limits_equal_what_the_record_gives(station):
    monday = datetime(2026, 11, 23, 9, tzinfo=clock.VIETNAM)
    with clock.at(monday):
        tips = [make_case(station.unit) for _ in range(3)]
        moved = make_case(station.unit, kind=CaseKind.FEEDBACK)
    for case, minutes in zip((*tips[:2], moved), (10, 600, 20), strict=True):
        with clock.at(monday + timedelta(minutes=minutes)):
            actions.see(station.scope(), case)
    moved.refresh_from_db()
    answer = moved.clocks.get(rule_id="feedback.answer")
    actions_at = answer.due_at + timedelta(days=1)
    with clock.at(monday + timedelta(hours=1)):
        actions.move_clock(station.scope(), moved, answer, answer.due_at + timedelta(days=3), REASON)
        moved = actions.take_step(station.scope(), moved, "verify")
    with clock.at(actions_at):
        actions.take_step(station.scope(), moved, "answer", "Đã nhắc nhở")
    days = [monday.date() + timedelta(days=n) for n in range((actions_at.date() - monday.date()).days + 1)]
    for day in days:
        roll_up(day)
    shown = Counter()
    for row in DayFigures.objects.filter(unit=station.unit):
        shown.update({code: row.counts.get(code, 0) for code in ("limits_kept", "limits_missed")})
    assert shown == _from_the_record(station.unit)
    assert shown["limits_missed"] >= 3, "one seen late, one never seen, one answered after the time it was moved from"


def test_splitting_gives_no_new_time(station):
    with clock.at(clock.now() - timedelta(hours=20)):
        case = actions.see(station.scope(), make_case(station.unit))
    part = handing_over.split(station.scope(), case, "Phần mua bán pháo", "crime_tip")
    whole = case.clocks.get(rule_id="crime.transfer")
    assert part.clocks.get().rule_id == "crime.transfer", "the first look was kept already"
    assert part.clocks.get().due_at == whole.due_at


@pytest.mark.parametrize(("kind", "rule"), [("crime_tip", "crime.transfer"), ("feedback", "feedback.answer")])
@pytest.mark.parametrize("how", ["reopen", "contest"])
def test_what_is_open_again_has_a_limit_again(station, kind, rule, how):
    case = actions.see(station.scope(), make_case(station.unit, kind=kind))
    case = actions.take_step(station.scope(), case, "close_without_result", "Chưa tìm được ai")
    before = case.clocks.get(rule_id=rule)
    later = clock.now() + timedelta(days=3)
    with clock.at(later):
        assert not running(case).filter(is_information=False).exists()
        if how == "reopen":
            actions.take_step(station.scope(), case, "reopen")
        else:
            following.contest(case, "Chưa xong đâu ạ")
    again = running(case).get(rule_id=rule)
    assert again.starts_at == later
    assert again.first_due_at > later
    assert case.clocks.get(pk=before.pk).due_at == before.due_at, "the first limit stays as it was"


def test_another_kind_brings_no_second_limit_beside_the_one_that_runs_again(station):
    case = actions.see(station.scope(), make_case(station.unit))
    case = actions.take_step(station.scope(), case, "close_without_result", "Chưa tìm được ai")
    case = actions.take_step(station.scope(), case, "reopen")
    actions.change_kind(station.scope(), case, "crime_accusation", "Có dấu hiệu tội phạm rõ hơn")
    assert running(case).filter(rule_id="crime.transfer").count() == 1


@pytest.mark.parametrize(("hours_late", "kept"), [(-1, 1), (1, 0)])
def test_the_time_a_reporter_was_waited_for_is_no_delay_of_the_unit(station, hours_late, kept):
    """As long as nobody answers the promise is neither kept nor missed; then it ends as much later as was waited."""
    monday = datetime(2026, 11, 23, 9, tzinfo=clock.VIETNAM)
    with clock.at(monday):
        case = actions.see(station.scope(), make_case(station.unit, kind=CaseKind.FEEDBACK))
        answer = case.clocks.get(rule_id="feedback.answer")
    waited = timedelta(days=20)
    with clock.at(monday + timedelta(hours=1)):
        actions.ask_reporter(station.scope(), case, "Nhà số mấy ạ?")
    with clock.at(monday + timedelta(hours=1) + waited):
        assert _days_missed(station, answer) == []
        following.add(case, "Nhà cuối ngõ", [])
    with clock.at(answer.due_at + waited + timedelta(hours=hours_late)):
        actions.take_step(station.scope(), case, "verify")
        actions.take_step(station.scope(), case, "answer", "Đã nhắc nhở")
    assert _days_missed(station, answer) == ([] if kept else [(answer.due_at + waited).date()])


def test_what_is_done_while_the_reporter_is_asked_is_no_missed_limit(station):
    with clock.at(datetime(2026, 11, 23, 9, tzinfo=clock.VIETNAM)):
        case = make_case(station.unit, kind=CaseKind.FEEDBACK)
        look = case.clocks.get(rule_id="feedback.first_look")
        actions.ask_reporter(station.scope(), case, "Nhà số mấy ạ?")
    with clock.at(look.due_at + timedelta(days=20)):
        actions.see(station.scope(), case)
        page = sign_in(station.duty).get(f"/console/cases/{case.public_id}/").content.decode()
    assert ">quá hạn<" not in page
    assert _days_missed(station, look) == []


def test_a_call_at_once_is_late_until_it_is_made_and_then_no_missed_limit(station):
    case = actions.see(station.scope(), make_case(station.unit))
    actions.mark_serious(station.scope(), case)
    call = case.clocks.get(rule_id="crime.urgent_call")
    with clock.at(clock.now() + timedelta(minutes=2)):
        page = sign_in(station.duty).get(f"/console/cases/{case.public_id}/").content.decode()
        assert ">quá hạn<" in page
        actions.note_call(station.scope(), case)
        page = sign_in(station.duty).get(f"/console/cases/{case.public_id}/").content.decode()
        assert ">quá hạn<" not in page
    assert local_day(call.due_at) not in _days_missed(station, call)


def _days_missed(station, row) -> list[date]:
    """Days from the receipt to well after the end on which the figures hold a missed limit."""
    days = [row.starts_at.date() + timedelta(days=n) for n in range(60)]
    for day in days:
        roll_up(day)
    missed = DayFigures.objects.filter(unit=station.unit, day__in=days, counts__limits_missed__gt=0)
    return list(missed.values_list("day", flat=True))


def _from_the_record(unit) -> Counter:
    """The same numbers from the audit rows and the rules alone: when a matter came, and when which act was done."""
    found = Counter()
    for clock_row in CaseClock.objects.filter(is_information=False):
        rows = AuditRow.objects.filter(unit_key=unit.pk, subject=clock_row.case.public_id).order_by("sequence")
        came = rows.get(action="case.received").at
        acts = {act for act, rules in MET_BY.items() if clock_row.rule_id in rules}
        done = next((row.at for row in rows if row.facts.get("act") in acts), None)
        due = deadline(rule_in_force(clock_row.rule_id, local_day(came)), came, calendar=calendar_of(unit.pk)).target_at
        found["limits_kept" if done and done <= due else "limits_missed"] += 1
    return found
