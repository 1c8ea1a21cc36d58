"""Why Zalo did not take a reply stands beside it, with what to do; so does the time of the next try."""

from datetime import timedelta

import pytest
from django.test import Client

from binhyen.channels.connector import Refused
from binhyen.channels.zalo_oa.outcomes import error_table, outcome_for
from binhyen.console.reply_troubles import reply_trouble
from binhyen.console.tests.factories import make_conversation, make_delivery, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.inbox.models import Delivery

FOR_GROUPS_AND_POSTS = {-1340, -1341, -234, -237, -238, -240, -242, -249, -403, -201, -233}
"""Also what is a fault of ours: these show their code."""


def shown(**facts: object) -> str:
    house = make_house()
    conversation = make_conversation(house.zalo)
    delivery = make_delivery(conversation, str(facts.pop("state")))
    Delivery.objects.filter(pk=delivery.pk).update(**facts)
    client: Client = sign_in(make_officer(house.unit, "can-bo"))
    return client.get(f"/console/c/{conversation.public_id}/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("zalo-230", "Người dân nhắn lần cuối đã quá 7 ngày"),
        ("window_closed", "Người dân nhắn lần cuối đã quá 7 ngày"),
        ("zalo-248", "Zalo không cho gửi lời này"),
        ("zalo-9999", "zalo-9999"),
    ],
)
def test_a_refused_reply_says_why_and_what_to_do(why: str, words: str) -> None:
    assert words in shown(state="refused", why=why)


@pytest.mark.django_db
def test_a_reply_that_waits_says_when_it_is_tried_again() -> None:
    at = clock.now() + timedelta(hours=5)
    page = shown(state="planned", why="zalo-211", due_at=at)
    assert f"Chờ gửi, gửi lại lúc {at.astimezone(clock.VIETNAM):%H:%M %d/%m}" in page


@pytest.mark.django_db
def test_a_reply_that_is_due_says_no_time() -> None:
    assert "gửi lại lúc" not in shown(state="planned", due_at=clock.now())


@pytest.mark.parametrize("code", [int(code) for code in error_table()["families"]["oa"]["codes"] if code != "0"])
def test_every_code_a_reply_can_end_with_has_words(code: int) -> None:
    outcome = outcome_for("oa", code)
    if not isinstance(outcome, Refused):
        return
    shows_code = outcome.why in reply_trouble(outcome.why)
    assert shows_code == (code in FOR_GROUPS_AND_POSTS)
