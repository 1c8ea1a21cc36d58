"""Reading conversations: `listrecentchat` and `conversation` (Zalo section 3.5)."""

from typing import Any

from binhyen.simulator.errors import invalid, refusal
from binhyen.simulator.front import Call
from binhyen.simulator.people import known_resident
from binhyen.simulator.people_state import ChatMessage

COUNT_LIMIT = 10


def recent_chats(call: Call) -> Any:
    """The last message of each conversation, newest first."""
    people = [r for r in call.world.residents.values() if r.oa_id == call.page.oa_id and r.conversation]
    newest = sorted((r.conversation[-1] for r in people), key=lambda message: -message.n)
    return _slice(call, newest)


def conversation(call: Call) -> Any:
    """The messages with one person, newest first."""
    resident = known_resident(call, call.data().get("user_id"))
    return _slice(call, list(reversed(resident.conversation)))


def _slice(call: Call, messages: list[ChatMessage]) -> Any:
    asked = call.data()
    offset, count = asked.get("offset", 0), asked.get("count", COUNT_LIMIT)
    for name, value in (("offset", offset), ("count", count)):
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise invalid(name)
    if count > COUNT_LIMIT:
        raise refusal(-210)
    rows = [chat_row(call, message) for message in messages[offset : offset + count]]
    return {"data": rows} if call.world.switches.nested_chats else rows


def chat_row(call: Call, message: ChatMessage) -> dict[str, Any]:
    """One message as these calls show it: `src` 0 the page, 1 the person."""
    resident = call.world.residents[message.user_id]
    person = (resident.user_id, resident.name, f"{call.world.base_url}/media/avatar/{resident.user_id}.png")
    page = (call.page.oa_id, call.page.name, f"{call.world.base_url}/media/avatar/{call.page.oa_id}.png")
    sender, receiver = (page, person) if message.is_from_page else (person, page)
    row: dict[str, Any] = {
        "src": 0 if message.is_from_page else 1,
        "time": message.at_ms,
        "type": {"image": "photo", "audio": "voice"}.get(message.kind, message.kind),
        "message": message.text,
        "message_id": message.msg_id,
        "from_id": sender[0],
        "from_display_name": sender[1],
        "from_avatar": sender[2],
        "to_id": receiver[0],
        "to_display_name": receiver[1],
        "to_avatar": receiver[2],
    }
    for attachment in message.attachments[:1]:
        payload = attachment.get("payload", attachment)
        row |= {name: payload[name] for name in ("url", "description") if name in payload}
        if "thumbnail" in payload:
            row["thumb"] = payload["thumbnail"]
        if "coordinates" in payload:
            row["location"] = payload["coordinates"]
    return row
