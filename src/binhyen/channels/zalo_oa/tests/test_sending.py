"""Messages to residents through the live simulator: shapes, limits, faults and what becomes of each."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from binhyen.channels.connector import (
    Button,
    ButtonKind,
    Later,
    Outbound,
    OutboundFile,
    OutcomeUnknown,
    Refused,
    Sent,
)
from binhyen.channels.tests.live import HOA, PAGE
from binhyen.channels.zalo_oa import api
from binhyen.channels.zalo_oa.connector import ZaloOa
from binhyen.channels.zalo_oa.profile import PageInfo, Profile, page_info, profile
from binhyen.channels.zalo_oa.tests.pictures import gif, jpeg

send = ZaloOa().send
PDF = OutboundFile("mau-ct01.pdf", "application/pdf", b"%PDF-1.4\n%%EOF\n")
BUTTONS = (
    Button("Tải tờ khai CT01", ButtonKind.OPEN, "https://conganphuong.example.vn/tt/tam-tru"),
    Button("Gặp cán bộ", ButtonKind.SAY, "#gap-can-bo"),
    Button("Gọi trực ban", ButtonKind.CALL, "0900 000 000"),
)


def text(words: str = "Chào bà con", **more: object) -> Outbound:
    return Outbound(HOA, words, **more)


def test_text_goes_out_in_nfc(zalo):
    outcome = send(text("ta\u0323m tru\u0301"), zalo.keys())
    (sent,) = zalo.sent()
    assert (sent["text"], sent["user_id"]) == ("tạm trú", HOA)
    assert outcome == Sent(sent["msg_id"], "reply")


def test_a_spoilt_token_is_refused_and_raises_nothing(zalo):
    outcome = send(text(), {**zalo.keys(), "access_token": "khóa hỏng"})
    assert isinstance(outcome, Refused | Later), outcome
    assert zalo.sent() == []


def test_quote(zalo):
    asked = zalo.do("say", user_id=HOA, text="Cho hỏi")["msg_id"]
    assert isinstance(send(text(quoted_message_id=asked), zalo.keys()), Sent)
    assert zalo.sent()[0]["quote_msg_id"] == asked


def test_a_lost_quote_does_not_cost_the_words(zalo):
    assert isinstance(send(text(quoted_message_id="gone"), zalo.keys()), Sent)
    assert zalo.sent()[0]["text"] == "Chào bà con"


def test_buttons(zalo):
    assert isinstance(send(text(buttons=BUTTONS), zalo.keys()), Sent)
    (sent,) = zalo.sent()
    assert [button["type"] for button in sent["buttons"]] == ["oa.open.url", "oa.query.show", "oa.open.phone"]
    assert sent["buttons"][2]["payload"] == {"phone_code": "84900000000"}


def test_refused_buttons_become_a_numbered_menu_and_the_page_is_remembered(zalo):
    keys = zalo.keys()
    zalo.do("settings", buttons="-233")
    assert isinstance(send(text(buttons=BUTTONS), keys), Sent)
    zalo.do("settings", buttons="accepted")
    assert isinstance(send(text(buttons=BUTTONS), keys), Sent)
    menus = [sent["text"] for sent in zalo.sent()]
    assert menus[0] == menus[1]
    assert "1. Tải tờ khai CT01: https://conganphuong.example.vn/tt/tam-tru\n2. Gặp cán bộ\n3. Gọi" in menus[0]
    assert not zalo.sent()[0]["buttons"]


def test_a_menu_that_does_not_fit_follows_the_text(zalo):
    zalo.do("settings", buttons="-233")
    assert isinstance(send(text("a" * 1990, buttons=BUTTONS), zalo.keys()), Sent)
    assert [len(sent["text"]) > 1000 for sent in zalo.sent()] == [True, False]


def test_more_than_five_buttons_become_a_menu(zalo):
    many = tuple(Button(f"Mục {n}", ButtonKind.SAY, f"#{n}") for n in range(6))
    assert isinstance(send(text(buttons=many), zalo.keys()), Sent)
    assert "6. Mục 5" in zalo.sent()[0]["text"]


def test_picture_with_caption(zalo):
    picture = OutboundFile("so-do.jpg", "image/jpeg", jpeg())
    assert isinstance(send(text("Sơ đồ", file=picture), zalo.keys()), Sent)
    (sent,) = zalo.sent()
    assert (sent["kind"], sent["text"]) == ("image", "Sơ đồ")


def test_moving_picture(zalo):
    assert isinstance(send(text("", file=OutboundFile("a.gif", "image/gif", gif())), zalo.keys()), Sent)
    assert zalo.sent()[0]["kind"] == "gif"


def test_document_is_uploaded_once(zalo):
    keys = zalo.keys()
    for _ in range(3):
        assert isinstance(send(text("", file=PDF), keys), Sent)
    handles = {sent["attachments"][0]["token"] for sent in zalo.sent()}
    assert len(handles) == 1


def test_an_expired_upload_is_uploaded_again(zalo):
    keys = zalo.keys()
    send(text("", file=PDF), keys)
    zalo.do("clock", advance_s=7 * 86_400 + 60)
    zalo.do("chatnow", user_id=HOA)
    zalo.do("say", user_id=HOA, text="ạ")
    assert isinstance(send(text("", file=PDF), {**zalo.keys()}), Sent)
    first, second = (sent["attachments"][0]["token"] for sent in zalo.sent())
    assert first != second


def test_an_anonymous_person_is_answered(zalo):
    zalo.do("say", anonymous_id="anon01", conversation_id="talk01", text="Tôi báo tin")
    assert isinstance(send(Outbound("anonymous:anon01:talk01", "Dạ", buttons=BUTTONS), zalo.keys()), Sent)
    assert "2. Gặp cán bộ" in zalo.sent()[0]["text"]


@pytest.mark.parametrize(
    ("outbound", "why"),
    [
        (text("ạ" * 2001), "text_too_long"),
        (text("  "), "empty"),
        (Outbound("", "a"), "person"),
        (text("a", file=PDF), "text_with_file"),
        (text("", file=PDF, buttons=BUTTONS), "buttons_with_file"),
        (text("a", buttons=(Button("x" * 101, ButtonKind.SAY, "#a"),)), "button"),
        (text("a", buttons=(Button("x", ButtonKind.SAY, "#" * 1001),)), "button_value"),
        (text("", file=OutboundFile("a.zip", "application/zip", b"PK")), "file_type"),
        (text("", file=OutboundFile("a.jpg", "image/jpeg", b"x" * 1_048_577)), "file_too_large"),
        (text("", file=OutboundFile("a.pdf", "application/pdf", b"x" * 5_242_881)), "file_too_large"),
    ],
)
def test_what_zalo_would_refuse_never_leaves(zalo, outbound, why):
    outcome = send(outbound, zalo.keys())
    assert (type(outcome), outcome.why) == (Refused, why)
    assert zalo.sent() == []


def test_two_thousand_characters_in_nfd_still_fit(zalo):
    assert isinstance(send(text("a\u0323" * 2000), zalo.keys()), Sent)


@pytest.mark.parametrize(
    ("fault", "outcome", "acted"),
    [
        ({"kind": "drop", "when": "before"}, OutcomeUnknown, 0),
        ({"kind": "drop", "when": "after"}, OutcomeUnknown, 1),
        ({"kind": "reset", "when": "after"}, OutcomeUnknown, 1),
        ({"kind": "hang", "when": "after", "seconds": 3}, OutcomeUnknown, 1),
        ({"kind": "http", "status": 502, "when": "after"}, OutcomeUnknown, 1),
        ({"kind": "http", "status": 503, "when": "before"}, OutcomeUnknown, 0),
        ({"kind": "http", "status": 403, "when": "before"}, Refused, 0),
        ({"kind": "http", "status": 429, "when": "before"}, Later, 0),
        ({"kind": "wrong_json", "when": "after"}, OutcomeUnknown, 1),
        ({"kind": "error", "code": -200, "when": "before"}, Later, 0),
        ({"kind": "error", "code": -32, "variant": 1}, Later, 0),
    ],
)
def test_faults(zalo, monkeypatch, fault, outcome, acted):
    monkeypatch.setattr(api, "CALL_LIMIT_S", 1.5)
    keys = zalo.keys()
    zalo.do("faults", path="/v3.0/oa/message/cs", **fault)
    assert type(send(text(), keys)) is outcome
    assert len(zalo.sent()) == acted


def test_nobody_listens(zalo):
    keys = {**zalo.keys(), "api_url": "http://127.0.0.1:1"}
    assert type(send(text(), keys)) is Later
    assert type(send(text("", file=PDF), keys)) is Later


@pytest.mark.parametrize("kind", ["drop", "http", "wrong_json"])
def test_a_lost_upload_may_be_repeated(zalo, kind):
    keys = zalo.keys()
    zalo.do("faults", path="/v2.0/oa/upload/file", kind=kind, when="after")
    assert type(send(text("", file=PDF), keys)) is Later
    assert isinstance(send(text("", file=PDF), keys), Sent)
    assert len(zalo.sent()) == 1


@pytest.mark.parametrize("expired_code", ["-220", "-216"])
def test_an_old_token_asks_for_a_new_one(zalo, expired_code):
    keys = zalo.keys()
    zalo.do("settings", expired_code=expired_code)
    zalo.do("clock", advance_s=90_001)
    assert send(text(), keys) == Later(0, f"zalo{expired_code}", needs_new_token=True)


def test_without_a_token_the_account_stops(zalo):
    outcome = send(text(), {**zalo.keys(), "access_token": ""})
    assert (outcome.why, outcome.stops_account) == ("no_token", True)


@pytest.mark.parametrize(
    ("change", "why"), [({"package": "basic"}, "zalo-224"), ({"is_disabled": True}, "zalo-204")]
)  # fmt: skip
def test_a_page_that_may_not_send_stops(zalo, change, why):
    keys = zalo.keys()
    zalo.do("pages", oa_id=PAGE, **change)
    outcome = send(text(), keys)
    assert (outcome.why, outcome.stops_account) == (why, True)


def test_after_seven_days_another_way_is_needed(zalo):
    zalo.do("clock", advance_s=8 * 86_400)
    outcome = send(text(), zalo.keys())
    assert outcome == Refused("zalo-230", hint="other_way")


def test_the_last_call_of_a_minute_holds_the_next(zalo):
    keys = zalo.keys()
    zalo.do("settings", app_rate_per_minute=1)
    assert isinstance(send(text(), keys), Sent)
    outcome = send(text(), keys)
    assert (type(outcome), outcome.why) == (Later, "rate_limit")
    assert 1 <= outcome.after_s <= 61
    assert len(zalo.sent()) == 1


def test_threads_share_their_connections(zalo):
    keys = zalo.keys()
    zalo.do("settings", app_rate_per_minute=0, oa_rate_per_minute=0)
    seen = set()

    def one(number: int) -> bool:
        seen.add(id(api.connections("http", "127.0.0.1")))
        return isinstance(send(text(f"Tin {number}"), keys), Sent)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(80)))
    assert len(seen) == 1
    assert len({sent["text"] for sent in zalo.sent()}) == 80
    assert threading.active_count() < 50


def test_profile_and_page(zalo):
    keys = zalo.keys()
    found = profile(HOA, keys)
    assert isinstance(found, Profile)
    assert found.display_name
    assert found.display_name not in repr(found)
    info = page_info(keys)
    assert isinstance(info, PageInfo)
    assert (info.external_id, info.is_government) == (PAGE, True)


def test_profile_of_an_anonymous_person_is_never_asked(zalo):
    assert profile("anonymous:a:b", zalo.keys()) == Refused("anonymous")


def test_a_lost_profile_is_no_reason_to_park(zalo):
    keys = zalo.keys()
    zalo.do("faults", path="/v3.0/oa/user/detail", kind="drop")
    assert type(profile(HOA, keys)) is Later
