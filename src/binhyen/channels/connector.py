"""The contract every connector keeps: verify, read, send, redact.

A connector imports this module and nothing else of ours except core.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from binhyen.channels.inbound import (
    AccessRevoked,
    ConsentWithdrawn,
    Echo,
    Event,
    Followed,
    Ignored,
    Interacted,
    Media,
    MediaItem,
    MediaKind,
    PublicComment,
    Receipt,
    Text,
    Unfollowed,
    Unknown,
)
from binhyen.channels.outbound import (
    Button,
    ButtonKind,
    ByHand,
    Later,
    Outbound,
    OutboundFile,
    Outcome,
    OutcomeUnknown,
    Refused,
    Sent,
)

__all__ = [
    "AccessRevoked",
    "Button",
    "ButtonKind",
    "ByHand",
    "Call",
    "Capabilities",
    "Connector",
    "ConsentWithdrawn",
    "Credentials",
    "Echo",
    "Event",
    "Factory",
    "Followed",
    "Forged",
    "Genuine",
    "Ignored",
    "Interacted",
    "Later",
    "Media",
    "MediaItem",
    "MediaKind",
    "Outbound",
    "OutboundFile",
    "Outcome",
    "OutcomeUnknown",
    "Probe",
    "PublicComment",
    "Receipt",
    "Refused",
    "Sent",
    "Text",
    "Unfollowed",
    "Unknown",
    "Verdict",
]

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
    has_quotes: bool = False
    """Whether a reply can quote one message of the person."""


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
