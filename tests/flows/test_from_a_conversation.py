"""From a conversation to other rooms: a draft in lost and found, into a group of the page and out of it."""

import pytest

from binhyen.audit.models import AuditRow
from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.groups.models import Group, GroupCount
from binhyen.lost_found.models import Record
from binhyen.units.models import Area, Role
from binhyen.units.scope import scope_of
from binhyen.workflows import page_groups
from tests.flows.living_page import HOA, LivingPage, page, zalo_url

__all__ = ["page", "zalo_url"]
ADMIN = "7000000000000000901"


@pytest.fixture
def group(page: LivingPage) -> Group:
    page.zalo.do("settings", government_refused=[], echoes=False)
    maker = scope_of(make_officer(page.unit, "lap", Role.UNIT_ADMINISTRATOR))
    package = next(one for one in page_groups.free_packages(page.unit) if one.product_type == "gmf100")
    return page_groups.make_group(maker, page.unit, Area.objects.get(), package.asset_id, ADMIN)


def members(group: Group) -> int | None:
    page_groups.refresh_groups()
    return GroupCount.objects.filter(group=group).latest("pk").member_count


def test_a_message_becomes_one_draft_that_leads_back_to_it(page: LivingPage) -> None:
    page.says("Cho em hỏi, em thấy một bé trai đi lạc ở chợ")
    page.work()
    Record.objects.all().delete()
    conversation = page.conversation()
    officer = sign_in(make_officer(page.unit, "hung"))
    thread = officer.get(f"/console/c/{conversation.public_id}/").content.decode()
    address = f"/console/c/{conversation.public_id}/lost/"
    assert address in thread
    first = officer.post(address)
    record = Record.objects.get()
    assert first["location"] == f"/console/lost/{record.public_id}/"
    assert (record.kind, record.source, record.conversation_key) == ("found_child", "chat", conversation.pk)
    assert record.description == ""
    assert officer.post(address)["location"] == first["location"]
    assert f"/console/c/{conversation.public_id}/" in officer.get(first["location"]).content.decode()
    stranger = sign_in(make_officer(make_house("khac").unit, "la"))
    assert stranger.post(address).status_code == 404
    assert stranger.get(f"/console/c/{conversation.public_id}/further/").status_code == 404


def test_a_person_is_invited_and_taken_out_and_written_down_nowhere(page: LivingPage, group: Group) -> None:
    page.says("Cho tôi vào nhóm thôn với")
    page.work()
    conversation = page.conversation()
    officer = sign_in(make_officer(page.unit, "quan", Role.UNIT_ADMINISTRATOR, Role.DUTY_OFFICER))
    address = f"/console/c/{conversation.public_id}/further/"
    assert group.name in officer.get(address).content.decode()
    assert members(group) == 1
    assert officer.post(address, {"group": group.public_id, "act": "bring_in"}).status_code == 302
    assert members(group) == 2
    assert officer.post(address, {"group": group.public_id, "act": "take_out"}).status_code == 302
    assert members(group) == 1
    rows = AuditRow.objects.filter(action__in=["group.invited", "group.removed"])
    assert rows.count() == 2
    assert not any(HOA in f"{row.subject}{row.facts}" for row in rows)


def test_what_zalo_refuses_is_said_and_a_group_of_another_page_is_unknown(page: LivingPage, group: Group) -> None:
    page.says("Chào ạ")
    page.work()
    officer = sign_in(make_officer(page.unit, "quan", Role.UNIT_ADMINISTRATOR, Role.DUTY_OFFICER))
    address = f"/console/c/{page.conversation().public_id}/further/"
    page.zalo.do("asset", asset_id=group.asset_id, days=-1)
    refused = officer.post(address, {"group": group.public_id, "act": "bring_in"})
    assert refused.status_code == 422
    assert "Zalo" in refused.content.decode()
    assert officer.post(address, {"group": "khongcogi", "act": "bring_in"}).status_code == 404
