"""G55: words of present danger bring the 113 card at once and ring at the duty desk."""

from datetime import timedelta

import pytest

from binhyen.core import clock
from binhyen.inbox.models import AlertState, ConversationState, DutyAlert, Urgency
from tests.flows.living_page import HOA, LivingPage, page, zalo_url

__all__ = ["page", "zalo_url"]

PHRASES = [
    "có kẻ đang cầm dao đâm người ở chợ",
    "cuu toi voi co nguoi cam dao dam vo",
    "Cứu với! chồng tôi đang đánh tôi chảy máu",
    "nha hang xom dang chay to lam, co nguoi ket trong nha",
]


@pytest.mark.parametrize("text", PHRASES)
def test_the_card_comes_first_and_the_desk_rings_within_ten_seconds(page: LivingPage, text: str) -> None:
    written_at = clock.now()
    page.says(text)
    page.work()
    first = page.heard()[0]
    assert "113" in first["text"]
    assert "114" in first["text"]
    assert any(button.get("payload", {}) for button in first["buttons"]) or "0239" in first["text"]
    alert = DutyAlert.objects.get()
    assert alert.state == AlertState.RINGING
    assert alert.created_at - written_at < timedelta(seconds=10)
    conversation = page.conversation()
    assert (conversation.state, conversation.urgency) == (ConversationState.WAITING, Urgency.DANGER)


def test_a_second_cry_gets_the_card_again_and_does_not_ring_twice(page: LivingPage) -> None:
    page.says(PHRASES[0])
    page.says(PHRASES[1])
    page.work()
    assert len([message for message in page.heard() if "GỌI NGAY" in message["text"]]) == 2
    assert DutyAlert.objects.count() == 1


def test_the_greeting_says_that_messages_are_no_emergency_line(page: LivingPage) -> None:
    page.zalo.do("follow", user_id=HOA)
    page.work()
    head = page.heard()[0]["text"].split("\n")[0]
    assert all(number in head for number in ("113", "114", "115", "111"))
    assert "không phải đường dây khẩn cấp" in head
