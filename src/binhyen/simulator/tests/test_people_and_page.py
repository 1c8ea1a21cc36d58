"""People, tags, conversations, quotas, uploads, the page itself, anonymous people and reactions."""

from typing import Any

import pytest

from binhyen.simulator.tests.driver import BINH, DAY_S, HOA, OA, OA_2, PNG, THUYEN, Driver, media

DETAIL = {
    "user_id",
    "user_id_by_app",
    "user_external_id",
    "display_name",
    "user_alias",
    "is_sensitive",
    "user_last_interaction_date",
    "user_is_follower",
    "avatar",
    "avatars",
    "dynamic_param",
    "tags_and_notes_info",
    "shared_info",
}
ANONYMOUS = {"anonymous_id": "1ffedc467f179649aa01", "conversation_id": "fa8f"}


@pytest.fixture
def page(sim: Driver) -> Driver:
    """A page that cô Hoa has just written to."""
    sim.say()
    sim.sign_in()
    return sim


def test_detail_of_a_person(page: Driver) -> None:
    data = page.get("/v3.0/oa/user/detail", {"user_id": HOA})["data"]
    assert set(data) == DETAIL
    assert data["user_id_by_app"] == "8000000000000000011"
    assert data["user_is_follower"] is False
    assert data["user_last_interaction_date"].count("/") == 2
    assert page.get("/v3.0/oa/user/detail", {"user_id": BINH})["data"]["user_last_interaction_date"] == ""
    assert page.get("/v3.0/oa/user/detail", {"user_id": 7})["message"] == "user_id is invalid!"
    assert page.get("/v3.0/oa/user/detail")["message"] == "data is invalid!"


def test_same_person_has_another_id_for_another_page(page: Driver) -> None:
    page.sign_in(OA_2)
    assert page.get("/v3.0/oa/user/detail", {"user_id": HOA})["error"] == -201
    other = page.get("/v3.0/oa/user/detail", {"user_id": "7000000000100000011"})["data"]
    assert other["user_id_by_app"] == "8000000000000000011"


def test_update_of_alias_notes_and_details(page: Driver) -> None:
    body = {"user_id": HOA, "alias": "Cô Hoa", "notes": ["a"], "shared_info": {"phone": "84", "odd": "x"}}
    assert page.post("/v3.0/oa/user/update", body) == {"error": 0, "message": "Success"}
    data = page.get("/v3.0/oa/user/detail", {"user_id": HOA})["data"]
    assert data["user_alias"] == "Cô Hoa"
    assert data["tags_and_notes_info"] == {"notes": ["a"], "tag_names": []}
    assert data["shared_info"] == {"address": "", "city": "", "district": "", "phone": "84", "name": ""}


def listed(page: Driver, **asked: Any) -> list[str]:
    """Ids of a list."""
    answer = page.get("/v3.0/oa/user/getlist", {"offset": 0, "count": 50, **asked})
    return [user["user_id"] for user in answer["data"]["users"]]


def test_list_of_people_with_filters(page: Driver) -> None:
    page.do("follow", user_id=THUYEN)
    page.post("/v2.0/oa/tag/tagfollower", {"user_id": BINH, "tag_name": "Thôn 1"})
    assert listed(page) == [HOA, THUYEN, BINH]
    assert listed(page, count=2) == [HOA, THUYEN]
    assert listed(page, offset=2) == [BINH]
    assert listed(page, is_follower="true") == [THUYEN]
    assert listed(page, is_follower=False) == [HOA, BINH]
    assert listed(page, tag_name="Thôn 1") == [BINH]
    assert listed(page, last_interaction_period="TODAY") == [HOA, THUYEN]
    assert listed(page, last_interaction_period="YESTERDAY") == []
    assert listed(page, last_interaction_period="2020_01_01:2020_12_31") == []
    page.advance(DAY_S)
    page.sign_in()
    assert listed(page, last_interaction_period="YESTERDAY") == [HOA, THUYEN]
    assert listed(page, last_interaction_period="L7D") == [HOA, THUYEN]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"count": 51}, -210),
        ({"offset": 9952}, -210),
        ({"count": 0}, -201),
        ({"offset": "0"}, -201),
        ({"last_interaction_period": "SOON"}, -201),
        ({"last_interaction_period": "2020_13_01:2020_13_02"}, -201),
        ({"is_follower": "perhaps"}, -201),
    ],
)
def test_limits_of_the_list(page: Driver, asked: dict[str, Any], code: int) -> None:
    assert page.get("/v3.0/oa/user/getlist", {"offset": 0, "count": 10} | asked)["error"] == code


def test_tags(page: Driver) -> None:
    page.do("settings", echoes=True)
    tag = {"user_id": HOA, "tag_name": "Thôn 1"}
    assert page.get("/v2.0/oa/tag/gettagsofoa")["data"] == []
    page.post("/v2.0/oa/tag/tagfollower", tag)
    assert page.get("/v2.0/oa/tag/gettagsofoa")["data"] == ["Thôn 1"]
    page.post("/v2.0/oa/tag/rmfollowerfromtag", tag)
    assert page.post("/v2.0/oa/tag/rmfollowerfromtag", tag)["error"] == -201
    assert page.post("/v2.0/oa/tag/rmtag", {"tag_name": "Thôn 1"})["error"] == 0
    assert page.post("/v2.0/oa/tag/rmtag", {"tag_name": "Thôn 1"})["error"] == -201
    assert page.post("/v2.0/oa/tag/tagfollower", {"user_id": HOA, "tag_name": " "})["error"] == -201
    page.do("settle")
    assert page.receiver.names[1:] == ["add_user_to_tag", "remove_user_from_tag", "remove_tag"]
    assert page.receiver.events[1]["tag"] == {"user_ids": [HOA], "name": "Thôn 1"}


def test_conversation_and_recent_chats(page: Driver) -> None:
    page.send({"text": "đáp"})
    page.do("say", user_id=BINH, image=True)
    rows = page.get("/v2.0/oa/conversation", {"user_id": HOA, "offset": 0, "count": 10})["data"]
    assert [(row["src"], row["message"]) for row in rows] == [(0, "đáp"), (1, "Cho hỏi")]
    assert (rows[0]["from_id"], rows[0]["to_id"]) == (OA, HOA)
    recent = page.get("/v2.0/oa/listrecentchat", {"offset": 0, "count": 10})["data"]
    assert [row["message_id"] for row in recent][1] == rows[0]["message_id"]
    assert recent[0]["type"] == "photo"
    assert recent[0]["url"].startswith("http://127.0.0.1")
    assert page.get("/v2.0/oa/listrecentchat", {"offset": 1, "count": 1})["data"] == recent[1:]
    assert page.get("/v2.0/oa/listrecentchat", {"offset": 0, "count": 11})["error"] == -210
    page.do("settings", nested_chats=True)
    assert page.get("/v2.0/oa/listrecentchat", {"offset": 0, "count": 10})["data"]["data"] == recent


def test_quota_of_a_person(page: Driver) -> None:
    data = page.post("/v3.0/oa/quota/message", {"user_id": HOA})["data"]
    assert data["cs_reply"] == {"remain": 8, "total": 8}
    assert set(data["promotion"]) == {"daily_remain", "daily_total", "monthly_remain", "monthly_total"}
    assert len(data["last_interaction"]) == 13
    assert page.post("/v3.0/oa/quota/message", {"user_id": "9"})["error"] == -201


def test_quota_of_the_page(page: Driver) -> None:
    asked = {"quota_owner": "OA", "product_type": "cs", "quota_type": "sub_quota"}
    rows = page.post("/v3.0/oa/quota/message", asked)["data"]
    assert [set(row) for row in rows] == [
        {"asset_id", "product_type", "quota_type", "valid_through", "total", "remain"}
    ]
    assert (rows[0]["total"], rows[0]["remain"]) == (2000, 2000)
    assert len(page.post("/v3.0/oa/quota/message", {"quota_owner": "OA"})["data"]) == 3
    assert page.post("/v3.0/oa/quota/message", asked | {"quota_type": "x"})["error"] == -201


def test_older_quota_call(page: Driver) -> None:
    assert page.post("/v2.0/oa/quota/message", {})["data"] == {"type": "sub_quota", "remain": 2000, "total": 2000}
    asked = page.say("hỏi")
    page.post("/v3.0/oa/message/cs", {"recipient": {"message_id": asked}, "message": {"text": "a"}})
    data = page.post("/v2.0/oa/quota/message", {"message_id": asked})["data"]
    assert data == {"type": "reply", "remain": 7, "total": 8}


def test_page_about_itself(page: Driver) -> None:
    page.do("follow", user_id=HOA)
    data = page.get("/v2.0/oa/getoa")["data"]
    assert data["oaid"] == OA
    assert data["oa_type"] == 4
    assert data["num_follower"] == 1
    assert data["linked_ZCA"] is True
    page.do("settings", linked_key="linked_zca")
    assert "linked_zca" in page.get("/v2.0/oa/getoa")["data"]


@pytest.mark.parametrize(
    ("kind", "name", "content", "code"),
    [
        ("image", "a.png", PNG, 0),
        ("image", "a.jpg", b"\xff\xd8\xff\xe0", 0),
        ("image", "a.jpg", b"GIF89a", -201),
        ("image", "a.jpg", b"<html>", -201),
        ("image", "a.png", PNG + bytes(1024 * 1024), -210),
        ("gif", "a.gif", b"GIF89a", 0),
        ("gif", "a.gif", PNG, -201),
        ("gif", "a.gif", b"GIF89a" + bytes(5 * 1024 * 1024), -210),
        ("file", "a.pdf", b"%PDF-1.7", 0),
        ("file", "a.docx", b"PK\x03\x04", 0),
        ("file", "a.doc", b"\xd0\xcf\x11\xe0", 0),
        ("file", "a.csv", b"a,b", 0),
        ("file", "a.xlsx", b"PK\x03\x04", -201),
        ("file", "a.exe", b"MZ", -201),
        ("file", "a.pdf", b"%PDF-1.7" + bytes(5 * 1024 * 1024), -210),
    ],
)
def test_kinds_and_sizes_of_uploads(page: Driver, kind: str, name: str, content: bytes, code: int) -> None:
    answer = page.upload(kind, name, content)
    assert answer["error"] == code
    if not code:
        assert set(answer["data"]) == {"token" if kind == "file" else "attachment_id"}


def test_upload_needs_the_field_file_and_the_documented_path(page: Driver) -> None:
    headers = {"access_token": page.token}
    odd = page.http.post("/v2.0/oa/upload/image", files={"picture": ("a.png", PNG)}, headers=headers).json()
    assert odd["message"] == "file is invalid!"
    assert page.post("/v2.0/oa/upload/image", {"file": "a"})["message"] == "file is invalid!"
    newer = {"url": "/v3.0/oa/upload/image", "files": {"file": ("a.png", PNG)}, "headers": headers}
    assert page.http.post(**newer).json()["error"] == -209
    page.do("settings", upload_v3=True, csv_upload=False)
    assert page.http.post(**newer).json()["error"] == 0
    assert page.upload("file", "a.csv", b"a,b")["error"] == -201


def test_body_beyond_any_limit(page: Driver) -> None:
    assert page.upload("file", "a.pdf", b"%PDF-1.7" + bytes(9 * 1024 * 1024))["error"] == -210


def test_answer_to_an_anonymous_person(page: Driver) -> None:
    page.do("settings", echoes=True)
    page.do("say", text="Không nêu tên", **ANONYMOUS)
    answer = page.post("/v2.0/oa/message", {"recipient": ANONYMOUS, "message": {"text": "Vâng"}})
    assert {name: answer["data"][name] for name in ANONYMOUS} == ANONYMOUS
    page.do("settle")
    echo = page.receiver.events[-1]
    assert echo["event_name"] == "oa_send_anonymous_text"
    assert echo["message"]["conversation_id"] == "fa8f"
    assert "user_id_by_app" not in echo
    wrong = {"recipient": ANONYMOUS | {"conversation_id": "x"}, "message": {"text": "a"}}
    assert page.post("/v2.0/oa/message", wrong)["message"] == "conversation_id is invalid!"
    gif = media(media_type="gif", url="https://x/a.gif", width=1, height=1)
    assert page.post("/v2.0/oa/message", {"recipient": ANONYMOUS, "message": gif})["error"] == -233
    assert page.send({"text": "a"}, ANONYMOUS["anonymous_id"])["error"] == -201


def test_old_path_is_shut_for_ordinary_messages(page: Driver) -> None:
    body = {"recipient": {"user_id": HOA}, "message": {"text": "a"}}
    assert page.post("/v2.0/oa/message", body) == {
        "error": -240,
        "message": "MessageV2 API has been shut down, please switch to MessageV3",
    }
    assert page.messages() == []


def test_reaction_of_the_page(page: Driver) -> None:
    page.do("settings", echoes=True)
    asked = page.say("cảm ơn")

    def react(icon: str, msg_id: str = asked) -> dict[str, Any]:
        action = {"react_icon": icon, "react_message_id": msg_id}
        return page.post("/v2.0/oa/message", {"recipient": {"user_id": HOA}, "sender_action": action})

    assert react("/-heart")["data"]["message_id"] == asked
    assert react("♥")["message"] == "react_icon is invalid!"
    assert react("/-heart", "x")["message"] == "react_message_id is invalid!"
    assert [react("/-strong")["error"] for _ in range(50)] == [0] * 49 + [-210]
    page.do("settle")
    assert page.receiver.events[2]["message"] == {"msg_id": asked, "react_icon": "/-heart"}
    assert page.messages() == []
