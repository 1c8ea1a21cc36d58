"""Putting aside, topics, kept filters, search and the palette, by plain forms."""

from datetime import timedelta

import pytest
from django.test import Client

from binhyen.console.tests.factories import House, make_conversation, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.inbox.models import Conversation, ConversationTopic, SavedFilter, Snooze, Topic, Viewing
from binhyen.inbox.snoozing.actions import wake_due
from binhyen.units.models import Role
from binhyen.vault import receipts

pytestmark = pytest.mark.django_db


def shown(signed_in: Client, query: str) -> list[int]:
    """Numbers of the conversations listed, from their previews "Câu N"."""
    page = signed_in.get(f"/console/?{query}").content.decode()
    return [int(part.partition("<")[0]) for part in page.split('row-preview">Câu ')[1:]]


def asked(house: House, number: int, **fields: object) -> Conversation:
    return make_conversation(house.zalo, f"Câu {number}", **fields)


def test_put_aside_leaves_the_queue_and_comes_back_at_its_time(house: House, signed_in: Client):
    first, second = asked(house, 1), asked(house, 2)
    now = clock.now()
    until = (now + timedelta(hours=2)).isoformat()
    answer = signed_in.post(f"/console/c/{first.public_id}/later/?view=unit", {"until": until})

    assert answer.headers["Location"] == "/console/?view=unit"
    assert shown(signed_in, "view=unit") == [2]
    assert shown(signed_in, "view=snoozed") == [1]
    assert "quay lại" in signed_in.get(f"/console/c/{first.public_id}/").content.decode()
    Snooze.objects.update(until=now - timedelta(seconds=1))
    assert shown(signed_in, "view=unit") == [1, 2]
    assert wake_due() == 1
    assert not Snooze.objects.exists()
    first.refresh_from_db()
    assert first.changed_at > second.changed_at


def test_a_new_message_brings_it_back_at_once(house: House, signed_in: Client):
    first = asked(house, 1)
    signed_in.post(
        f"/console/c/{first.public_id}/later/",
        {"day": f"{clock.today() + timedelta(days=30):%d/%m/%Y}", "time": "08:30"},
    )
    assert shown(signed_in, "view=unit") == []
    Conversation.objects.update(last_inbound_at=clock.now() + timedelta(seconds=1))
    assert shown(signed_in, "view=unit") == [1]
    assert shown(signed_in, "view=snoozed") == []


def test_it_can_be_taken_back(house: House, signed_in: Client):
    first = asked(house, 1)
    signed_in.post(f"/console/c/{first.public_id}/later/", {"day": "2026-12-30", "time": ""})
    signed_in.post(f"/console/c/{first.public_id}/later/", {"act": "back"})
    assert shown(signed_in, "view=unit") == [1]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "Ghi ngày như 30/11/2026"),
        ({"until": "2026-99-99T00:00"}, "Ghi ngày như 30/11/2026"),
        ({"day": "31/02/2027", "time": "08:30"}, "Ghi ngày như 30/11/2026"),
        ({"day": "01/01/2020", "time": "08:30"}, "còn ở phía trước"),
        ({"day": "01/01/2099", "time": "08:30"}, "60 ngày"),
    ],
)
def test_odd_times_are_refused_with_words(house: House, signed_in: Client, form, words: str):
    first = asked(house, 1)
    page = signed_in.post(f"/console/c/{first.public_id}/later/", form, follow=True).content.decode()
    assert words in page
    assert not Snooze.objects.exists()


def test_filters_narrow_and_live_in_the_address(house: House, signed_in: Client):
    officer = make_officer(house.unit, "hung")
    old = clock.now() - timedelta(hours=30)
    asked(house, 1, kind="report")
    asked(house, 2, assigned_to=officer)
    asked(house, 3, unread_count=2)
    asked(house, 4, waiting_since=old)
    make_conversation(house.web, "Câu 5")

    assert shown(signed_in, "view=unit&kind=report") == [1]
    assert shown(signed_in, f"view=unit&officer={officer.public_id}") == [2]
    assert set(shown(signed_in, "view=unit&officer=nobody")) == {1, 3, 4, 5}
    assert shown(signed_in, "view=unit&unread=yes") == [3]
    assert shown(signed_in, "view=unit&hours=24") == [4]
    assert shown(signed_in, "view=unit&source=web") == [5]
    assert shown(signed_in, "view=unit&files=yes") == []
    assert len(shown(signed_in, "view=unit&kind=%27%3B&hours=-1&officer=%3Cx%3E")) == 5, "odd values narrow nothing"


def test_a_kept_filter_can_be_shared_in_the_unit_and_not_beyond(house: House, signed_in: Client):
    asked(house, 1, kind="report")
    form = {"name": "Tin báo", "of_unit": house.unit.public_id, "shared": "yes"}
    signed_in.post("/console/filter/?view=unit&kind=report&q=bi+mat", form)

    saved = SavedFilter.objects.get()
    assert saved.query == "view=unit&kind=report", "search words are not kept"
    assert "Tin báo" in sign_in(make_officer(house.unit, "hung")).get("/console/").content.decode()
    other = make_house("khac", "Công an xã Khác")
    stranger = sign_in(make_officer(other.unit, "khac"))
    assert "Tin báo" not in stranger.get("/console/").content.decode()
    assert stranger.post("/console/filter/", form).status_code == 404
    assert stranger.post("/console/filter/", {"act": "remove", "filter": saved.public_id}).status_code == 404
    assert "đã có bộ lọc" in signed_in.post("/console/filter/", form, follow=True).content.decode().lower()
    signed_in.post("/console/filter/", {"act": "remove", "filter": saved.public_id})
    assert not SavedFilter.objects.exists()


def test_topics_label_conversations_and_are_found(house: House, signed_in: Client):
    topic = Topic.objects.create(unit=house.unit, name="Chợ đêm")
    first = asked(house, 1)
    asked(house, 2)
    path = f"/console/c/{first.public_id}/topic/"
    signed_in.post(path, {"topic": topic.public_id})
    signed_in.post(path, {"topic": topic.public_id})

    assert ConversationTopic.objects.count() == 1
    assert shown(signed_in, f"view=unit&topic={topic.public_id}") == [1]
    assert shown(signed_in, "q=cho+dem") == [1]
    signed_in.post(path, {"topic": topic.public_id, "act": "remove"})
    assert not ConversationTopic.objects.exists()


def test_a_topic_of_another_unit_is_unknown(house: House, signed_in: Client):
    other = make_house("khac", "Công an xã Khác")
    topic = Topic.objects.create(unit=other.unit, name="Chợ đêm")
    answer = signed_in.post(f"/console/c/{asked(house, 1).public_id}/topic/", {"topic": topic.public_id})
    assert answer.status_code == 404


def test_words_numbers_and_receipts_are_found_and_a_receipt_stays_out_of_the_address(house: House, signed_in: Client):
    first = asked(house, 1)
    code = receipts.new_code()
    portal = make_conversation(house.web, "Câu 2")
    type(portal.contact).objects.filter(pk=portal.contact_id).update(external_id=receipts.hashed(code))

    by_words = signed_in.post("/console/search/?view=unit", {"q": "cau 1"}).headers["Location"]
    assert by_words == "/console/?view=unit&q=cau+1"
    assert shown(signed_in, by_words.partition("?")[2]) == [first.number]
    opened = signed_in.post("/console/search/", {"q": receipts.grouped(code)}).headers["Location"]
    assert opened == f"/console/c/{portal.public_id}/"
    wrong = signed_in.post("/console/search/", {"q": "111111111111111111"})
    assert "1111" not in wrong.headers["Location"]
    other = sign_in(make_officer(make_house("khac", "Công an xã Khác").unit, "khac"))
    assert "/c/" not in other.post("/console/search/", {"q": code}).headers["Location"]


def test_the_palette_leads_to_sections_views_and_conversations(house: House, signed_in: Client):
    asked(house, 1)
    everything = signed_in.get("/console/palette/").content.decode()
    assert "/console/desk/" in everything
    assert "view=snoozed" in everything
    found = signed_in.post("/console/palette/", {"q": "cau 1"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in found
    assert "/console/c/" in found
    assert "dung moi tin" not in found
    assert "/console/stop/" in signed_in.post("/console/palette/", {"q": "dung"}).content.decode()
    technical = sign_in(make_officer(house.unit, "kt", Role.TECHNICAL_ADMINISTRATOR))
    assert "/console/c/" not in technical.post("/console/palette/", {"q": "cau 1"}).content.decode()


def test_two_officers_in_one_thread_see_each_other(house: House, signed_in: Client):
    first = asked(house, 1)
    path = f"/console/c/{first.public_id}/"
    signed_in.get(path)
    before = Conversation.objects.get().changed_at
    page = sign_in(make_officer(house.unit, "hung")).get(path).content.decode()

    assert "May" in page.partition("đang xem")[0][-60:]
    assert Conversation.objects.get().changed_at > before, "the first one's page is told"
    assert "Hung" in signed_in.get(path).content.decode().partition("đang xem")[0][-60:]
    Viewing.objects.update(seen_at=clock.now() - timedelta(minutes=10))
    assert "đang xem" not in signed_in.get(path).content.decode()


def test_keys_of_one_letter_can_be_switched_off(signed_in: Client):
    assert "data-keys" not in signed_in.get("/console/settings/").content.decode()
    signed_in.post("/console/settings/", {"language": "vi", "theme": "light", "single_keys": "off"})
    assert 'data-keys="off"' in signed_in.get("/console/settings/").content.decode()
    signed_in.post("/console/settings/", {"language": "vi", "theme": "light", "single_keys": "on"})
    assert "data-keys" not in signed_in.get("/console/settings/").content.decode()
