"""G60: who calls or comes is taken in within a minute by keyboard alone, the code read aloud included."""

import re

import pytest
from playwright.sync_api import Page

from binhyen.cases.models import Case
from binhyen.cases.reports import readable_report
from binhyen.cases.tests.factories import make_station
from binhyen.console.tests.factories import make_conversation, make_officer
from binhyen.inbox.models import Conversation, Message
from binhyen.units.models import Area, Role
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.workflows.answering import understander
from tests.browser.operator_time import Operator, telex_keys
from tests.browser.test_console_inbox import browser, check, opened, watched

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LIMIT_S = 60
WELL_UNDER_S = 45
QUESTION = "Gia hạn tạm trú cần giấy tờ gì?"
REPORT = "Quán karaoke đầu ngõ hát to tới 23 giờ, nhắc rồi vẫn hát."


@pytest.fixture
def station(monkeypatch):
    hash_lightly(monkeypatch)
    station = make_station()
    Area.objects.create(unit=station.unit, name="Thôn Đông", household_count=120)
    return station


@pytest.fixture
def desk(browser, live_server, station):
    """The duty officer, at the inbox when the telephone rings; the server has answered somebody before."""
    understander()
    make_conversation(station.house.zalo)
    context = opened(browser, live_server, station.duty, "desk")
    page, errors = watched(context)
    page.goto(f"{live_server.url}/console/")
    yield Operator(page)
    assert [line for line in errors if "422" not in line] == []  # what a refused form is called by the browser
    context.close()


def go_to(desk: Operator, words: str, title: str) -> None:
    """From any page to an act, by the palette."""
    desk.think()
    desk.press("Control+K")
    desk.type(words)
    desk.wait(lambda: desk.page.locator("#palette-lines a").first.filter(has_text=title).wait_for())
    desk.press("Enter")
    desk.wait(lambda: desk.page.get_by_role("heading", level=1, name=title).wait_for())
    desk.wait(lambda: desk.page.locator("main [autofocus]:focus").wait_for())


def code_on(page: Page) -> str:
    return "".join(re.findall(r"\d{3}", page.locator(".spoken-code").inner_text()))


def check_time(desk: Operator) -> None:
    """Printed with -s: the figures of the guarantee."""
    print(f"{desk.keys} keys, {desk.thoughts} thoughts, entry {desk.entry_s:.1f} s, with code {desk.whole_s:.1f} s")  # noqa: T201
    assert desk.keys > 20
    assert desk.entry_s < WELL_UNDER_S
    assert desk.whole_s < LIMIT_S


def test_a_question_from_ringing_to_the_code_read_aloud(desk, station):
    go_to(desk, "cau hoi", "Nhận câu hỏi qua điện thoại, tại trụ sở")
    desk.think()
    desk.type(QUESTION)
    desk.press("Tab", "Enter")
    desk.wait(lambda: desk.page.get_by_text("Đọc cho người hỏi").wait_for())
    check(desk.page)
    desk.think()
    desk.read_aloud(code_on(desk.page))

    assert desk.digits == 18
    check_time(desk)
    assert Message.objects.filter(text=QUESTION, conversation__account__connector="web").count() == 1
    assert desk.page.evaluate("scrollY") == 0
    desk.press("Tab", "Enter")
    desk.page.locator("#text:focus").wait_for()
    assert desk.page.locator("#text").input_value() == ""


def test_a_report_from_ringing_to_the_code_read_aloud(desk, station):
    go_to(desk, "nhan tin qua", "Nhận tin qua điện thoại, tại trụ sở")
    desk.think()
    desk.type("5")
    desk.press("Tab")
    desk.think()
    desk.type(REPORT)
    desk.press("Control+Enter")
    desk.wait(lambda: desk.page.locator(".spoken-code").wait_for())
    check(desk.page)
    desk.think()
    desk.read_aloud(code_on(desk.page))

    assert desk.digits == 18
    check_time(desk)
    case = Case.objects.get()
    assert (case.kind, case.channel) == ("feedback", "phone")
    assert case.events.filter(officer=station.duty).exists()
    desk.press("Space", "Enter")
    desk.page.locator("#topic:focus").wait_for()


def test_every_box_of_a_report_is_reached_and_filled_by_keyboard(desk, station):
    make_officer(station.parent, "tinh", Role.COMMANDER)
    go_to(desk, "nhan tin qua", "Nhận tin qua điện thoại, tại trụ sở")
    desk.type("3")
    desk.press("Tab")
    desk.type("Xe lạ đỗ trước trường")
    desk.press("Tab", "Space", "Tab", "ArrowDown", "Tab")
    desk.type("Cổng sau")
    desk.press("Tab")
    desk.type("Sáng nay")
    desk.press("Tab", "ArrowDown", "Tab", "Enter")
    desk.page.locator(".spoken-code").wait_for()

    report = readable_report(Case.objects.get())
    assert (report.text, report.area, report.place) == ("Xe lạ đỗ trước trường", "Thôn Đông", "Cổng sau")
    assert (Case.objects.get().channel, Case.objects.get().goes_up) == ("counter", True)


def test_what_is_missing_is_said_and_nothing_typed_is_lost(desk):
    go_to(desk, "nhan tin qua", "Nhận tin qua điện thoại, tại trụ sở")
    desk.press("Tab")
    desk.type("Xe lạ đỗ trước trường")
    desk.press("Control+Enter")
    desk.page.get_by_role("alert").first.wait_for()

    assert desk.page.locator("#text").input_value() == "Xe lạ đỗ trước trường"
    assert Case.objects.count() == Conversation.objects.filter(account__connector="web").count() == 0


def test_letters_count_as_the_keys_of_telex():
    assert telex_keys("Đường") == len("Ddduwowngf")
    assert telex_keys("hỏi") == len("hoir")
    assert telex_keys("23 giờ") == len("23 giowf")
