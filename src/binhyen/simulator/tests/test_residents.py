"""Residents as actors: every deed gives the event Zalo would send, field for field."""

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from binhyen.simulator.media import AMR, PDF_WITH_MACRO
from binhyen.simulator.tests.driver import BINH, HOA, OA, Driver, buttons

SAMPLES = json.loads((Path(__file__).parent / "webhook_samples.json").read_text(encoding="utf-8"))


def shape_of(value: Any) -> Any:
    """Names and types of a body; a list by its first item."""
    if isinstance(value, dict):
        return {name: shape_of(item) for name, item in sorted(value.items())}
    if isinstance(value, list):
        return [shape_of(value[0])] if value else []
    return type(value).__name__


def sample(event: str) -> dict[str, Any]:
    """The first collected sample of an event."""
    return next(row["body"] for row in SAMPLES if row["event"] == event)


CHAT = {
    "user_send_text": {"text": "a"},
    "user_send_image": {"text": "a", "image": True},
    "user_send_file": {"file": True},
    "user_send_audio": {"audio": True},
    "user_send_video": {"video": True},
    "user_send_gif": {"gif": True},
    "user_send_sticker": {"sticker": True},
    "user_send_location": {"location": True},
    "user_send_link": {"text": "https://example.vn", "link": True},
    "user_send_business_card": {"business_card": True},
}


@pytest.mark.parametrize("event", list(CHAT))
def test_chat_events_have_the_shape_of_the_samples(sim: Driver, event: str) -> None:
    sim.do("say", user_id=HOA, **CHAT[event])
    body = sim.receiver.events[0]
    assert body["event_name"] == event
    assert shape_of(body) == shape_of(sample(event))
    assert body["sender"]["id"] == HOA
    assert body["recipient"]["id"] == OA
    assert len(body["timestamp"]) == 13


@pytest.mark.parametrize("kind", ["text", "image", "file", "sticker"])
def test_anonymous_events(sim: Driver, kind: str) -> None:
    said = {"text": "a"} if kind == "text" else {kind: True}
    sim.do("say", anonymous_id="1ffedc467f179649aa01", conversation_id="fa8f", **said)
    body = sim.receiver.events[0]
    assert shape_of(body) == shape_of(sample(f"anonymous_send_{kind}"))
    assert body["message"]["conversation_id"] == "fa8f"


@pytest.mark.parametrize(
    ("action", "event"),
    [
        ("follow", "follow"),
        ("unfollow", "unfollow"),
        ("chatnow", "user_click_chatnow"),
        ("withdraw", "user_withdraw"),
    ],
)
def test_flat_events(sim: Driver, action: str, event: str) -> None:
    sim.do(action, user_id=HOA)
    assert sim.receiver.names == [event]
    assert shape_of(sim.receiver.events[0]) == shape_of(sample(event))


def test_quote_by_the_resident(sim: Driver) -> None:
    first = sim.say("một")
    sim.say("hai", quote_msg_id=first)
    assert sim.receiver.events[1]["message"]["quote_msg_id"] == first


def test_answering_the_form_for_contact_details(sim: Driver) -> None:
    info = sample("user_submit_info")["info"]
    sim.do("submit_info", user_id=HOA, info=info)
    assert shape_of(sim.receiver.events[0]) == shape_of(sample("user_submit_info"))
    assert sim.receiver.events[0]["info"] == info


def test_seeing_and_reacting(sim: Driver) -> None:
    sim.say()
    sim.sign_in()
    ids = [sim.send({"text": "a"})["data"]["message_id"] for _ in range(2)]
    sim.do("see", user_id=HOA)
    assert sim.receiver.events[1]["message"] == {"msg_ids": ids}
    assert shape_of(sim.receiver.events[1]) == shape_of(sample("user_seen_message"))
    assert sim.do("see", user_id=HOA) == {"http_status": None}
    sim.do("react", user_id=HOA, msg_id=ids[0], react_icon="/-heart")
    assert shape_of(sim.receiver.events[2]) == shape_of(sample("user_reacted_message"))
    sim.do("settings", seen_ids="single")
    last = sim.send({"text": "a"})["data"]["message_id"]
    sim.do("see", user_id=HOA)
    assert sim.receiver.events[3]["message"] == {"msg_id": last}


def test_tapped_button_comes_back_as_text(sim: Driver) -> None:
    sim.say()
    sim.sign_in()
    sim.send(
        buttons(
            {"title": "Gặp cán bộ", "type": "oa.query.show", "payload": "#gap"},
            {"title": "Ẩn", "type": "oa.query.hide", "payload": "#an"},
            {"title": "Mở", "type": "oa.open.url", "payload": {"url": "https://example.vn"}},
        )
    )
    assert sim.do("tap", user_id=HOA, button=0)["http_status"] == 200
    sim.do("tap", user_id=HOA, button="Ẩn")
    assert [event["event_name"] for event in sim.receiver.events] == ["user_send_text"] * 3
    assert [event["message"]["text"] for event in sim.receiver.events[1:]] == ["#gap", "#an"]
    assert sim.do("tap", user_id=HOA, button="Mở")["msg_id"] is None
    assert len(sim.receiver.got) == 3
    chat = sim.http.get("/phone", params={"user": HOA}).text
    assert "#gap" in chat
    assert "#an" not in chat
    assert sim.http.post("/_sim/tap", json={"user_id": HOA, "button": "Không có"}).status_code == 400


def test_group_message_of_a_member(sim: Driver) -> None:
    sim.do("group", user_id=HOA, group_id="f0a1", text="[@2000000000000000001] hỏi")
    assert shape_of(sim.receiver.events[0]) == shape_of(sample("user_send_group_text"))
    sim.do("group", user_id=HOA, image=True)
    assert shape_of(sim.receiver.events[1]) == shape_of(sample("user_send_group_image"))


@pytest.mark.parametrize(("spelling", "name"), [("2026", "user_out_group"), ("2024", "user_leave_group")])
def test_spelling_of_group_events(sim: Driver, spelling: str, name: str) -> None:
    sim.do("settings", group_event_names=spelling)
    sim.do("event", event_name="user_out_group", body={"oa_id": OA, "group_id": "f0a1", "users": [{"id": HOA}]})
    assert sim.receiver.names == [name]


def test_every_sample_can_be_sent_signed(sim: Driver) -> None:
    for row in SAMPLES:
        assert sim.do("event", body=row["body"])["http_status"] == 200
    assert sim.receiver.events == [row["body"] for row in SAMPLES]


def test_gif_and_location_variants(sim: Driver) -> None:
    sim.do("settings", gif_event=False, location_place="message")
    sim.do("say", user_id=HOA, gif=True)
    sim.do("say", user_id=HOA, location=True)
    assert sim.receiver.names == ["user_send_image", "user_send_location"]
    assert set(sim.receiver.events[1]["message"]["location"]) == {"latitude", "longitude"}


def test_writing_opens_the_window_for_new_people(sim: Driver) -> None:
    sim.say("chào", "7000000000000555555")
    sim.sign_in()
    assert sim.send_code({"text": "a"}, "7000000000000555555")[0] == 0


@pytest.mark.parametrize("body", [{"user_id": 7}, {"user_id": "x", "text": "a"}, {"user_id": BINH}, {"text": "a"}, []])
def test_wrong_orders_are_refused(sim: Driver, body: Any) -> None:
    answer = sim.http.post("/_sim/say", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]


def url_of(sim: Driver, **said: Any) -> str:
    """The URL of the attachment a resident just sent."""
    sim.do("say", user_id=HOA, **said)
    return str(sim.receiver.events[-1]["message"]["attachments"][0]["payload"]["url"])


def test_pictures_are_real_and_differ(sim: Driver) -> None:
    contents = [httpx.get(url_of(sim, image=True)).content for _ in range(2)]
    assert contents[0] != contents[1]
    with Image.open(io.BytesIO(contents[0])) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (960, 720)


def test_files_and_sound(sim: Driver) -> None:
    assert httpx.get(url_of(sim, audio=True)).content == AMR
    url = url_of(sim, file="macro")
    payload = sim.receiver.events[-1]["message"]["attachments"][0]["payload"]
    content = httpx.get(url).content
    assert content == PDF_WITH_MACRO
    assert payload["checksum"] == hashlib.md5(content).hexdigest()
    assert payload["size"] == str(len(content))


def test_faulty_media(sim: Driver) -> None:
    lie = httpx.get(url_of(sim, image="wrong_type"))
    assert lie.headers["content-type"] == "image/jpeg"
    assert b"<script>" in lie.content
    assert httpx.get(url_of(sim, image="expired")).status_code == 403
    assert httpx.get(url_of(sim, image="missing")).status_code == 404
    assert httpx.get(url_of(sim, image="redirect")).headers["location"].startswith("http://169.254.")
    huge = httpx.get(url_of(sim, image="huge")).content
    assert len(huge) < 1_000_000
    assert int.from_bytes(huge[16:20], "big") == 12_000
    assert len(httpx.get(url_of(sim, image="oversize")).content) > 30_000_000
