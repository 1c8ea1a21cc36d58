"""Many conversations in a real browser: every page accessible, selecting survives refreshes, palette and keys work."""

import pytest
from playwright.sync_api import expect

from binhyen.console.tests.factories import make_conversation, make_house, make_officer
from binhyen.core import clock
from binhyen.inbox.bulk.actions import carry_out
from binhyen.inbox.bulk.rules import BulkOrder
from binhyen.inbox.models import (
    BulkAct,
    BulkKind,
    CannedReply,
    Conversation,
    ConversationTopic,
    Macro,
    SavedFilter,
    Snooze,
    Topic,
)
from binhyen.units.models import Role
from binhyen.units.scope import scope_of
from tests.browser.test_console_inbox import browser, check, opened, watched

__all__ = ["browser"]  # a fixture of the inbox's own pages
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house():
    return make_house()


@pytest.fixture
def officer(house):
    return make_officer(house.unit, "may", Role.DUTY_OFFICER, Role.UNIT_ADMINISTRATOR)


def busy_day(house, officer) -> list[str]:
    """Addresses of every page about many conversations."""
    topic = Topic.objects.create(unit=house.unit, name="Chợ đêm")
    canned = CannedReply.objects.create(
        unit=house.unit,
        title="Cảm ơn",
        text="Cảm ơn {ai}",
        folded="cam on",
        approved_by=officer,
        approved_at=clock.now(),
    )
    drafted = CannedReply.objects.create(
        unit=house.unit, proposed_title="Mới", proposed_text="Chào {ai}", proposed_by=officer, proposed_at=clock.now()
    )
    macro = Macro.objects.create(
        unit=house.unit, name="Xong", topic=topic, canned=canned, assigns="me", closes=True, made_at=clock.now()
    )
    rows = [make_conversation(house.zalo, f"Câu {number}") for number in range(6)]
    ConversationTopic.objects.create(conversation=rows[0], topic=topic, labelled_at=clock.now())
    Snooze.objects.create(conversation=rows[5], until=clock.now().replace(year=2099), made_at=clock.now())
    SavedFilter.objects.create(
        unit=house.unit, officer=officer, name="Của tôi", query="view=unit&kind=procedure", created_at=clock.now()
    )
    carry_out(scope_of(officer), BulkOrder(BulkKind.MERGE, lead=rows[0]), rows[:2], officer)
    chosen = "&".join(f"c={row.public_id}" for row in rows[2:4])
    paths = ["?view=unit&kind=procedure&hours=4", "?view=snoozed", f"c/{rows[0].public_id}/", f"c/{rows[5].public_id}/"]
    paths += ["palette/", "replies/", f"replies/{canned.public_id}/", f"replies/{drafted.public_id}/"]
    paths += [f"bulk/?act={kind}&{chosen}" for kind in ("assign", "topic", "reply", "merge", "close")]
    paths += [f"bulk/?act=macro&macro={macro.public_id}&{chosen}", f"bulk/{BulkAct.objects.get().public_id}/"]
    other = ["sections/", "desk/question/", f"procedures/{house.unit.public_id}/helped/"]
    return [*paths, "exports/", "exports/new/?view=unit", "not-received/", "waiting/", *other]


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize(("size", "scheme"), [("phone", "light"), ("desk", "dark")])
def test_every_page_is_accessible(browser, live_server, house, officer, size: str, scheme: str, half: int):
    paths = busy_day(house, officer)[half::2]
    context = opened(browser, live_server, officer, size, scheme)
    page, errors = watched(context)
    for path in paths:
        page.goto(f"{live_server.url}/console/{path}")
        for part in page.locator("main details").all():
            part.evaluate("part => { part.open = true; }")
        check(page)
    assert errors == []
    context.close()


def test_by_keyboard_alone_two_are_selected_closed_and_brought_back(browser, live_server, house, officer):
    for number in range(3):
        make_conversation(house.zalo, f"Câu {number}")
    context = opened(browser, live_server, officer, "desk")
    page, errors = watched(context)
    page.goto(f"{live_server.url}/console/?view=unit")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#picked")).to_have_text("Đã chọn 2")
    page.evaluate("document.body.dispatchEvent(new CustomEvent('console:queue'))")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".pick:checked")).to_have_count(2)

    page.get_by_role("button", name="Kết thúc").click()
    page.get_by_role("button", name="Làm với 2 cuộc trò chuyện").click()
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_text("2 cuộc trò chuyện đã về như cũ").wait_for()
    assert Conversation.objects.filter(state="waiting").count() == 3
    assert errors == []
    context.close()


def test_the_palette_finds_and_the_keys_for_later_open(browser, live_server, house, officer):
    conversation = make_conversation(house.zalo, "Mất ví ở chợ Đông")
    context = opened(browser, live_server, officer, "desk")
    page, errors = watched(context)
    page.goto(f"{live_server.url}/console/?view=unit")
    page.keyboard.press("Control+k")
    page.locator("#palette-search").fill("mat vi")
    page.locator("#palette-lines").get_by_text("Mất ví ở chợ Đông").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/c/{conversation.public_id}/")
    page.locator("#messages").focus()
    page.keyboard.press("h")
    page.get_by_role("button", name="Sáng mai").click()
    page.wait_for_url("**/console/?**")
    assert Snooze.objects.get().conversation_id == conversation.pk
    assert errors == []
    context.close()


def test_two_officers_in_one_thread_see_each_other_and_neither_text_is_lost(browser, live_server, house, officer):
    conversation = make_conversation(house.web, "Mất ví ở chợ Đông")
    other = make_officer(house.unit, "hung", Role.DUTY_OFFICER)
    address = f"{live_server.url}/console/c/{conversation.public_id}/?view=unit"
    contexts = [opened(browser, live_server, each, "desk") for each in (officer, other)]
    (first, errors), (second, more) = (watched(context) for context in contexts)
    for page in (first, second):
        page.goto(address)
        page.locator("#reply-text").fill(f"Lời của {'Mây' if page is first else 'Hùng'}")
    expect(second.get_by_text("đang xem")).to_contain_text("May")
    first.keyboard.press("Control+Enter")
    first.locator("#messages").get_by_text("Lời của Mây").wait_for()
    second.keyboard.press("Control+Enter")
    expect(second.get_by_role("alert").first).to_be_visible()
    expect(second.locator("main")).to_contain_text("Lời của Mây")
    expect(second.locator("#reply-text")).to_have_value("Lời của Hùng")
    assert conversation.deliveries.count() == 1
    assert [one for one in errors + more if "422" not in one] == []
    for context in contexts:
        context.close()
