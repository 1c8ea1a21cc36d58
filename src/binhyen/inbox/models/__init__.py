"""Rows of this room, one file per noun."""

from binhyen.inbox.models.alerts import (
    DANGER_RULE,
    FORGOTTEN_RULE,
    AlertNotice,
    AlertState,
    DutyAlert,
    NoticeState,
    OfficerZalo,
)
from binhyen.inbox.models.attachments import Attachment, AttachmentState
from binhyen.inbox.models.attention import Snooze, Viewing
from binhyen.inbox.models.bulk_acts import BulkAct, BulkChange, BulkKind
from binhyen.inbox.models.canned import Assigns, CannedReply, Macro
from binhyen.inbox.models.contacts import Contact
from binhyen.inbox.models.conversations import Conversation, ConversationState, Urgency
from binhyen.inbox.models.deliveries import Delivery, DeliveryState
from binhyen.inbox.models.drafts import Draft
from binhyen.inbox.models.examples import LabelledExample
from binhyen.inbox.models.messages import Author, Direction, Message
from binhyen.inbox.models.saved_filters import SavedFilter
from binhyen.inbox.models.thread_groups import GroupedThread, ThreadGroup
from binhyen.inbox.models.tombstones import Tombstone
from binhyen.inbox.models.topics import ConversationTopic, Topic
from binhyen.inbox.models.unread_events import UnreadEvent
from binhyen.inbox.models.waiting import RaisedThread, WaitLimit

__all__ = [
    "DANGER_RULE",
    "FORGOTTEN_RULE",
    "AlertNotice",
    "AlertState",
    "Assigns",
    "Attachment",
    "AttachmentState",
    "Author",
    "BulkAct",
    "BulkChange",
    "BulkKind",
    "CannedReply",
    "Contact",
    "Conversation",
    "ConversationState",
    "ConversationTopic",
    "Delivery",
    "DeliveryState",
    "Direction",
    "Draft",
    "DutyAlert",
    "GroupedThread",
    "LabelledExample",
    "Macro",
    "Message",
    "NoticeState",
    "OfficerZalo",
    "RaisedThread",
    "SavedFilter",
    "Snooze",
    "ThreadGroup",
    "Tombstone",
    "Topic",
    "UnreadEvent",
    "Urgency",
    "Viewing",
    "WaitLimit",
]
