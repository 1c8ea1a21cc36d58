"""G45: a public page proves every page, group, code and number; every QR code goes there first."""

import pytest

from binhyen.channels.models import Account
from binhyen.console.views.groups import join_address
from binhyen.core.configuration import configuration
from binhyen.groups.models import Group, GroupKind, JoinCode
from binhyen.groups.queries import public_groups
from binhyen.inbox.tests.factories import make_house, make_officer
from binhyen.portal.tests.portal_pages import seed
from binhyen.printing import jobs
from binhyen.printing.actions import Request
from binhyen.printing.papers import Paper, Wording
from binhyen.printing.tests.papers import codes_of
from binhyen.units.models import DirectoryEntry
from binhyen.units.scope import scope_of
from binhyen.vault import files
from binhyen.workflows import print_room

pytestmark = pytest.mark.django_db


def test_every_code_leads_to_our_own_domain(client):
    seed()
    for code in JoinCode.objects.all():
        address = join_address(code.code)
        assert address.lower().startswith(configuration().public_url.lower() + "/n/")
        path = address[len(configuration().public_url) :]
        assert code.unit.name in client.get(path).content.decode()


def test_the_page_lists_every_active_link_and_no_other(client):
    unit = seed()
    page = client.get("/thach-ha/kenh-that/").content.decode()
    links = [group.link for group in public_groups(unit.pk)]
    assert len(links) == 5
    assert all(link in page for link in links)
    pages = Account.objects.filter(unit=unit, connector="zalo_oa").values_list("external_id", flat=True)
    assert pages
    assert all(page_id in page for page_id in pages), "the ids of the unit's Zalo pages"
    numbers = DirectoryEntry.objects.filter(unit=unit).values_list("phone", flat=True)
    listed = client.get("/thach-ha/so-dien-thoai/").content.decode()
    assert "/thach-ha/so-dien-thoai/" in page
    assert f"tel:{unit.duty_phone}" in page
    assert not [number for number in numbers if f"tel:{number}" not in page + listed]
    internal = Group.objects.get(unit=unit, kind=GroupKind.INTERNAL)
    assert internal.link not in page
    Group.objects.filter(link=links[0]).update(state="ended")
    assert links[0] not in client.get("/thach-ha/kenh-that/").content.decode()


def test_a_revoked_code_warns(client):
    seed()
    JoinCode.objects.filter(code="DEMOTB").update(revoked_at="2026-11-01T00:00Z")
    assert 'role="alert"' in client.get("/N/DEMOTB").content.decode()
    assert 'role="alert"' not in client.get("/N/DEMTBA").content.decode()


@pytest.mark.parametrize("paper", Paper)
def test_every_paper_leads_to_the_page_that_proves_the_channel(client, paper, tmp_path):
    """Each paper's code is read back from the finished page; the address answers with the unit's own page."""
    house = make_house()
    scope = scope_of(make_officer(house.unit, "may"))
    wording = Wording("Thông báo", "Nội dung") if paper is Paper.NOTICE else Wording()
    batch = print_room.order(scope, house.unit, Request(paper, wording), [], [])
    jobs.work_next()
    batch.refresh_from_db()
    (address,) = set(codes_of(files.open(batch.file), tmp_path).split())
    assert address.startswith(f"{configuration().public_url}/n/".upper())
    page = client.get(address.removeprefix(configuration().public_url.upper()))
    assert page.status_code == 200
    assert house.unit.name in page.content.decode()
