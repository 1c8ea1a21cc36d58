"""The console with scripts off, on the narrowest screen and with large letters."""

import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from binhyen.console.tests.factories import (
    PASSWORD,
    House,
    code_now,
    make_conversation,
    make_delivery,
    make_house,
    make_officer,
    sign_in,
)
from binhyen.core import clock
from binhyen.inbox.models import Conversation, Delivery, DutyAlert, Message
from binhyen.units.invitations import new_invitation
from binhyen.units.models import Officer, Role
from tests.browser.test_console_inbox import browser

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def officer(house: House) -> Officer:
    return make_officer(house.unit, "may", Role.DUTY_OFFICER, Role.UNIT_ADMINISTRATOR)


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A telephone that runs no script."""
    context = browser.new_context(java_script_enabled=False, locale="vi-VN", viewport={"width": 360, "height": 740})
    context.set_default_timeout(10_000)
    yield context
    context.close()


def sign_in_by_hand(page: Page, address: str, officer: Officer) -> None:
    page.goto(f"{address}/console/")
    page.get_by_label("Tên đăng nhập").fill(officer.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Mã 6 số").fill(code_now())
    page.get_by_role("button", name="Mở bảng làm việc").click()


def test_a_conversation_from_sign_in_to_the_end_without_script(plain, live_server, house, officer):
    conversation = make_conversation(house.zalo, "Đăng ký tạm trú cần gì?")
    page = plain.new_page()
    sign_in_by_hand(page, live_server.url, officer)
    page.locator(".row").first.click()
    assert page.locator(".bubble", has_text="Đăng ký tạm trú cần gì?").is_visible()

    page.get_by_label("Trả lời", exact=True).fill("Chào chị, ")
    page.get_by_role("button", name="Ghi chú").click()
    page.get_by_label("Ghi chú nội bộ").fill("đã gọi điện")
    page.get_by_role("button", name="Lưu ghi chú").click()
    page.get_by_role("button", name="Trả lời").click()
    assert page.get_by_label("Trả lời", exact=True).input_value() == "Chào chị, "
    page.get_by_label("Trả lời", exact=True).fill("Chào chị, mời chị ra trụ sở.")
    page.get_by_role("button", name="Gửi", exact=False).first.click()
    page.get_by_role("button", name="Kết thúc").click()

    assert Delivery.objects.get().message.text == "Chào chị, mời chị ra trụ sở."
    assert Message.objects.get(direction="note").text == "đã gọi điện"
    conversation.refresh_from_db()
    assert (conversation.state, conversation.assigned_to) == ("closed", officer)
    page.get_by_role("button", name="Đăng xuất").click()
    assert page.get_by_label("Tên đăng nhập").is_visible()


def test_the_desk_from_paste_to_tick_without_script(plain, live_server, house, officer):
    plain.set_default_timeout(60_000)  # the first message of a process loads the language model
    page = plain.new_page()
    sign_in_by_hand(page, live_server.url, officer)
    page.get_by_role("link", name="Thêm").click()
    page.get_by_role("main").get_by_role("link", name="Bàn dán tin").click()
    page.get_by_label("Tin của người dân").fill("đăng ký tạm trú cần giấy tờ gì")
    page.get_by_role("button", name="Tìm câu trả lời").click()
    assert page.get_by_role("heading", name="Câu trả lời gợi ý").is_visible()
    page.get_by_role("button", name="Đã trả lời").click()

    assert page.get_by_role("status").get_by_text("được trả lời").is_visible()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert Conversation.objects.get().state == "answered"


@pytest.mark.parametrize(("width", "letters"), [(320, "100%"), (720, "200%"), (360, "200%")])
def test_nothing_scrolls_sideways(browser, live_server, house, officer, width: int, letters: str):
    conversation = make_conversation(house.zalo, "Cótrộm" * 60, urgency=2, kind="emergency")
    DutyAlert.objects.create(unit=house.unit, conversation=conversation, created_at=clock.now())
    make_delivery(conversation, "unknown")
    pasted = make_conversation(house.manual)
    make_delivery(pasted, "by_hand", "https://dichvucong.example.vn/" + "a" * 200)
    unit, thread = house.unit.public_id, conversation.public_id
    invited = make_officer(house.unit, "moi", with_code=False)
    context = browser.new_context(locale="vi-VN", viewport={"width": width, "height": 640})
    key = sign_in(officer).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page = context.new_page()
    page.route("**/console/events", lambda route: route.fulfill(status=204))
    paths = [
        "",
        f"c/{thread}/",
        f"c/{thread}/?tab=note",
        f"c/{thread}/answers/",
        "desk/",
        f"desk/?c={pasted.public_id}",
    ]
    paths += ["settings/", f"settings/{unit}/officers/", f"settings/{unit}/officers/{officer.public_id}/"]
    paths += [f"settings/{unit}/systems/", f"settings/{unit}/zalo/", f"stop/{unit}/", "sign-in/"]

    for path in [f"/console/{path}" for path in paths] + [new_invitation(invited)]:
        if "invitation" in path:
            context.clear_cookies()
        page.goto(f"{live_server.url}{path}")
        page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", letters)
        wide = page.evaluate(
            """[document.documentElement.scrollWidth - document.documentElement.clientWidth,
            [...document.querySelectorAll('body *')]
              .filter((part) => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
              .slice(0, 5).map((part) => part.outerHTML.slice(0, 100))]"""
        )
        assert wide[0] <= 0, (path, wide[1])
    context.close()


def test_a_telephone_reads_the_code_of_the_invitation(browser, live_server, house, tmp_path):
    invited = make_officer(house.unit, "moi", with_code=False)
    context = browser.new_context(locale="vi-VN", viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    page.goto(live_server.url + new_invitation(invited))
    secret = page.locator("section[aria-labelledby=code-title] .secret-key").inner_text().replace(" ", "")
    page.locator(".qr-box").screenshot(path=tmp_path / "qr.png")

    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", tmp_path / "qr.png"], check=True, capture_output=True, text=True
    )

    assert read.stdout.startswith("otpauth://totp/")
    assert f"secret={secret}" in read.stdout
    context.close()
