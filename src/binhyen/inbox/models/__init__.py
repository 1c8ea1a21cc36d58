"""Rows of this room, one file per noun."""

from binhyen.inbox.models.alerts import DANGER_RULE, AlertNotice, AlertState, DutyAlert, NoticeState, OfficerZalo
from binhyen.inbox.models.attachments import Attachment, AttachmentState
from binhyen.inbox.models.contacts import Contact
from binhyen.inbox.models.conversations import Conversation, ConversationState, Urgency
from binhyen.inbox.models.deliveries import Delivery, DeliveryState
from binhyen.inbox.models.drafts import Draft
from binhyen.inbox.models.examples import LabelledExample
from binhyen.inbox.models.messages import Author, Direction, Message
from binhyen.inbox.models.tombstones import Tombstone
from binhyen.inbox.models.unread_events import UnreadEvent

__all__ = [
    "DANGER_RULE",
    "AlertNotice",
    "AlertState",
    "Attachment",
    "AttachmentState",
    "Author",
    "Contact",
    "Conversation",
    "ConversationState",
    "Delivery",
    "DeliveryState",
    "Direction",
    "Draft",
    "DutyAlert",
    "LabelledExample",
    "Message",
    "NoticeState",
    "OfficerZalo",
    "Tombstone",
    "UnreadEvent",
    "Urgency",
]
