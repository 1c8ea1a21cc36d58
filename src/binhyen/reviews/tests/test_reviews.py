"""A review writes itself, is changed, closed and kept; tasks come back; nobody is named."""

from datetime import date, timedelta

import pytest

from binhyen.audit.models import AuditRow
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox.tests.factories import make_officer
from binhyen.reviews import actions, queries
from binhyen.reviews.actions import TaskEntry
from binhyen.reviews.figures import figures_for, live_figures
from binhyen.reviews.models import ReviewVersion
from binhyen.reviews.report import report_of
from binhyen.reviews.rules import AGENDA, lines_of, title_of
from binhyen.reviews.tests.factories import QUARTER, leader, make_commune
from binhyen.statistics.models import MonthFigures
from binhyen.statistics.periods import Grain, period_around, span_of
from binhyen.units.models import Role, Unit
from binhyen.units.scope import scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return make_commune()


@pytest.fixture
def scope(unit: Unit):
    return leader(unit)


def test_figures_stand_beside_the_change_from_the_own_period_before(unit, scope):
    figures = figures_for(scope, actions.start_review(scope, unit, QUARTER))
    assert (figures["messages_in"].value, figures["messages_in"].change) == ("180", "tăng 90")
    assert (figures["reports_received"].value, figures["reports_received"].change) == ("60", "không đổi")
    assert figures["coverage"].value == "70,8%"
    assert figures["kept_share"].value == "80%"


def test_the_first_words_follow_the_figures_and_the_agenda_is_the_four_lessons(unit, scope):
    review = actions.start_review(scope, unit, QUARTER)
    assert lines_of(review.texts["agenda"]) == list(AGENDA)
    assert "30 thời hạn bị quá." in review.texts["late"]
    assert review.texts["signer_title"] == "TRƯỞNG CÔNG AN XÃ"
    assert "Chi-Huy" in review.texts["attendance"]
    report = report_of(review, figures_for(scope, review), [], [])
    told = " ".join(report.sections[1].paragraphs)
    assert "180 tin nhắn của người dân (tăng 90 so với kỳ trước)" in told
    assert "12 nhóm Zalo với người dân" in told
    assert "Lượt quét mã QR" in " ".join(report.sections[1].notes), "what is zero is said, not dropped"


def test_a_period_has_one_review(unit, scope):
    first = actions.start_review(scope, unit, QUARTER)
    assert actions.start_review(scope, unit, QUARTER) == first
    assert ReviewVersion.objects.count() == 1


def test_every_version_is_kept_and_nobody_overwrites_unseen_words(unit, scope):
    review = actions.start_review(scope, unit, QUARTER)
    actions.change_texts(scope, review, {"lessons": "Trả lời sớm"}, seen_version=1)
    with pytest.raises(NotPossible, match="review_changed"):
        actions.change_texts(scope, review, {"lessons": "Khác"}, seen_version=1)
    actions.change_texts(scope, review, {"lessons": "Trả lời sớm hơn"}, seen_version=2)
    kept = [row.texts["lessons"] for row in queries.versions_of(review)]
    assert kept == ["Trả lời sớm hơn", "Trả lời sớm", ""]


def test_a_closed_review_keeps_its_figures_and_lets_words_be_corrected(unit, scope):
    review = actions.start_review(scope, unit, QUARTER)
    actions.close_review(scope, review, has_looked=False)
    MonthFigures.objects.filter(unit=unit, month=date(2026, 9, 1)).update(counts={"messages_in": 999})
    review = queries.access_review(scope, review.public_id)
    assert figures_for(scope, review)["messages_in"].value == "180"
    assert len(figures_for(scope, review).charts) == 2
    actions.change_texts(scope, review, {"well": "Nhóm hoạt động đều"}, seen_version=1)
    review.refresh_from_db()
    assert review.texts["well"] == "Nhóm hoạt động đều"
    for refused in (
        lambda: actions.close_review(scope, review, True),
        lambda: actions.write_again(scope, review),
    ):
        with pytest.raises(NotPossible, match="review_closed"):
            refused()


def test_a_period_that_is_not_over_cannot_be_closed(unit, scope):
    review = actions.start_review(scope, unit, period_around(clock.today(), Grain.QUARTER).span)
    with pytest.raises(NotPossible, match="review_not_over"):
        actions.close_review(scope, review, has_looked=True)


def test_words_that_name_somebody_hold_the_closing_until_somebody_looked(unit, scope):
    review = actions.start_review(scope, unit, QUARTER)
    actions.change_texts(scope, review, {"incidents": "Ông Nguyễn Văn Canh, 0912 345 678, mất xe"}, seen_version=1)
    with pytest.raises(NotPossible, match="review_names") as refused:
        actions.close_review(scope, review, has_looked=False)
    assert "0912 345 678" in str(refused.value.facts["words"])
    actions.close_review(scope, review, has_looked=True)


def test_tasks_come_back_open_or_done_until_the_review_after(unit, scope):
    first = actions.start_review(scope, unit, span_of("2026-Q2"))
    open_task, done = (
        actions.hand_out(scope, first, TaskEntry(what, "Trực ban", date(2026, 7, 10))) for what in ("Việc A", "Việc B")
    )
    actions.mark_task(scope, done, True, "đủ 12 nhóm")
    second = actions.start_review(scope, unit, QUARTER)
    assert queries.tasks_back(second) == [open_task, done]
    assert "1 việc giao kỳ trước đã quá hạn." in second.texts["late"]
    shown = report_of(second, figures_for(scope, second), queries.tasks_back(second), [])
    rows = next(part for part in shown.sections if part.title == "VIỆC GIAO KỲ TRƯỚC").grids[0].rows
    assert [row[-1] for row in rows] == ["Quá hạn, chưa xong", f"Xong {done.done_on:%d/%m/%Y}: đủ 12 nhóm"]
    done.done_on = QUARTER.last_day
    done.save()
    third = actions.start_review(scope, unit, span_of("2026-Q4"))
    assert queries.tasks_back(third) == [open_task], "done before the review in between: told there already"


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (TaskEntry(" ", "Trực ban", date(2026, 12, 1)), "task_what"),
        (TaskEntry("Việc", "", date(2026, 12, 1)), "task_owner"),
        (TaskEntry("Việc", "Trực ban", None), "task_day"),
        (TaskEntry("Việc", "Trực ban", date(2025, 12, 1)), "task_day"),
    ],
)
def test_a_task_needs_words_an_owner_and_a_day(unit, scope, entry, code):
    with pytest.raises(NotPossible, match=code):
        actions.hand_out(scope, actions.start_review(scope, unit, QUARTER), entry)


def test_a_week_quotes_the_last_whole_month_for_what_residents_did(unit, scope):
    week = span_of("2026-10-05..2026-10-11")
    assert title_of(week).startswith("Tuần 41/2026")
    figures = live_figures(scope, unit, week)
    assert (figures["messages_in"].value, figures["messages_in"].period) == ("60", "Tháng 9/2026")
    assert figures["posts"].period == ""


def test_officers_read_and_only_leaders_write(unit, scope):
    review = actions.start_review(scope, unit, QUARTER)
    officer = scope_of(make_officer(unit, "truc-ban", Role.DUTY_OFFICER))
    assert queries.reviews_for(officer, unit) == [review]
    for act in (
        lambda: actions.start_review(officer, unit, QUARTER),
        lambda: actions.change_texts(officer, review, {}, 1),
        lambda: actions.close_review(officer, review, True),
        lambda: actions.hand_out(officer, review, TaskEntry("Việc", "Ai", QUARTER.last_day)),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_every_change_is_a_row_in_the_record(unit, scope):
    review = actions.start_review(scope, unit, QUARTER)
    task = actions.hand_out(scope, review, TaskEntry("Việc", "Ai", QUARTER.last_day))
    actions.mark_task(scope, task, True)
    actions.close_review(scope, review, True)
    acts = list(AuditRow.objects.filter(subject=review.public_id).order_by("sequence").values_list("action", flat=True))
    assert acts == ["review.started", "review.task_set", "review.task_done", "review.closed"]


def test_days_after_the_quarter_change_nothing_in_it(unit, scope):
    review = actions.start_review(scope, unit, QUARTER)
    assert review.ends_on + timedelta(days=1) == QUARTER.end
