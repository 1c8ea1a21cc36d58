"""Attachments of a Zalo message, in every documented shape (zalo section 2.4)."""

import json
from typing import Any

from binhyen.channels.connector import MediaItem, MediaKind
from binhyen.channels.zalo_oa.envelope import Envelope, part, text
from binhyen.channels.zalo_oa.kinds import MEDIA_KINDS
from binhyen.core.text import clean

MOST_ITEMS = 100
"""More attachments than this in one event are counted and told, not kept."""
_URL_LIMIT = 2_000
_NAME_LIMIT = 120
_DESCRIPTION_LIMIT = 500


def items_of(message: Envelope, event_name: str) -> tuple[MediaItem, ...]:
    """The attachments that have a known shape; one item more stands for those that were left out."""
    found = message.get("attachments")
    announced = found if isinstance(found, list) else []
    items = [_item(attachment, event_name) for attachment in announced[:MOST_ITEMS]]
    kept = tuple(item for item in items if item)
    if not announced and part(message, "location"):
        place = _coordinates(part(message, "location"))
        return (MediaItem(MediaKind.LOCATION, description=place),) if place else ()
    left_out = len(announced) - len(kept)
    return (*kept, MediaItem(MediaKind.FILE, left_out=left_out)) if left_out else kept


def _item(attachment: Any, event_name: str) -> MediaItem | None:
    kind = MEDIA_KINDS.get(text(attachment, "type"))
    payload = part(attachment, "payload")
    if event_name.endswith("_business_card"):
        return MediaItem(MediaKind.CONTACT_CARD, description=_telephone(payload))
    if kind is MediaKind.LOCATION:
        place = _coordinates(payload)
        return MediaItem(MediaKind.LOCATION, description=place) if place else None
    if text(attachment, "type") == "template":
        address, words = clean(text(payload, "link_url")), clean(text(payload, "text"))
        return MediaItem(MediaKind.LINK, url=address[:_URL_LIMIT], description=words[:_DESCRIPTION_LIMIT])
    if kind is None:
        return None
    url = text(payload, "url")
    size = text(payload, "size")
    return MediaItem(
        kind=kind,
        url=clean(url) if len(url) <= _URL_LIMIT else "",
        name=clean(text(payload, "name"))[:_NAME_LIMIT],
        size_bytes=int(size) if size.isascii() and size.isdecimal() and len(size) <= 15 else None,
        description=clean(text(payload, "description"))[:_DESCRIPTION_LIMIT],
    )


def _coordinates(payload: Envelope) -> str:
    """ "latitude,longitude" in degrees, or "" when they are no place on earth."""
    at = part(payload, "coordinates") or payload
    try:
        latitude, longitude = float(text(at, "latitude")), float(text(at, "longitude"))
    except ValueError:
        return ""
    # Written so that NaN fails too.
    is_on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180
    return f"{latitude:.6f},{longitude:.6f}" if is_on_earth else ""


def _telephone(payload: Envelope) -> str:
    """The number on a business card, whose description is itself JSON."""
    try:
        card = json.loads(text(payload, "description"), parse_int=str)
    except (ValueError, RecursionError):
        return ""
    number = text(card, "phone")
    return number if number.isascii() and number.lstrip("+").isdecimal() and len(number) <= 20 else ""
