"""Working a case: steps, answers, pauses, contests, parts, transfers; what the reporter sees of it."""

from datetime import timedelta

import pytest

from binhyen.cases import actions, conflicts, following, handing_over, queries, reports, retention
from binhyen.cases.models import Case, CaseKind, CaseRoute
from binhyen.cases.routes import destroy_old_routes, keep_route, route_of
from binhyen.cases.tests.factories import make_case, make_station
from binhyen.core import clock
from binhyen.core.errors import Misconfigured, NotAllowed, NotPossible
from binhyen.inbox.tests.factories import make_officer
from binhyen.vault.receipts import new_code

pytestmark = pytest.mark.django_db


def worked(station, kind=CaseKind.FEEDBACK):
    case = make_case(station.unit, kind=kind)
    for act in ("see", "verify"):
        case = actions.take_step(station.scope(), case, act)
    return case


def test_a_case_goes_its_way_to_the_end(station):
    case = worked(station)
    case = actions.take_step(station.scope(), case, "answer", "Đã nhắc nhở, từ nay không hát sau 22 giờ")
    case = actions.take_step(station.scope(), case, "close", "Đã xong")
    seen = following.follow(case)
    assert [line.text for line in seen.lines if line.text] == ["Đã nhắc nhở, từ nay không hát sau 22 giờ", "Đã xong"]
    assert seen.may_contest
    assert case.clocks.filter(met_at=None, stopped_at=None).count() == 0


def test_notes_never_reach_the_reporter(station):
    case = worked(station)
    actions.add_note(station.scope(), case, "Nghi là nhà ông Bảy")
    assert "ông Bảy" not in str(following.follow(case))
    assert "Nghi là nhà ông Bảy" in [line.text for line in queries.read_case(station.scope(), case).lines]


def test_closing_needs_words(station):
    with pytest.raises(NotPossible, match="answer_missing"):
        actions.take_step(station.scope(), worked(station), "close", "  ")


def test_a_question_pauses_promises_and_not_the_law(station):
    start = clock.now()
    with clock.at(start):
        feedback, crime = make_case(station.unit, kind=CaseKind.FEEDBACK), make_case(station.unit)
        before = {row.pk: row.due_at for case in (feedback, crime) for row in case.clocks.all()}
        for case in (feedback, crime):
            actions.ask_reporter(station.scope(), case, "Biển số xe là gì?")
    with clock.at(start + timedelta(minutes=20)):
        for case in (feedback, crime):
            case.refresh_from_db()
            assert following.follow(case).waits_for_me
            following.add(case, "Không nhớ rõ", [])
    moved = {row.rule_id: row.due_at - before[row.pk] for case in (feedback, crime) for row in case.clocks.all()}
    assert moved["feedback.answer"] == moved["crime.first_look"] == timedelta(minutes=20)
    assert moved["crime.transfer"] == timedelta(0)
    feedback.refresh_from_db()
    assert not following.follow(feedback).waits_for_me


def test_a_promise_that_stands_still_is_not_late_and_runs_on_when_nobody_waits_any_more(station):
    start = clock.now()
    with clock.at(start):
        case = worked(station)
        actions.ask_reporter(station.scope(), case, "Hát những tối nào?")
    with clock.at(start + timedelta(days=40)):
        assert queries.list_cases(station.scope(), "late") == []
        assert queries.count_cases(station.scope(), station.unit.pk, clock.now()).late == 0
        case.refresh_from_db()
        assert not any(due.is_overdue for due in following.follow(case).due)
        case = actions.take_step(station.scope(), case, "close", "Đã đến nhắc nhở")
    row = case.clocks.get(rule_id="feedback.answer")
    assert row.met_at < row.due_at
    assert row.first_due_at < row.due_at
    assert not following.follow(Case.objects.get(pk=case.pk)).waits_for_me


def test_the_limit_of_the_law_is_late_while_the_reporter_is_asked(station):
    case = make_case(station.unit)
    actions.ask_reporter(station.scope(), case, "Biển số xe là gì?")
    with clock.at(clock.now() + timedelta(hours=25)):
        assert [row.case for row in queries.list_cases(station.scope(), "late")] == [case]


@pytest.mark.parametrize("way", ["crime_accusation", "feedback crime_tip", "petition crime_accusation feedback"])
def test_another_kind_keeps_the_clocks_both_have(station, way):
    case = make_case(station.unit)
    before = case.clocks.get(rule_id="crime.transfer")
    for kind in way.split():
        actions.change_kind(station.scope(), case, kind, "Nội dung cho thấy loại việc khác")
        case.refresh_from_db()
    running = {row.rule_id for row in case.clocks.filter(met_at=None, stopped_at=None)}
    is_crime = case.kind.startswith("crime")
    assert ("crime.transfer" in running, "feedback.answer" in running) == (is_crime, not is_crime)
    after = case.clocks.get(rule_id="crime.transfer")
    assert (after.starts_at, after.due_at) == (before.starts_at, before.due_at)


def test_what_was_overdue_stays_overdue_when_the_kind_changes(station):
    case = make_case(station.unit)
    with clock.at(clock.now() + timedelta(hours=25)):
        actions.change_kind(station.scope(), case, "feedback", "Không có dấu hiệu tội phạm")
    assert case.clocks.get(rule_id="crime.transfer").stopped_at is None


def test_a_contest_goes_to_the_commander_and_away_from_who_closed_it(station):
    other = make_officer(station.unit, "khac")
    case = actions.take_step(station.scope(), worked(station), "close", "Đã xong")
    following.contest(case, "Hôm qua vẫn hát đến 1 giờ")

    with pytest.raises(NotAllowed):
        queries.access_case(station.scope(), case.public_id)
    with pytest.raises(NotPossible, match="commander_only"):
        actions.take_step(station.scope(other), case, "verify")
    case = actions.take_step(station.scope(station.commander), case, "verify")
    assert case.state == "verifying"
    with pytest.raises(NotPossible, match="conflict_officer"):
        actions.assign(station.scope(station.commander), case, station.duty)


def test_after_seven_days_a_contest_is_too_late(station):
    case = actions.take_step(station.scope(), worked(station), "close", "Đã xong")
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        assert not following.follow(case).may_contest
        with pytest.raises(NotPossible, match="contest_late"):
            following.contest(case, "Chưa xong")


def test_a_transfer_within_the_house_leads_the_code_on(station):
    there = make_station("dong-hoi")
    case = worked(station, CaseKind.CRIME_TIP)
    onward = handing_over.transfer_to_unit(station.scope(), case, there.unit, "Nhóm đánh bạc ở chợ", [])
    seen = following.follow(Case.objects.get(pk=case.pk))
    assert onward.receipt_hash is None
    assert seen.onward_unit == there.unit.name
    actions.take_step(there.scope(), actions.take_step(there.scope(), onward, "see"), "answer", "Đã bắt quả tang")
    assert "Đã bắt quả tang" in [line.text for line in following.follow(case).lines]


def test_what_another_unit_works_is_neither_taken_back_nor_asked_about_here(station):
    there = make_station("dong-hoi")
    case = actions.see(station.scope(), make_case(station.unit))
    onward = handing_over.transfer_to_unit(station.scope(), case, there.unit, "Nhóm người đánh bạc", [])
    for act in (
        lambda: actions.take_step(station.scope(), case, "take_back"),
        lambda: actions.ask_reporter(station.scope(), case, "Ở đâu ạ?"),
    ):
        with pytest.raises(NotPossible, match="case_gone_on"):
            act()
    actions.ask_reporter(there.scope(), onward, "Ở đâu ạ?")
    assert following.follow(case).waits_for_me


def test_a_transfer_out_meets_its_clock_and_starts_the_next(station):
    case = worked(station, CaseKind.CRIME_TIP)
    handing_over.transfer_to_body(station.scope(), case, "Phòng Cảnh sát hình sự", b"goi")
    assert case.clocks.get(rule_id="crime.transfer").met_at
    assert not case.clocks.get(rule_id="crime.followup_ping").met_at
    handing_over.acknowledge(station.scope(), case)
    assert case.clocks.get(rule_id="crime.followup_ping").met_at
    decision = case.clocks.get(rule_id="crime.decision")
    assert decision.is_information
    assert handing_over.package_content(case.packages.get()) == b"goi"


def test_parts_share_one_answer(station):
    case = worked(station)
    part = handing_over.split(station.scope(), case, "Việc đổ rác xuống mương", "feedback")
    assert part.number == case.number + 1
    assert part.receipt_hash is None
    assert queries.read_case(station.scope(), case).parts == [part]
    with pytest.raises(NotPossible, match="part_of_part"):
        handing_over.split(station.scope(), part, "Nhỏ nữa", "feedback")


def test_what_is_written_in_a_part_reaches_the_reporter_only_from_the_whole(station):
    case = make_case(station.unit)
    part = handing_over.split(station.scope(), case, "Phần đổ rác", "feedback")
    with pytest.raises(NotPossible, match="part_asks_whole"):
        actions.ask_reporter(station.scope(), part, "Ở đâu ạ?")
    part = actions.take_step(station.scope(), part, "see")
    actions.take_step(station.scope(), part, "answer", "Đã dọn rác")
    assert not part.events.filter(is_for_reporter=True).exists()
    assert [line.text for line in following.follow(case).lines if line.text] == []


def test_what_is_added_after_the_end_stands_among_the_open_ones_until_somebody_acts(station):
    case = actions.take_step(station.scope(), make_case(station.unit), "see")
    case = actions.take_step(station.scope(), case, "close_without_result", "Chưa tìm được ai")
    assert queries.list_cases(station.scope(), "open") == []
    with clock.at(clock.now() + timedelta(days=8)):
        following.add(case, "Hôm nay chúng nó lại đến", [])
        (row,) = queries.list_cases(station.scope(), "open")
        assert (row.case, row.has_news) == (case, True)
        actions.add_note(station.scope(), case, "Đã cử người xem")
        assert queries.list_cases(station.scope(), "open") == []


def test_search_opens_what_one_may_open(station):
    there = make_station("dong-hoi")
    mine, theirs = make_case(station.unit, "Hát karaoke quá giờ"), make_case(there.unit, "Hát karaoke quá giờ")
    found, left_out = queries.search(station.scope(), "KARAOKE qua gio")
    assert [row.case for row in found] == [mine]
    assert not left_out
    assert queries.search(station.scope(there.duty), "karaoke")[0][0].case == theirs
    assert queries.search(station.scope(), "không có")[0] == []
    assert queries.search(station.scope(), str(mine.number))[0][0].case == mine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "SEARCHED_MOST", 0)
        assert queries.search(station.scope(), "karaoke") == ([], True)


def test_an_officer_flags_oneself_and_is_out(station):
    case = make_case(station.unit)
    make_officer(station.unit, "khac")
    actions.flag_conflict(station.scope(), case, station.duty)
    with pytest.raises(NotAllowed):
        actions.add_note(station.scope(), case, "Vẫn còn đây")


def test_when_nobody_is_left_the_superior_unit_works_it(station):
    above = make_officer(station.parent, "tinh")
    case = make_case(station.unit)
    for officer in (station.duty, station.commander):
        conflicts.set_aside(case, officer, by=officer.pk)
    case.refresh_from_db()
    assert case.goes_up
    assert queries.access_case(station.scope(above), case.public_id) == case


def test_a_route_dies_with_its_window_or_at_a_word(station):
    case = make_case(station.unit)
    keep_route(case, "cuộc nói chuyện", clock.now() + timedelta(days=7))
    row = CaseRoute.objects.get()
    assert "cuộc".encode() not in bytes(row.sealed_route)
    assert route_of(case) == "cuộc nói chuyện"
    with clock.at(clock.now() + timedelta(days=8)):
        assert route_of(case) == ""
        assert destroy_old_routes() == 1
    keep_route(case, "cuộc nói chuyện", clock.now() + timedelta(days=7))
    assert following.cut_route(case)
    assert not following.cut_route(case)
    assert route_of(case) == ""


def test_an_erased_case_cannot_be_read_from_any_copy_of_its_row(station):
    code = new_code()
    case = make_case(station.unit, code=code)
    copy = Case.objects.get(pk=case.pk)
    retention.erase_case(case, "test")
    case.refresh_from_db()
    for sealed_report in (bytes(case.sealed_report), bytes(copy.sealed_report)):
        case.sealed_report = sealed_report
        with pytest.raises(Misconfigured, match="destroyed"):
            reports.report_in(case, reports.key_of(case))
    with pytest.raises(NotAllowed):
        queries.access_case(station.scope(), case.public_id)
    assert case.number == 1


def test_the_second_secret_shows_the_own_text_again(station):
    token = "a" * 43
    code = new_code(token)
    secret = following.secret_hash(token, "Hoa Sen")
    case = make_case(station.unit, "Chuyện của tôi", code=code, second_secret_hash=secret)
    assert following.reread(case, code, "hoa  sen").text == "Chuyện của tôi"
    for wrong in ("hoa sen trắng", "", "x"):
        with pytest.raises(NotPossible, match="secret_wrong"):
            following.reread(case, code, wrong)
    with pytest.raises(NotPossible, match="secret_wrong"):
        following.reread(make_case(station.unit), code, "")
