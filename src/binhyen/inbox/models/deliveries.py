"""Promises to send."""

from django.db import models

from binhyen.channels.models import Account
from binhyen.inbox.models.conversations import Conversation
from binhyen.inbox.models.messages import Message
from binhyen.units.models import Unit


class DeliveryState(models.TextChoices):
    """Life of an outgoing message."""

    PLANNED = "planned"
    ATTEMPTING = "attempting"
    """Written before the call; found after a crash it becomes unknown."""
    SENT = "sent"
    BY_HAND = "by_hand"
    """An officer has to copy it and tick it off."""
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """Parked for a person (G61)."""
    CANCELLED = "cancelled"


class Delivery(models.Model):
    """The promise to send one outbound message."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="deliveries")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="delivery")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.PLANNED)
    due_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    attempted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=100, default="")
    quota_kind = models.CharField(max_length=30, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "id"],
                condition=models.Q(state__in=["planned", "attempting"]),
                name="delivery_open",
            ),
            models.Index(
                fields=["conversation", "id"],
                condition=models.Q(state__in=["planned", "attempting"]),
                name="delivery_lane",
            ),
            models.Index(fields=["unit", "state", "-id"], name="delivery_by_state"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk} {self.state}"
