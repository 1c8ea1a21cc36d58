"""The resident's phone in the browser, without and with the small script's calls."""

import re

import pytest

from binhyen.simulator.tests.driver import BINH, HOA, PNG, THUYEN, Driver, buttons

NASTY = "<script>alert(1)</script>\"'&"


def chat(sim: Driver, user_id: str = HOA) -> str:
    """The page of one resident."""
    answer = sim.http.get("/phone", params={"user": user_id})
    assert answer.status_code == 200
    return answer.text


def press(sim: Driver, headers: dict[str, str] | None = None, user_id: str = HOA, **fields: str):
    """Post the form."""
    return sim.http.post("/phone/send", data={"user": user_id, **fields}, headers=headers or {})


def test_three_residents_to_switch_between(sim: Driver) -> None:
    assert sim.http.get("/").headers["location"] == "/phone"
    page = chat(sim)
    for user_id, name in ((HOA, "Cô Hoa bán tạp hóa"), (THUYEN, "Anh Y Thuyên"), (BINH, "Bác Bình")):
        assert f'href="/phone?user={user_id}"' in page
        assert name in page
    assert "Bác Bình đang nhắn" in chat(sim, BINH)
    assert "Cô Hoa bán tạp hóa đang nhắn" in chat(sim, "999")


def test_text_by_plain_form(sim: Driver) -> None:
    answer = press(sim, text="Đăng ký tạm trú cần gì?")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/phone?user={HOA}#end"
    assert sim.receiver.events[0]["message"]["text"] == "Đăng ký tạm trú cần gì?"
    assert "Đăng ký tạm trú cần gì?" in chat(sim)
    assert "Đăng ký tạm trú cần gì?" not in chat(sim, BINH)


def test_answer_of_the_page_arrives_by_polling(sim: Driver) -> None:
    sim.say()
    sim.sign_in()
    page = chat(sim)
    last = int(re.search(r'data-last="(\d+)"', page)[1])
    assert sim.http.get("/phone/feed", params={"user": HOA, "since": last}).json() == {"html": "", "last_n": last}
    sim.send({"text": "Chào cô"})
    feed = sim.http.get("/phone/feed", params={"user": HOA, "since": last}).json()
    assert feed["last_n"] == last + 1
    assert "Chào cô" in feed["html"]
    assert "bubble page" in feed["html"]


def test_everything_is_escaped(sim: Driver) -> None:
    sim.sign_in()
    sim.say(NASTY)
    sim.send(
        buttons(
            {"title": NASTY, "type": "oa.query.show", "payload": "a"},
            {"title": "b", "type": "oa.open.url", "payload": {"url": 'https://x/"onclick="alert(1)'}},
            text=NASTY,
        )
    )
    sim.do("residents", user_id=HOA, name=NASTY)
    page = chat(sim)
    assert "<script>alert" not in page
    assert '"onclick="' not in page
    assert page.count("&lt;script&gt;") >= 4


def test_buttons_can_be_tapped(sim: Driver) -> None:
    sim.say()
    sim.sign_in()
    sim.send(
        buttons(
            {"title": "Gặp cán bộ", "type": "oa.query.show", "payload": "#gap"},
            {"title": "Gọi", "type": "oa.open.phone", "payload": {"phone_code": "84900000000"}},
            {"title": "Mở", "type": "oa.open.url", "payload": {"url": "https://example.vn"}},
        )
    )
    page = chat(sim)
    assert 'href="tel:+84900000000"' in page
    assert 'href="https://example.vn"' in page
    action = re.search(r'value="(tap:[^"]+)"', page)[1]
    assert press(sim, action=action).status_code == 303
    assert sim.receiver.events[-1]["message"]["text"] == "#gap"


def test_picture(sim: Driver) -> None:
    files = {"picture": ("a.png", PNG, "image/png")}
    assert sim.http.post("/phone/send", data={"user": HOA, "text": "xem"}, files=files).status_code == 303
    event = sim.receiver.events[0]
    assert event["event_name"] == "user_send_image"
    url = event["message"]["attachments"][0]["payload"]["url"]
    assert sim.http.get(url).content == PNG
    assert f'<img src="{url}"' in chat(sim)


def test_only_pictures_are_taken(sim: Driver) -> None:
    files = {"picture": ("a.html", b"<script>", "text/html")}
    answer = sim.http.post("/phone/send", data={"user": HOA}, files=files, headers={"accept": "application/json"})
    assert "only pictures" in answer.json()["problem"]
    assert sim.receiver.got == []


def test_empty_form_sends_nothing(sim: Driver) -> None:
    assert press(sim, text="   ").status_code == 303
    assert sim.receiver.got == []


def test_trouble_with_the_webhook_is_said(sim: Driver) -> None:
    sim.receiver.statuses.extend([500, 500])
    assert press(sim, text="a").headers["location"].endswith("problem=1#end")
    assert "500" in press(sim, {"accept": "application/json"}, text="b").json()["problem"]
    assert 'role="alert"' in sim.http.get("/phone", params={"user": HOA, "problem": "1"}).text


def test_follow_by_the_phone(sim: Driver) -> None:
    press(sim, action="follow")
    press(sim, action="unfollow")
    press(sim, action="withdraw")
    assert sim.receiver.names == ["follow", "unfollow", "user_withdraw"]


def test_looking_tells_seen_when_receipts_are_on(sim: Driver) -> None:
    sim.say()
    sim.sign_in()
    sim.send({"text": "a"})
    sim.do("settings", receipts=True)
    sim.http.get("/phone/feed", params={"user": HOA, "since": 0})
    sim.do("settle")
    assert sim.receiver.names[-1] == "user_seen_message"


@pytest.mark.parametrize("path", ["/phone", "/phone/static/phone.js", "/phone/static/phone.css"])
def test_no_inline_script_and_a_strict_policy(sim: Driver, path: str) -> None:
    answer = sim.http.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", answer.text)
    assert sim.http.get("/phone/static/app.py").status_code == 404
