"""How to get the answer: by a code, or by writing to the Zalo page oneself; nothing is promised that cannot be kept."""

import re

import pytest

from binhyen.jobs.models import JobRow
from binhyen.portal.tests.portal_pages import QUESTION, values_of

pytestmark = pytest.mark.usefixtures("unit")
WORDS = "Cho hỏi <tạm trú> & nhà thuê"


def send(client, **form: str):
    sheet = values_of(client.get(QUESTION).content.decode())
    return client.post(QUESTION, {"act": "send", "sheet": sheet, "text": WORDS} | form)


def test_nothing_is_chosen_in_advance(client):
    choices = re.findall(r"<input type=\"radio\"[^>]*>", client.get(QUESTION).content.decode())
    assert len(choices) == 2
    assert not any("checked" in choice for choice in choices)


@pytest.mark.parametrize("form", [{}, {"answer_by": "code"}])
def test_a_code_is_given_at_once(client, form):
    assert "data-copied" in send(client, **form).content.decode()
    assert JobRow.objects.filter(queue="intake").count() == 1


def test_zalo_explains_sends_nothing_and_keeps_the_words(client):
    page = send(client, answer_by="zalo").content.decode()
    assert "Chưa có gì được gửi" in page
    assert "https://zalo.me/" in page
    assert "Cho hỏi &lt;tạm trú&gt; &amp; nhà thuê" in page
    assert not JobRow.objects.exists()
    kept = {"act": "send", "sheet": values_of(page), "text": WORDS, "answer_by": values_of(page, "answer_by")}
    assert "data-copied" in client.post(QUESTION, kept).content.decode()
    assert JobRow.objects.filter(queue="intake").count() == 1


def test_a_refused_text_keeps_the_choice(client):
    page = send(client, answer_by="zalo", text="").content.decode()
    assert 'value="zalo" checked' in page


def test_a_unit_without_a_page_offers_no_zalo(client):
    assert "answer_by" not in client.get("/ea-kar/g/").content.decode()
