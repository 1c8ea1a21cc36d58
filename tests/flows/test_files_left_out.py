"""A file of the chat that is refused once its words are sealed: case and person read why, the chat says nothing."""

from datetime import timedelta

import pytest
from django.test import Client

from binhyen.audit.models import AuditRow
from binhyen.cases import actions
from binhyen.cases.models import Case, CaseEvent
from binhyen.cases.routes import MOVED
from binhyen.cases.tests.factories import make_station
from binhyen.channels.connector import Media, MediaItem, MediaKind
from binhyen.channels.media_fetch import Fetched
from binhyen.console.tests.factories import sign_in
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.inbox.models import Attachment, Conversation, Message
from binhyen.portal.tests.portal_pages import values_of
from binhyen.portal.units_here import forget_units
from binhyen.vault.media_types import PDF
from binhyen.vault.models import StoredFile
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.vault.tests.samples import jpeg_with_everything
from binhyen.workflows import answering, media
from binhyen.workflows.clear_words import make_due_cases
from binhyen.workflows.intake import receive_now
from tests.flows.test_clear_words import TOLD as CLEARLY_TOLD
from tests.flows.test_clear_words import code_in
from tests.flows.test_private_path import TOLD, fetch, link_of, sent_on
from tests.guarantees.test_g63_marked_documents import pdf_headed

pytestmark = pytest.mark.django_db
SECRET_SEEN = "1 tệp có dấu mật"
NEWS = "mã tra cứu"


def announce(station, *names: str, words: str = TOLD) -> None:
    items = tuple(MediaItem(MediaKind.FILE, url=f"https://cdn.example/{name}", name=name) for name in names)
    receive_now(station.house.zalo, Media("zalo-1", "m9", items, clock.now(), words))


def zalo_hands_over(monkeypatch, *contents: bytes | str) -> None:
    """What the next fetches bring, in order; text is the reason of a refusal."""
    waiting = list(contents)

    def fetched(_url: str) -> Fetched:
        content = waiting.pop(0)
        if isinstance(content, str):
            raise NotPossible(content)
        return Fetched(content, PDF if content.startswith(b"%PDF") else "image/jpeg")

    monkeypatch.setattr(media.media_fetch, "fetch", fetched)


@pytest.fixture
def station(monkeypatch):
    hash_lightly(monkeypatch)
    forget_units()
    return make_station()


@pytest.fixture
def unclear(monkeypatch) -> None:
    """No words are clear enough to leave the thread by themselves."""
    monkeypatch.setattr(answering, "CLEAR_REPORT", 1.1)


def began(station, *names: str) -> tuple[Client, str]:
    """Files announced, the link in the chat opened: the browser and the first page of the report."""
    announce(station, *names)
    client = Client()
    page = client.post(f"/thach-binh/g/z/{link_of(Conversation.objects.get())}/", follow=True)
    return client, page.content.decode()


def seen_by_officer(station, case: Case) -> str:
    return sign_in(station.duty).get(f"/console/cases/{case.public_id}/").content.decode()


def behind_the_code(receipt: str) -> str:
    return Client().post("/thach-binh/x/", {"code": code_in(receipt)}).content.decode()


def news() -> list[str]:
    return [text for text in Message.objects.values_list("text", flat=True) if NEWS in text]


def trouble_in_the_thread() -> list[str]:
    return list(Attachment.objects.exclude(reason="").values_list("reason", flat=True))


def test_refused_at_the_moment_of_sending(station, unclear, monkeypatch):
    client, page = began(station, "KH 15.pdf")
    zalo_hands_over(monkeypatch, pdf_headed("TỐI MẬT"))
    with monkeypatch.context() as before:
        before.setattr(media, "_check_is_no_secret_paper", lambda _fetched: None)
        fetch(1)
    receipt = sent_on(client, page)
    case = Case.objects.get()
    assert SECRET_SEEN in receipt
    assert SECRET_SEEN in behind_the_code(receipt)
    assert "1 tệp không đi cùng: là giấy tờ có dấu mật" in seen_by_officer(station, case)
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()
    assert not news()


def test_refused_between_the_first_page_and_the_last(station, unclear, monkeypatch):
    client, page = began(station, "a.jpg", "b.pdf")
    zalo_hands_over(monkeypatch, jpeg_with_everything(), "media_gone")
    fetch(2)
    receipt = sent_on(client, page)
    assert "1 tệp không đọc được" in receipt
    assert "1 tệp không đi cùng: " in seen_by_officer(station, Case.objects.get())
    assert Case.objects.get().files.count() == 1
    assert not Attachment.objects.exists()


def test_what_was_refused_before_is_told_to_the_officers_once(station, unclear, monkeypatch):
    zalo_hands_over(monkeypatch, "media_gone")
    announce(station, "a.jpg")
    fetch(1)
    announce_more = Client()
    page = announce_more.post(f"/thach-binh/g/z/{link_of(Conversation.objects.get())}/", follow=True).content.decode()
    assert "1 tệp không đọc được" in page
    receipt = sent_on(announce_more, page)
    assert CaseEvent.objects.filter(kind="left_out").count() == 1
    assert "1 tệp không đọc được" in receipt
    again = announce_more.post("/thach-binh/g/6/", {"draft": values_of(page, "draft"), "sheet": "x"}).content.decode()
    assert code_in(again) == code_in(receipt)
    assert "1 tệp không đọc được" in again
    assert CaseEvent.objects.filter(kind="left_out").count() == 1


def test_refused_after_the_report_was_sent(station, unclear, monkeypatch):
    client, page = began(station, "a.pdf", "b.pdf", "c.jpg")
    receipt = sent_on(client, page)
    case = Case.objects.get()
    assert "Tệp trong đoạn chat" not in behind_the_code(receipt)
    before = Message.objects.count()
    zalo_hands_over(monkeypatch, pdf_headed("MẬT"), "media_gone", jpeg_with_everything())
    fetch(3)
    page = behind_the_code(receipt)
    assert SECRET_SEEN in page
    assert "1 tệp không đọc được" in page
    officer = seen_by_officer(station, case)
    assert "1 tệp không đi cùng: là giấy tờ có dấu mật" in officer
    assert case.files.count() == 1
    assert not Attachment.objects.exists()
    assert Message.objects.count() == before + 1
    [told] = news()
    assert not any(word in told.lower() for word in ("tệp", "ảnh", "mật", "trình báo", "cần sa"))


def test_a_finished_case_is_told_too(station, unclear, monkeypatch):
    client, page = began(station, "a.pdf")
    receipt = sent_on(client, page)
    case = actions.take_step(station.scope(), Case.objects.get(), "see")
    case = actions.take_step(station.scope(), case, "answer", "Đã nhắc nhở")
    actions.take_step(station.scope(), case, "close", "Đã xong")
    zalo_hands_over(monkeypatch, "media_gone")
    fetch(1)
    assert "1 tệp không đọc được" in behind_the_code(receipt)
    assert Case.objects.get().state == "closed"


def test_without_a_way_back_the_thread_keeps_the_refusal(station, unclear, monkeypatch):
    client, page = began(station, "a.pdf")
    sent_on(client, page)
    zalo_hands_over(monkeypatch, "media_gone")
    with clock.at(clock.now() + timedelta(days=8)):
        fetch(1)
    assert not CaseEvent.objects.filter(kind="left_out").exists()
    assert trouble_in_the_thread() == ["media_gone"]
    assert not news()


def test_words_sealed_by_themselves_say_it_with_the_code(station, monkeypatch):
    announce(station, "KH-15_TOI-MAT.pdf", "b.pdf", words=CLEARLY_TOLD)
    make_due_cases()
    assert not trouble_in_the_thread()
    zalo_hands_over(monkeypatch, "media_gone")
    fetch(1)
    assert not Attachment.objects.exists()
    assert not news()
    receipt = Client().post(f"/thach-binh/g/z/{link_of(Conversation.objects.get())}/").content.decode()
    for page in (receipt, behind_the_code(receipt)):
        assert SECRET_SEEN in page
        assert "1 tệp không đọc được" in page
    assert "là giấy tờ có dấu mật" in seen_by_officer(station, Case.objects.get())


def test_a_file_refused_before_the_case_is_made_is_not_lost(station, monkeypatch):
    announce(station, "b.pdf", words=CLEARLY_TOLD)
    zalo_hands_over(monkeypatch, "media_gone")
    fetch(1)
    assert trouble_in_the_thread() == ["media_gone"]
    make_due_cases()
    assert not trouble_in_the_thread()
    assert CaseEvent.objects.get(kind="left_out").facts == {"why": "media_gone", "files": 1}


def test_attachments_beyond_what_is_kept_are_told_in_the_thread(station):
    items = (MediaItem(MediaKind.LINK, url="https://lua-dao.example/a", description="Trúng thưởng"),)
    items = (*items, MediaItem(MediaKind.IMAGE), MediaItem(MediaKind.FILE, left_out=900))
    thread = receive_now(station.house.zalo, Media("zalo-1", "m9", items, clock.now()))
    page = sign_in(station.duty).get(f"/console/c/{thread.public_id}/").content.decode()
    assert "<strong>Đường dẫn</strong> Trúng thưởng https://lua-dao.example/a" in page
    assert "<strong>Ảnh</strong> · không nhận: Zalo không cho biết" in page
    assert "<strong>Tệp</strong> +900 · không nhận: " in page
    assert thread.state == "waiting"


def test_attachments_beyond_what_is_kept_are_counted_one_by_one_in_the_case(station):
    items = (MediaItem(MediaKind.LINK, url="https://lua-dao.example/a", description="Trúng thưởng"),)
    items = (*items, MediaItem(MediaKind.FILE, left_out=900))
    receive_now(station.house.zalo, Media("zalo-1", "m9", items, clock.now(), CLEARLY_TOLD))
    make_due_cases()
    case = Case.objects.get()
    assert CaseEvent.objects.get(kind="left_out").facts == {"why": "media_not_kept", "files": 900}
    assert "Trúng thưởng https://lua-dao.example/a" in seen_by_officer(station, case)
    assert not trouble_in_the_thread()


def test_words_that_leave_while_a_file_is_fetched_take_it_along(station, unclear, monkeypatch):
    client, page = began(station, "a.jpg")
    conversation = Conversation.objects.get()

    def sent_meanwhile(_attachment):
        sent_on(client, page)
        return Fetched(jpeg_with_everything(), "image/jpeg")

    with monkeypatch.context() as slow:
        fetcher = media.MediaFetcher()
        slow.setattr(fetcher._pool, "map", lambda _fetch, rows: map(sent_meanwhile, rows))
        fetcher.fetch_announced(1)
        fetcher.close()
    assert conversation.messages.filter(text=MOVED).exists()
    assert not StoredFile.objects.exists()
    zalo_hands_over(monkeypatch, jpeg_with_everything())
    fetch(1)
    assert Case.objects.get().files.count() == 1
    assert not Attachment.objects.exists()


def test_no_record_tells_which_chat_it_was(station, unclear, monkeypatch):
    client, page = began(station, "a.pdf")
    sent_on(client, page)
    zalo_hands_over(monkeypatch, "media_gone")
    fetch(1)
    [row] = AuditRow.objects.filter(action="case.left_out")
    conversation = Conversation.objects.get()
    kept = str([row.facts, row.subject, *CaseEvent.objects.values_list("facts", flat=True)])
    assert conversation.public_id not in kept
    assert "zalo-1" not in kept
