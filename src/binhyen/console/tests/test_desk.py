"""The paste-in desk, through the same intake as every message."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from PIL import Image

from binhyen.console.tests.factories import House, make_conversation, make_delivery, make_house
from binhyen.inbox.models import Attachment, Conversation, Delivery, Message

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_paste_copy_tick_in_three_steps(house: House, signed_in: Client):
    address = signed_in.post("/console/desk/", {"text": "đăng ký tạm trú cần giấy tờ gì"}).headers["Location"]
    page = signed_in.get(address).content.decode()

    assert "Câu trả lời gợi ý" in page
    assert "đăng ký tạm trú cần giấy tờ gì" in page
    text = Message.objects.filter(direction="outbound").first().text
    assert f'data-copies="{escape(text[:60])}' in page
    answer = signed_in.post(action_of(page, "delivery"), {"act": "done", "back": "desk", "delivery": keys_in(page)})

    assert answer.headers["Location"] == "/console/desk/"
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    after = signed_in.get("/console/desk/").content.decode()
    assert "được trả lời" in after
    assert "Chưa trả lời xong" not in after


def keys_in(page: str) -> list[str]:
    return re.findall(r'name="delivery" value="([0-9a-f]+)"', page)


def action_of(page: str, name: str) -> str:
    return re.search(rf'action="(/console/c/[^"]+/{name}/)', page)[1]


def test_what_is_not_ticked_off_stays_on_the_desk(house: House, signed_in: Client):
    signed_in.post("/console/desk/", {"text": "đăng ký tạm trú cần giấy tờ gì"})

    page = signed_in.get("/console/desk/").content.decode()

    assert "Chưa trả lời xong" in page
    assert f"/console/desk/?c={Conversation.objects.get().public_id}" in page


def test_buttons_are_copied_as_numbered_lines(house: House, signed_in: Client):
    conversation = make_conversation(house.manual, state="answered")
    delivery = make_delivery(conversation, "by_hand", "Bà con chọn giúp:")
    delivery.message.buttons = [["Đăng ký tạm trú", "say", "#1"], ["Gọi trực ban", "call", "0239"]]
    delivery.message.save()

    page = signed_in.get(f"/console/desk/?c={conversation.public_id}").content.decode()

    assert "Bà con chọn giúp:\n\n1. Đăng ký tạm trú\n2. Gọi trực ban: 0239\n" in page


def test_without_a_ready_answer_the_officer_writes_and_then_copies(house: House, signed_in: Client):
    conversation = make_conversation(house.manual, "chuyện riêng của nhà tôi", kind="other")
    address = f"/console/desk/?c={conversation.public_id}"
    page = signed_in.get(address).content.decode()
    assert "mời đồng chí viết" in page

    written = signed_in.post(action_of(page, "reply"), {"text": "Mời bác ra trụ sở", "back": "desk"})

    assert written.headers["Location"] == address
    page = signed_in.get(address).content.decode()
    assert 'data-copies="Mời bác ra trụ sở"' in page
    signed_in.post(action_of(page, "delivery"), {"act": "edit", "back": "desk", "delivery": keys_in(page)})
    page = signed_in.get(address).content.decode()
    assert ">Mời bác ra trụ sở</textarea>" in page
    conversation.refresh_from_db()
    assert conversation.state == "waiting"


def test_ticking_twice_says_that_it_is_done_already(house: House, signed_in: Client):
    conversation = make_conversation(house.manual, state="answered")
    make_delivery(conversation, "by_hand")
    page = signed_in.get(f"/console/desk/?c={conversation.public_id}").content.decode()
    wanted = {"act": "done", "back": "desk", "delivery": keys_in(page)}
    signed_in.post(action_of(page, "delivery"), wanted)

    again = signed_in.post(action_of(page, "delivery"), wanted, follow=True)

    assert again.status_code == 200
    assert "Đồng nghiệp đã xử lý" in again.content.decode()


def test_the_same_resident_goes_on_in_the_same_conversation(house: House, signed_in: Client):
    signed_in.post("/console/desk/", {"text": "đăng ký tạm trú cần giấy tờ gì"})
    known = Conversation.objects.get().public_id

    signed_in.post("/console/desk/", {"text": "thế lệ phí bao nhiêu?", "conversation": known})

    assert Conversation.objects.count() == 1
    assert Message.objects.filter(direction="inbound").count() == 2


def test_a_conversation_of_another_unit_is_not_shown_at_the_desk(house: House, signed_in: Client):
    foreign = make_conversation(make_house("khac").manual)

    assert signed_in.get(f"/console/desk/?c={foreign.public_id}").status_code == 404
    assert foreign.public_id not in signed_in.get("/console/desk/").content.decode()


def test_a_picture_is_shown_as_a_cleaned_copy_in_a_sandbox(house: House, signed_in: Client):
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(content, "JPEG")
    picture = SimpleUploadedFile("anh.jpg", content.getvalue(), "image/jpeg")
    signed_in.post("/console/desk/", {"text": "nhặt được ví này", "picture": picture})

    shown = Attachment.objects.get().shown
    answer = signed_in.get(f"/console/file/{shown.public_id}/")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert Client().get(f"/console/file/{shown.public_id}/").status_code == 302
    assert signed_in.get(f"/console/file/{Attachment.objects.get().original.public_id}/").status_code == 404


def test_nothing_pasted_is_refused_with_words(signed_in: Client):
    answer = signed_in.post("/console/desk/", {"text": "  "})

    assert answer.status_code == 422
    assert "Hãy dán tin của người dân trước." in answer.content.decode()
