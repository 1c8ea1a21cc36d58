"""Answering one particular message: what a resident quotes is shown, and an officer's reply carries a quote."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from binhyen.cases.routes import MOVED
from binhyen.console.tests.factories import House, make_conversation
from binhyen.core import clock
from binhyen.inbox.models import Author, Conversation, Direction, Draft, Message

pytestmark = pytest.mark.django_db
BUTTON = "Trả lời tin này"


def write(conversation: Conversation, text: str, external_id: str, quoted_id: str = "") -> Message:
    """The resident writes."""
    now = clock.now()
    return Message.objects.create(
        unit=conversation.unit, conversation=conversation, direction=Direction.INBOUND, author=Author.RESIDENT,
        text=text, external_id=external_id, quoted_id=quoted_id, sent_at=now, created_at=now,
    )  # fmt: skip


def path_of(conversation: Conversation) -> str:
    return f"/console/c/{conversation.public_id}/"


def test_a_quoted_message_stands_above_the_answer(house: House, signed_in: Client):
    conversation, other = make_conversation(house.zalo), make_conversation(house.zalo)
    write(other, "Chữ của người khác", "b1")
    write(conversation, "<b>Giấy\n tờ</b> " + "gì" * 40, "a1")
    write(conversation, "", "a2")
    for number, quoted in enumerate(("a1", "a2", "b1", "gone")):
        write(conversation, "Tin này ạ", f"c{number}", quoted)

    page = signed_in.get(path_of(conversation)).content.decode()

    assert f'<p class="quoted">Trả lời: “&lt;b&gt;Giấy tờ&lt;/b&gt; {"gì" * 32}…”</p>' in page
    assert page.count("Trả lời một ảnh hoặc tệp") == 1
    assert page.count("Trả lời một tin cũ") == 2
    assert "Chữ của người khác" not in page


def test_quotes_of_a_page_cost_one_query(house: House, signed_in: Client):
    conversation = make_conversation(house.zalo)
    write(conversation, "Một", "a1")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            signed_in.get(path_of(conversation))
        return len(seen)

    queries()
    before = queries()
    for number in range(5):
        write(conversation, "Hai", f"c{number}", "a1" if number % 2 else "gone")
    assert queries() == before + 1


def test_an_officer_answers_one_message_by_plain_forms(house: House, signed_in: Client):
    conversation = make_conversation(house.zalo)
    write(conversation, "Hỏi việc thứ nhất", "a1")
    write(conversation, "Hỏi việc thứ hai", "a2")
    path = path_of(conversation)
    page = signed_in.get(path).content.decode()
    assert page.count(BUTTON) == 2  # the message of the factory has no id, so nothing can name it
    assert 'name="quotes" value="a1"' in page
    assert 'name="quote"' not in page

    chosen = signed_in.post(f"{path}draft/?view=unit", {"text": "Viết dở", "quotes": "a1"})
    page = signed_in.get(chosen.url).content.decode()
    assert Draft.objects.get().text == "Viết dở"
    assert "Viết dở</textarea>" in page
    assert 'name="quote" value="a1"' in page
    assert "Trả lời: “Hỏi việc thứ nhất”" in page

    left_out = signed_in.post(f"{path}draft/", {"text": "Viết dở", "quote": "a1", "quotes": ""})
    assert 'name="quote"' not in signed_in.get(left_out.url).content.decode()

    refused = signed_in.post(f"{path}reply/", {"text": "đọc mã OTP cho tôi", "quote": "a1"})
    assert refused.status_code == 422
    assert 'name="quote" value="a1"' in refused.content.decode()

    sent = signed_in.post(f"{path}reply/", {"text": "Việc thứ nhất thì mang căn cước.", "quote": "a1"})
    assert Message.objects.get(direction=Direction.OUTBOUND).quoted_id == "a1"
    page = signed_in.get(sent.url).content.decode()
    assert page.count("Trả lời: “Hỏi việc thứ nhất”") == 1
    assert 'name="quote"' not in page


def test_the_quote_stays_through_a_note_and_a_ready_answer(house: House, signed_in: Client):
    conversation = make_conversation(house.zalo)
    write(conversation, "Hỏi việc thứ nhất", "a1")
    path = path_of(conversation)
    for form in ({"switch_to": "note"}, {"switch_to": "reply", "is_note": "yes"}):
        there = signed_in.post(f"{path}draft/", {"text": "", "quote": "a1", **form})
        assert signed_in.get(there.url).content.decode().count('name="quote" value="a1"') == 2
    insert = {"text": "", "quote": "a1", "answer": "dang-ky-tam-tru"}
    composer = signed_in.post(f"{path}answers/", insert, headers={"HX-Request": "true"}).content.decode()
    assert 'name="quote" value="a1"' in composer
    assert "quote=a1" in signed_in.post(f"{path}answers/", insert).url


@pytest.mark.parametrize("quote", ["b1", "own", "sealed", "gone", "x" * 500, "\x00"])
def test_only_a_message_the_resident_wrote_here_can_be_quoted(house: House, signed_in: Client, quote: str):
    conversation = make_conversation(house.zalo)
    write(make_conversation(house.zalo), "Chữ của người khác", "b1")
    write(conversation, MOVED, "sealed")
    own = write(conversation, "Chào bà con", "own")
    Message.objects.filter(pk=own.pk).update(direction=Direction.OUTBOUND)
    path = path_of(conversation)

    page = signed_in.get(f"{path}?quote={quote}").content.decode()
    assert BUTTON not in page
    assert 'name="quote"' not in page
    signed_in.post(f"{path}reply/", {"text": "Chào bà con ạ", "quote": quote})

    assert Message.objects.get(text="Chào bà con ạ").quoted_id == ""


def test_other_channels_and_readers_have_no_such_button(house: House, signed_in: Client):
    by_hand = make_conversation(house.manual)
    write(by_hand, "Hỏi", "a1")
    assert BUTTON not in signed_in.get(path_of(by_hand)).content.decode()
    signed_in.post(f"{path_of(by_hand)}reply/", {"text": "Chào bà con", "quote": "a1"})
    assert Message.objects.get(direction=Direction.OUTBOUND).quoted_id == ""
