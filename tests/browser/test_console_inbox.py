"""The console in a real browser: no accessibility findings, no console errors, live reply, keys, drafts."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright

from binhyen.console.tests.factories import House, make_conversation, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.inbox.models import Delivery, Draft, DutyAlert, Message
from binhyen.units.invitations import new_invitation
from binhyen.units.models import Officer, Role, Shift
from tests.browser.console_pages import SECTIONS

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1440, "height": 900}}


@pytest.fixture(scope="module")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """The system's Chromium. Its loop runs in this thread, which Django would take for asynchronous code."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def officer(house: House) -> Officer:
    return make_officer(house.unit, "may", Role.DUTY_OFFICER, Role.UNIT_ADMINISTRATOR)


def opened(browser: Browser, live_server, officer: Officer | None, size: str, scheme: str = "light") -> BrowserContext:
    """A browser window, signed in when an officer is given."""
    context = browser.new_context(locale="vi-VN", viewport=SIZES[size], color_scheme=scheme)
    context.set_default_timeout(30_000)
    if officer is not None:
        key = sign_in(officer).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    return context


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page and the errors it reports; the stream of live events is not served by the test server."""
    page, errors = context.new_page(), []
    page.route("**/console/events", lambda route: route.fulfill(status=204))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    return page, errors


def check(page: Page) -> None:
    """axe, sideways overflow and small targets."""
    found = Axe().run(page, options={"runOnly": TAGS})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    small = page.evaluate(
        """[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
        .filter((part) => part.offsetParent && !part.matches('.skip-link, p a'))
        .filter((part) => { const box = part.getBoundingClientRect(); return box.width < 24 || box.height < 24; })
        .map((part) => part.outerHTML.slice(0, 120))"""
    )
    assert small == []


@pytest.mark.parametrize("section", list(SECTIONS))
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_every_page_is_accessible(browser, live_server, house, officer, size: str, scheme: str, section: str):
    paths = SECTIONS[section](house, officer)
    context = opened(browser, live_server, officer, size, scheme)
    page, errors = watched(context)
    for path in paths:
        page.goto(f"{live_server.url}/console/{path}")
        check(page)
    assert errors == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_the_doors_are_accessible(browser, live_server, house, size: str, scheme: str):
    context = opened(browser, live_server, None, size, scheme)
    page, errors = watched(context)
    for path in ("/console/sign-in/", new_invitation(make_officer(house.unit, "moi", with_code=False))):
        page.goto(f"{live_server.url}{path}")
        check(page)
    assert errors == []
    context.close()


def test_signing_in_with_password_and_code(browser, live_server, officer):
    from binhyen.console.tests.factories import PASSWORD, code_now

    context = opened(browser, live_server, None, "phone")
    page, errors = watched(context)
    page.goto(f"{live_server.url}/console/")
    page.get_by_label("Tên đăng nhập").fill("may")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Mã 6 số").fill(code_now())
    page.get_by_role("button", name="Mở bảng làm việc").click()

    page.get_by_role("navigation", name="Các mục").wait_for()
    assert errors == []
    context.close()


def test_a_passkey_made_from_the_invitation_opens_the_console_again(browser, live_server, house):
    officer = make_officer(house.unit, "moi", with_code=False)
    address = live_server.url.replace("127.0.0.1", "localhost")
    context = opened(browser, live_server, None, "desk")
    page, _ = watched(context)
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    page.goto(address + new_invitation(officer))
    page.get_by_role("button", name="Tạo khóa bảo mật").click()
    page.get_by_role("link", name="Đã cất mã. Mở hộp thư").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("button", name="Dùng khóa bảo mật hoặc vân tay").click()

    page.get_by_role("navigation", name="Các mục").wait_for()
    assert officer.full_name in page.locator(".rail-officer").inner_text()
    context.close()


def test_keys_drafts_and_ctrl_enter(browser, live_server, house, officer):
    first, second = make_conversation(house.zalo, "Câu một"), make_conversation(house.zalo, "Câu hai")
    context = opened(browser, live_server, officer, "desk")
    page, errors = watched(context)
    page.goto(f"{live_server.url}/console/?view=unit")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/c/{second.public_id}/**")
    page.locator("#messages").focus()
    page.keyboard.press("r")
    with page.expect_response("**/draft/"):
        page.keyboard.type("Chào chị, ")
    assert Draft.objects.get().text.startswith("Chào chị,")

    page.keyboard.press("Escape")
    page.keyboard.press("n")
    with page.expect_response(lambda answer: "is_note=yes" in (answer.request.post_data or "")):
        page.keyboard.type("gọi lại")
    page.reload()
    assert page.locator("#reply-text").input_value() == "Chào chị, "
    assert page.locator("#note-text").input_value() == "gọi lại"

    page.locator("#reply-text").focus()
    page.keyboard.press("End")
    page.keyboard.type("mời chị tới trụ sở")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Chờ gửi").wait_for()
    assert Delivery.objects.get().message.text == "Chào chị, mời chị tới trụ sở"
    assert first.messages.count() == 1
    assert errors == []
    context.close()


def test_a_slash_offers_answers_and_never_loses_what_was_typed(browser, live_server, house, officer):
    conversation = make_conversation(house.zalo)
    context = opened(browser, live_server, officer, "desk")
    page, errors = watched(context)
    page.goto(f"{live_server.url}/console/c/{conversation.public_id}/")
    page.locator("#reply-text").focus()
    page.keyboard.type("Chào chị.\n/")
    page.locator("#answer-search").fill("gia han tam tru")
    page.locator("#answer-rows").get_by_text("Gia hạn tạm trú").first.click()

    expect(page.locator("#reply-text")).to_have_value(re.compile(r"^Chào chị\.\n\nGia hạn tạm trú"))
    assert errors == []
    context.close()


def is_poll(response: Response) -> bool:
    return "hx-request" in response.request.headers


def test_a_new_message_appears_by_polling_without_moving_the_half_typed_reply(browser, live_server, house, officer):
    conversation = make_conversation(house.zalo)
    context = opened(browser, live_server, officer, "desk")
    page, errors = watched(context)
    page.clock.install()
    page.goto(f"{live_server.url}/console/c/{conversation.public_id}/?view=unit")
    page.locator("#reply-text").fill("đang gõ dở")
    with page.expect_response(is_poll):  # the next look is due only once this one is answered
        page.clock.run_for(21_000)
    make_conversation(house.zalo, "Tin thứ hai mới tới")
    with page.expect_response(is_poll):
        page.clock.run_for(21_000)

    page.locator(".row", has_text="Tin thứ hai mới tới").wait_for()
    assert page.locator("#reply-text").input_value() == "đang gõ dở"
    assert page.evaluate("document.activeElement.id") == "reply-text"
    assert errors == []
    context.close()


def test_what_came_while_the_stream_was_away_is_shown_once_it_is_back(browser, live_server, house, officer):
    context = opened(browser, live_server, officer, "desk")
    page, is_away = context.new_page(), True
    stream = {"content_type": "text/event-stream", "body": "retry: 60000\n\n"}
    page.route("**/console/events", lambda route: route.abort() if is_away else route.fulfill(**stream))
    with page.expect_response("**/console/pulse/"):
        page.goto(f"{live_server.url}/console/?view=unit")
    make_conversation(house.zalo, "Tin tới lúc mất luồng")
    is_away = False

    row = page.locator(".row", has_text="Tin tới lúc mất luồng")
    expect(row).to_be_visible(timeout=18_000)  # the next poll is due after 20 s
    context.close()


def test_a_conversation_keeps_its_place_on_a_small_screen_while_alarms_ring(browser, live_server, house, officer):
    conversation = make_conversation(house.zalo, "Hỏi tạm trú")
    for _ in range(5):
        DutyAlert.objects.create(unit=house.unit, created_at=clock.now())
    context = opened(browser, live_server, officer, "desk")
    page, _ = watched(context)
    page.set_viewport_size({"width": 1200, "height": 800})
    page.goto(f"{live_server.url}/console/c/{conversation.public_id}/")
    boxes = {part: page.locator(part).bounding_box() for part in (".messages", ".composer", ".context-pane")}
    assert boxes[".messages"]["height"] >= 80
    assert boxes[".composer"]["y"] + boxes[".composer"]["height"] <= boxes[".context-pane"]["y"]
    assert boxes[".composer"]["y"] + boxes[".composer"]["height"] <= 800
    context.close()


def test_on_a_phone_the_list_leads_to_the_thread_and_back(browser, live_server, house, officer):
    make_conversation(house.zalo, "Hỏi tạm trú")
    now = clock.now()
    Shift.objects.create(unit=house.unit, starts_at=now, ends_at=now + timedelta(hours=8), officer=officer)
    for _ in range(5):
        DutyAlert.objects.create(unit=house.unit, created_at=now)
    context = opened(browser, live_server, officer, "phone")
    page, _ = watched(context)
    page.goto(f"{live_server.url}/console/?view=unit")
    expect(page.locator(".rail-duty")).to_contain_text("Đ/c May")
    expect(page.get_by_role("button", name="Tôi nhận")).to_have_count(3)
    page.get_by_text("Còn 2 lời báo đang reo").click()
    expect(page.get_by_role("button", name="Tôi nhận")).to_have_count(5)
    page.locator(".row").first.click()
    expect(page.locator("#reply-text")).to_be_visible()
    expect(page.locator(".rail-duty")).to_be_visible()
    expect(page.locator(".queue-pane")).to_be_hidden()
    page.get_by_role("link", name="Hộp thư").first.click()
    expect(page.locator(".row").first).to_be_visible()
    context.close()


def test_one_message_is_answered_with_a_thumb(browser, live_server, house, officer):
    conversation = make_conversation(house.zalo, "Hỏi tạm trú")
    Message.objects.update(external_id="a1")
    context = browser.new_context(locale="vi-VN", viewport=SIZES["phone"], has_touch=True, is_mobile=True)
    key = sign_in(officer).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page, errors = watched(context)
    page.goto(f"{live_server.url}/console/c/{conversation.public_id}/")
    page.locator("#reply-text").fill("Viết dở")
    answer = page.get_by_role("button", name="Trả lời tin này")
    assert answer.bounding_box()["height"] >= 44
    answer.tap()
    line = page.locator(".quoting")
    expect(line).to_contain_text("Trả lời: “Hỏi tạm trú”")
    expect(page.locator("#reply-text")).to_have_value("Viết dở")
    leave_out = line.get_by_role("button", name="Bỏ")
    assert min(leave_out.bounding_box()["height"], leave_out.bounding_box()["width"]) >= 44
    check(page)
    page.get_by_role("button", name="Gửi").tap()
    expect(page.locator(".bubble.out .quoted")).to_have_text("Trả lời: “Hỏi tạm trú”")
    assert errors == []
    context.close()
