"""G54: what people write is never executed as template or pattern, and no pattern takes long on it."""

import re
import time

import pytest

from binhyen.channels.connector import Text
from binhyen.core import clock
from binhyen.core.text import clean, fold
from binhyen.inbox.models import Conversation, Direction, Message
from binhyen.inbox.rules import split_text
from binhyen.language.personal_data import redact
from binhyen.workflows.commands import command_of
from binhyen.workflows.decision import ThreadFacts
from binhyen.workflows.intake import receive_now
from binhyen.workflows.loop_guard import reason_to_be_silent
from binhyen.workflows.previews import preview_of
from binhyen.workflows.tests.receiving import HOA, new_page

INJECTIONS = [
    "{{ 7*7 }} {% load static %} {{ settings.SECRET_KEY }}",
    "{ai} {duty} {0.__class__} {portal!r:>99999}",
    "%(password)s %s %n ${7*7} #{7*7} <%= 7*7 %>",
    "__import__('os').system('id') ' OR 1=1 --",
    "#thu-tuc:../../etc/passwd",
    "#thu-tuc:dang-ky-tam-tru' OR '1'='1",
]
HARD = [
    "a" * 50_000 + "!",
    "0" * 50_000,
    "0 " * 25_000,
    "09" * 25_000 + "x",
    "(((((" * 10_000,
    "\n" * 50_000,
    " " * 50_000 + "x",
    "số nhà 1 " * 6_000,
    "a@" * 25_000,
    "ế\u0301" * 25_000,
    "12/12/" * 8_000,
]
WITHIN_S = 2.0
"""Generous for a busy machine; a pattern that backtracks takes minutes on these."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("text", INJECTIONS)
def test_words_come_back_as_nothing_but_words(text: str) -> None:
    page = new_page()
    receive_now(page, Text(HOA, "m-1", text, clock.now()))
    assert Message.objects.get(direction=Direction.INBOUND).text == text
    for answer in Message.objects.filter(direction=Direction.OUTBOUND):
        assert not re.search(r"\b49\b", answer.text)
        assert text not in answer.text
        assert "{" not in answer.text
    assert Conversation.objects.get().kind


@pytest.mark.parametrize("text", HARD, ids=range(len(HARD)))
def test_no_pattern_takes_long(text: str) -> None:
    began = time.thread_time()
    folded = fold(clean(text))
    preview_of(text)
    redact(text[:4_000])
    split_text(text, 2_000)
    command_of(ThreadFacts(text=text))
    reason_to_be_silent([], folded, clock.now())
    assert time.thread_time() - began < WITHIN_S


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("text", HARD[:4], ids=range(4))
def test_the_longest_message_is_worked_quickly(text: str) -> None:
    page = new_page()
    receive_now(page, Text(HOA, "m-0", "Chào ạ", clock.now()))
    began = time.perf_counter()
    receive_now(page, Text(HOA, "m-1", text, clock.now()))
    assert time.perf_counter() - began < WITHIN_S
