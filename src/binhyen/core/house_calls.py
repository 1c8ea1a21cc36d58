"""Calls the product makes to its own door: JSON signed with a key of the house."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from binhyen.core import clock
from binhyen.core.text import clean

HEADER = "x-binhyen-mac"
"""Carries the 64 hex digits of `mac_of`."""
ID_LIMIT = 128


@dataclass(frozen=True, slots=True)
class HouseCall:
    """A question that entered by a door of our own, such as the residents' portal."""

    message_id: str
    person: str
    """A keyed hash; never a name or a number."""
    text: str
    sent_at: datetime


def mac_of(body: bytes, key: str) -> str:
    """HMAC-SHA256 of the raw body in hex."""
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


def is_ours(body: bytes, headers: Mapping[str, str], key: str) -> bool:
    """Whether the header carries the right code; an empty key opens nothing. Constant time."""
    given = headers.get(HEADER, "").encode("utf-8", "replace")
    return bool(key) and hmac.compare_digest(given, mac_of(body, key).encode())


def house_call(body: bytes) -> HouseCall | None:
    """The call in `{"message_id", "person", "text", "sent_at_ms"}`, or None when the shape is odd; never raises."""
    try:
        found = json.loads(body.decode(), parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    values = [found.get(name) for name in ("message_id", "person", "text", "sent_at_ms")]
    message_id, person, text, sent_at_ms = (value if isinstance(value, str) else "" for value in values)
    if not _is_id(message_id) or not _is_id(person) or not _is_time(sent_at_ms):
        return None
    return HouseCall(message_id, person, clean(text), clock.from_epoch_ms(int(sent_at_ms)))


def written(message_id: str, person: str, text: str, sent_at: datetime) -> bytes:
    """The body that `house_call` reads."""
    sent_at_ms = int(sent_at.timestamp() * 1000)
    call = {"message_id": message_id, "person": person, "text": text, "sent_at_ms": sent_at_ms}
    return json.dumps(call, ensure_ascii=True).encode()


def _is_id(value: str) -> bool:
    return 0 < len(value) <= ID_LIMIT and value.isascii() and value.isprintable()


def _is_time(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= 16
