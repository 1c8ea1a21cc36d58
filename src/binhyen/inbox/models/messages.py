"""What was written, by whom, which way it went."""

from django.db import models

from binhyen.inbox.models.conversations import Conversation
from binhyen.units.models import Officer, Unit


class Direction(models.TextChoices):
    """Which way a message went."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    NOTE = "note"
    """Internal: never leaves the house."""


class Author(models.TextChoices):
    """Who made a message."""

    RESIDENT = "resident"
    MACHINE = "machine"
    OFFICER = "officer"
    ELSEWHERE = "elsewhere"
    """An officer in the platform's own tool."""


class Message(models.Model):
    """One message or note. Written in time order, read by conversation."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=10, choices=Direction)
    author = models.CharField(max_length=10, choices=Author)
    officer = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(default="")
    folded = models.TextField(default="")  # search form of the text
    buttons = models.JSONField(default=list)
    """Buttons sent along, as [title, kind, value]."""
    external_id = models.CharField(max_length=128, default="")
    quoted_id = models.CharField(max_length=128, default="")
    """`external_id` of the message this one quotes, which may stand here no more."""
    kind = models.CharField(max_length=20, default="")
    procedure = models.CharField(max_length=60, default="")
    band = models.CharField(max_length=10, default="")
    """answer, offer or officer: what the machine decided about an inbound message."""
    answers = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    """Inbound message an outbound one answers."""
    sent_at = models.DateTimeField()
    """By the platform's clock for inbound messages, ours otherwise."""
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "external_id"],
                condition=~models.Q(external_id=""),
                name="one_message_per_external_id",
            )
        ]
        indexes = [
            models.Index(fields=["conversation", "id"], name="message_thread"),
            models.Index(fields=["unit", "created_at"], name="message_by_time"),
            models.Index(
                fields=["created_at"], condition=models.Q(kind__in=["report", "emergency"]), name="message_reported"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.pk}"
