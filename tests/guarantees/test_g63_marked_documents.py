"""G63: papers marked secret are known by the head of the document itself, whatever the file is called."""

import io

import pikepdf
import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from binhyen.cases.models import CaseFile
from binhyen.cases.tests.factories import make_station
from binhyen.channels.connector import Media, MediaItem, MediaKind, Text
from binhyen.channels.media_fetch import Fetched
from binhyen.core import clock
from binhyen.inbox.models import Attachment
from binhyen.language.publication import has_secret_heading
from binhyen.portal.tests.portal_pages import seed
from binhyen.portal.tests.report_pages import post as send_page
from binhyen.vault import document_words
from binhyen.vault.document_words import words_of_document
from binhyen.vault.media_types import DOC, PDF, recognise
from binhyen.vault.models import StoredFile
from binhyen.vault.tests import samples
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.workflows import answering, media
from binhyen.workflows.intake import receive_now
from tests.flows.test_private_path import link_of

TOLD = "thấy cây cần sa trồng trong rẫy nhà ông Tám"


def pdf_headed(mark: str) -> bytes:
    """A paper as offices write it: number and mark on the left, the words of the state on the right."""
    left, right = f"CÔNG AN TỈNH \\ Số: 15/KH \\ #box(stroke: 1pt)[{mark}]", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    page = f"#grid(columns: 2, [{left}], [{right}])\n= KẾ HOẠCH\nNội dung là bí mật của ong mật."
    return typst.compile(page.encode())


def doc_holding(text: bytes) -> bytes:
    """An old Word file with a text, among other bytes."""
    return samples.DOC + bytes(20) + text + bytes(20)


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_the_first_page_of_a_pdf_is_read(mark):
    assert has_secret_heading(words_of_document(PDF, pdf_headed(mark)))


def test_a_pdf_without_a_mark_passes():
    assert not has_secret_heading(words_of_document(PDF, pdf_headed("HỎA TỐC")))


def test_what_cannot_be_read_is_treated_as_a_scan(monkeypatch):
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_headed("MẬT"))) as paper:
        paper.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    for unreadable in (samples.PDF, locked.getvalue(), b"%PDF-1.7 broken %%EOF"):
        assert words_of_document(PDF, unreadable) == ""
    monkeypatch.setattr(document_words, "PDF_LIMIT_S", 0.001)
    assert words_of_document(PDF, pdf_headed("MẬT")) == ""


HEADS = ("CÔNG AN TỈNH\rTỐI MẬT\rKẾ HOẠCH", "\x07MẬT\x07Số 15", "TUYỆT MẬT\r", "Tối mật\r", "x\tTỐI MẬT\tCỘNG HÒA\r")
LEGACY = ("C\r\u0054è\u0049 MËT\rK", "\rTUYEÄT MAÄT\r", "\rTÔ\u0301I MÂ\u0323T\r", "\rtuyÖt mËt\r")


@pytest.mark.parametrize("text", HEADS)
def test_old_word_files_are_searched(text):
    content = doc_holding(text.encode("utf-16-le"))
    assert recognise(content) == DOC
    assert has_secret_heading(words_of_document(DOC, content))


@pytest.mark.parametrize("text", LEGACY)
def test_old_word_files_in_old_codings_are_searched(text):
    assert has_secret_heading(words_of_document(DOC, doc_holding(text.encode("cp1258"))))


@pytest.mark.parametrize(
    "text",
    ["Giữ bí mật danh tính\r", "FORMAT\rMATH", "Luật chia ba độ: Tuyệt mật, Tối mật và Mật\r", "dài " * 40 + "MẬT\r"],
)
def test_old_word_files_about_secrets_pass(text):
    for coding in ("utf-16-le", "utf8"):
        assert not has_secret_heading(words_of_document(DOC, doc_holding(text.encode(coding))))


@pytest.mark.django_db
@pytest.mark.parametrize("content", [pdf_headed("MẬT"), doc_holding(HEADS[0].encode("utf-16-le"))], ids=["pdf", "doc"])
def test_the_report_refuses_it_and_says_what_to_do(content):
    seed()
    client, before = Client(), StoredFile.objects.count()
    send_page(client, 1, {"topic": "crime"})
    send_page(client, 2, {"text": "Có người phát tán tài liệu"})
    send_page(client, 3)
    answer = send_page(client, 4, {"files": [SimpleUploadedFile("ảnh chụp.pdf", content)], "act": "next"})
    assert answer.status_code == 422
    assert "dấu mật" in answer.content.decode()
    assert (CaseFile.objects.count(), StoredFile.objects.count()) == (0, before)


@pytest.fixture
def station(monkeypatch):
    """Where no words are clear enough to leave the thread by themselves."""
    monkeypatch.setattr(answering, "CLEAR_REPORT", 1.1)
    hash_lightly(monkeypatch)
    return make_station()


def sent_to_the_page(station, monkeypatch, name: str, content: bytes, content_type: str) -> None:
    item = MediaItem(MediaKind.FILE, url="https://cdn.example/a", name=name)
    receive_now(station.house.zalo, Media("zalo-1", "m2", (item,), clock.now(), TOLD))
    monkeypatch.setattr(media.media_fetch, "fetch", lambda _url: Fetched(content, content_type))
    fetcher = media.MediaFetcher()
    fetcher.fetch_announced()
    fetcher.close()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["KH 15.pdf", "KH-15_TOI-MAT.pdf"])
def test_a_paper_sent_by_chat_is_kept_nowhere_and_the_person_is_told(station, monkeypatch, name):
    conversation = receive_now(station.house.zalo, Text("zalo-1", "m1", TOLD, clock.now()))
    sent_to_the_page(station, monkeypatch, name, pdf_headed("TỐI MẬT"), PDF)
    refused = Attachment.objects.get()
    assert (refused.state, refused.reason, refused.original) == ("refused", "file_state_secret", None)
    assert "TOI" not in refused.name
    assert not StoredFile.objects.exists()
    client = Client()
    page = client.post(f"/thach-binh/g/z/{link_of(conversation)}/", follow=True).content.decode()
    for words in ("1 tệp có dấu mật", "đến trụ sở", "gọi"):
        assert words in page


@pytest.mark.django_db
def test_a_paper_that_lay_in_the_chat_before_leaves_it_when_the_report_begins(station, monkeypatch):
    conversation = receive_now(station.house.zalo, Text("zalo-1", "m1", TOLD, clock.now()))
    with monkeypatch.context() as before:
        before.setattr(media, "_check_is_no_secret_paper", lambda _fetched: None)
        sent_to_the_page(station, monkeypatch, "KH 15.pdf", pdf_headed("TỐI MẬT"), PDF)
    assert StoredFile.objects.exists()
    client = Client()
    page = client.post(f"/thach-binh/g/z/{link_of(conversation)}/", follow=True).content.decode()
    assert "1 tệp có dấu mật" in page
    assert not StoredFile.objects.exists()
    assert Attachment.objects.get().state == "refused"
