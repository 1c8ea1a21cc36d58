"""Every documented event becomes a typed event or is ignored by name; odd shapes do no harm."""

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from binhyen.channels.connector import (
    AccessRevoked,
    Call,
    ConsentWithdrawn,
    Echo,
    Followed,
    Ignored,
    Interacted,
    Media,
    MediaItem,
    MediaKind,
    PublicComment,
    Receipt,
    Text,
    Unfollowed,
    Unknown,
)
from binhyen.channels.zalo_oa.connector import ZaloOa
from binhyen.channels.zalo_oa.tests.calls import KEYS, RESIDENT, SAMPLES, at_ms, body_of, signed, text_event

TYPED = {
    "user_send_text": Text,
    "anonymous_send_text": Text,
    "user_received_message": Receipt,
    "user_seen_message": Receipt,
    "user_reacted_message": Interacted,
    "user_click_chatnow": Interacted,
    "user_call_oa": Interacted,
    "widget_interaction_accepted": Interacted,
    "follow": Followed,
    "unfollow": Unfollowed,
    "user_withdraw": ConsentWithdrawn,
    "permission_revoked": AccessRevoked,
    "user_send_group_text": PublicComment,
}
read = ZaloOa().read
PLACE = {"latitude": "17.4689", "longitude": "106.6225"}


def expected_type(sample: dict) -> type:
    name = sample["event"]
    if sample["group"] == "zns":
        return Ignored
    if name in TYPED:
        return TYPED[name]
    if "_group_" in name or sample["group"] == "gmf":
        return Ignored
    if name.startswith(("user_send_", "anonymous_send_")):
        return Media
    return Echo if name.startswith("oa_send_") else Ignored


def sample_of(event: str) -> dict:
    return next(sample["body"] for sample in SAMPLES if sample["event"] == event)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["event"])
def test_sample(sample):
    (event,) = read(body_of(sample["body"]))
    assert type(event) is expected_type(sample)


def test_text_with_quote():
    (event,) = read(body_of(SAMPLES[1]["body"]))
    sent_at = at_ms(1795136474000) + timedelta(milliseconds=14)
    assert event == Text(
        RESIDENT, "2be9fec91c2c7e4b40fe", "Dạ em gửi thêm thông tin ạ", sent_at, "4f2a9c0d1e7b6a583344"
    )


def test_picture_with_caption():
    (event,) = read(body_of(sample_of("user_send_image")))
    assert event.text == "Xe lạ đậu chắn đầu ngõ 12 từ tối qua"
    assert event.items == (MediaItem(MediaKind.IMAGE, url="https://f1-photo-talk.example.zdn.vn/jpg/9a1.jpg"),)


def test_file_keeps_name_and_size():
    (event,) = read(body_of(sample_of("user_send_file")))
    (item,) = event.items
    assert (item.kind, item.name, item.size_bytes) == (MediaKind.FILE, "to-khai-CT01.pdf", 184320)


@pytest.mark.parametrize(
    "message",
    [
        {"attachments": [{"type": "location", "payload": {"coordinates": PLACE}}]},
        {"location": {"latitude": 17.4689, "longitude": 106.6225}},
        {"location": {"coordinates": PLACE}},
    ],
)
def test_location_in_each_place(message):
    body = {**sample_of("user_send_location"), "message": {**message, "msg_id": "a1"}}
    (event,) = read(body_of(body))
    assert event.items == (MediaItem(MediaKind.LOCATION, description="17.468900,106.622500"),)


@pytest.mark.parametrize("latitude", ["NaN", "Infinity", "91", "north", None])
def test_a_place_off_the_earth_is_odd(latitude):
    body = {**sample_of("user_send_location")}
    body["message"] = {"location": {"latitude": latitude, "longitude": "106"}, "msg_id": "a1"}
    assert read(body_of(body)) == (Unknown("user_send_location", "attachments"),)


def test_business_card_gives_the_number():
    (event,) = read(body_of(sample_of("user_send_business_card")))
    assert event.items == (MediaItem(MediaKind.CONTACT_CARD, description="84900000001"),)


@pytest.mark.parametrize("message", [{"msg_ids": ["a1", "b2"]}, {"msg_ids": ["a1"], "msg_id": "b2"}])
def test_seen_by_list_or_single_id(message):
    (event,) = read(body_of({**sample_of("user_seen_message"), "message": message}))
    assert event.message_ids == ("a1", "b2")
    assert event.is_seen


def test_anonymous_person_can_be_answered():
    (event,) = read(body_of(sample_of("anonymous_send_text")))
    assert event.person == "anonymous:1ffedc467f179649aa01:fa8f3f8701c2e89cbb02"
    other = {**sample_of("anonymous_send_text"), "anonymous_id": "top"}
    assert read(body_of(other))[0].person == "anonymous:top:fa8f3f8701c2e89cbb02"


def test_echo_tells_who_typed():
    assert read(body_of(sample_of("oa_send_text")))[0].is_typed_elsewhere
    assert not read(body_of(sample_of("oa_send_file")))[0].is_typed_elsewhere


@pytest.mark.parametrize(
    "name",
    [
        "react_request_join_group", "react_request_join_group_accept", "react_request_join_group_reject",
        "user_leave_group", "disperse_group", "oa_reacted_message", "change_template_quota",
    ],
)  # fmt: skip
def test_other_spellings_are_ignored_by_name(name):
    assert read(body_of({**sample_of("create_group"), "event_name": name})) == (Ignored(name),)


@pytest.mark.parametrize("name", ["user_dreams_of_page", "", "user_click_button", "x" * 10_000, "a\x00b\n"])
def test_a_kind_never_seen_is_unknown(name):
    (event,) = read(body_of(text_event(event_name=name)))
    assert type(event) is Unknown
    assert len(event.kind) <= 60
    assert event.kind.isprintable()


def test_text_is_made_safe_to_store():
    written = "ta\u0323m\x00 tru\u0301\ud800 \u202eabc"
    (event,) = read(json.dumps(text_event(message={"msg_id": "a1", "text": written})).encode())
    assert event.text == "tạm trú abc"


def test_a_very_long_text_arrives_whole():
    (event,) = read(body_of(text_event(message={"msg_id": "a1", "text": "ạ" * 100_000})))
    assert len(event.text) == 100_000


def test_a_thousand_attachments_are_bounded_and_told():
    one = {"type": "image", "payload": {"url": "https://a.zdn.vn/1.jpg"}}
    body = {**sample_of("user_send_image"), "message": {"msg_id": "a1", "attachments": [one] * 1000}}
    media, rest = read(body_of(body))
    assert len(media.items) == 101
    assert media.items[-1] == MediaItem(MediaKind.FILE, left_out=900)
    assert rest == Unknown("user_send_image", "900 attachments left out")


def test_a_kind_of_attachment_never_seen_before_is_told():
    attachments = [{"type": "poll", "payload": {"question": "?"}}, "odd"]
    media, rest = read(
        body_of({**sample_of("user_send_image"), "message": {"msg_id": "a1", "attachments": attachments}})
    )
    assert media.items == (MediaItem(MediaKind.FILE, left_out=2),)
    assert rest == Unknown("user_send_image", "2 attachments left out")


def test_the_words_of_a_template_sent_from_elsewhere_are_kept():
    (echo,) = read(body_of(sample_of("oa_send_template")))
    assert echo.items == (
        MediaItem(MediaKind.LINK, url="https://zinstant.example.zdn.vn/2", description="Kết quả hồ sơ"),
    )


def test_a_group_member_who_does_not_mention_the_page_is_never_quoted():
    body = {**sample_of("user_send_group_text"), "message": {"text": "CANARY chuyện riêng", "msg_id": "a1"}}
    assert "CANARY" not in str(read(body_of(body)))


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@st.composite
def spoiled_events(draw):
    """A true event in which one or two fields hold something else."""
    body = json.loads(json.dumps(draw(st.sampled_from(SAMPLES))["body"]))
    for _ in range(draw(st.integers(1, 2))):
        place = body
        while isinstance(place, dict) and place:
            name = draw(st.sampled_from(sorted(place)))
            if not isinstance(place[name], dict) or draw(st.booleans()):
                place[name] = draw(any_json)
                break
            place = place[name]
    return body


@given(spoiled_events())
@settings(max_examples=300, deadline=None)
def test_spoiled_events_never_raise(body):
    raw = json.dumps(body).encode()
    assert read(raw)
    assert ZaloOa().verify(signed(raw, str(body.get("timestamp", "")), at_ms(1795136437007)), KEYS)


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_bytes_never_raise(raw):
    assert read(raw)
    assert ZaloOa().verify(Call(raw, {"x-zevent-signature": "mac=0"}, at_ms(0)), KEYS)
