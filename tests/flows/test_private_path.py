"""From a report-like chat message to a sealed case, and back over a way that can be cut."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from binhyen.cases import actions, handing_over
from binhyen.cases.models import Case, CaseRoute
from binhyen.cases.reports import key_of, report_in
from binhyen.cases.tests.factories import make_station
from binhyen.channels.connector import Media, MediaItem, MediaKind, Text
from binhyen.channels.media_fetch import Fetched
from binhyen.core import clock
from binhyen.inbox.models import Attachment, Message
from binhyen.portal.tests.portal_pages import values_of
from binhyen.portal.units_here import forget_units
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.vault.tests.samples import jpeg_with_everything
from binhyen.workflows import answering, media
from binhyen.workflows.intake import receive_now
from binhyen.workflows.private_path import MOVED, tell_reporter

pytestmark = pytest.mark.django_db
TOLD = "thấy cây cần sa trồng trong rẫy nhà ông Tám"


@pytest.fixture
def station(monkeypatch):
    """Where no words are clear enough to leave the thread by themselves."""
    monkeypatch.setattr(answering, "CLEAR_REPORT", 1.1)
    hash_lightly(monkeypatch)
    forget_units()
    return make_station()


def told(station, text: str = TOLD, number: int = 1):
    return receive_now(station.house.zalo, Text("zalo-1", f"m{number}", text, clock.now()))


def link_of(conversation) -> str:
    for message in conversation.messages.filter(direction="outbound"):
        whole = message.text + str(message.buttons)
        if found := re.search(r"/g/z/([\w-]{43})/", whole):
            return found[1]
    raise AssertionError("no link")


def sent_by_link(station, conversation) -> str:
    """Go through the wizard by the link; the page with the code."""
    client, token = Client(), link_of(conversation)
    client.post(f"/thach-binh/g/z/{token}/")
    return sent_on(client)


def sent_on(client: Client, html: str = "") -> str:
    """Every page of the wizard sent on; the page with the code."""
    hidden = {"draft": values_of(html, "draft")} if html else {}
    html = client.post("/thach-binh/g/1/", {**hidden, "topic": "crime"}, follow=True).content.decode()
    assert TOLD in html
    for step, data in (
        (2, {"text": TOLD + " rất nhiều"}),
        (3, {}),
        (4, {"act": "next"}),
        (5, {"way": "anonymous"}),
        (6, {}),
    ):
        hidden = {name: values_of(html, name) for name in ("draft", "sheet") if f'name="{name}"' in html}
        html = client.post(f"/thach-binh/g/{step}/", {**hidden, **data}, follow=True).content.decode()
    return html


def test_the_words_move_into_the_case_and_leave_the_thread(station):
    conversation = told(station)
    assert "Đã nhận tin" in sent_by_link(station, conversation)
    case = Case.objects.get()
    assert case.channel == "zalo"
    assert TOLD in report_in(case, key_of(case)).text
    conversation.refresh_from_db()
    assert conversation.preview == MOVED
    assert not Message.objects.filter(text__contains="Tám").exists()
    assert not Message.objects.filter(folded__contains="ong tam").exists()


def test_the_link_opens_once_and_looking_at_it_uses_nothing_up(station):
    token = link_of(told(station))
    address = f"/thach-binh/g/z/{token}/"
    for _ in range(3):
        assert Client().get(address).status_code == 200
    assert Client().post(address).status_code == 302
    again = Client().post(address)
    assert again.status_code == 410
    assert not again.cookies.get("buoc")


def test_without_sending_nothing_leaves_the_thread(station):
    conversation = told(station)
    Client().post(f"/thach-binh/g/z/{link_of(conversation)}/")
    assert Message.objects.filter(text=TOLD).exists()
    assert not Case.objects.exists()


def test_news_is_one_neutral_sentence(station):
    conversation = told(station)
    sent_by_link(station, conversation)
    case = Case.objects.get()
    case = actions.take_step(station.scope(), case, "see")
    case = actions.take_step(station.scope(), case, "answer", "Đã bắt quả tang ông Tám")
    assert tell_reporter(case)
    news = conversation.messages.order_by("-id").first().text
    assert "mã tra cứu" in news
    assert not re.search(r"Tám|bắt|cần sa|\d", news)


def test_news_of_the_unit_it_went_on_to_comes_back_by_the_same_way(station):
    conversation = told(station)
    sent_by_link(station, conversation)
    there = make_station("dong-hoi")
    case = actions.take_step(station.scope(), Case.objects.get(), "see")
    onward = handing_over.transfer_to_unit(station.scope(), case, there.unit, "Có người bán cần sa", [])
    onward = actions.take_step(there.scope(), onward, "see")
    assert tell_reporter(actions.take_step(there.scope(), onward, "answer", "Đã bắt quả tang ông Tám"))
    assert "mã tra cứu" in conversation.messages.order_by("-id").first().text


def test_the_word_dung_destroys_the_way_back(station):
    conversation = told(station)
    sent_by_link(station, conversation)
    told(station, "Dừng", 2)
    assert not CaseRoute.objects.exists()
    assert not tell_reporter(Case.objects.get())
    assert "Đã hủy" in conversation.messages.order_by("-id").first().text


def test_dung_from_somebody_else_is_an_ordinary_word(station):
    conversation = told(station, "dừng", 1)
    said = str(list(conversation.messages.values_list("text", flat=True)))
    assert "Đã hủy" not in said
    assert "Cảnh báo chung của Công an xã" in said  # warnings go to whoever wrote lately: nothing else is promised


def test_after_seven_days_there_is_no_way_back(station):
    sent_by_link(station, told(station))
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        assert not tell_reporter(Case.objects.get())


def with_pictures(station, monkeypatch, number: int, of: int = 1) -> None:
    """A message with pictures; `of` of them are fetched at once."""
    items = tuple(MediaItem(MediaKind.IMAGE, url=f"https://cdn.example/{one}.jpg") for one in range(number))
    receive_now(station.house.zalo, Media("zalo-1", "m9", items, clock.now(), TOLD))
    monkeypatch.setattr(media.media_fetch, "fetch", lambda _url: Fetched(jpeg_with_everything(), "image/jpeg"))
    fetch(of)


def fetch(number: int) -> None:
    fetcher = media.MediaFetcher()
    fetcher.fetch_announced(number)
    fetcher.close()


def test_pictures_that_come_late_follow_into_the_case(station, monkeypatch):
    conversation = told(station)
    with_pictures(station, monkeypatch, 3)
    client = Client()
    page = client.post(f"/thach-binh/g/z/{link_of(conversation)}/", follow=True).content.decode()
    assert "2 tệp còn đang chuyển" in page
    fetch(1)
    sent_on(client, page)
    case = Case.objects.get()
    assert case.files.count() == 2
    assert Attachment.objects.get().state == "announced"
    fetch(1)
    assert case.files.count() == 3
    assert not Attachment.objects.exists()


def test_what_does_not_fit_is_said(station, monkeypatch):
    conversation = told(station)
    with_pictures(station, monkeypatch, 12, 12)
    page = Client().post(f"/thach-binh/g/z/{link_of(conversation)}/", follow=True).content.decode()
    assert "2 tệp không đủ chỗ" in page


def test_a_place_sent_along_is_part_of_the_words(station):
    conversation = told(station)
    place = MediaItem(MediaKind.LOCATION, description="17.46881, 106.62214")
    receive_now(station.house.zalo, Media("zalo-1", "m9", (place,), clock.now(), TOLD))
    client = Client()
    client.post(f"/thach-binh/g/z/{link_of(conversation)}/")
    page = client.post("/thach-binh/g/1/", {"topic": "crime"}, follow=True).content.decode()
    assert "17.46881, 106.62214" in page
