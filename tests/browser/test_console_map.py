"""The map of communes and the page of totals brought in, in a real browser: light and dark, telephone and desk."""

from datetime import date

import pytest
from playwright.sync_api import expect

from binhyen.console.tests.factories import House, make_house, make_officer
from binhyen.core import clock
from binhyen.statistics.families import forget_families
from binhyen.statistics.models import AreaFigures, BroughtIn, MonthFigures, RollUp
from binhyen.units.models import Area, Role, Unit
from binhyen.units.tree import place
from tests.browser.test_console_inbox import SIZES, browser, check, opened, watched

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OCTOBER = date(2026, 10, 1)
CODES = ("00004", "00008", "00025", "00070", "20333", "31120")
DOTS = """[...document.querySelectorAll('svg a .dot')].map((dot) => {
    const [fill, back] = [getComputedStyle(dot).fill, getComputedStyle(document.body).backgroundColor];
    return { fill, back, width: dot.getBoundingClientRect().width };
})"""


@pytest.fixture
def province() -> House:
    forget_families()
    house = make_house("tinh", "Công an tỉnh")
    for number, code in enumerate(CODES):
        unit = make_house(f"xa-{number}", f"Công an xã Bình {number}").unit
        unit.national_code = code
        unit.save()
        place(unit, house.unit)
        counts = {"households": 400, "households_reached": 66 * number, "messages_in": 50 + number}
        MonthFigures.objects.create(unit=unit, month=OCTOBER, counts=counts)
    whole = {"households": 2400, "households_reached": 990, "messages_in": 315}
    MonthFigures.objects.create(unit=house.unit, month=OCTOBER, counts=whole)
    RollUp.objects.create(pk=1, written_at=clock.now(), first_day=OCTOBER)
    BroughtIn.objects.create(
        unit=house.unit, day=date(2024, 12, 31), code="posts", count=249, source="Báo cáo 2024", created_at=clock.now()
    )
    return house


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_dots_can_be_told_from_the_page_and_reached(browser, live_server, province, size: str, scheme: str):
    context = opened(browser, live_server, make_officer(province.unit, "chi-huy", Role.COMMANDER), size, scheme)
    page, errors = watched(context)
    page.goto(f"{live_server.url}/console/figures/?period=2026-10")
    check(page)
    dots = page.evaluate(DOTS)
    assert len(dots) == len(CODES)
    assert len({dot["fill"] for dot in dots}) > 2, "shades differ"
    assert all(dot["fill"] != dot["back"] for dot in dots)
    page.goto(f"{live_server.url}/console/figures/{province.unit.public_id}/brought-in/")
    check(page)
    assert errors == []
    context.close()


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desk", "light")])
def test_tiles_lead_to_the_page_of_each_hamlet(browser, live_server, province, size: str, scheme: str):
    unit = Unit.objects.get(slug="xa-1")
    for name, households in (("Thôn Đông", 200), ("Thôn Tây", 90), ("Xóm Nhỏ", 12), ("Xóm Nhỏ Hơn", 9)):
        area = Area.objects.create(unit=unit, name=name, household_count=households)
        counts = {"households": households, "households_reached": households // 2, "members": households}
        AreaFigures.objects.create(area=area, unit=unit, month=OCTOBER, counts=counts)
    context = opened(browser, live_server, make_officer(unit, "chi-huy-xa", Role.COMMANDER), size, scheme)
    page, errors = watched(context)
    page.goto(f"{live_server.url}/console/figures/?period=2026-10")
    check(page)
    tiles = page.locator(".chart-tiles a")
    assert page.eval_on_selector(".chart-tiles", "one => one.scrollWidth <= one.parentElement.clientWidth")
    assert [tile.get_attribute("aria-label") for tile in tiles.all()] == ["Thôn Đông: 50,0%", "Thôn Tây: 50,0%"]
    tiles.first.click()
    expect(page.locator("h1")).to_contain_text("Thôn Đông")
    assert errors == []
    context.close()
