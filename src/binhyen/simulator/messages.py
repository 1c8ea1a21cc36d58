"""Consultation messages: `POST /v3.0/oa/message/cs` (Zalo section 3.1)."""

import unicodedata
from typing import Any

from binhyen.simulator.clock import DAY_MS, HOUR_MS
from binhyen.simulator.errors import invalid, refusal
from binhyen.simulator.events import echo_body, receipt_body
from binhyen.simulator.front import Call
from binhyen.simulator.message_shapes import TEXT_LIMIT, Shape, check_attachment
from binhyen.simulator.people_state import ChatMessage, Resident, app_user_id_of
from binhyen.simulator.quotas import spend_quota
from binhyen.simulator.state import TooManyResidents

WINDOW_MS = 7 * DAY_MS
FREE_WINDOW_MS = 48 * HOUR_MS
REPLIES_PER_MESSAGE = 8


def send_consultation(call: Call) -> dict[str, Any]:
    """Send one message to a resident, or refuse with Zalo's code."""
    body = call.json()
    message = body.get("message")
    if not isinstance(message, dict):
        raise invalid("message")
    shape = read_message(call, message)
    resident, answered = find_recipient(call, body.get("recipient"))
    quoted = message.get("quote_message_id")
    if quoted is not None:
        check_quote(call, resident, quoted, shape)
    now_ms = call.world.clock.now_ms()
    if answered is None:
        check_window(call, resident, now_ms)
    quota = spend_quota(call.world, call.page, resident, now_ms)
    if answered is not None:
        answered.reply_count += 1
    sent = call.world.record(
        resident,
        is_from_page=True,
        text=shape.text,
        kind=shape.kind,
        buttons=shape.buttons,
        attachments=shape.attachments,
        quoted_id=quoted,
    )
    _notify(call, resident, sent)
    data: dict[str, Any] = {"message_id": sent.msg_id, "user_id": resident.user_id, "sent_time": str(sent.at_ms)}
    if quota is not None:
        data["quota"] = quota
    return data


def _notify(call: Call, resident: Resident, sent: ChatMessage) -> None:
    switches = call.world.switches
    if switches.echoes:
        call.notices.append(echo_body(call.world, resident, sent))
    if switches.receipts:
        call.notices.append(receipt_body(call.world, resident, sent.msg_id))


def read_message(call: Call, message: dict[str, Any]) -> Shape:
    """Check text and attachment together; the text is kept in NFC, as it is counted."""
    text = message.get("text")
    if text is None:
        text = ""
    elif not isinstance(text, str) or not text.strip():
        raise invalid("text")
    elif not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if len(text) > TEXT_LIMIT:
        raise refusal(-210)
    attachment = message.get("attachment")
    if attachment is not None:
        return check_attachment(call.world, call.page, text, attachment)
    if not text:
        raise invalid("text")
    return Shape("text", text)


def find_recipient(call: Call, recipient: Any) -> tuple[Resident, ChatMessage | None]:
    """The person written to and, for a reply command, the message it answers."""
    if not isinstance(recipient, dict):
        raise invalid("recipient")
    if "message_id" in recipient:
        return _answered(call, recipient["message_id"])
    user_id = recipient.get("user_id")
    if not isinstance(user_id, str) or not user_id.isascii() or not user_id.isdigit():
        raise invalid("user_id")
    resident = call.world.residents.get(user_id)
    if resident is None and call.world.switches.auto_residents:
        resident = _new_resident(call, user_id)
    if resident is None or resident.oa_id != call.page.oa_id or resident.conversation_id is not None:
        raise invalid("user_id")
    return resident, None


def _new_resident(call: Call, user_id: str) -> Resident:
    try:
        resident = call.world.add_resident(
            call.page, user_id, f"Người dân {user_id[-4:]}", app_user_id_of(int(user_id[-9:]))
        )
    except TooManyResidents:
        raise invalid("user_id") from None
    resident.has_written = True
    call.world.touch(resident)
    return resident


def _answered(call: Call, msg_id: Any) -> tuple[Resident, ChatMessage]:
    message = call.world.messages.get(msg_id) if isinstance(msg_id, str) else None
    if message is None or message.is_from_page or message.oa_id != call.page.oa_id:
        raise invalid("message_id")
    if call.world.clock.now_ms() - message.at_ms > FREE_WINDOW_MS:
        raise refusal(-230)
    if message.reply_count >= REPLIES_PER_MESSAGE:
        raise refusal(-211)
    return call.world.residents[message.user_id], message


def check_quote(call: Call, resident: Resident, quoted: Any, shape: Shape) -> None:
    """A quote goes with text only and names a message of the same conversation."""
    message = call.world.messages.get(quoted) if isinstance(quoted, str) else None
    if message is None or message.user_id != resident.user_id or shape.kind != "text":
        raise invalid("quote_message_id")


def check_window(call: Call, resident: Resident, now_ms: int) -> None:
    """May the page write to this person now?"""
    if resident.is_banned:
        raise refusal(-227)
    if resident.has_restricted or resident.has_withdrawn:
        raise refusal(-244)
    if call.world.switches.follow_required and not resident.is_follower:
        raise refusal(-213)
    if resident.last_interaction_ms is None:
        raise refusal(-232)
    if now_ms - resident.last_interaction_ms > WINDOW_MS:
        raise refusal(-230)
