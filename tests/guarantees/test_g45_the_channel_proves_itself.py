"""G45: a public page proves every page, group, code and number; every QR code goes there first."""

import pytest

from binhyen.console.views.groups import join_address
from binhyen.core.configuration import configuration
from binhyen.groups.models import Group, GroupKind, JoinCode
from binhyen.groups.queries import public_groups
from binhyen.portal.tests.portal_pages import seed

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
    internal = Group.objects.get(unit=unit, kind=GroupKind.INTERNAL)
    assert internal.link not in page
    Group.objects.filter(link=links[0]).update(state="ended")
    assert links[0] not in client.get("/thach-ha/kenh-that/").content.decode()


def test_a_revoked_code_warns(client):
    seed()
    JoinCode.objects.filter(code="DEMOTB").update(revoked_at="2026-11-01T00:00Z")
    assert 'role="alert"' in client.get("/N/DEMOTB").content.decode()
    assert 'role="alert"' not in client.get("/N/DEMTBA").content.decode()
