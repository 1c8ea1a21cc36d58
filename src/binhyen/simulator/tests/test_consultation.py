"""Consultation messages: shapes, limits, windows, what the resident gets."""

import unicodedata
from typing import Any

import pytest

from binhyen.simulator.tests.driver import BINH, DAY_S, HOA, HOUR_S, OA_2, PNG, Driver, buttons, media

LIMIT = (-210, "Parameter exceeds allowable limit")
NOT_SUPPORTED = (-233, "Message type is invalid or not support")
OK = (0, "Success")
QUERY = {"title": "Gặp cán bộ", "type": "oa.query.show", "payload": "#gap-can-bo"}


def wrong(field: str) -> tuple[int, str]:
    """The refusal of one field."""
    return -201, f"{field} is invalid!"


@pytest.fixture
def page(sim: Driver) -> Driver:
    """A page that cô Hoa has just written to."""
    sim.say()
    sim.sign_in()
    return sim


def test_text_arrives_and_is_listed(page: Driver) -> None:
    answer = page.send({"text": "Chào cô"})
    assert answer["error"] == 0
    assert answer["message"] == "Success"
    assert answer["data"]["user_id"] == HOA
    assert len(answer["data"]["message_id"]) == 20
    assert page.messages() == [{"n": 1, "user_id": HOA, "text": "Chào cô", "buttons": [], "attachments": []}]


def test_messages_are_numbered_and_since_leaves_out_the_old(page: Driver) -> None:
    for number in range(4):
        page.send({"text": f"tin {number}"})
    assert [row["n"] for row in page.messages()] == [1, 2, 3, 4]
    assert [row["text"] for row in page.messages(since=2)] == ["tin 2", "tin 3"]
    assert page.messages(since=4) == []


def test_text_is_counted_in_characters_after_nfc(page: Driver) -> None:
    letter = unicodedata.normalize("NFD", "ệ")
    assert len(letter) == 3
    assert page.send_code({"text": letter * 2000}) == OK
    assert page.messages()[0]["text"] == "ệ" * 2000
    assert page.send_code({"text": "ệ" * 2001}) == LIMIT
    assert page.send_code({"text": "😀" * 2000}) == OK


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": "   "}, "text"),
        ({"text": 5}, "text"),
        ("chào", "message"),
        ({"text": "a", "attachment": "x"}, "attachment"),
    ],
)
def test_message_without_content(page: Driver, message: Any, field: str) -> None:
    assert page.send_code(message) == wrong(field)


@pytest.mark.parametrize("user_id", [7000000000000000011, "x", "", None, "7000000000000000999", "7000000000100000011"])
def test_ids_are_strings_of_known_people_of_this_page(page: Driver, user_id: Any) -> None:
    assert page.send_code({"text": "a"}, user_id) == wrong("user_id")


def test_body_must_be_json(page: Driver) -> None:
    answer = page.http.post("/v3.0/oa/message/cs", content=b"{]", headers={"access_token": page.token})
    assert answer.json() == {"error": -201, "message": "body is invalid!"}
    assert page.post("/v3.0/oa/message/cs", {"message": {"text": "a"}})["message"] == "recipient is invalid!"


def test_quote_needs_a_message_of_the_same_chat_and_text_only(page: Driver) -> None:
    own, other = page.say("câu hỏi"), page.say("khác", BINH)
    assert page.send_code({"text": "đây", "quote_message_id": own}) == OK
    assert page.send_code({"text": "đây", "quote_message_id": other}) == wrong("quote_message_id")
    assert page.send_code({"text": "đây", "quote_message_id": "nope"}) == wrong("quote_message_id")
    picture = media(media_type="image", url="https://example.vn/a.jpg") | {"quote_message_id": own}
    assert page.send_code(picture) == wrong("quote_message_id")


def test_picture_by_url_or_by_upload_but_not_both(page: Driver) -> None:
    handle = page.upload("image", "a.png", PNG)["data"]["attachment_id"]
    assert page.send_code(media(media_type="image", url="https://example.vn/a.jpg")) == OK
    assert page.send_code({"text": "chú thích"} | media(media_type="image", attachment_id=handle)) == OK
    assert page.messages()[1]["attachments"] == [{"type": "image", "attachment_id": handle}]
    both = media(media_type="image", attachment_id=handle, url="https://example.vn/a.jpg")
    assert page.send_code(both) == wrong("attachment_id")
    assert page.send_code(media(media_type="image")) == wrong("attachment_id")
    assert page.send_code(media(media_type="image", url="ftp://x")) == wrong("url")
    assert page.send_code(media(media_type="film", url="https://x")) == wrong("media_type")
    assert page.send_code({"text": "x" * 2001} | media(media_type="image", url="https://x")) == LIMIT


def test_gif_needs_its_size_and_sticker_its_id(page: Driver) -> None:
    assert page.send_code(media(media_type="gif", url="https://x/g.gif")) == wrong("width")
    assert page.send_code(media(media_type="gif", url="https://x/g.gif", width=10, height=20)) == OK
    assert page.send_code(media(media_type="sticker", attachment_id="46981")) == OK
    assert page.send_code(media(media_type="sticker", url="https://x/s.png")) == wrong("attachment_id")


def test_file_goes_by_token_without_text(page: Driver) -> None:
    token = page.upload("file", "ct01.pdf", b"%PDF-1.4 x")["data"]["token"]
    message = {"attachment": {"type": "file", "payload": {"token": token}}}
    assert page.send_code(message) == OK
    assert page.send_code({"text": "kèm"} | message) == wrong("text")
    assert page.send_code({"attachment": {"type": "file", "payload": {"token": "x"}}}) == wrong("token")


def test_upload_belongs_to_its_page_and_kind_and_lives_seven_days(page: Driver) -> None:
    picture = page.upload("image", "a.png", PNG)["data"]["attachment_id"]
    assert page.send_code({"attachment": {"type": "file", "payload": {"token": picture}}}) == wrong("token")
    page.sign_in(OA_2)
    page.do("say", user_id="7000000000100000011", text="a", oa_id=OA_2)
    message = media(media_type="image", attachment_id=picture)
    assert page.send_code(message, "7000000000100000011") == wrong("attachment_id")
    page.advance(7 * DAY_S + 1)
    page.say()
    page.sign_in()
    assert page.send_code(message) == (-100, "attachment_id was expired")


def test_request_for_contact_details(page: Driver) -> None:
    element = {"title": "Xin thông tin", "subtitle": "Để gọi lại", "image_url": "https://example.vn/a.png"}

    def asked(*elements: dict[str, Any]) -> dict[str, Any]:
        payload = {"template_type": "request_user_info", "elements": list(elements)}
        return {"attachment": {"type": "template", "payload": payload}}

    assert page.send_code(asked(element)) == OK
    assert page.send_code(asked(element, element)) == LIMIT
    assert page.send_code(asked(element | {"title": "x" * 101})) == LIMIT
    assert page.send_code(asked(element | {"subtitle": "x" * 501})) == LIMIT
    assert page.send_code(asked(element | {"image_url": "a.png"})) == wrong("image_url")
    assert page.send_code(asked()) == wrong("elements")


def test_buttons_arrive_as_sent(page: Driver) -> None:
    items = [
        QUERY,
        {"title": "Tờ khai", "type": "oa.open.url", "payload": {"url": "https://example.vn"}},
        {"title": "Gọi", "type": "oa.open.phone", "payload": {"phone_code": "84900000000"}},
        {"title": "Nhắn", "type": "oa.open.sms", "payload": {"phone_code": "84900000000", "content": "a"}},
        {"title": "Ẩn", "type": "oa.query.hide", "payload": "#an"},
    ]
    assert page.send_code(buttons(*items)) == OK
    assert page.send_code(buttons(QUERY, template_type="button")) == OK
    assert page.messages()[0]["buttons"] == items
    assert page.send_code(buttons(*items, QUERY)) == LIMIT


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"title": "x" * 101}, LIMIT),
        ({"title": ""}, wrong("title")),
        ({"payload": "x" * 1001}, LIMIT),
        ({"payload": ""}, wrong("payload")),
        ({"payload": {"x": 1}}, wrong("payload")),
        ({"type": "oa.nothing"}, wrong("type")),
        ({"type": "oa.open.url", "payload": {"url": "javascript:alert(1)"}}, wrong("url")),
        ({"type": "oa.open.phone", "payload": {"phone_code": "+84"}}, wrong("phone_code")),
        ({"type": "oa.open.sms", "payload": {"phone_code": "84", "content": "x" * 161}}, LIMIT),
    ],
)
def test_button_limits(page: Driver, change: dict[str, Any], refused: tuple[int, str]) -> None:
    assert page.send_code(buttons(QUERY | change)) == refused


def test_buttons_and_lists_can_be_refused(page: Driver) -> None:
    page.do("settings", buttons="-233", list_template="-233")
    assert page.send_code(buttons(QUERY)) == NOT_SUPPORTED
    row = {"title": "a", "subtitle": "b"}
    payload = {"template_type": "list", "elements": [row]}
    assert page.send_code({"attachment": {"type": "template", "payload": payload}}) == NOT_SUPPORTED
    assert page.send_code({"text": "thường"}) == OK
    assert [row["text"] for row in page.messages()] == ["thường"]


def test_list_limits(page: Driver) -> None:
    row = {"title": "a", "subtitle": "b", "default_action": {"type": "oa.open.url", "url": "https://example.vn"}}

    def listed(*rows: dict[str, Any]) -> tuple[int, str]:
        payload = {"template_type": "list", "elements": list(rows)}
        return page.send_code({"attachment": {"type": "template", "payload": payload}})

    assert listed(row, {"title": "c"}) == OK
    assert listed(*[row] * 6) == LIMIT
    assert listed({"title": "không phụ đề"}) == wrong("subtitle")
    assert listed(row | {"default_action": {"type": "oa.open.url", "payload": {"url": "https://x"}}}) == wrong("url")


def test_unknown_templates_are_not_supported(page: Driver) -> None:
    odd = {"attachment": {"type": "template", "payload": {"template_type": "receipt"}}}
    assert page.send_code(odd) == NOT_SUPPORTED
    assert page.send_code({"attachment": {"type": "audio", "payload": {}}}) == NOT_SUPPORTED


def test_windows_of_48_hours_and_7_days(page: Driver) -> None:
    assert page.send({"text": "a"})["data"]["quota"] == {"quota_type": "reply"}
    page.advance(48 * HOUR_S + 1)
    page.sign_in()
    quota = page.send({"text": "a"})["data"]["quota"]
    assert quota["quota_type"] == "sub_quota"
    assert (quota["remain"], quota["total"]) == ("1999", "2000")
    assert (quota["owner_type"], quota["owner_id"]) == ("OA", "2000000000000000001")
    page.advance(5 * DAY_S)
    page.sign_in()
    assert page.send_code({"text": "a"}) == (-230, "User has not interacted with the OA in the past 7 days")
    page.say()
    assert page.send_code({"text": "a"}) == OK


def test_person_who_never_interacted(page: Driver) -> None:
    assert page.send_code({"text": "a"}, BINH)[0] == -232


def test_new_follower_gets_three_welcome_messages_then_the_package_pays(page: Driver) -> None:
    page.do("follow", user_id=BINH)
    quotas = [page.send({"text": "chào"}, BINH)["data"]["quota"] for _ in range(4)]
    assert [quota["quota_type"] for quota in quotas] == ["welcome_msg"] * 3 + ["sub_quota"]
    assert [quota["remain"] for quota in quotas[:3]] == ["2", "1", "0"]


def test_eight_free_replies_when_switched(page: Driver) -> None:
    page.do("settings", free_replies="8")
    quotas = [page.send({"text": "a"})["data"]["quota"] for _ in range(9)]
    assert [quota["remain"] for quota in quotas[:8]] == [str(left) for left in range(7, -1, -1)]
    assert quotas[8]["quota_type"] == "sub_quota"
    page.say()
    assert page.send({"text": "a"})["data"]["quota"]["quota_type"] == "reply"


@pytest.mark.parametrize(("account", "code"), [("linked", 0), ("none", -320), ("empty", -321)])
def test_when_the_package_is_used_up_the_account_pays(page: Driver, account: str, code: int) -> None:
    page.do("pages", quota_total=0, cloud_account=account)
    page.advance(49 * HOUR_S)
    page.sign_in()
    answer = page.send({"text": "a"})
    assert answer["error"] == code
    assert "quota" not in answer.get("data", {})


def test_reply_command_reaches_the_writer_eight_times_within_48_hours(page: Driver) -> None:
    asked = page.say("hỏi", BINH)
    body = {"recipient": {"message_id": asked}, "message": {"text": "đáp"}}
    answers = [page.post("/v3.0/oa/message/cs", body) for _ in range(9)]
    assert [answer["error"] for answer in answers] == [0] * 8 + [-211]
    assert answers[0]["data"]["user_id"] == BINH
    late = page.say("hỏi nữa", BINH)
    page.advance(48 * HOUR_S + 1)
    page.sign_in()
    assert page.post("/v3.0/oa/message/cs", body | {"recipient": {"message_id": late}})["error"] == -230
    assert page.post("/v3.0/oa/message/cs", body | {"recipient": {"message_id": "x"}})["error"] == -201


@pytest.mark.parametrize(("fact", "code"), [("is_banned", -227), ("has_restricted", -244)])
def test_people_who_cannot_be_reached(page: Driver, fact: str, code: int) -> None:
    page.do("residents", user_id=HOA, **{fact: True})
    assert page.send_code({"text": "a"})[0] == code


def test_following_can_be_required(page: Driver) -> None:
    page.do("settings", follow_required=True)
    assert page.send_code({"text": "a"}) == (-213, "User has not followed OA")
    page.do("follow", user_id=HOA)
    assert page.send_code({"text": "a"}) == OK


def test_withdrawn_person_is_not_written_to(page: Driver) -> None:
    page.do("withdraw", user_id=HOA)
    assert page.send_code({"text": "a"})[0] == -244


def test_unknown_recipients_can_be_allowed_for_benchmarks(page: Driver) -> None:
    page.do("settings", auto_residents=True)
    assert page.send_code({"text": "a"}, "7000000000000777777") == OK


def test_conversations_are_bounded(page: Driver) -> None:
    for number in range(40):
        page.say(f"tin {number}")
    chat = page.http.get("/phone", params={"user": HOA}).text
    assert chat.count('<li class="bubble') == 30
    assert "tin 39" in chat
    assert "tin 5<" not in chat
