"""G57, from the outside: who reported and who works it read the same end of a clock and how it was counted."""

import html
from datetime import date, datetime, timedelta

import pytest

from binhyen.cases import actions
from binhyen.cases.models import Case, CaseClock
from binhyen.console.tests.factories import make_officer, sign_in
from binhyen.core import clock
from binhyen.core.clock import VIETNAM
from binhyen.portal.tests.portal_pages import seed, values_of
from binhyen.portal.tests.report_pages import report_behind, send_report
from binhyen.units.calendars import forget_calendars
from binhyen.units.models import CalendarDay
from binhyen.units.scope import scope_of
from binhyen.vault.tests.light_hashes import hash_lightly

pytestmark = pytest.mark.django_db
FRIDAY_NIGHT = datetime(2026, 11, 27, 23, 59, tzinfo=VIETNAM)


@pytest.fixture
def unit(monkeypatch):
    hash_lightly(monkeypatch)
    forget_calendars()
    yield seed(units_only=True)
    forget_calendars()


def both_pages(client, unit, **report) -> tuple[Case, str, str]:
    """A report on Friday night, its page behind the code, and the page of the officer."""
    with clock.at(FRIDAY_NIGHT):
        code = send_report(client, **report)
    case = Case.objects.get()
    with clock.at(FRIDAY_NIGHT + timedelta(minutes=2)):
        told = report_behind(client, code)
        shown = sign_in(make_officer(unit, "may")).get(f"/console/cases/{case.public_id}/").content.decode()
    return case, html.unescape(told), html.unescape(shown)


@pytest.mark.parametrize(
    ("is_remote", "length", "end"), [(False, "24 giờ", "23:59 28/11/2026"), (True, "48 giờ", "23:59 29/11/2026")]
)
def test_remote_areas_have_the_longer_time_of_the_law_and_it_is_said(client, unit, is_remote, length, end):
    unit.is_remote_area = is_remote
    unit.save()

    for page in both_pages(client, unit)[1:]:
        assert end in page
        assert "Tính từ lúc nhận tin: 23:59 thứ Sáu 27/11/2026." in page
        assert f"Thời hạn {length}, tính liên tục cả đêm và ngày nghỉ." in page
        assert "Quy tắc crime.transfer, bản " in page


def test_the_page_for_slow_lines_counts_as_the_six_small_ones(client, unit):
    unit.is_remote_area = True
    unit.save()
    with clock.at(FRIDAY_NIGHT):
        html = client.get("/thach-ha/g/nhanh/").content.decode()
        hidden = {name: values_of(html, name) for name in ("draft", "sheet")}
        told = {"topic": "crime", "text": "Đánh bạc sau chợ", "way": "anonymous"}
        assert client.post("/thach-ha/g/nhanh/", {**hidden, **told}).status_code == 200
    row = CaseClock.objects.get(rule_id="crime.transfer")
    assert row.due_at == FRIDAY_NIGHT + timedelta(hours=48)


def test_a_closed_day_of_the_unit_moves_the_end_and_is_named_to_both(client, unit):
    CalendarDay.objects.create(unit=unit, day=date(2026, 11, 30), is_working_day=False, note="nghỉ tránh bão")

    for page in both_pages(client, unit, topic="nuisance")[1:]:
        assert "30/11 (nghỉ tránh bão)" in page
        assert "Quy tắc feedback.answer, bản " in page
        assert "14/12/2026" in page


def test_an_end_that_was_moved_later_says_so_to_both(client, unit):
    case, _, _ = both_pages(client, unit, topic="nuisance")
    officer = make_officer(unit, "lan")
    row = CaseClock.objects.get(case=case, rule_id="feedback.answer")
    with clock.at(FRIDAY_NIGHT + timedelta(hours=1)):
        actions.move_clock(scope_of(officer), case, row, row.due_at + timedelta(days=3), "Chờ kết quả đo tiếng ồn")
        row.refresh_from_db()
        why = f"Hạn hiện nay: {row.due_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}."
        assert why in sign_in(officer).get(f"/console/cases/{case.public_id}/").content.decode()
        CalendarDay.objects.create(unit=unit, day=date(2026, 11, 30), is_working_day=False, note="nghỉ")
        forget_calendars()
        assert "hạn đã ghi vẫn giữ" in sign_in(officer).get(f"/console/cases/{case.public_id}/").content.decode()
