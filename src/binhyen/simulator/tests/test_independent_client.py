"""The unmodified PyPI client `zalo-sdk` works against the simulator: the proof of fidelity."""

from typing import Any

import pytest
import zalo_sdk
from zalo_sdk.oa.Client import Client
from zalo_sdk.oa.ZaloMessage import ZaloAction, ZaloAttachment, ZaloMessageBody, ZaloRecipient

from binhyen.simulator.tests.driver import APP, APP_SECRET, HOA, HOUR_S, PNG, Driver


@pytest.fixture
def client(sim: Driver) -> Client:
    """The client with a token of the page that cô Hoa wrote to."""
    sim.say()
    pair = sim.do("tokens")
    prefix = str(sim.http.base_url).rstrip("/")
    return Client(APP, APP_SECRET, access_token=pair["access_token"], endpoint_prefix=prefix)


def picture(**element: Any) -> ZaloMessageBody:
    """A media message of the client."""
    return ZaloMessageBody(
        attachment=ZaloAttachment(
            "template", {"template_type": "media", "elements": [{"media_type": "image", **element}]}
        )
    )


def test_text_and_quote(sim: Driver, client: Client) -> None:
    asked = sim.say("hỏi")
    answer = client.send_message(ZaloRecipient(user_id=HOA), ZaloMessageBody(text="Đăng ký tạm trú: 03 ngày"))
    assert answer["data"]["user_id"] == HOA
    client.send_message(ZaloRecipient(user_id=HOA), ZaloMessageBody(text="đây", quote_message_id=asked))
    client.send_message(ZaloRecipient(message_id=asked), ZaloMessageBody(text="đáp"))
    assert [row["text"] for row in sim.messages()] == ["Đăng ký tạm trú: 03 ngày", "đây", "đáp"]


def test_media_and_uploads(sim: Driver, client: Client) -> None:
    handle = client.upload_file(PNG, "image", "a.png", "image/png")["data"]["attachment_id"]
    client.send_message(ZaloRecipient(user_id=HOA), picture(attachment_id=handle))
    client.send_message(ZaloRecipient(user_id=HOA), picture(url="https://example.vn/a.jpg"))
    token = client.upload_file(b"%PDF-1.4", "file", "ct01.pdf", "application/pdf")["data"]["token"]
    client.send_message(
        ZaloRecipient(user_id=HOA), ZaloMessageBody(attachment=ZaloAttachment("file", {"token": token}))
    )
    assert [row["attachments"][0]["type"] for row in sim.messages()] == ["image", "image", "file"]


def test_people_and_tags(client: Client) -> None:
    assert client.get_user_detail(HOA)["data"]["display_name"] == "Cô Hoa bán tạp hóa"
    assert client.get_list({"offset": 0, "count": 10})["data"]["total"] == 3
    client.tag_follower(HOA, "Thôn 1")
    assert client.get_tags_of_oa()["data"] == ["Thôn 1"]
    client.rm_follower_from_tag(HOA, "Thôn 1")
    client.rm_tag("Thôn 1")
    assert client.get_tags_of_oa()["data"] == []


def test_quotas(sim: Driver, client: Client) -> None:
    asked = sim.say("hỏi")
    assert client.get_zalo_user_quotas(HOA)["data"]["cs_reply"]["total"] == 8
    assert client.get_zalo_oa_quotas("OA", "cs", "sub_quota")["data"][0]["total"] == 2000
    assert len(client.get_zalo_oa_quotas("OA")["data"]) == 3
    assert client.get_free_response_quota(asked)["data"]["remain"] == 8


def test_old_calls_are_refused(client: Client) -> None:
    with pytest.raises(zalo_sdk.ZaloOAException, match="-240"):
        client.send_message(ZaloRecipient(user_id=HOA), ZaloMessageBody(text="a"), category="action")
    with pytest.raises(zalo_sdk.ZaloOAException, match="-209"):
        client.get_profile(HOA)


def test_reaction(sim: Driver, client: Client) -> None:
    asked = sim.say("cảm ơn")
    answer = client.send_message(ZaloRecipient(user_id=HOA), action=ZaloAction("/-heart", asked), category="action")
    assert answer["error"] == 0


def test_typed_exceptions_for_expiry_and_for_the_rest(sim: Driver, client: Client) -> None:
    sim.do("settings", expired_code="-216")
    sim.advance(26 * HOUR_S)
    with pytest.raises(zalo_sdk.ZaloOAAuthTokenExpiredException):
        client.get_user_detail(HOA)
    client.access_token = sim.do("tokens")["access_token"]
    sim.advance(7 * 24 * HOUR_S)
    client.access_token = sim.do("tokens")["access_token"]
    with pytest.raises(zalo_sdk.ZaloOAException, match="-230"):
        client.send_message(ZaloRecipient(user_id=HOA), ZaloMessageBody(text="a"))
