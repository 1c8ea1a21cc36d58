"""Pure decisions of the inbox: until when a reply may go out, how a text is cut, who comes first."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from binhyen.channels.connector import Capabilities
from binhyen.core.text import nfc


@dataclass(frozen=True, slots=True)
class ReplyWindow:
    """Two clocks of a conversation (zalo section 4)."""

    free_until: datetime | None
    """None: no limit on this channel, or nothing was ever received."""
    stops_at: datetime | None
    """From here on the platform refuses."""
    state: str
    """unlimited, free, charged or closed."""


def reply_window(last_interaction_at: datetime | None, now: datetime, capabilities: Capabilities) -> ReplyWindow:
    """Where the conversation stands at `now`; a channel without limits is always open."""
    if capabilities.reply_stop_h is None or capabilities.reply_window_h is None:
        return ReplyWindow(None, None, "unlimited")
    if last_interaction_at is None:
        return ReplyWindow(None, None, "closed")
    free_until = last_interaction_at + timedelta(hours=capabilities.reply_window_h)
    stops_at = last_interaction_at + timedelta(hours=capabilities.reply_stop_h)
    state = "free" if now < free_until else "charged" if now < stops_at else "closed"
    return ReplyWindow(free_until, stops_at, state)


_BREAKS = ("\n\n", "\n", ". ", "; ", ", ", " ")
"""Where a text may be cut, the best first."""


def split_text(text: str, limit: int) -> list[str]:
    """The text in NFC in pieces of at most `limit` characters, cut where a reader would pause; no word is lost.

    A text without any pause is cut hard. `limit` is at least 1. An empty text gives no piece.
    """
    rest = nfc(text).strip()
    pieces = []
    while len(rest) > limit:
        cut = _cut(rest, limit)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [piece for piece in [*pieces, rest] if piece]


def _cut(text: str, limit: int) -> int:
    for mark in _BREAKS:
        at = text.rfind(mark, limit // 3, limit + 1 - len(mark.rstrip()))
        if at > 0:
            return at + len(mark.rstrip())
    return limit


def queue_order(urgency: int, due_at: datetime | None) -> tuple[int, datetime]:
    """Sort key of the officers' queue: what was written and how long it waits, never who wrote or rated (G31)."""
    return (-urgency, due_at or datetime.max.replace(tzinfo=UTC))
