"""How messages are shown outside: rows of `GET /_sim/messages` and of the phone page."""

from typing import Any

from binhyen.simulator.people_state import ChatMessage


def outbox_row(message: ChatMessage, *, is_full: bool = False) -> dict[str, Any]:
    """What the page sent; `is_full` adds ids, quote, kind and time."""
    row: dict[str, Any] = {
        "n": message.out_n,
        "user_id": message.user_id,
        "text": message.text,
        "buttons": message.buttons,
        "attachments": message.attachments,
    }
    if is_full:
        row |= {
            "msg_id": message.msg_id,
            "oa_id": message.oa_id,
            "kind": message.kind,
            "quote_msg_id": message.quoted_id,
            "sent_at_ms": message.at_ms,
            "is_sent_by_officer": message.is_sent_by_officer,
        }
    return row
