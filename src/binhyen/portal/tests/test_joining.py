"""The page behind a printed QR code."""

from datetime import timedelta

import pytest

from binhyen.core import clock
from binhyen.groups.models import Group, JoinCode, ScanCount
from binhyen.portal.tests.portal_pages import seed

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    """A unit of the demo with its posts, groups and codes."""
    return seed()


def test_the_page_proves_the_unit_and_offers_its_ways(client, unit):
    page = client.get("/n/DEMOTB/").content.decode()
    for shown in (
        unit.name,
        "zalo.me/g/demodongtien1",
        "https://zalo.me/2000000000000000001",
        "/thach-ha/",
        "tel:0239",
    ):
        assert shown in page
    assert "mã OTP" in page


@pytest.mark.parametrize("path", ["/N/DEMOTB", "/n/demotb", "/n/DeMoTb/"])
def test_case_does_not_matter(client, unit, path):
    assert client.get(path).status_code == 200


def test_a_scan_is_counted_and_a_look_at_the_headers_is_not(client, unit):
    client.get("/n/DEMOTB/")
    client.head("/n/DEMOTB/")
    assert ScanCount.objects.get().count == 1


def test_a_withdrawn_code_warns_and_shows_the_present_link(client, unit):
    JoinCode.objects.filter(code="DEMOTB").update(revoked_at=clock.now())
    Group.objects.filter(link__endswith="demodongtien1").update(link="https://zalo.me/g/moi123456")
    page = client.get("/n/DEMOTB/").content.decode()
    assert 'role="alert"' in page
    assert "zalo.me/g/moi123456" in page
    assert "demodongtien1" not in page


def test_an_expired_code_and_an_ended_group_warn(client, unit):
    JoinCode.objects.filter(code="DEMOTB").update(expires_on=clock.today() - timedelta(days=1))
    Group.objects.filter(link__endswith="demotaybac22").update(state="ended")
    for code in ("DEMOTB", "DEMTBA"):
        assert 'role="alert"' in client.get(f"/n/{code}/").content.decode()


def test_an_unknown_code_is_no_group_of_ours(client, unit):
    answer = client.get("/n/KHONGCO/")
    assert answer.status_code == 404
    assert "zalo.me" not in answer.content.decode()
    assert not ScanCount.objects.exists()
