"""G57: every clock comes from the versioned rules file, in working or calendar units, and explains itself.

The table below was worked out by hand for a receipt at 23:59 on Thursday 12 February 2026, the last working evening but
one before Tết (off from Saturday 14 to Sunday 22 February). It has one line for every entry of the file and for every
alternative; a new entry without a line fails.
"""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from binhyen.core import deadline_words, law
from binhyen.core.clock import VIETNAM
from binhyen.core.conditions import facts_asked_by
from binhyen.core.deadlines import applies, deadline, deadline_of, extension_to_be_asked_by
from binhyen.core.law import rule_in_force, rule_version, rules, rules_for
from binhyen.core.working_time import DayException, WorkCalendar

RECEIVED = datetime(2026, 2, 12, 23, 59, tzinfo=VIETNAM)
END = "23:59:59"

# rule, facts of the alternative, the unit's target, the legal end when it is later
GOLDEN = [
    ("danger.first_look", {}, "2026-02-13 00:04:00"),
    ("swarm.first_look", {}, "2026-02-13 00:04:00"),
    ("inbox.forgotten", {}, "2026-02-13 01:59:00"),
    ("channel.lost", {}, "2026-02-13 00:59:00"),
    ("contest.first_look", {}, f"2026-02-13 {END}"),
    ("crime.ack", {}, "2026-02-13 00:00:00"),
    ("crime.first_look", {}, "2026-02-13 00:29:00"),
    ("crime.urgent_call", {}, "2026-02-12 23:59:00"),
    ("crime.transfer", {}, "2026-02-13 23:59:00"),
    ("crime.transfer", {"unit.remote_area": True}, "2026-02-14 23:59:00"),
    ("crime.preliminary_verification", {}, f"2026-02-19 {END}", f"2026-02-23 {END}"),
    ("crime.notify_procuracy", {}, f"2026-02-24 {END}"),
    ("crime.decision", {}, f"2026-03-04 {END}"),
    ("crime.result_notice", {}, f"2026-02-24 {END}"),
    ("crime.followup_ping", {}, f"2026-02-19 {END}", f"2026-02-23 {END}"),
    ("denunciation.initial", {}, f"2026-03-02 {END}"),
    ("denunciation.initial", {"several_places": True}, f"2026-03-05 {END}"),
    ("denunciation.forward", {}, f"2026-02-26 {END}"),
    ("denunciation.accept_notice", {}, f"2026-02-26 {END}"),
    ("denunciation.resolve", {}, f"2026-03-14 {END}", f"2026-03-16 {END}"),
    ("denunciation.conclusion_notice", {}, f"2026-02-26 {END}"),
    ("denunciation.publish", {}, f"2026-03-02 {END}"),
    ("denunciation.forwarder_answer", {}, f"2026-03-04 {END}"),
    ("complaint.accept", {}, f"2026-02-22 {END}", f"2026-02-23 {END}"),
    ("complaint.resolve_first", {}, f"2026-03-14 {END}", f"2026-03-16 {END}"),
    ("complaint.resolve_first", {"complex": True}, f"2026-03-29 {END}", f"2026-03-30 {END}"),
    ("complaint.resolve_first", {"unit.remote_area": True}, f"2026-03-29 {END}", f"2026-03-30 {END}"),
    ("complaint.resolve_first", {"unit.remote_area": True, "complex": True}, f"2026-04-13 {END}"),
    ("complaint.lapse", {}, f"2026-05-13 {END}"),
    ("feedback.first_look", {}, f"2026-02-13 {END}"),
    ("feedback.forward", {}, f"2026-02-26 {END}"),
    ("feedback.answer", {}, f"2026-03-05 {END}"),
    ("feedback.answer", {"needs_site_check": True}, f"2026-03-12 {END}"),
    ("question.answer", {}, f"2026-02-23 {END}"),
    ("found.public_notice", {}, f"2026-02-13 {END}"),
    ("found.ownership_vests", {}, f"2027-02-12 {END}"),
    ("found.ownership_vests", {"item": "livestock"}, f"2026-08-12 {END}"),
    ("found.ownership_vests", {"item": "livestock", "free_grazing_custom": True}, f"2027-02-12 {END}"),
    ("found.ownership_vests", {"item": "poultry"}, f"2026-03-12 {END}"),
    ("found.tell_finder", {}, f"2026-02-24 {END}"),
    ("found.reminder", {}, f"2027-01-12 {END}"),
    ("lost.first_look", {}, f"2026-02-13 {END}"),
    ("lost.expires", {}, f"2027-02-12 {END}"),
    ("child.first_look", {}, "2026-02-13 00:04:00"),
    ("child.post_decision", {}, "2026-02-13 00:29:00"),
    ("child.post_expires", {}, "2026-02-15 23:59:00"),
    ("child.takedown", {}, "2026-02-13 00:14:00"),
    ("person.first_look", {}, "2026-02-13 00:14:00"),
    ("data.first_reply", {}, f"2026-02-23 {END}"),
    ("data.withdraw_restrict_object", {}, f"2026-02-27 {END}"),
    ("data.withdraw_restrict_object", {"processor_involved": True}, f"2026-03-04 {END}"),
    ("data.see_correct_copy", {}, f"2026-02-22 {END}", f"2026-02-23 {END}"),
    ("data.see_correct_copy", {"processor_involved": True}, f"2026-02-27 {END}"),
    ("data.erase", {}, f"2026-03-04 {END}"),
    ("data.erase", {"processor_involved": True}, f"2026-03-14 {END}", f"2026-03-16 {END}"),
    ("data.protect", {}, f"2026-02-27 {END}"),
    ("breach.notify_authority", {}, "2026-02-15 23:59:00"),
    ("breach.notify_people", {}, "2026-02-15 23:59:00"),
    ("incident.first_notice", {}, "2026-02-13 23:59:00"),
    ("incident.report", {}, "2026-02-15 23:59:00"),
]


def local(moment):
    return f"{moment.astimezone(VIETNAM):%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize("line", GOLDEN, ids=lambda line: f"{line[0]} {' '.join(line[1])}".strip())
def test_a_clock_ends_where_the_calendar_says(line):
    rule_id, facts, target, *due = line
    end = deadline(rule_in_force(rule_id, RECEIVED.date()), RECEIVED, facts=facts)
    assert local(end.target_at) == target
    assert local(end.due_at) == (due[0] if due else target)
    assert (end.rule_id, end.version) == (rule_id, rule_in_force(rule_id, RECEIVED.date()).version)


def test_the_table_covers_every_entry_and_every_alternative():
    told = {rule_id: [set(facts) for line_id, facts, *_ in GOLDEN if line_id == rule_id] for rule_id, *_ in GOLDEN}
    assert set(told) == {rule.id for rule in rules()} == {row["id"] for row in law.law_file()["deadlines"]}
    for rule in rules():
        for alternative in rule.alternatives:
            asked = facts_asked_by(alternative.applies_if)
            assert any(facts and facts <= asked for facts in told[rule.id]), (rule.id, alternative.applies_if)


def test_every_clock_explains_itself_with_rule_and_version():
    for rule in rules():
        end = deadline(rule, RECEIVED)
        assert rule.starts_on in deadline_words.STARTS
        assert deadline_words.STARTS[rule.starts_on] in end.explanation
        assert "23:59 thứ Năm 12/02/2026" in end.explanation
        assert f"Quy tắc {rule.id}, bản {rule.valid_from:%d/%m/%Y}" in end.explanation
        assert deadline_words.SURENESS[end.confidence] in end.explanation
        assert f"{end.due_at.astimezone(VIETNAM):%d/%m/%Y}" in end.explanation


def test_an_explanation_names_the_days_that_did_not_count_and_the_day_it_was_moved_off():
    counted = deadline_of("question.answer", RECEIVED).explanation
    assert "Thời hạn 2 ngày làm việc, ngày đầu không tính." in counted
    assert "14/02 (thứ Bảy)" in counted
    assert "16/02 (Giao thừa Tết Nguyên Đán)" in counted
    moved = deadline_of("complaint.accept", RECEIVED).explanation
    assert "Ngày cuối Chủ nhật 22/02/2026 là ngày nghỉ, nên hạn là hết thứ Hai 23/02/2026" in moved
    assert "luật" not in deadline_of("crime.ack", RECEIVED).explanation.split("không phải luật")[0]


@pytest.mark.parametrize(
    ("rule_id", "started", "due"),
    [
        ("question.answer", "2026-12-30 23:59", "2027-01-04"),  # New Year's Friday and a weekend between
        ("feedback.answer", "2026-12-31 00:00", "2027-01-15"),
        ("found.ownership_vests", "2028-02-29 10:00", "2029-02-28"),  # leap day
        ("found.reminder", "2026-03-31 10:00", "2027-03-01"),  # 28 February 2027 is a Sunday
        ("crime.followup_ping", "2028-02-22 23:59", "2028-02-29"),
        ("data.first_reply", "2026-08-28 08:00", "2026-09-04"),  # the long National Day of 2026
        ("data.first_reply", "2026-01-01 08:00", "2026-01-06"),
        ("question.answer", "2026-08-20 08:00", "2026-08-22"),  # the Saturday worked in exchange counts
    ],
)
def test_year_end_leap_day_and_swapped_days(rule_id, started, due):
    end = deadline_of(rule_id, datetime.fromisoformat(started).replace(tzinfo=VIETNAM))
    assert local(end.due_at) == f"{due} {END}"


def test_hours_run_through_tet_and_nights():
    end = deadline_of("crime.transfer", datetime(2026, 2, 16, 23, 30, tzinfo=VIETNAM))
    assert local(end.due_at) == "2026-02-17 23:30:00"
    assert "tính liên tục cả đêm và ngày nghỉ" in end.explanation


def test_a_closed_day_of_the_unit_moves_its_clocks_and_is_named():
    storm = WorkCalendar(exceptions={date(2026, 11, 30): DayException(False, note="nghỉ tránh bão")})
    started = datetime(2026, 11, 27, 9, 0, tzinfo=VIETNAM)
    end = deadline_of("question.answer", started, calendar=storm)
    assert local(end.due_at) == f"2026-12-02 {END}"
    assert "30/11 (nghỉ tránh bão)" in end.explanation


@pytest.mark.parametrize(
    ("rule_id", "extensions", "due"),
    [
        ("denunciation.resolve", {"complex": 1}, "2026-04-13"),
        ("denunciation.resolve", {"very_complex": 1}, "2026-04-13"),
        ("denunciation.resolve", {"very_complex": 2}, "2026-05-13"),
        ("crime.decision", {"complex or several places": 1}, "2026-04-13"),  # 12 April is a Sunday
        ("crime.decision", {"complex or several places": 1, "still not finished": 1}, "2026-06-12"),
        ("data.erase", {"complex": 1}, "2026-03-24"),
    ],
)
def test_prolongations_count_from_the_law_and_are_named(rule_id, extensions, due):
    rule = rule_in_force(rule_id, RECEIVED.date())
    end = deadline(rule, RECEIVED, extensions=extensions)
    assert local(end.due_at) == f"{due} {END}"
    assert "Đã kéo dài" in end.explanation


@pytest.mark.parametrize("extensions", [{"complex": 2}, {"because": 1}, {"very_complex": 3}, {"complex": -1}])
def test_what_the_law_does_not_allow_is_refused(extensions):
    with pytest.raises(ValueError, match="allows no extension"):
        deadline(rule_in_force("denunciation.resolve", RECEIVED.date()), RECEIVED, extensions=extensions)


def test_the_absolute_maximum_caps_every_prolongation():
    rule = rule_in_force("crime.decision", RECEIVED.date())
    longest = deadline(rule, RECEIVED, extensions={one.reason: one.times for one in rule.extensions})
    assert local(longest.target_at) == f"2026-06-12 {END}"
    second = rule.extensions[1]
    assert local(extension_to_be_asked_by(longest, second)) == f"2026-06-07 {END}"
    assert extension_to_be_asked_by(longest, rule.extensions[0]) is None


def test_a_matter_keeps_the_version_it_was_opened_under():
    for rule in rules():
        assert rule_version(rule.id, rule.version) == rule
    with pytest.raises(LookupError):
        rule_version("question.answer", "1999-01-01")
    with pytest.raises(LookupError):
        rule_in_force("question.never", date(2026, 11, 28))


def test_what_is_not_verified_is_off_and_others_duties_are_only_information():
    crime = {rule.id: rule for rule in rules_for("crime_tip", date(2026, 11, 28))}
    assert "crime.preliminary_verification" not in crime
    assert all(rule.is_informational for rule in crime.values() if rule.owner == "body")
    assert not applies(crime["crime.urgent_call"], {"seriousness": "serious"})
    assert applies(crime["crime.urgent_call"], {"seriousness": "very_serious"})


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(rules()),
    st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31)),
    st.integers(0, 60 * 24 * 40),
    st.sets(st.sampled_from(["unit.remote_area", "complex", "processor_involved", "several_places"])),
)
def test_no_clock_ends_before_it_starts_and_later_starts_end_no_earlier(rule, naive, later_min, true_facts):
    started = naive.replace(tzinfo=VIETNAM)
    facts = dict.fromkeys(true_facts, True)
    end = deadline(rule, started, facts=facts)
    assert started <= end.target_at <= end.due_at
    later = deadline(rule, datetime.fromtimestamp(started.timestamp() + later_min * 60, VIETNAM), facts=facts)
    assert later.due_at >= end.due_at
    assert later.target_at >= end.target_at
    assert deadline(rule, started, facts=facts) == end
