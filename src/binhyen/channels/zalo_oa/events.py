"""Typed events from stored calls: every documented kind, aliases included (zalo sections 2.3 to 2.5)."""

from collections.abc import Callable
from datetime import datetime

from binhyen.channels.connector import (
    AccessRevoked,
    ConsentWithdrawn,
    Echo,
    Event,
    Followed,
    Ignored,
    Interacted,
    Media,
    PublicComment,
    Receipt,
    Text,
    Unfollowed,
    Unknown,
)
from binhyen.channels.zalo_oa.attachments import items_of
from binhyen.channels.zalo_oa.envelope import Envelope, identifier, parse, part, text, time_of
from binhyen.channels.zalo_oa.kinds import EventClass, class_of
from binhyen.channels.zalo_oa.routing import account_of, is_mention, is_phone_receipt, is_unknown_group_talk, person_of
from binhyen.core.text import clean

_KIND_LIMIT = 60


class _Odd(Exception):
    """A field the event cannot do without is missing or odd; names the field."""


def read(body: bytes) -> tuple[Event, ...]:
    """The events of one stored call; never raises on bad input."""
    envelope = parse(body)
    if envelope is None:
        return (Unknown("", "not JSON"),)
    name = text(envelope, "event_name")
    kind, label = class_of(name), clean(name)[:_KIND_LIMIT]
    if kind is EventClass.IGNORED or is_phone_receipt(envelope) or is_unknown_group_talk(envelope, kind):
        return (Ignored(label),)
    if kind is EventClass.UNKNOWN:
        return (Unknown(label, "new kind"),)
    try:
        return _READERS[kind](envelope, name)
    except _Odd as odd:
        return (Unknown(label, str(odd)),)


def _person(envelope: Envelope, name: str) -> str:
    person = person_of(envelope, class_of(name))
    if not person:
        raise _Odd("person")
    return person


def _message_id(envelope: Envelope) -> str:
    found = identifier(part(envelope, "message"), "msg_id")
    if not found:
        raise _Odd("msg_id")
    return found


def _at(envelope: Envelope) -> datetime:
    found = time_of(envelope)
    if found is None:
        raise _Odd("timestamp")
    return found


def _text_in(envelope: Envelope, name: str) -> tuple[Event, ...]:
    message = part(envelope, "message")
    written = clean(text(message, "text"))
    if not written:
        raise _Odd("text")
    quoted = identifier(message, "quote_msg_id")
    return (Text(_person(envelope, name), _message_id(envelope), written, _at(envelope), quoted),)


def _media_in(envelope: Envelope, name: str) -> tuple[Event, ...]:
    message = part(envelope, "message")
    items = items_of(message, name)
    left_out = sum(item.left_out for item in items)
    written = clean(text(message, "text"))
    if not items and not written:
        raise _Odd("attachments")
    found = Media(_person(envelope, name), _message_id(envelope), items, _at(envelope), written)
    return (found, Unknown(name, f"{left_out} attachments left out")) if left_out else (found,)


def _echo(envelope: Envelope, name: str) -> tuple[Event, ...]:
    message = part(envelope, "message")
    items = items_of(message, name)
    is_typed = bool(text(part(envelope, "sender"), "admin_id"))
    written = clean(text(message, "text"))
    return (Echo(_person(envelope, name), _message_id(envelope), written, _at(envelope), items, is_typed),)


def _receipt(envelope: Envelope, name: str) -> tuple[Event, ...]:
    message = part(envelope, "message")
    several = message.get("msg_ids")
    listed = [identifier({"id": one}, "id") for one in several] if isinstance(several, list) else []
    ids = tuple(one for one in (*listed, identifier(message, "msg_id")) if one)
    if not ids:
        raise _Odd("msg_ids")
    return (Receipt(_person(envelope, name), ids, name == "user_seen_message", _at(envelope)),)


def _group_message(envelope: Envelope, name: str) -> tuple[Event, ...]:
    if not is_mention(envelope, account_of(envelope, EventClass.GROUP_MESSAGE)):
        return (Ignored(clean(name)[:_KIND_LIMIT]),)
    written = clean(text(part(envelope, "message"), "text"))
    return (PublicComment(_person(envelope, name), _message_id(envelope), written, _at(envelope)),)


_READERS: dict[EventClass, Callable[[Envelope, str], tuple[Event, ...]]] = {
    EventClass.TEXT_IN: _text_in,
    EventClass.MEDIA_IN: _media_in,
    EventClass.ECHO: _echo,
    EventClass.RECEIPT: _receipt,
    EventClass.GROUP_MESSAGE: _group_message,
    EventClass.FOLLOW: lambda envelope, name: (Followed(_person(envelope, name), _at(envelope)),),
    EventClass.UNFOLLOW: lambda envelope, name: (Unfollowed(_person(envelope, name), _at(envelope)),),
    EventClass.WITHDRAW: lambda envelope, name: (ConsentWithdrawn(_person(envelope, name), _at(envelope)),),
    EventClass.INTERACTION: lambda envelope, name: (Interacted(_person(envelope, name), _at(envelope)),),
    EventClass.REACTION: lambda envelope, name: (Interacted(_person(envelope, name), _at(envelope)),),
    EventClass.REVOKED: lambda envelope, _name: (AccessRevoked(_at(envelope)),),
}
