"""What was not received is visible with its reason; who waits is visible with its age."""

from datetime import timedelta

import pytest

from binhyen.console.tests.factories import House, make_conversation, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.core.counting import count
from binhyen.inbox.models import Attachment, Message, UnreadEvent, WaitLimit
from binhyen.units.models import Role

pytestmark = pytest.mark.django_db
PATH = "/console/not-received/"


def test_refused_files_name_the_conversation_and_the_reason(house: House):
    conversation = make_conversation(house.zalo)
    message = Message.objects.get()
    Attachment.objects.create(
        unit=house.unit, message=message, kind="file", name="don.exe", state="refused", reason="media_type"
    )
    page = sign_in(make_officer(house.unit, "may")).get(PATH).content.decode()
    assert f"/console/c/{conversation.public_id}/" in page
    assert "don.exe" in page
    assert "không nhận" in page


def test_counts_of_the_unit_are_words_and_house_counts_are_for_administrators(house: House):
    count("intake.public_comment", 4, unit_key=house.unit.pk)
    count("intake.ignored.user_received_message", 2, unit_key=house.unit.pk)
    count("hooks.refused.stale", 3)
    with clock.at(clock.now() - timedelta(days=40)):
        count("intake.unread", 9, unit_key=house.unit.pk)
    officer = sign_in(make_officer(house.unit, "may")).get(PATH).content.decode()
    assert "Bình luận công khai" in officer
    assert "user_received_message" in officer
    assert "hooks.refused.stale" not in officer
    assert "intake.unread" not in officer, "only the last 30 days"
    for role in (Role.UNIT_ADMINISTRATOR, Role.TECHNICAL_ADMINISTRATOR):
        page = sign_in(make_officer(house.unit, role.value, role)).get(PATH).content.decode()
        assert "đến quá muộn" in page
    technical = sign_in(make_officer(house.unit, "kt", Role.TECHNICAL_ADMINISTRATOR)).get(PATH).content.decode()
    assert "Bình luận công khai" not in technical


def test_unread_events_are_listed_without_their_content(house: House):
    event = {
        "kind": "user_new_thing",
        "reason": "unknown kind",
        "sealed_body": b"canary-body",
        "created_at": clock.now(),
    }
    UnreadEvent.objects.create(account=house.zalo, **event)
    other = make_house("khac", "Công an xã Khác")
    UnreadEvent.objects.create(account=other.zalo, **event | {"kind": "foreign_thing"})
    page = sign_in(make_officer(house.unit, "may")).get(PATH).content.decode()
    assert "user_new_thing" in page
    assert "canary-body" not in page
    assert "foreign_thing" not in page


def test_ages_stand_above_the_queue_and_lead_to_the_list(house: House):
    make_conversation(house.zalo, at=clock.now() - timedelta(days=20))
    client = sign_in(make_officer(house.unit, "may"))
    assert "/console/waiting/" in client.get("/console/?view=unit").content.decode()
    page = client.get("/console/waiting/").content.decode()
    assert "quá hạn" in page
    assert 'name="hours"' not in page, "only leaders change the limit"


@pytest.mark.parametrize(
    ("typed", "minutes"), [("4", 240), ("1,5", 90), ("0", None), ("tám", None), ("", None), ("999", None)]
)
def test_leaders_change_the_limit(house: House, typed: str, minutes: int | None):
    client = sign_in(make_officer(house.unit, "chi-huy", Role.COMMANDER))
    client.post("/console/waiting/", {"of_unit": house.unit.public_id, "hours": typed})
    assert WaitLimit.objects.values_list("minutes", flat=True).first() == minutes
