"""`binhyen doctor` notices a wrong clock by itself, without asking anybody outside."""

import json
import os
from datetime import datetime, timedelta

import pytest

from binhyen.cli.main import main
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.inbox.models import Message
from binhyen.inbox.tests.factories import make_conversation, make_house

pytestmark = pytest.mark.django_db


def clock_findings(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    main(["doctor", "--json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    return [(one["state"], one["found"]) for one in findings if one["about"] == "clock"]


def received(sent_at: datetime) -> None:
    conversation = make_conversation(make_house().zalo)
    Message.objects.filter(conversation=conversation).update(sent_at=sent_at)


def test_a_good_clock_is_said_to_be_good(capsys):
    received(clock.now() - timedelta(seconds=3))
    states, words = zip(*clock_findings(capsys), strict=True)
    assert states == ("ok", "ok")
    assert "last 1 messages" in words[1]


def test_rows_from_the_future_show_a_clock_that_went_back(capsys):
    make_conversation(make_house().zalo, at=clock.now() + timedelta(hours=3))
    state, words = clock_findings(capsys)[0]
    assert state == "wrong"
    assert "the newest row" in words


def test_a_file_from_the_future_shows_it_too(capsys):
    mark = configuration().data_dir / "clock-test"
    mark.touch()
    later = (clock.now() + timedelta(hours=2)).timestamp()
    os.utime(mark, (later, later))
    try:
        state, words = clock_findings(capsys)[0]
    finally:
        mark.unlink()
    assert state == "wrong"
    assert "newest file" in words


def test_messages_that_arrive_before_they_were_sent_show_a_slow_clock(capsys):
    received(clock.now() + timedelta(minutes=10))
    assert [state for state, words in clock_findings(capsys) if "before Zalo sent them" in words] == ["wrong"]


def test_messages_that_all_took_long_are_a_warning(capsys):
    received(clock.now() - timedelta(minutes=10))
    assert [state for state, words in clock_findings(capsys) if "the quickest of 1" in words] == ["warning"]
