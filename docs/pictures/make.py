"""Make the pictures of the documents from a fresh demo: `.venv/bin/python docs/pictures/make.py`.

Needs the checking environment (./check makes it) and the system's Chromium. Everybody in the pictures is invented.
"""
# ruff: noqa: S101, S603, T201 - a tool for developers that starts our own command line

import argparse
import contextlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
HOA, Y_THUYEN, BINH = "7000000000000000011", "7000000000000000012", "7000000000000000013"
"""The three residents of the simulator's telephone."""
WITHIN_S = 60.0
PHONE = {"width": 390, "height": 780}
DESK = {"width": 1440, "height": 900}
HAMLETS = "Thôn Đông Tiến; thôn; 214; 820\nThôn Tây; thôn; nhiều\n; thôn; 5"
"""One good line and two that have to be mended."""
COLOURS = 96
"""Few enough for small files, enough for text with smooth edges."""


@contextlib.contextmanager
def running_demo(port: int) -> Iterator[dict[str, Any]]:
    """A demo with fresh data; gives the line it prints with --json."""
    with tempfile.TemporaryDirectory(prefix="binhyen-pictures-") as folder:
        command = [sys.executable, "-m", "binhyen.cli", "demo", "--json", "--port", str(port), "--data-dir", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
            try:
                assert demo.stdout is not None
                yield {**json.loads(demo.stdout.readline()), "folder": folder}
            finally:
                demo.terminate()
                demo.wait(30)


class Residents:
    """Writes as the invented residents and waits for what the page answers."""

    def __init__(self, simulator: str) -> None:
        self._http = httpx.Client(base_url=simulator, timeout=20)

    def _answers(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._http.get("/_sim/messages", params={"since": 0}).json()["messages"]
        return found

    def say(self, user_id: str, text: str) -> None:
        """The resident writes; returns once the page answered."""
        before = len(self._answers())
        self._http.post("/_sim/say", json={"user_id": user_id, "text": text}).raise_for_status()
        deadline = time.monotonic() + WITHIN_S
        while len(self._answers()) <= before:
            if time.monotonic() > deadline:
                raise SystemExit(f"No answer within {WITHIN_S:.0f} s to: {text}")
            time.sleep(0.2)


def keep(page: Page, name: str) -> None:
    """Take the picture of what a person sees at first and keep it small."""
    page.wait_for_load_state("networkidle" if "phone" in page.url else "load")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        HERE / f"{name}.png", optimize=True
    )
    print(f"{name}.png {(HERE / f'{name}.png').stat().st_size // 1000} kB")


def take_portal(browser: Browser, portal: str) -> None:
    """Two pages of the residents' portal on a telephone."""
    page = browser.new_context(viewport=PHONE, device_scale_factor=2, locale="vi-VN", is_mobile=True).new_page()
    page.goto(f"{portal}thach-ha/")
    keep(page, "portal-home")
    page.goto(f"{portal}thach-ha/thu-tuc/dang-ky-tam-tru/")
    keep(page, "portal-procedure")


def take_phone(browser: Browser, phone: str) -> None:
    """The chat of one resident."""
    page = browser.new_context(viewport=PHONE, device_scale_factor=2, locale="vi-VN").new_page()
    page.goto(f"{phone}?user={HOA}", wait_until="load")
    page.evaluate("document.activeElement.blur()")
    page.locator("#chat").evaluate("chat => { chat.scrollTop = 0 }")
    keep(page, "resident-phone")


def signed_in(browser: Browser, console: str) -> Page:
    """The console as the demo's officer."""
    page = browser.new_context(viewport=DESK, locale="vi-VN").new_page()
    page.goto(console)
    page.locator("form.demo-entry button.primary").click()
    page.wait_for_load_state()
    return page


def take_console(browser: Browser, console: str) -> None:
    """The inbox with one conversation open, light and dark."""
    page = signed_in(browser, console)
    page.goto(f"{console}?view=unit")
    page.locator("a.row").filter(has_text="cái ví").first.click()
    page.locator("#messages").wait_for()
    keep(page, "console-inbox")
    page.emulate_media(color_scheme="dark")
    keep(page, "console-inbox-dark")
    page.emulate_media(color_scheme="light")
    take_set_up_and_today(page, console)
    take_procedures(page, console)
    take_shift(page, console)
    take_many(page, console)


def take_set_up_and_today(page: Page, console: str) -> None:
    """The check list of a unit that sets itself up, two of its steps, and the first pages of a shift."""
    page.goto(f"{console}settings/")
    page.get_by_role("link", name="Thiết lập đơn vị").last.click()
    keep(page, "set-up")
    guide = page.url
    page.goto(f"{guide}areas/")
    page.locator("#lines").fill(HAMLETS)
    page.locator("button[value=add]").click()
    page.get_by_role("status").filter(has_text="Dòng").wait_for()
    keep(page, "set-up-hamlets")
    page.goto(f"{guide}hours/")
    keep(page, "set-up-hours")
    page.goto(f"{console}today/")
    choose_unit(page)
    keep(page, "today")
    page.locator("#note").evaluate("part => part.closest('section').scrollIntoView()")
    keep(page, "hand-over")
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("window.scrollTo(0, 0)")
    keep(page, "alert-phone")
    page.set_viewport_size(DESK)
    page.get_by_role("link", name="Lịch trực").click()
    page.locator("table.data").wait_for()
    keep(page, "roster")


def take_shift(page: Page, console: str) -> None:
    """A question taken by telephone, and the inbox on a telephone."""
    page.goto(f"{console}desk/question/")
    page.locator("#text").fill("Gia hạn tạm trú cần giấy tờ gì?")
    page.locator("#unit").select_option(label="Công an xã Thạch Hà")
    page.get_by_role("button", name="Tìm câu trả lời").click()
    page.locator(".spoken-code").wait_for()
    keep(page, "spoken-question")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{console}?view=unit")
    keep(page, "inbox-phone")
    page.locator("a.row").filter(has_text="cái ví").first.click()
    page.locator("#messages").wait_for()
    keep(page, "thread-phone")
    page.set_viewport_size(DESK)


def take_many(page: Page, console: str) -> None:
    """One answer to several, as each of them will read it."""
    unit = unit_of(page, console)
    page.goto(f"{console}?view=unit&unit={unit}")
    rows = page.locator("a.row").evaluate_all("rows => rows.map((row) => row.pathname.split('/').slice(-2)[0])")
    chosen = "&".join(f"c={row}" for row in rows[-3:])
    page.goto(f"{console}bulk/?view=unit&unit={unit}&act=reply&{chosen}")
    page.locator("#bulk-text").fill("{Ai} mang căn cước tới {cq} ({dia_chi}), giờ {gio}. Cần hỏi thêm: {so_truc}.")
    page.locator("form.card button[name=step]").last.click()
    page.locator("table.data").wait_for()
    page.locator("#bulk-text").evaluate("part => part.scrollIntoView()")
    keep(page, "many-replies")


def unit_of(page: Page, console: str) -> str:
    """Public id of the unit with the most to show."""
    page.goto(f"{console}today/")
    return str(page.locator("#unit option").filter(has_text="Công an xã Thạch Hà").get_attribute("value"))


def load_nation(folder: str) -> None:
    """An invented province's and nation's figures beside the demo."""
    environment = {**os.environ, "BINHYEN_MODE": "demo", "BINHYEN_DATA_DIR": folder}
    command = [sys.executable, "-m", "binhyen.cli", "load-nation", "--communes", "680", "--years", "1"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def take_figures(page: Page, console: str) -> None:
    """One province as dots, a commune's hamlets as tiles; no map of a nation out of a part of its communes."""
    page.goto(f"{console}figures/?q=ca+nuoc")
    page.locator(".found-units a").first.click()
    month = page.locator("nav.choices a").nth(1)
    month.click()
    for name in ("", "figures-province", "figures-commune"):
        page.locator(".dot-map, .tiles, svg").first.wait_for()
        page.locator("h2").filter(has_text=re.compile("trên bản đồ|^Thôn")).first.evaluate(
            "part => part.scrollIntoView()"
        )
        if name:
            keep(page, name)
        if name != "figures-commune":
            page.locator("table.below th[scope=row] a").nth(4).click()
            page.wait_for_load_state()


def choose_unit(page: Page) -> None:
    """The unit with the most to show."""
    page.locator("#unit").select_option(label="Công an xã Thạch Hà")
    page.get_by_role("button", name="Xem", exact=True).first.click()
    page.wait_for_load_state()


def take_procedures(page: Page, console: str) -> None:
    """The unit's procedures, the editor, the message it makes, and what waits for approval."""
    page.goto(f"{console}procedures/")
    choose_unit(page)
    keep(page, "procedures")
    overview = page.url
    page.locator("a.row").filter(has_text="hông báo lưu trú").first.click()
    page.locator("#place_vi").wait_for()
    keep(page, "procedure-editor")
    page.get_by_role("link", name="Xem như người dân").click()
    keep(page, "procedure-preview")
    page.goto(overview)
    page.locator("a.row").filter(has_text="hông báo lưu trú").first.click()
    page.get_by_role("link", name="Ngày trước và các bản").click()
    keep(page, "procedure-on-a-day")
    take_check_of_questions(page, overview)
    page.goto(overview)
    page.get_by_role("link", name="Xem và quyết định").click()
    keep(page, "procedure-approval")


def take_check_of_questions(page: Page, overview: str) -> None:
    """A draft that changes an answer, and which of the latest questions it changes."""
    page.goto(overview)
    page.locator("a.row").filter(has_text="Đăng ký tạm trú").first.click()
    page.locator("#unit_note_vi").fill("Tối thứ Năm nhận thêm ở nhà văn hóa thôn Đông Tiến, 19 giờ đến 20 giờ 30.")
    page.get_by_role("button", name="Lưu và xem").click()
    page.get_by_role("button", name="Thử với 200 câu hỏi gần nhất").click()
    result = page.get_by_role("status").filter(has_text="trả lời khác").first
    result.wait_for()
    result.evaluate("part => part.parentElement.scrollIntoView()")
    keep(page, "procedure-questions")


def main() -> None:
    """Write as residents, then take every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8300)
    port: int = parser.parse_args().port
    with running_demo(port) as demo, sync_playwright() as playwright:
        residents = Residents(demo["simulator"])
        residents.say(BINH, "Cho tôi hỏi số điện thoại cán bộ phụ trách thôn Đông Tiến")
        residents.say(BINH, "Tôi nhặt được cái ví ở chợ, có giấy tờ, giao lại cho ai?")
        residents.say(Y_THUYEN, "co trom dang pha cua nha toi")
        residents.say(HOA, "chao cong an xa, dang ky tam tru can giay to gi a")
        residents.say(HOA, "thế lệ phí bao nhiêu?")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        take_portal(browser, demo["portal"])
        take_phone(browser, demo["phone"])
        take_console(browser, demo["console"])
        load_nation(demo["folder"])
        take_figures(signed_in(browser, demo["console"]), demo["console"])
        browser.close()


if __name__ == "__main__":
    main()
