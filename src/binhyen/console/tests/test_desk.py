"""The paste-in desk, through the same intake as every message."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from binhyen.console.tests.factories import House, make_house, make_officer, sign_in
from binhyen.inbox.models import Attachment, Conversation, Message

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def client(house: House) -> Client:
    return sign_in(make_officer(house.unit, "may"))


def test_a_pasted_message_gets_its_answer_to_copy_and_is_ticked_off(house: House, client: Client):
    answer = client.post("/console/desk/", {"text": "đăng ký tạm trú cần giấy tờ gì"})

    conversation = Conversation.objects.get()
    assert answer.headers["Location"] == f"/console/c/{conversation.public_id}/"
    assert Message.objects.filter(direction="inbound").get().text == "đăng ký tạm trú cần giấy tờ gì"
    assert Message.objects.filter(direction="outbound").exists()


def test_a_picture_is_shown_as_a_cleaned_copy_in_a_sandbox(house: House, client: Client):
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(content, "JPEG")
    picture = SimpleUploadedFile("anh.jpg", content.getvalue(), "image/jpeg")
    client.post("/console/desk/", {"text": "nhặt được ví này", "picture": picture})

    shown = Attachment.objects.get().shown
    answer = client.get(f"/console/file/{shown.public_id}/")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert Client().get(f"/console/file/{shown.public_id}/").status_code == 302
    assert client.get(f"/console/file/{Attachment.objects.get().original.public_id}/").status_code == 404


def test_nothing_pasted_is_refused_with_words(client: Client):
    answer = client.post("/console/desk/", {"text": "  "})

    assert answer.status_code == 422
    assert "Hãy dán tin của người dân trước." in answer.content.decode()
