"""Bodies of webhook events, field for field as Zalo sends them (Zalo sections 2.3 to 2.5)."""

import hashlib
from typing import Any

from binhyen.simulator.people_state import ChatMessage, Page, Resident
from binhyen.simulator.state import World

GROUP_NAMES_2024 = {
    "accept_request_join_group": "react_request_join_group",
    "reject_request_join_group": "react_request_join_group_reject",
    "user_out_group": "user_leave_group",
    "delete_group": "disperse_group",
}
"""Names of the older console list for events that the 2026 documentation names otherwise."""


def event_name_for(world: World, name: str) -> str:
    """The spelling in force of a 2026 event name."""
    return GROUP_NAMES_2024.get(name, name) if world.switches.group_event_names == "2024" else name


def timestamp(world: World) -> Any:
    """Epoch milliseconds, as a string of 13 digits unless the number form is switched on."""
    now_ms = world.clock.now_ms()
    return str(now_ms) if world.switches.timestamp_form == "string" else now_ms


def chat_body(world: World, resident: Resident, event: str, message: dict[str, Any]) -> dict[str, Any]:
    """`user_send_*`, `user_reacted_message`, `anonymous_send_*`: the person is the sender."""
    body: dict[str, Any] = {"app_id": world.config.app_id, "sender": {"id": resident.user_id}}
    if resident.conversation_id is None:
        body["user_id_by_app"] = resident.user_id_by_app
    else:
        message["conversation_id"] = resident.conversation_id
    body |= {"recipient": {"id": resident.oa_id}, "event_name": event, "message": message}
    return body | {"timestamp": timestamp(world)}


def from_page_body(
    world: World, resident: Resident, event: str, message: dict[str, Any], admin_id: str | None = None
) -> dict[str, Any]:
    """`oa_send_*`, `oa_reacted_message` and receipts: the page is the sender."""
    sender = {"id": resident.oa_id} | ({"admin_id": admin_id} if admin_id else {})
    body: dict[str, Any] = {
        "app_id": world.config.app_id,
        "sender": sender,
        "recipient": {"id": resident.user_id},
        "event_name": event,
        "message": message,
    }
    if resident.conversation_id is None:
        body["user_id_by_app"] = resident.user_id_by_app
    else:
        message["conversation_id"] = resident.conversation_id
    return body | {"timestamp": timestamp(world)}


def flat_body(world: World, resident: Resident, event: str, **more: Any) -> dict[str, Any]:
    """`user_click_chatnow`, `user_withdraw`, `update_user_info`: no sender or recipient."""
    return {
        "app_id": world.config.app_id,
        "oa_id": resident.oa_id,
        "user_id": resident.user_id,
        "user_id_by_app": resident.user_id_by_app,
        "event_name": event,
        **more,
        "timestamp": timestamp(world),
    }


def follow_body(world: World, resident: Resident, event: str, source: str) -> dict[str, Any]:
    """`follow` and `unfollow`."""
    return {
        "oa_id": resident.oa_id,
        "follower": {"id": resident.user_id},
        "user_id_by_app": resident.user_id_by_app,
        "event_name": event,
        "source": source,
        "app_id": world.config.app_id,
        "timestamp": timestamp(world),
    }


def page_body(world: World, page: Page, event: str, **more: Any) -> dict[str, Any]:
    """Events about the page itself: tags, group life, withdrawn rights."""
    head = {"app_id": world.config.app_id, "oa_id": page.oa_id}
    return {**head, "event_name": event_name_for(world, event), **more, "timestamp": timestamp(world)}


def echo_body(world: World, resident: Resident, sent: ChatMessage, admin_id: str | None = None) -> dict[str, Any]:
    """`oa_send_*`: what the page sent, by API or (with `admin_id`) typed by an officer in OA Manager."""
    message: dict[str, Any] = {"text": sent.text} if sent.text else {}
    attachments = [_echoed(world, sent, attachment) for attachment in sent.attachments]
    if attachments:
        message["attachments"] = attachments
    message["msg_id"] = sent.msg_id
    prefix = "oa_send_" if resident.conversation_id is None else "oa_send_anonymous_"
    return from_page_body(world, resident, prefix + sent.kind, message, admin_id)


def _echoed(world: World, sent: ChatMessage, attachment: dict[str, Any]) -> dict[str, Any]:
    kind = attachment["type"]
    if kind in {"image", "gif"}:
        url = attachment.get("url") or f"{world.base_url}/media/upload/{attachment['attachment_id']}"
        return {"type": kind, "payload": {"thumbnail": url, "url": url}}
    if kind == "sticker":
        sticker = attachment["attachment_id"]
        return {"type": kind, "payload": {"id": sticker, "url": f"{world.base_url}/media/sticker/{sticker}.png"}}
    if kind == "file":
        return {"type": kind, "payload": _echoed_file(world, attachment)}
    payload = {"zinstant_id": sent.msg_id, "text": sent.text, "link_url": f"{world.base_url}/media/card/{sent.msg_id}"}
    return {"type": "template", "payload": payload | {"checksum": hashlib.md5(sent.msg_id.encode()).hexdigest()}}  # noqa: S324


def _echoed_file(world: World, attachment: dict[str, Any]) -> dict[str, str]:
    upload = world.uploads.by_handle[attachment["token"]]
    return {
        "url": f"{world.base_url}/media/upload/{upload.handle}",
        "size": str(upload.size_bytes),
        "name": upload.name,
        "checksum": upload.checksum,
        "type": upload.name.rpartition(".")[2].lower(),
    }


def receipt_body(world: World, resident: Resident, msg_id: str) -> dict[str, Any]:
    """`user_received_message`: the resident's telephone has it."""
    return from_page_body(world, resident, "user_received_message", {"msg_id": msg_id})


def seen_body(world: World, resident: Resident, msg_ids: list[str]) -> dict[str, Any]:
    """`user_seen_message`, with the list of ids or the single id."""
    message: dict[str, Any] = {"msg_ids": msg_ids} if world.switches.seen_ids == "list" else {"msg_id": msg_ids[-1]}
    return from_page_body(world, resident, "user_seen_message", message)
