"""The contract every connector keeps: verify, read, send, redact.

A connector imports this module and nothing else of ours except core.

All values are frozen; unions are matched exhaustively.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

Credentials = Mapping[str, str]
"""Secret values of an account by the connector's own names, opened from the vault; never logged."""


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP call at the door, raw as it came."""

    body: bytes
    headers: Mapping[str, str]
    """Names in lower case."""
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Genuine:
    """The call is authentic and may be stored."""

    key: str
    """Identity of the event, at most 128 characters; the same for a repeated delivery."""
    lane: str
    """Conversation it belongs to, at most 128 characters; events of one lane are worked in order."""
    account: str
    """External id of the account (page) it is for; one address may serve several."""
    storable: bool = True
    """False: authentic, but must not be stored at all, such as what group members write (G14)."""
    is_late: bool = False
    """The time stamp is older than the retry ladder allows; a warning, since a repeated event keeps its old one."""


@dataclass(frozen=True, slots=True)
class Forged:
    """The call is not authentic; nothing may change (G48)."""

    reason: str
    """Code, from the connector only: "bad_signature", "malformed", "stale" (too old for a first delivery)."""


@dataclass(frozen=True, slots=True)
class Probe:
    """An unsigned check call of the platform's own console: answer 200, store nothing, count it."""


Verdict = Genuine | Forged | Probe


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


class ButtonKind(StrEnum):
    """What a tap does."""

    SAY = "say"
    """Sends `value` as the person's text, shown in the chat."""
    OPEN = "open"
    """Opens the address `value`."""
    CALL = "call"
    """Dials the number `value`."""


@dataclass(frozen=True, slots=True)
class Button:
    """A choice under a message; title at most 100 characters."""

    title: str
    kind: ButtonKind
    value: str


@dataclass(frozen=True, slots=True)
class OutboundFile:
    """A picture or document to go out."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to one person."""

    person: str
    text: str = ""
    buttons: tuple[Button, ...] = ()
    file: OutboundFile | None = None
    """A file cannot go with buttons; text goes along only with a picture (zalo section 3.1)."""
    quoted_message_id: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it."""

    message_id: str
    quota_kind: str = ""
    quota_left: int | None = None


@dataclass(frozen=True, slots=True)
class ByHand:
    """No machine can send it: an officer copies the text and ticks it off."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: try again after so many seconds."""

    after_s: float
    why: str
    needs_new_token: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Never in this form; `why` is a code of the connector's catalogue, `hint` what an officer can do instead."""

    why: str
    hint: str = ""
    stops_account: bool = False
    """True: every other message of the account would be refused too (token revoked, page locked)."""


@dataclass(frozen=True, slots=True)
class OutcomeUnknown:
    """We cannot tell whether the platform acted: parked for a person, never repeated blindly (G61)."""

    why: str


Outcome = Sent | ByHand | Later | Refused | OutcomeUnknown


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do; screens follow these, not the channel's name."""

    text_limit: int
    """Characters after NFC."""
    has_buttons: bool
    has_files: bool
    reply_window_h: float | None
    """Hours after the person's last act in which a reply is free; None is unlimited."""
    reply_stop_h: float | None
    """Hours after which the platform refuses."""
    sends_by_machine: bool
    """False: everything goes out by hand."""


class Connector(Protocol):
    """One way in and out. Stateless; one object serves all accounts of its kind."""

    name: str
    """Key in addresses and rows: "zalo_oa", "web", "manual"."""
    capabilities: Capabilities

    def verify(self, call: Call, keys: Credentials) -> Verdict:
        """Judge the raw call in constant time; never raises on bad input."""

    def identify(self, body: bytes) -> Genuine | None:
        """Identity of a call that is trusted for another reason, such as an operator's recording; None when odd."""

    def read(self, body: bytes) -> tuple[Event, ...]:
        """Typed events of a stored call; never raises on bad input."""

    def send(self, outbound: Outbound, keys: Credentials) -> Outcome:
        """Send one message now and say what became of it; blocks at most 20 s."""

    def redact(self, log: str) -> str:
        """The text without tokens, ids of people and message contents."""


Factory = Callable[[], Connector]
