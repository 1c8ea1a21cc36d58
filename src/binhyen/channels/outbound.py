"""What goes out by the connector contract, and what can become of it."""

from dataclasses import dataclass, field
from enum import StrEnum


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
