"""Behind the receipt code: the question, the answer, and words added to it."""

import pytest

from binhyen.inbox.models import Author, Conversation, Direction, Message
from binhyen.portal.tests.portal_pages import QUESTION, TRACK, ask, code_in, values_of
from binhyen.portal.tests.reading import takes_in

pytestmark = pytest.mark.django_db


def open_thread(client, code: str) -> str:
    answer = client.post(TRACK, {"code": code})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_question_answer_and_more_words(client, unit):
    code = code_in(ask(client, "Trường hợp của tôi rất lạ, xin gặp cán bộ").content.decode())
    takes_in()
    assert "Trường hợp của tôi rất lạ" in open_thread(client, code)
    conversation = Conversation.objects.get(unit=unit)
    last = Message.objects.filter(conversation=conversation).last()
    assert last is not None
    last.pk = None
    last.direction, last.author, last.text, last.external_id = Direction.OUTBOUND, Author.OFFICER, "Mời đến <b>", "o1"
    last.save()
    page = open_thread(client, code)
    assert "Mời đến &lt;b&gt;" in page
    assert "Cán bộ Công an xã" in page
    sent = client.post(
        TRACK,
        {"act": "add", "thread": values_of(page, "thread"), "sheet": values_of(page), "text": "Cảm ơn, tôi sẽ đến"},
    )
    assert "Đã nhận lời viết thêm" in sent.content.decode()
    takes_in()
    assert open_thread(client, code).count("Cảm ơn, tôi sẽ đến") == 1


def test_the_page_of_a_thread_closes_after_an_hour_and_keeps_the_words(client, unit):
    code = code_in(ask(client, "Xin hỏi").content.decode())
    takes_in()
    open_thread(client, code)
    late = client.post(TRACK, {"act": "add", "thread": "old", "sheet": "old", "text": "Chữ đã gõ"})
    assert late.status_code == 422
    assert "Chữ đã gõ" in late.content.decode()


def test_notes_of_officers_never_appear(client, unit):
    code = code_in(ask(client, "Xin hỏi").content.decode())
    takes_in()
    message = Message.objects.filter(conversation__unit=unit).last()
    assert message is not None
    message.pk = None
    message.direction, message.author, message.text, message.external_id = Direction.NOTE, Author.OFFICER, "mật", "n1"
    message.save()
    assert "mật" not in open_thread(client, code).split("<main")[1]


def test_the_procedure_the_question_came_from_is_told(client, unit):
    opened = client.post(QUESTION, {"act": "open", "procedure": "dang-ky-tam-tru", "text": ""}).content.decode()
    assert "Đăng ký tạm trú" in opened
    sheet = values_of(opened)
    answer = client.post(
        QUESTION, {"act": "send", "sheet": sheet, "text": "Nhà thuê thì sao?", "procedure": "dang-ky-tam-tru"}
    )
    takes_in()
    assert "[Đăng ký tạm trú] Nhà thuê thì sao?" in open_thread(client, code_in(answer.content.decode()))
