"""The portal in a real browser: no accessibility findings, no overflow, big targets, small and quiet pages."""

import re
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from binhyen.portal.flood import PER_SENDER
from binhyen.portal.limits import limiter
from binhyen.portal.tests.portal_pages import ALL, HOME, MORE, PRIVATE, QUESTION, TRACK, seed
from binhyen.portal.urls import urlpatterns

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NO_PAGES = {
    "lost_picture",
    "language",
    "form_pdf",
    "form_docx",
    "report_exit",
    "report_piece",
    "feed",
    "open_figures",
    "figures_dictionary",
    "kind_feed",
    "signing_key",
    "post_picture",
    "cap",
}
"""Addresses that answer with a file or nothing to look at."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PHONE, DESK, NARROW = (360, 740), (1440, 900), (320, 640)
SMALLEST_TARGET_PX = 44
TARGETS = """() => [...document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((part) => part.offsetParent && !part.matches('.skip-link'))
    .map((part) => [(part.matches('[type=radio], [type=checkbox]') && part.closest('label') || part)
        .getBoundingClientRect(), part.outerHTML.slice(0, 120)])
    .filter(([box]) => box.width < SIZE - 0.5 || box.height < SIZE - 0.5)
    .map(([box, html]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""
BROKEN = """<!doctype html><html><head><title></title><meta name="viewport" content="user-scalable=no"></head><body>
<div id="a"><img src="/static/portal/mark.svg"><input name="x"><button></button><a href="#"></a></div><div id="a"></div>
<h4>x</h4><p style="color:#ccc;background:#fff">pale</p><ul><p>x</p></ul><select></select>
<a href="/" style="font-size:8px">1</a><a href="/x" style="font-size:8px">2</a></body></html>"""


@pytest.fixture(scope="module")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """The system's Chromium. Its loop runs in this thread, which Django would take for asynchronous code."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def unit():
    return seed()


def opened(browser: Browser, live_server, size: tuple[int, int], **options) -> BrowserContext:
    context = browser.new_context(
        base_url=live_server.url, locale="vi-VN", viewport={"width": size[0], "height": size[1]}, **options
    )
    context.set_default_timeout(10_000)
    return context


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and what it complains about; a page of ours that is "not found" is no complaint."""
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type in ("error", "warning") else None)
    return page, errors


def check(page: Page) -> None:
    """axe, sideways overflow, target size."""
    found = Axe().run(page, options={"runOnly": TAGS})
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert not overflows(page), page.url
    assert page.evaluate(TARGETS.replace("SIZE", str(SMALLEST_TARGET_PX))) == [], page.url


def overflows(page: Page) -> bool:
    """Whether the page can be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def press(page: Page, button: str) -> None:
    """Press a button that sends a form, and see the page that answers: a look in between would meet no document."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def send_question(page: Page, text: str) -> None:
    page.goto(QUESTION)
    page.get_by_label("Câu hỏi", exact=True).fill(text)
    press(page, "Gửi")


def posted_states(page: Page) -> Iterator[str]:
    """Pages that only a sent form shows."""
    send_question(page, "Cho tôi hỏi giờ làm việc")
    yield "receipt"
    send_question(page, "Có người cầm dao chém nhau")
    yield "receipt with danger"
    send_question(page, " ")
    yield "error in the question"
    retry = page.get_by_role("button", name="Thử lại")
    for _ in range(2 * PER_SENDER.times):  # a window may end meanwhile
        send_question(page, "Gửi dồn dập")
        if retry.is_visible():
            break
    assert retry.is_visible()
    yield "queue"
    page.goto(TRACK)
    page.get_by_label("Mã 18 số").fill("482 719 063 351 774 200")
    press(page, "Xem")
    yield "wrong code"


def test_every_address_pattern_is_looked_at():
    assert {pattern.name for pattern in urlpatterns} - NO_PAGES == set(ALL)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_findings_on_any_page(browser, live_server, size, scheme):
    context = opened(browser, live_server, size, color_scheme=scheme)
    page, errors = watched(context)
    for path in (ALL | MORE).values():
        page.goto(path)
        check(page)
    for _ in posted_states(page):
        check(page)
    context.close()
    assert not [error for error in errors if not re.search(r"status of (404|422|429)", error)]


def test_the_harness_notices_a_broken_page(browser, live_server):
    context = opened(browser, live_server, PHONE)
    page = context.new_page()
    page.route("**/broken", lambda route: route.fulfill(body=BROKEN, content_type="text/html"))
    page.goto("/broken")
    found = Axe().run(page, options={"runOnly": TAGS})
    assert found.violations_count >= 9, found.generate_report()
    assert page.evaluate(TARGETS.replace("SIZE", str(SMALLEST_TARGET_PX)))
    page.evaluate(
        "document.body.innerHTML = '<div id=wide>x</div>'; document.querySelector('#wide').style.width = '900px'"
    )
    assert overflows(page)
    context.close()


def test_nothing_is_wider_than_320_px_even_with_large_text(browser, live_server):
    context = opened(browser, live_server, NARROW)
    page = context.new_page()
    for path in (ALL | MORE).values():
        page.goto(path)
        assert not overflows(page), path
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not overflows(page), f"{path} with text of 200 %"
    for state in posted_states(page):
        assert not overflows(page), state
    context.close()


def test_text_spacing_of_the_reader_loses_nothing(browser, live_server):
    """WCAG 1.4.12."""
    context = opened(browser, live_server, PHONE)
    page = context.new_page()
    for path in ALL.values():
        page.goto(path)
        page.evaluate("""for (const part of document.querySelectorAll('body *')) {
            part.style.lineHeight = '1.5'; part.style.letterSpacing = '.12em'; part.style.wordSpacing = '.16em'; }""")
        assert not overflows(page), path
        cut = page.evaluate("""[...document.querySelectorAll('main *, header *')].filter((part) =>
            getComputedStyle(part).overflow === 'hidden' && part.scrollHeight > part.clientHeight + 2
            && !part.matches('.visually-hidden')).length""")
        assert cut == 0, path
    context.close()


def test_first_load_is_small_and_stays_at_home(browser, live_server):
    for path in (ALL | MORE).values():
        context = opened(browser, live_server, PHONE)
        page = context.new_page()
        sizes: dict[str, int] = {}
        page.on("response", lambda response, sizes=sizes: sizes.update({response.url: len(response.body())}))
        page.goto(path, wait_until="networkidle")
        assert len(sizes) <= 5, sizes
        assert sum(sizes.values()) <= 60_000, sizes
        assert all(url.startswith(live_server.url) for url in sizes)
        assert page.evaluate("document.querySelectorAll('*').length") <= 600, path
        assert context.cookies() == []
        context.close()


def test_keyboard_alone_asks_a_question(browser, live_server):
    context = opened(browser, live_server, DESK)
    page = context.new_page()
    page.goto(HOME)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring == "solid", page.evaluate("document.activeElement.outerHTML")
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))
        if seen[-1] == "Hỏi cán bộ":
            break
    assert seen[-1] == "Hỏi cán bộ", seen
    page.keyboard.press("Enter")
    page.get_by_label("Câu hỏi", exact=True).focus()
    page.keyboard.type("Giờ làm việc thế nào?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#code").wait_for()
    context.close()


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no script"])
def test_question_receipt_and_wrong_code(browser, live_server, with_script):
    context = opened(browser, live_server, PHONE, java_script_enabled=with_script)
    page = context.new_page()
    page.goto(HOME)
    page.get_by_role("link", name="Hỏi cán bộ").click()
    press(page, "Gửi")
    assert page.title().startswith("Lỗi:")
    page.get_by_label("Câu hỏi", exact=True).fill("Tôi muốn hỏi tạm trú")
    press(page, "Gửi")
    code = page.locator("#code").inner_text().strip()
    assert re.fullmatch(r"(\d{3}\s+){5}\d{3}", code)
    page.reload()
    assert page.locator("#code").inner_text().strip() == code, "sending twice is one question"
    page.get_by_role("link", name="Xem trả lời").click()
    digits = re.sub(r"\s", "", code)
    page.get_by_label("Mã 18 số").fill(digits[:4] + str((int(digits[4]) + 1) % 10) + digits[5:])
    press(page, "Xem")
    assert "Mã chưa đúng" in page.inner_text("main")
    page.get_by_label("Mã 18 số").fill(code)
    press(page, "Xem")
    assert "Chưa thấy tin với mã này" in page.inner_text("main")
    assert digits not in page.url
    assert context.cookies() == []
    context.close()


def test_comforts_of_the_script(browser, live_server):
    context = opened(browser, live_server, PHONE, permissions=["clipboard-read", "clipboard-write"])
    page, errors = watched(context)
    page.goto(QUESTION)
    page.get_by_label("Câu hỏi", exact=True).fill("Xin chào")
    assert page.locator("[data-counter]").inner_text() == "8/2000"
    press(page, "Gửi")
    page.get_by_role("button", name="Chép mã").click()
    page.get_by_role("button", name="Đã chép").wait_for()
    assert re.fullmatch(r"(\d{3} ){5}\d{3}", page.evaluate("navigator.clipboard.readText()"))
    assert errors == []
    context.close()


@pytest.mark.parametrize("path", list(PRIVATE.values()))
def test_quick_exit_by_button_and_by_escape_leaves_no_way_back(browser, live_server, path):
    context = opened(browser, live_server, PHONE)
    page = context.new_page()
    # The wizard is left by way of the server, which forgets it and sends on to the weather: no redirect is caught.
    for address in ("https://nchmf.gov.vn/**", "**/g/thoat/"):
        page.route(address, lambda route: route.fulfill(body="<title>Thời tiết</title>"))
    for leave in (
        lambda: page.get_by_role("link", name="Thoát nhanh").click(),
        lambda: (page.keyboard.press("Escape"), page.keyboard.press("Escape")),
    ):
        page.goto(HOME)
        page.goto(path)
        leave()
        page.wait_for_url(re.compile(r"^https://nchmf\.gov\.vn/$|/g/thoat/$"))
        page.go_back()
        assert page.url.endswith(HOME), "the private page is not one step back"
    context.close()


def test_printed_procedure_is_readable(browser, live_server):
    context = opened(browser, live_server, DESK)
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(ALL["procedure"])
    assert not page.locator(".bar").is_visible()
    assert page.get_by_role("heading", name="Đăng ký tạm trú").is_visible()
    assert page.pdf().count(b"/Type /Page\n") <= 2
    limiter.forget()
    context.close()
