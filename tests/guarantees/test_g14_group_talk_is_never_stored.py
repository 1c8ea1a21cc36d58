"""G14: what residents write in group chats leaves no row and no line in a log."""

import logging

import pytest
from django.apps import apps

from binhyen.core.models import DailyCount
from binhyen.groups.models import Group, GroupCount, JoinCode, ScanCount
from binhyen.jobs.contract import NewJob
from binhyen.jobs.models import JobRow
from binhyen.jobs.queue import job_queue
from binhyen.units.models import Area, Officer, Role
from binhyen.units.scope import Scope
from binhyen.workflows import page_groups
from binhyen.workflows.intake import work_intake
from tests.flows.living_page import HOA, LivingPage, page, zalo_url

__all__ = ["page", "zalo_url"]

NEIGHBOUR = "7000000000000000777"
SECRET_TALK = "Tối nay họp thôn ở nhà bà Tám nhé cả nhà"


def every_row() -> dict[str, int]:
    kept_apart = (DailyCount, JobRow)
    return {model._meta.label: model._default_manager.count() for model in apps.get_models() if model not in kept_apart}


def test_a_members_words_leave_nothing(page: LivingPage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    before = every_row()
    page.zalo.do("group", user_id=HOA, group_id="f414c8f76fa586fbdfb4", text=SECRET_TALK)
    page.work()
    assert every_row() == before
    assert not any(SECRET_TALK.encode() in bytes(job.body) for job in JobRow.objects.all())
    assert SECRET_TALK not in caplog.text


@pytest.mark.parametrize("kind", ["user_sends_poll_in_group", "user_wrote_aside"])
def test_group_talk_of_a_kind_never_seen_before_leaves_nothing_either(page: LivingPage, kind: str) -> None:
    before = every_row()
    talk = {"oa_id": page.account.external_id, "sender": {"id": HOA}, "recipient": {"id": "f414c8f76fa586fbdfb4"}}
    told = page.zalo.do("event", event_name=kind, body={**talk, "message": {"msg_id": "m1", "text": SECRET_TALK}})
    assert told["http_status"] == 200
    page.work()
    assert every_row() == before
    assert not JobRow.objects.filter(queue="intake").exists()


def test_who_asks_to_join_is_let_in_and_kept_nowhere(page: LivingPage, caplog: pytest.LogCaptureFixture) -> None:
    """Joins are decided by number; the ids the API tells are used at once and forgotten (G14, G32)."""
    caplog.set_level(logging.DEBUG)
    page.zalo.do("settings", government_refused=[], echoes=False)
    officer = Officer.objects.create(username="may", full_name="Đ/c Mây")
    scope = Scope.of(officer.pk, [(page.unit.pk, Role.UNIT_ADMINISTRATOR.value)])
    package = next(one for one in page_groups.free_packages(page.unit) if one.product_type == "gmf100")
    group = page_groups.make_group(scope, page.unit, Area.objects.get(), package.asset_id, "7000000000000000901")
    page.zalo.do("ask_to_join", group_id=group.external_id, user_id=NEIGHBOUR)
    assert page_groups.waiting_count(scope, group) == 1
    assert page_groups.decide_joins(scope, group, let_in=True) == 1
    page_groups.refresh_groups()
    page.zalo.do("settle")
    page.work()
    told = [row for model in apps.get_models() for row in model._default_manager.values_list()]
    assert len(told) > 10
    assert not any(NEIGHBOUR in str(value) for row in told for value in row)
    assert NEIGHBOUR not in caplog.text


def test_a_group_message_that_got_past_the_door_is_dropped_by_intake(page: LivingPage) -> None:
    before = every_row()
    body = (
        f'{{"app_id":"1","sender":{{"id":"{HOA}"}},"recipient":{{"id":"f414c8f76fa586fbdfb4"}},'
        f'"oa_id":"{page.account.external_id}","event_name":"user_send_group_text",'
        f'"message":{{"text":"{SECRET_TALK}","msg_id":"m1"}},"timestamp":"1760000000000"}}'
    ).encode()
    lane = f"{page.account.public_id}:{HOA}"
    job_queue().append([NewJob(queue="intake", kind="call.zalo_oa", body=body, key="g14", lane=lane)])
    assert work_intake() == 1
    assert every_row() == before
    assert bytes(JobRow.objects.get(key="g14").body) == b""
    assert DailyCount.objects.filter(name="intake.ignored.user_send_group_text").exists()


def test_of_a_group_only_its_name_place_link_role_and_numbers_are_kept() -> None:
    kept = {field.name for model in (Group, GroupCount, JoinCode, ScanCount) for field in model._meta.local_fields}
    assert kept == {
        "id", "public_id", "unit", "area", "kind", "name", "link", "admin_role", "state", "account", "external_id",
        "asset_id", "most_members", "package_until", "disbands_on", "link_checked_on", "created_at", "ended_at",
        "group", "household_count", "member_count", "counted_on", "source", "officer",
        "code", "procedure", "batch", "printed_on", "expires_on", "revoked_at", "day", "count",
    }  # fmt: skip
