"""Residents as actors: what a person does on the telephone becomes a message and a webhook event."""

import json
from typing import Any

from binhyen.simulator.events import chat_body, flat_body, follow_body, from_page_body, seen_body, timestamp
from binhyen.simulator.media import MediaHost
from binhyen.simulator.message_shapes import QUERY_BUTTONS
from binhyen.simulator.people_state import ChatMessage, Page, Resident, app_user_id_of
from binhyen.simulator.state import World

MEDIA_KINDS = ("image", "gif", "file", "audio", "video", "sticker", "location", "link", "business_card")


class ActionError(ValueError):
    """The actor cannot do this; the message says why."""


def page_for(world: World, oa_id: Any) -> Page:
    """The page named, or the first."""
    if oa_id is None:
        return world.first_page
    page = world.pages.get(str(oa_id))
    if page is None:
        raise ActionError(f"no such page: {oa_id}")
    return page


def resident_for(world: World, user_id: Any, page: Page, name: str = "") -> Resident:
    """The resident with this id, made known when new. Ids are decimal strings."""
    if not isinstance(user_id, str) or not user_id.isascii() or not user_id.isdigit():
        raise ActionError("user_id must be a string of decimal digits")
    resident = world.residents.get(user_id)
    if resident is None:
        app_user_id = app_user_id_of(int(user_id[-9:]))
        return world.add_resident(page, user_id, name or f"Người dân {user_id[-4:]}", app_user_id)
    _check_is_of(page, resident)
    if resident.conversation_id is not None:
        raise ActionError(f"{user_id} is anonymous: give anonymous_id instead of user_id")
    return resident


def _check_is_of(page: Page, resident: Resident) -> None:
    """Zalo gives a person another id for every page."""
    if resident.oa_id != page.oa_id:
        raise ActionError(f"{resident.user_id} is a person of page {resident.oa_id}: use another id for {page.oa_id}")


def anonymous_for(world: World, anonymous_id: Any, page: Page, conversation_id: Any) -> Resident:
    """An anonymous person of the page's web chat, in the conversation named or the one they had."""
    if not isinstance(anonymous_id, str) or not anonymous_id or not isinstance(conversation_id, str | None):
        raise ActionError("anonymous_id and conversation_id must be strings")
    resident = world.residents.get(anonymous_id)
    if resident is None:
        chat = conversation_id or f"c{anonymous_id}"
        return world.add_resident(page, anonymous_id, "Người dùng ẩn danh", "", chat)
    _check_is_of(page, resident)
    if resident.conversation_id is None:
        raise ActionError(f"{anonymous_id} has a name: give user_id instead of anonymous_id")
    if conversation_id and conversation_id != resident.conversation_id:
        resident.earlier_conversations.append(resident.conversation_id)
        resident.conversation_id = conversation_id
    return resident


def write(
    world: World, media: MediaHost, resident: Resident, said: dict[str, Any]
) -> tuple[ChatMessage, dict[str, Any]]:
    """The resident writes; gives the message and its event body."""
    kind = next((name for name in MEDIA_KINDS if said.get(name)), "text")
    text = said.get("text") or ""
    if not isinstance(text, str):
        raise ActionError("text must be a string")
    quoted = said.get("quote_msg_id")
    if not isinstance(quoted, str | None):
        raise ActionError("quote_msg_id must be a string")
    if kind == "text" and not text:
        raise ActionError("say what? give text, or one of: " + ", ".join(MEDIA_KINDS))
    attachments = [] if kind == "text" else [media.attachment(kind, said[kind])]
    sent = world.record(resident, is_from_page=False, text=text, kind=kind, attachments=attachments, quoted_id=quoted)
    resident.has_written = True
    resident.has_withdrawn = False
    world.touch(resident)
    message: dict[str, Any] = {"text": text} if text else {}
    if attachments:
        message["attachments"] = attachments
    if kind == "location" and world.switches.location_place == "message":
        message = {"location": attachments[0]["payload"]["coordinates"]}
    if sent.quoted_id:
        message["quote_msg_id"] = sent.quoted_id
    message["msg_id"] = sent.msg_id
    return sent, chat_body(world, resident, _event_of(world, resident, kind), message)


def _event_of(world: World, resident: Resident, kind: str) -> str:
    if resident.conversation_id is not None:
        if kind not in {"text", "image", "file", "sticker"}:
            raise ActionError(f"an anonymous person cannot send {kind}")
        return f"anonymous_send_{kind}"
    if kind == "gif" and not world.switches.gif_event:
        return "user_send_image"
    return f"user_send_{kind}"


def tap(resident: Resident, button: Any, msg_id: str | None) -> tuple[dict[str, Any], str | None]:
    """Find the tapped button; gives it and the text it makes the person write (`None` for links and calls)."""
    shown = [m for m in resident.conversation if m.buttons and (msg_id is None or m.msg_id == msg_id)]
    if not shown:
        raise ActionError("no message with buttons in this conversation")
    buttons = shown[-1].buttons
    if isinstance(button, int) and 0 <= button < len(buttons):
        tapped = buttons[button]
    else:
        found = [item for item in buttons if item["title"] == button]
        if not found:
            raise ActionError(f"no such button; there are: {[item['title'] for item in buttons]}")
        tapped = found[0]
    return tapped, str(tapped["payload"]) if tapped["type"] in QUERY_BUTTONS else None


def follow(world: World, resident: Resident, *, is_follower: bool, source: str) -> dict[str, Any]:
    """Follow ("Quan tâm") or unfollow the page."""
    resident.is_follower = is_follower
    if is_follower:
        world.touch(resident)
    return follow_body(world, resident, "follow" if is_follower else "unfollow", source)


def click_chatnow(world: World, resident: Resident) -> dict[str, Any]:
    """Press "message" for the first time: an interaction."""
    world.touch(resident)
    return flat_body(world, resident, "user_click_chatnow")


def withdraw(world: World, resident: Resident) -> dict[str, Any]:
    """Ask to withdraw consent or to be erased."""
    resident.has_withdrawn = True
    return flat_body(world, resident, "user_withdraw")


def react(world: World, resident: Resident, msg_id: str, icon: str) -> dict[str, Any]:
    """React to a message of the page."""
    message = world.messages.get(msg_id)
    if message is None or message.user_id != resident.user_id or not message.is_from_page:
        raise ActionError("react to which message of the page?")
    message.reaction = icon
    return chat_body(world, resident, "user_reacted_message", {"msg_id": msg_id, "react_icon": icon})


def see(world: World, resident: Resident) -> dict[str, Any] | None:
    """Look at the chat: everything the page sent is seen; `None` when nothing was new."""
    unseen = [m for m in resident.conversation if m.is_from_page and not m.is_seen]
    for message in unseen:
        message.is_seen = True
    return seen_body(world, resident, [m.msg_id for m in unseen]) if unseen else None


def submit_info(world: World, resident: Resident, info: dict[str, Any]) -> dict[str, Any]:
    """Fill in the form of a request for contact details."""
    world.touch(resident)
    resident.shared_info = {name: str(value) for name, value in info.items()}
    return {
        "app_id": world.config.app_id,
        "sender": {"id": resident.user_id},
        "recipient": {"id": resident.oa_id},
        "user_id_by_app": resident.user_id_by_app,
        "event_name": "user_submit_info",
        "info": info,
        "timestamp": timestamp(world),
    }


def write_in_group(
    world: World, media: MediaHost, resident: Resident, group_id: str, said: dict[str, Any]
) -> dict[str, Any]:
    """Write in a group of the page: such messages are pushed to the app too."""
    kind = next((name for name in MEDIA_KINDS if said.get(name)), "text")
    message: dict[str, Any] = {"text": str(said["text"])} if said.get("text") else {}
    if kind != "text":
        message["attachments"] = [media.attachment(kind, said[kind])]
    world.message_n += 1
    message["msg_id"] = f"9{world.message_n:019x}"
    world.touch(resident)
    return {
        "app_id": world.config.app_id,
        "oa_id": resident.oa_id,
        "sender": {"id": resident.user_id},
        "recipient": {"id": group_id},
        "event_name": f"user_send_group_{kind}",
        "user_id_by_app": resident.user_id_by_app,
        "message": message,
        "timestamp": timestamp(world),
    }


def officer_writes(world: World, resident: Resident, text: str) -> ChatMessage:
    """An officer types in OA Manager: no API call, but an echo with `admin_id` follows."""
    return world.record(resident, is_from_page=True, text=text, is_sent_by_officer=True)


def business_card(phone: str) -> str:
    """Description of a business card: a JSON string inside the event."""
    return json.dumps({"phone": phone, "qrCodeUrl": "https://qr.example.zdn.vn/1"}, separators=(",", ":"))


def oa_reaction(world: World, resident: Resident, msg_id: str, icon: str) -> dict[str, Any]:
    """Echo of the page's own reaction."""
    return from_page_body(world, resident, "oa_reacted_message", {"msg_id": msg_id, "react_icon": icon})
