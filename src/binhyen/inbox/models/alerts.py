"""Alerts that ring at the duty desk."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.inbox.models.conversations import Conversation
from binhyen.units.models import Officer, Unit


class AlertState(models.TextChoices):
    """Whether somebody took an alert."""

    RINGING = "ringing"
    ACCEPTED = "accepted"


class DutyAlert(models.Model):
    """Words of present danger: rings in the console until a named officer accepts (G55)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="alerts")
    state = models.CharField(max_length=10, choices=AlertState, default=AlertState.RINGING)
    created_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "state"], name="alert_ringing")]

    def __str__(self) -> str:
        return f"alert {self.public_id}"
