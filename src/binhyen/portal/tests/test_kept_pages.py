"""Pages kept in pieces: the same page as ever, each person's own values in it and nobody else's."""

import re

import pytest
from django.test import Client
from django.utils import translation

from binhyen.portal import kept_pages
from binhyen.portal.kept_pages import kept_page
from binhyen.portal.tests.portal_pages import values_of
from binhyen.portal.units_here import forget_units, unit_at
from binhyen.units.models import Unit

PAGE = "/thach-ha/g/nhanh/"
FACTS = {"is_danger": False, "is_named": False, "is_from_zalo": False, "may_take_back": True}


@pytest.fixture(autouse=True)
def nothing_kept(unit):
    kept_pages._kept.cache_clear()
    return unit


def looked_at(path: str = PAGE, **headers: str) -> str:
    return Client(headers=headers).get(path).content.decode()


def without_values(html: str) -> str:
    """The page without its two hidden values and the marks of an error."""
    return re.sub(r'(name="(?:draft|sheet)" value=")[^"]+', r"\1", html)


def test_everybody_gets_the_same_page_with_values_of_their_own():
    pages = [looked_at() for _ in range(3)]
    assert len({without_values(page) for page in pages}) == 1
    for name in ("draft", "sheet"):
        assert len({values_of(page, name) for page in pages}) == 3


def test_a_kept_page_is_the_page_that_is_rendered_when_something_is_wrong():
    """Who sends nothing gets the page anew, rendered as a whole: but for the error it is the same."""
    refused = Client().post(PAGE, {"draft": "short"}).content.decode()
    error = re.search(r'<div class="note danger".*?</div>', refused, re.DOTALL)
    assert error
    rest = refused.replace(error[0], "").replace("<title>Lỗi: ", "<title>")
    assert without_values(rest).split() == without_values(looked_at()).split()


def test_nothing_of_the_person_who_asks_first_is_kept():
    told = {"user-agent": "trinh-duyet-la-7781", "x-forwarded-for": "10.77.81.1"}
    client = Client(headers=told)
    client.cookies["sessionid"] = client.cookies["buoc"] = "dau-vet-7781"
    client.get(f"{PAGE}?la=7781")
    kept = looked_at()  # what was made for the first is what everybody gets
    assert "7781" not in kept
    assert "10.77" not in kept


def test_each_language_and_each_unit_has_a_page_of_its_own():
    looked_at()
    english = Client()
    english.cookies["django_language"] = "en"
    assert "Send information on one page" in english.get(PAGE).content.decode()
    assert "Send information on one page" not in looked_at()
    other = Unit.objects.exclude(slug="thach-ha").filter(closed_on=None)[0]
    assert other.name in looked_at(f"/{other.slug}/g/nhanh/")


def test_a_unit_that_changed_is_shown_as_it_is_now():
    looked_at()
    Unit.objects.filter(slug="thach-ha").update(name='Công an xã <Mới> & "Cũ"')
    forget_units()
    page = looked_at()
    assert "Công an xã &lt;Mới&gt; &amp; &quot;Cũ&quot;" in page
    assert "<Mới>" not in page


def test_values_are_escaped_like_any_text():
    unit = unit_at("thach-ha")
    assert unit
    hostile = '"><script>alert(1)</script>'
    values = {"groups": (hostile, "123"), "draft": hostile, "received_at": ("2026", hostile)}
    with translation.override("vi"):
        for _ in range(2):  # made, then kept
            page = kept_page("report_receipt", unit, FACTS, values).content.decode()
            assert "<script>alert" not in page
            assert page.count("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;") == 5


def test_values_of_another_shape_are_not_cut_short():
    unit = unit_at("thach-ha")
    assert unit
    for count in (1, 6):
        groups = tuple(f"{place:03d}" for place in range(count))
        page = kept_page("report_receipt", unit, FACTS, {"groups": groups, "draft": "x", "received_at": ("a", "b")})
        assert page.content.decode().count("<span>00") == 2 * count
