"""The resident's phone in a real browser: sending, tapping, pictures, accessibility, with script and without."""

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from binhyen.simulator.tests.driver import Driver, buttons

pytestmark = pytest.mark.browser
BUTTON = {"title": "Gặp cán bộ", "type": "oa.query.show", "payload": "#gap"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()


def open_phone(browser: Browser, sim: Driver, *, with_script: bool) -> Page:
    """The phone of cô Hoa, who has been answered with a button."""
    sim.say("Cho hỏi")
    sim.sign_in()
    sim.send(buttons(BUTTON, text="Chọn giúp em"))
    page = browser.new_context(java_script_enabled=with_script).new_page()
    page.goto(f"{sim.http.base_url}/phone")
    return page


def test_chat_with_script(browser: Browser, sim: Driver) -> None:
    page = open_phone(browser, sim, with_script=True)
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.get_by_role("button", name="Gặp cán bộ").click()
    expect(page.get_by_text("#gap")).to_be_visible()
    page.locator("#text").fill("cảm ơn <b>")
    page.keyboard.press("Enter")
    expect(page.get_by_text("cảm ơn <b>")).to_be_visible()
    sim.send({"text": "Dạ không có gì"})
    expect(page.get_by_text("Dạ không có gì")).to_be_visible()
    picture = sim.http.get("/media/ok/a.png").content
    page.set_input_files("input[type=file]", files=[{"name": "a.png", "mimeType": "image/png", "buffer": picture}])
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator(".bubble img")).to_have_count(1)
    assert sim.receiver.names == ["user_send_text"] * 3 + ["user_send_image"]
    assert troubles == []
    page.context.close()


def test_chat_without_script(browser: Browser, sim: Driver) -> None:
    page = open_phone(browser, sim, with_script=False)
    page.get_by_role("button", name="Gặp cán bộ").click()
    page.fill("#text", "không có script")
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_text("không có script")).to_be_visible()
    assert [event["message"]["text"] for event in sim.receiver.events] == ["Cho hỏi", "#gap", "không có script"]
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barriers_and_no_sideways_scrolling(browser: Browser, sim: Driver, scheme: str) -> None:
    page = open_phone(browser, sim, with_script=True)
    page.emulate_media(color_scheme=scheme)
    assert Axe().run(page).response["violations"] == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()
