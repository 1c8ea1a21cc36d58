"""A resident quotes a message, an officer answers one: both ways over the page, shown on both sides."""

from binhyen.console.tests.factories import make_officer, sign_in
from binhyen.inbox.models import Direction, Message
from binhyen.units.models import Role
from tests.flows.living_page import HOA, LivingPage


def test_quotes_go_both_ways(page: LivingPage) -> None:
    page.says("cho tôi gặp cán bộ")
    page.work()
    [told] = page.heard()
    page.says("Câu này nghĩa là sao ạ?", quote_msg_id=told["msg_id"])
    page.work()
    asked = Message.objects.get(direction=Direction.INBOUND, text="Câu này nghĩa là sao ạ?")
    assert asked.quoted_id == told["msg_id"]

    officer = sign_in(make_officer(page.unit, "may", Role.DUTY_OFFICER))
    path = f"/console/c/{page.conversation().public_id}/"
    assert "Trả lời: “" in officer.get(path).content.decode()
    chosen = officer.post(f"{path}draft/", {"text": "", "quotes": asked.external_id})
    assert f'name="quote" value="{asked.external_id}"' in officer.get(chosen.url).content.decode()
    officer.post(f"{path}reply/", {"text": "Là cán bộ sẽ nhắn lại cho chị.", "quote": asked.external_id})
    page.work()

    reply = page.heard()[-1]
    assert (reply["text"], reply["quote_msg_id"]) == ("Là cán bộ sẽ nhắn lại cho chị.", asked.external_id)
    phone = page.zalo.http.get("/phone", params={"user": HOA}).text
    assert '<p class="quoted">Câu này nghĩa là sao ạ?</p>' in phone
    assert "Trả lời: “Câu này nghĩa là sao ạ?”" in officer.get(path).content.decode()


def test_words_that_were_sealed_are_quoted_nowhere(page: LivingPage) -> None:
    page.says("cho tôi gặp cán bộ")
    page.work()
    page.says("nhà ông Tám bán ma túy, tối nào cũng có người lạ ra vào", quote_msg_id=page.heard()[0]["msg_id"])
    page.work()
    sealed = Message.objects.filter(direction=Direction.INBOUND).latest("id")
    assert (sealed.text, sealed.quoted_id) == ("[Đã chuyển sang kênh kín]", "")
    officer = sign_in(make_officer(page.unit, "may", Role.DUTY_OFFICER))
    path = f"/console/c/{page.conversation().public_id}/"
    officer.post(f"{path}reply/", {"text": "Đã nhận, cảm ơn chị.", "quote": sealed.external_id})
    page.work()
    assert page.heard()[-1]["quote_msg_id"] is None
