"""A unit sets itself up on a telephone, from the first step to the opening, with a spoilt list of hamlets (issue A)."""

import re

import pytest
from playwright.sync_api import Page, expect

from binhyen.console.tests.factories import make_officer
from binhyen.inbox.tests.factories import make_house
from binhyen.units.models import Area, DirectoryEntry, Role, Unit
from tests.browser.operator_time import Operator
from tests.browser.test_console_inbox import browser, check, opened, watched

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

HALF_AN_HOUR_S = 30 * 60
LIST = """DANH SÁCH THÔN NĂM 2026
STT\tTên thôn\tLoại\tSố hộ\tNhân khẩu
1\tĐông Tiến\tthôn\t214\t820
2\t\tthôn\t5\t
3\tTây Bắc\tthôn\tnhiều\t
4\tEa Nao\tbuôn\t1.024\t3.100
5\tBà Hoa\t\t0912345678\t
\tTổng cộng\t\t1238\t3920"""


@pytest.fixture
def unit() -> Unit:
    unit = make_house("moi-lap", "Công an xã mới").unit
    Unit.objects.filter(pk=unit.pk).update(duty_phone="")
    return unit


@pytest.fixture
def desk(browser, live_server, unit):
    officer = make_officer(unit, "quan-tri", Role.UNIT_ADMINISTRATOR)
    context = opened(browser, live_server, officer, "phone")
    page, errors = watched(context)
    page.goto(f"{live_server.url}/console/settings/{unit.public_id}/set-up/")
    yield Operator(page)
    assert errors == []
    context.close()


def at_step(page: Page, number: int) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(rf"^{number}/9\."))
    check(page)


def write(desk: Operator, label: str, text: str, paste: bool = False) -> None:
    """Fill one box; what is pasted costs two keys."""
    box = desk.page.get_by_label(label, exact=True)
    box.fill("")
    desk.think()
    if paste:
        desk.keys += 2
        box.fill(text)
    else:
        box.focus()
        desk.type(text)


def go_on(desk: Operator, button: str = "Lưu và tiếp tục") -> None:
    desk.think()
    desk.page.get_by_role("button", name=button, exact=True).first.click()


def invite(desk: Operator) -> None:
    page = desk.page
    page.get_by_role("link", name="Mời cán bộ").click()
    write(desk, "Họ và tên", "Nguyễn Văn Thử")
    write(desk, "Tên đăng nhập", "thu")
    page.get_by_role("checkbox", name=re.compile("^Trực ban")).check()
    go_on(desk, "Thêm và tạo lời mời")
    page.get_by_text("/console/invitation/").first.wait_for()
    check(page)


def test_from_the_first_step_to_the_opening_within_half_an_hour(desk, live_server, unit):
    page, guide = desk.page, desk.page.url
    check(page)
    page.get_by_role("link", name="1. Đơn vị").click()
    at_step(page, 1)
    write(desk, "Xã, phường hoặc đặc khu", "thach son")
    desk.press("Enter")
    page.get_by_role("radio", name=re.compile("Xã Thạch Hà")).check()
    write(desk, "Tên đầy đủ của đơn vị", "Công an xã Thạch Hà")
    write(desk, "Địa chỉ", "Cạnh Ủy ban nhân dân xã")
    go_on(desk)

    at_step(page, 2)
    invite(desk)
    page.goto(guide)  # left and taken up again
    page.get_by_role("link", name="3. Thôn").click()
    at_step(page, 3)
    write(desk, "Dán danh sách", LIST, paste=True)
    go_on(desk, "Nhận danh sách")
    told = page.get_by_role("status").filter(has_text="Đã thêm")
    expect(told).to_contain_text("Đã thêm 2")
    for line in (4, 5, 7, 8):
        expect(told).to_contain_text(f"Dòng {line}:")
    check(page)
    assert page.get_by_label("Dán danh sách", exact=True).input_value().splitlines()[0] == "; thôn; 5"
    write(desk, "Dán danh sách", "Tây Bắc; thôn; 96")
    go_on(desk, "Nhận danh sách")
    expect(page.get_by_role("status").filter(has_text="Đã thêm 1")).to_be_visible()
    assert set(Area.objects.values_list("name", "household_count")) == {
        ("Thôn Đông Tiến", 214),
        ("Buôn Ea Nao", 1024),
        ("Thôn Tây Bắc", 96),
    }

    page.goto(guide)
    page.get_by_role("link", name="4. Số điện thoại").click()
    at_step(page, 4)
    write(desk, "Chức vụ và tên được công bố", "Trưởng thôn")
    write(desk, "Số", "0912 345 678")
    page.get_by_label("Phụ trách").select_option("Buôn Ea Nao")
    go_on(desk, "Thêm")
    write(desk, "Có người nghe cả ngày đêm", "0239 3 000 000")
    go_on(desk)
    at_step(page, 5)
    go_on(desk, "Để sau, sang bước tiếp")
    at_step(page, 6)
    page.get_by_role("radio", name=re.compile("bàn dán tin")).check()
    go_on(desk)
    at_step(page, 7)
    for day in ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu"):
        write(desk, day, "7:30-11:30, 13:30-17")
    go_on(desk)
    at_step(page, 8)
    expect(page.locator(".qr-box svg")).to_be_visible()
    go_on(desk, "Để sau, sang bước tiếp")
    at_step(page, 9)
    go_on(desk, "Để sau, sang bước tiếp")

    check(page)
    go_on(desk, "Mở cho dân")
    expect(page.get_by_text("đã mở cho dân")).to_be_visible()
    unit.refresh_from_db()
    assert unit.went_live_at is not None
    assert (unit.place_name, unit.has_api) == ("xã Thạch Hà, tỉnh Hà Tĩnh", False)
    assert DirectoryEntry.objects.get().area.name == "Buôn Ea Nao"
    print(f"{desk.keys} keys, {desk.thoughts} thoughts, {desk.entry_s:.0f} s")  # noqa: T201
    assert desk.entry_s < HALF_AN_HOUR_S / 2
