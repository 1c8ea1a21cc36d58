"""What the templates show of conversations and messages, worked out once per row without queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from binhyen.channels.connector import Button, ButtonKind
from binhyen.channels.registry import connector_for
from binhyen.channels.zalo_oa.shapes import numbered_menu
from binhyen.console.quoting import can_be_quoted, quoted_words
from binhyen.console.reply_troubles import reply_trouble
from binhyen.console.texts import DELIVERY_WORDS, KIND_BADGES, KIND_NAMES, PERSON_NAMES, SOURCE_NAMES
from binhyen.core import clock
from binhyen.inbox.models import Attachment, Conversation, ConversationState, Delivery, Message, Urgency
from binhyen.inbox.queries import delivery_key
from binhyen.inbox.rules import ReplyWindow, reply_window

SOON = timedelta(hours=6)
"""Less time than this until the free window ends is shown as a warning."""
_AT_ONCE = timedelta(minutes=1)
"""What is tried again within this time needs no words."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock in words; `tone` is a badge class."""

    words: str
    tone: str
    at: datetime | None = None


def duration_words(span: timedelta) -> str:
    """The largest whole unit of a span: "3 days", "5 hours", "8 minutes"."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes >= 48 * 60:
        return ngettext("%(n)s day", "%(n)s days", minutes // 1440) % {"n": minutes // 1440}
    if minutes >= 60:
        return ngettext("%(n)s hour", "%(n)s hours", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)s minute", "%(n)s minutes", max(1, minutes)) % {"n": max(1, minutes)}


def person_name(conversation: Conversation) -> str:
    """The name the platform gave, or what the source tells, with the number people say aloud."""
    if conversation.contact.display_name:
        return conversation.contact.display_name
    return f"{PERSON_NAMES.get(conversation.account.connector, '')} #{conversation.number}"


def window_clocks(window: ReplyWindow, now: datetime) -> list[Clock]:
    """The free window and the hard stop in words; none on a channel without limits."""
    if window.free_until is None or window.stops_at is None:
        return []
    if now >= window.stops_at:
        return [Clock(_("Zalo takes no reply any more"), "danger", window.stops_at)]
    stop_left = window.stops_at - now
    stop = Clock(
        _("%(time)s until Zalo stops") % {"time": duration_words(stop_left)},
        "danger" if stop_left < timedelta(days=1) else "",
        window.stops_at,
    )
    if now >= window.free_until:
        return [Clock(_("Free reply is over"), "warn", window.free_until), stop]
    free_left = window.free_until - now
    words = _("%(time)s of free reply left") % {"time": duration_words(free_left)}
    return [Clock(words, "warn" if free_left < SOON else "ok", window.free_until), stop]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue."""

    conversation: Conversation
    name: str
    ago: str
    kind: str
    kind_tone: str
    urgency: str
    clock: Clock | None
    topics: list[str]
    group: str
    """Words for a lead that stands for others, or for a conversation of a group."""
    comes_back_at: datetime | None
    """Set while it is put aside."""
    is_selected: bool


def row_for(conversation: Conversation, now: datetime, selected: str = "") -> Row:
    """Everything a line shows."""
    return Row(
        conversation=conversation,
        name=person_name(conversation),
        ago=duration_words(now - (conversation.waiting_since or conversation.last_message_at)),
        kind=str(KIND_NAMES.get(conversation.kind, "")),
        kind_tone=KIND_BADGES.get(conversation.kind, ""),
        urgency=urgency_words(conversation.urgency),
        clock=_row_clock(conversation, now),
        topics=[label.topic.name for label in conversation.topic_labels.all()],
        group=_group_words(conversation),
        comes_back_at=_comes_back_at(conversation, now),
        is_selected=conversation.public_id == selected,
    )


def _group_words(conversation: Conversation) -> str:
    if getattr(conversation, "led_group", None) is not None:
        return _("merged")
    return _("in a group") if getattr(conversation, "grouped", None) is not None else ""


def _comes_back_at(conversation: Conversation, now: datetime) -> datetime | None:
    snooze = getattr(conversation, "snooze", None)
    return snooze.until if snooze is not None and snooze.until > now else None


def urgency_words(urgency: int) -> str:
    """Word of the red badge, empty for an ordinary message."""
    if urgency == Urgency.DANGER:
        return _("Present danger")
    return _("Urgent") if urgency == Urgency.URGENT else ""


def _row_clock(conversation: Conversation, now: datetime) -> Clock | None:
    if conversation.state != ConversationState.WAITING:
        return None
    capabilities = connector_for(conversation.account.connector).capabilities
    clocks = window_clocks(reply_window(conversation.contact.last_interaction_at, now, capabilities), now)
    return clocks[0] if clocks else None


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message as shown."""

    message: Message
    side: str
    """in, out or note."""
    author: str
    pictures: list[Attachment]
    others: list[Attachment]
    delivery_state: str
    delivery_words: str
    delivery_key: str
    """Set while the delivery waits for an officer."""
    trouble: str
    """Why Zalo refused it, and what to do; "" for everything else."""
    buttons: list[str]
    copied_text: str
    """Set while the officer has to copy the text out."""
    quoted: str
    """Line about the message it answers, "" for none."""
    quotable_id: str
    """Set for a message that an answer can quote."""


def bubble_for(message: Message, quoted: Mapping[str, str]) -> Bubble:
    """Everything a bubble shows; needs attachments, officer and delivery loaded, and the texts quoted on the page."""
    delivery = getattr(message, "delivery", None)
    state = delivery.state if delivery else ""
    attachments = list(message.attachments.all())
    pictures = [a for a in attachments if a.shown is not None and a.shown.content_type.startswith("image/")]
    return Bubble(
        message=message,
        side={"inbound": "in", "note": "note"}.get(message.direction, "out"),
        author=_author(message),
        pictures=pictures,
        others=[attachment for attachment in attachments if attachment not in pictures],
        delivery_state=state,
        delivery_words=_delivery_words(delivery) if delivery else "",
        delivery_key=delivery_key(delivery) if delivery and state in ("by_hand", "refused", "unknown") else "",
        trouble=reply_trouble(delivery.why) if delivery and state == "refused" else "",
        buttons=[str(button[0]) for button in message.buttons if button],
        copied_text=copied_text(message) if state == "by_hand" else "",
        quoted=quoted_words(quoted.get(message.quoted_id)) if message.quoted_id else "",
        quotable_id=message.external_id if can_be_quoted(message) else "",
    )


def _delivery_words(delivery: Delivery) -> str:
    """What became of it; and when it is tried again by itself, where that is not at once."""
    words = str(DELIVERY_WORDS.get(delivery.state, ""))
    if delivery.state != "planned" or delivery.due_at - clock.now() < _AT_ONCE:
        return words
    at = delivery.due_at.astimezone(clock.VIETNAM)
    return _("%(words)s, tried again at %(at)s") % {"words": words, "at": f"{at:%H:%M %d/%m}"}


def copied_text(message: Message) -> str:
    """What an officer copies out: the words, and the buttons as numbered lines where there are none to tap."""
    buttons = tuple(Button(str(title), ButtonKind(kind), str(value)) for title, kind, value in message.buttons)
    return f"{message.text}\n\n{numbered_menu(buttons)}" if buttons else message.text


def _author(message: Message) -> str:
    if message.author == "officer" and message.officer is not None:
        return message.officer.full_name
    return {
        "machine": pgettext("author of a message", "Automatic answer"),
        "elsewhere": _("Written in Zalo's own tool"),
        "officer": _("Former officer"),
    }.get(message.author, "")


def source_name(conversation: Conversation) -> str:
    """Which way the message came."""
    return str(SOURCE_NAMES.get(conversation.account.connector, conversation.account.connector))
