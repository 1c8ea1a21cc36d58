"""Typed events of the connector contract: what came in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Text:
    """A person wrote to the page. A tapped button arrives so too, with the button's payload as text."""

    person: str
    message_id: str
    text: str
    sent_at: datetime
    quoted_message_id: str = ""


class MediaKind(StrEnum):
    """What a person may send besides words."""

    IMAGE = "image"
    GIF = "gif"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    STICKER = "sticker"
    LOCATION = "location"
    LINK = "link"
    CONTACT_CARD = "contact_card"


@dataclass(frozen=True, slots=True)
class MediaItem:
    """One attachment as announced; fetched later, from the allow-list only (G47)."""

    kind: MediaKind
    url: str = ""
    name: str = ""
    size_bytes: int | None = None
    description: str = ""
    """Coordinates of a location, words of a link."""
    left_out: int = 0
    """Not one attachment but so many that were not kept: too many in one message, or of a kind not known."""


@dataclass(frozen=True, slots=True)
class Media:
    """A person sent pictures, voice, files; `text` is the caption."""

    person: str
    message_id: str
    items: tuple[MediaItem, ...]
    sent_at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class Echo:
    """The page sent something, by our own call or typed by an officer in the platform's own tool."""

    person: str
    message_id: str
    text: str
    sent_at: datetime
    items: tuple[MediaItem, ...] = ()
    is_typed_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """A person follows the page."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """A person no longer follows the page."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """A person asks to withdraw consent: erasure starts (zalo section 0, point 9)."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Interacted:
    """A person did something that opens the reply window without words: a tap on "message", a reaction, a call."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """Messages of ours were delivered to or seen by the person."""

    person: str
    message_ids: tuple[str, ...]
    is_seen: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class PublicComment:
    """A person wrote in a public place of the page (post comment, group mention); never answered in public (G15)."""

    person: str
    message_id: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AccessRevoked:
    """The page took back the product's access: replies wait, an operator is told."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Ignored:
    """A known event that needs nothing; counted by `kind`."""

    kind: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """An event kind never seen before, or one whose shape is odd: kept raw, counted, does no harm."""

    kind: str
    reason: str


Event = (
    Text
    | Media
    | Echo
    | Followed
    | Unfollowed
    | ConsentWithdrawn
    | Interacted
    | Receipt
    | PublicComment
    | AccessRevoked
    | Ignored
    | Unknown
)
