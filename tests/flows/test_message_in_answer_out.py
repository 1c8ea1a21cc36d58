"""A resident writes to the page; the right answer comes back, or the right officer sees it."""

from binhyen.inbox.models import Author, ConversationState, Delivery, DeliveryState, Message
from tests.flows.living_page import THUYEN, LivingPage


def test_a_procedure_question_is_answered_in_the_chat(page: LivingPage) -> None:
    page.says("làm căn cước cho con 15 tuổi cần giấy tờ gì ạ")
    page.work()
    [answer] = page.heard()
    assert "căn cước" in answer["text"].lower()
    conversation = page.conversation()
    assert conversation.number == 1
    assert conversation.kind == "procedure"
    assert Delivery.objects.get().state == DeliveryState.SENT
