"""Pure decisions of the inbox: until when a reply may go out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from binhyen.channels.connector import Capabilities


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
