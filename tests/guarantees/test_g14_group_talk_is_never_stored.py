"""G14: what residents write in group chats leaves no row and no line in a log."""

import logging

import pytest
from django.apps import apps

from binhyen.core.models import DailyCount
from binhyen.jobs.contract import NewJob
from binhyen.jobs.models import JobRow
from binhyen.jobs.queue import job_queue
from binhyen.workflows.intake import work_intake
from tests.flows.living_page import HOA, LivingPage, page, zalo_url

__all__ = ["page", "zalo_url"]

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
