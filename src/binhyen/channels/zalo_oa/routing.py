"""Where an event belongs: page, person, identity, and whether it may be stored (zalo section 2.3)."""

import hashlib
import json
from typing import Any

from binhyen.channels.connector import Genuine
from binhyen.channels.zalo_oa.envelope import Envelope, identifier, part, text
from binhyen.channels.zalo_oa.kinds import EventClass, class_of

ANONYMOUS = "anonymous:"
"""Start of the person id of somebody who writes without a Zalo name: "anonymous:<anonymous_id>:<conversation_id>"."""

_FROM_PAGE = (EventClass.ECHO, EventClass.RECEIPT)
_BY_MESSAGE_ID = (EventClass.TEXT_IN, EventClass.MEDIA_IN, EventClass.ECHO, EventClass.GROUP_MESSAGE)


def route(envelope: Envelope) -> Genuine:
    """Where an event belongs that is authentic, known or not; its lane is the person."""
    kind = class_of(text(envelope, "event_name"))
    account = account_of(envelope, kind)
    storable = not is_phone_receipt(envelope) and not is_unknown_group_talk(envelope, kind)
    if kind is EventClass.GROUP_MESSAGE:
        storable = is_mention(envelope, account)
    return Genuine(key_of(envelope, kind, account), person_of(envelope, kind), account, storable)


def account_of(envelope: Envelope, kind: EventClass) -> str:
    """The OA's id, or ""."""
    own = identifier(envelope, "oa_id") or identifier(envelope, "oaId")
    if own:
        return own
    is_from_page = _is_from_page(text(envelope, "event_name"), kind)
    return identifier(part(envelope, "sender" if is_from_page else "recipient"), "id")


def _is_from_page(name: str, kind: EventClass) -> bool:
    return kind in _FROM_PAGE or name.startswith("oa_")


def person_of(envelope: Envelope, kind: EventClass) -> str:
    """The resident's id for this page, or "" when the event is about nobody."""
    name = text(envelope, "event_name")
    if kind is EventClass.GROUP_MESSAGE:
        return identifier(part(envelope, "sender"), "id")
    if is_phone_receipt(envelope):
        return ""
    person = identifier(part(envelope, "recipient" if _is_from_page(name, kind) else "sender"), "id")
    if "anonymous" in name:
        return _anonymous(envelope, person)
    return (
        person
        or identifier(part(envelope, "follower"), "id")
        or identifier(envelope, "user_id")
        or identifier(part(envelope, "data"), "user_id")
    )


def _anonymous(envelope: Envelope, person: str) -> str:
    anonymous_id = identifier(envelope, "anonymous_id") or person
    conversation_id = identifier(part(envelope, "message"), "conversation_id")
    found = f"{ANONYMOUS}{anonymous_id}:{conversation_id}"
    return found if anonymous_id and len(found) <= 128 else ""


def key_of(envelope: Envelope, kind: EventClass, account: str) -> str:
    """64 hex digits; a repeated delivery of the event has the same."""
    message_id = identifier(part(envelope, "message"), "msg_id")
    if message_id and kind in _BY_MESSAGE_ID:
        # What JSON writes for the three, which are made of letters that it writes as they are.
        return hashlib.sha256(f'["message", "{account}", "{message_id}"]'.encode()).hexdigest()
    # Flat events have no id: a retry repeats the body, so its telling fields are the identity.
    return _digest(*(envelope.get(name) for name in _TELLING), account)


_TELLING = (
    *("event_name", "timestamp", "group_id", "user_id", "sender", "recipient", "follower", "users"),
    *("message", "tag", "data", "info", "call_id", "template_id"),
)


_ENCODER = json.JSONEncoder(sort_keys=True)


def _digest(*values: Any) -> str:
    return hashlib.sha256(_ENCODER.encode(values).encode()).hexdigest()


def is_mention(envelope: Envelope, account: str) -> bool:
    """Whether a group member called the page by name; all else said in a group is dropped unread (G14)."""
    written = text(part(envelope, "message"), "text")
    is_member = text(envelope, "event_name").startswith("user_")
    return is_member and bool(account) and f"[@{account}]" in written


def is_unknown_group_talk(envelope: Envelope, kind: EventClass) -> bool:
    """Whether an event of a kind never seen before carries what somebody said in a group: not kept either (G14)."""
    if kind is not EventClass.UNKNOWN or not part(envelope, "message"):
        return False
    page = identifier(envelope, "oa_id")
    is_between_others = page not in ("", *(identifier(part(envelope, side), "id") for side in ("sender", "recipient")))
    return "group" in text(envelope, "event_name") or "group_id" in envelope or is_between_others


def is_phone_receipt(envelope: Envelope) -> bool:
    """Whether this receipt belongs to a template sent by telephone number, which is not ours (zalo section 2.3)."""
    if text(envelope, "event_name") != "user_received_message":
        return False
    message = part(envelope, "message")
    return "delivery_time" in message or "tracking_id" in message
