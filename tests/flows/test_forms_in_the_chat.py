"""A resident asks for a form and gets it as a file."""

from binhyen.inbox.models import Attachment, Delivery, DeliveryState
from binhyen.vault.models import StoredFile
from tests.flows.living_page import THUYEN, LivingPage


def test_a_form_asked_for_by_name_comes_as_a_file(page: LivingPage) -> None:
    page.says("cho xin mau ct01 voi a")
    page.says("Mẫu CT01", THUYEN)
    page.work()

    for person in ("7000000000000000011", THUYEN):
        words, file = page.heard(person)
        assert "Mẫu CT01" in words["text"]
        assert "kiểm tra trước khi nộp" in words["text"]
        assert "/mau-don/CT01/" in words["text"]
        assert file["text"] == ""
        assert file["attachments"][0]["name"].startswith("ct01-")
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}
    assert list(Attachment.objects.values_list("name", flat=True).distinct()) == [
        "ct01-to-khai-thay-doi-thong-tin-cu-tru.pdf"
    ]
    assert not StoredFile.objects.exists(), "made when it is sent, kept nowhere"


def test_the_button_under_an_answer_brings_the_form(page: LivingPage) -> None:
    page.says("Đăng ký tạm trú cho người thuê trọ cần giấy tờ gì?")
    page.work()
    [answer] = page.heard()
    titles = [button["title"] for button in answer["buttons"]]
    page.zalo.do("tap", user_id="7000000000000000011", button=titles.index("Nhận mẫu CT01"))
    page.work()
    assert page.heard()[-1]["attachments"][0]["type"] == "file"


def test_a_name_from_before_brings_the_form_of_today(page: LivingPage) -> None:
    page.says("xin mẫu bản khai nhân khẩu HK01")
    page.work()
    assert "CT01" in page.heard()[0]["text"]
    assert page.heard()[-1]["attachments"][0]["type"] == "file"
