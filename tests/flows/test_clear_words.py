"""Clear words of a chat are sealed before anybody asks; the person gets the code, or the words back."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from binhyen.audit.models import AuditRow
from binhyen.cases import actions
from binhyen.cases.models import Case, CaseRoute, ReportDraft
from binhyen.cases.reports import key_of, report_in
from binhyen.cases.tests.factories import make_station
from binhyen.channels.connector import Media, MediaItem, MediaKind, PublicComment, Text
from binhyen.channels.media_fetch import Fetched
from binhyen.core import clock
from binhyen.inbox.models import Attachment, ConversationState, DutyAlert, Message
from binhyen.portal.tests.portal_pages import values_of
from binhyen.portal.units_here import forget_units
from binhyen.vault import receipts
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.vault.tests.samples import jpeg_with_everything
from binhyen.workflows import answering, media
from binhyen.workflows.clear_words import make_due_cases
from binhyen.workflows.erasing import erase_person
from binhyen.workflows.intake import receive_now
from binhyen.workflows.private_path import MOVED, tell_reporter
from tests.guarantees.test_g01_identity_never_in_clear import assert_clean, everything_kept

pytestmark = pytest.mark.django_db
TOLD = "nhà ông Tám bán ma túy, tối nào cũng có người lạ ra vào"
PIECES = (
    "ở ngõ nhỏ cạnh cây đa",
    "tên nó là Nguyễn Văn Bình",
    "biển số 73H1-123.45",
    "số điện thoại của nó 0912345678",
    "đừng nói ai là tôi báo",
)
SECRETS = ("ông Tám bán ma túy", "người lạ ra vào")


@pytest.fixture
def station(monkeypatch):
    hash_lightly(monkeypatch)
    forget_units()
    return make_station()


def told(station, text: str = TOLD, number: int = 1, person: str = "zalo-1"):
    return receive_now(station.house.zalo, Text(person, f"m{number}", text, clock.now()))


def case_of(*_: object) -> Case:
    make_due_cases()
    return Case.objects.get()


def out(conversation) -> list[Message]:
    return list(conversation.messages.filter(direction="outbound").order_by("id"))


def link_of(message: Message) -> str:
    found = re.search(r"/g/z/([\w-]{43})/", message.text + str(message.buttons))
    assert found, message.text
    return f"/thach-binh/g/z/{found[1]}/"


def code_in(html: str) -> str:
    return "".join(re.findall(r"<span>(\d{3})</span>", html)[:6])


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_stays_readable_anywhere(station):
    conversation = told(station)
    assert_clean(everything_kept(), *SECRETS)
    case = case_of()
    assert report_in(case, key_of(case)).text == TOLD
    assert (case.channel, case.state, case.receipt_hash) == ("zalo", "received", None)
    assert_clean(everything_kept(), *SECRETS)
    conversation.refresh_from_db()
    assert (conversation.preview, conversation.state) == (MOVED, ConversationState.ANSWERED)
    assert [one.text for one in conversation.messages.filter(direction="inbound")] == [MOVED]


def test_it_rings_at_the_desk_and_no_row_of_the_record_names_the_chat(station):
    conversation = told(station)
    case = case_of()
    assert DutyAlert.objects.get().subject == case.public_id
    assert conversation.public_id not in str(list(AuditRow.objects.values("subject", "facts")))


def test_the_hint_quotes_nothing_and_comes_once(station):
    conversation = told(station)
    told(station, "tối qua lại có người bán ma túy ở đó, đông lắm", 2)
    sent = out(conversation)
    assert "cất kín" in sent[0].text
    assert len(sent) == 1
    assert not re.search(r"Tám|ma túy|bán|báo", sent[0].text)


def test_the_code_comes_once_by_the_link_and_again_to_the_same_browser(station):
    address = link_of(out(told(station))[0])
    client = Client()
    assert "kín" in client.get(address).content.decode()
    html = client.post(address).content.decode()
    code = code_in(html)
    assert case_of().receipt_hash == receipts.hashed(code)
    assert code_in(client.post(address).content.decode()) == code
    assert Client().post(address).status_code == 410
    assert "Đã nhận" in Client().post("/thach-binh/x/", {"code": code}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_slow_hash_never_holds_the_database(station, monkeypatch):
    held: list[bool] = []
    slow = receipts.hashed
    monkeypatch.setattr(receipts, "hashed", lambda code: held.append(connection.in_atomic_block) or slow(code))
    address = link_of(out(told(station))[0])
    client = Client()
    client.post(address)
    client.post(address)
    assert "lấy lại" in client.post(address, {"act": "back"}).content.decode().lower()
    assert held == [False] * 3


def test_a_link_to_the_form_is_not_mistaken_for_an_older_code(station, monkeypatch):
    client = Client()
    client.post(link_of(out(told(station))[0]))
    monkeypatch.setattr(answering, "CLEAR_REPORT", 1.1)  # nothing is clear any more
    with clock.at(clock.now() + timedelta(hours=25)):
        conversation = told(station, "thấy cây cần sa trồng trong rẫy nhà anh K ở buôn Ea", 2)
        assert client.post(link_of(out(conversation)[-1])).status_code == 302


def test_more_words_and_pieces_join_the_same_case(station):
    conversation = told(station)
    make_due_cases()
    for number, piece in enumerate(PIECES, start=2):
        told(station, piece, number)
    make_due_cases()
    case = Case.objects.get()
    assert case.events.filter(kind="addition").count() == len(PIECES)
    assert {one.text for one in conversation.messages.filter(direction="inbound")} == {MOVED}
    assert not Message.objects.filter(text__contains="cây đa").exists()


@pytest.mark.parametrize("words", ["làm căn cước cho con 15 tuổi cần giấy gì", "cảm ơn", "số trực ban bao nhiêu"])
def test_a_question_in_between_is_still_a_question(station, words):
    conversation = told(station)
    told(station, words, 2)
    assert conversation.messages.filter(text=words).exists()


def test_danger_to_life_stays_readable_at_once(station):
    conversation = told(station, "cứu với, đang có người cầm dao chém nhau trước nhà tôi")
    assert conversation.messages.filter(text__contains="cầm dao").exists()
    assert not ReportDraft.objects.filter(is_due=True).exists()


def test_taken_back_the_words_stand_in_the_thread_and_the_case_is_gone(station):
    conversation = told(station)
    told(station, "nhà có cổng xanh ấy", 2)
    client, address = Client(), link_of(out(conversation)[0])
    html = client.post(address).content.decode()
    draft = values_of(html, "draft")
    done = client.post(address, {"draft": draft, "act": "back"})
    assert done.status_code == 200
    assert not Case.objects.exclude(wrapped_key=b"").exists()
    conversation.refresh_from_db()
    words = list(conversation.messages.filter(direction="inbound").order_by("id").values_list("text", flat=True))
    assert words == [f"{TOLD}\nnhà có cổng xanh ấy", MOVED]
    assert conversation.state == ConversationState.WAITING
    assert client.post(address, {"draft": draft, "act": "back"}).status_code == 410


def test_what_is_being_worked_on_is_not_taken_back(station):
    client, address = Client(), link_of(out(told(station))[0])
    draft = values_of(client.post(address).content.decode(), "draft")
    case = actions.take_step(station.scope(), Case.objects.get(), "see")
    actions.take_step(station.scope(), case, "verify")
    refused = client.post(address, {"draft": draft, "act": "back"})
    assert refused.status_code == 409
    assert Case.objects.exclude(wrapped_key=b"").count() == 1
    assert not Message.objects.filter(text__contains="Tám").exists()


def test_news_brings_the_code_that_was_never_fetched(station):
    conversation = told(station)
    case = case_of()
    case = actions.take_step(station.scope(), case, "see")
    actions.take_step(station.scope(), case, "answer", "Đã bắt quả tang ông Tám")
    assert tell_reporter(Case.objects.get())
    news = out(conversation)[-1]
    assert not re.search(r"Tám|bắt|ma túy", news.text)
    html = Client().post(link_of(news)).content.decode()
    page = Client().post("/thach-binh/x/", {"code": code_in(html)}).content.decode()
    assert "Đã bắt quả tang" in page
    late = Client().post(link_of(out(conversation)[0]))
    assert (late.status_code, code_in(late.content.decode())) == (200, "")


def test_a_picture_follows_its_words_and_never_stands_in_the_thread(station, monkeypatch):
    item = MediaItem(MediaKind.IMAGE, url="https://cdn.example/a.jpg", name="nha ong Tam.jpg")
    receive_now(station.house.zalo, Media("zalo-1", "m1", (item,), clock.now(), TOLD))
    monkeypatch.setattr(media.media_fetch, "fetch", lambda _url: Fetched(jpeg_with_everything(), "image/jpeg"))
    fetcher = media.MediaFetcher()
    try:
        assert fetcher.fetch_announced() == 1
        assert Attachment.objects.get().name == ""
        make_due_cases()
        with clock.at(clock.now() + timedelta(minutes=2)):
            fetcher.fetch_announced()
    finally:
        fetcher.close()
    assert not Attachment.objects.exists()
    assert Case.objects.get().files.count() == 1


def test_words_in_public_are_sealed_in_the_same_way(station):
    receive_now(station.house.zalo, PublicComment("zalo-1", "c1", TOLD, clock.now()))
    case = case_of()
    assert report_in(case, key_of(case)).text == TOLD
    assert not Message.objects.filter(text__contains="Tám").exists()


def test_who_has_everything_erased_leaves_no_case_behind(station):
    told(station)
    erase_person((station.house.zalo.pk, "zalo-1"), station.unit.pk, clock.now())
    make_due_cases()
    assert not Case.objects.exists()
    assert not ReportDraft.objects.exists()
    assert not CaseRoute.objects.exists()


def test_one_that_cannot_be_read_holds_up_no_other_and_is_kept(station):
    told(station, person="zalo-1")
    told(station, "xóm tôi có nhóm đánh bạc ăn tiền mỗi tối", 2, person="zalo-2")
    broken = ReportDraft.objects.order_by("id").first()
    ReportDraft.objects.filter(pk=broken.pk).update(sealed_fields=b"x" * 60)
    assert make_due_cases() == 1
    with clock.at(clock.now() + timedelta(days=3)):
        assert ReportDraft.objects.filter(pk=broken.pk, is_due=True).exists()
