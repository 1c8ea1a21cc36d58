"""Alerts that ring at the duty desk, and what was sent about them to whom."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.inbox.models.contacts import Contact
from binhyen.inbox.models.conversations import Conversation
from binhyen.inbox.models.deliveries import Delivery
from binhyen.units.models import Officer, Unit

DANGER_RULE = "danger.first_look"
"""Clock of a message with words of present danger (data/law/deadlines.yaml)."""


FORGOTTEN_RULE = "inbox.forgotten"
"""Clock of a conversation that nobody answered within the unit's limit (data/law/deadlines.yaml)."""


class AlertState(models.TextChoices):
    """Whether somebody took an alert."""

    RINGING = "ringing"
    ACCEPTED = "accepted"


class DutyAlert(models.Model):
    """Something urgent: rings until a named officer accepts, and climbs the ladder meanwhile (G55, G56)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="alerts")
    rule_id = models.CharField(max_length=40, default=DANGER_RULE)
    """The clock whose length sets the steps of the ladder."""
    subject = models.CharField(max_length=40, default="")
    """Public id of what it is about, when that is no conversation."""
    number = models.BigIntegerField(null=True)
    """The number people say aloud of that thing, so that two alerts can be told apart; nothing of its content."""
    address = models.CharField(max_length=120, default="")
    """Console path of that thing, "/console/cases/.../"."""
    excluded_officer_ids = models.JSONField(default=list)
    """Officers it must never reach, because the matter is about them (G7)."""
    steps_done = models.SmallIntegerField(default=0)
    """Steps of the ladder that were told, of `inbox.ladder.STEPS`."""
    state = models.CharField(max_length=10, choices=AlertState, default=AlertState.RINGING)
    created_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "state"], name="alert_ringing"),
            models.Index(fields=["created_at"], condition=models.Q(state="ringing"), name="alert_ladder"),
        ]

    @property
    def matter(self) -> str:
        """What counts as one matter for coalescing."""
        return f"c{self.conversation_id}" if self.conversation_id else f"s{self.subject}"

    def __str__(self) -> str:
        return f"alert {self.public_id}"


class NoticeState(models.TextChoices):
    """What became of one notice to one officer."""

    PLANNED = "planned"
    SENT = "sent"
    """Taken by the mail server, or handed to the page's own queue."""
    JOINED = "joined"
    """The officer was told about the same matter within five minutes."""
    OFF = "off"
    """The officer has no channel, or switched it off: only the console rings."""
    TAKEN = "taken"
    """Somebody accepted before it went out."""
    FAILED = "failed"


class AlertNotice(models.Model):
    """One neutral message to one officer about an alert: the outbox of alerts."""

    alert = models.ForeignKey(DutyAlert, on_delete=models.CASCADE, related_name="notices")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    matter = models.CharField(max_length=50)
    step = models.SmallIntegerField()
    channel = models.CharField(max_length=10)
    """mail, zalo or console."""
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.PLANNED)
    why = models.CharField(max_length=60, default="")
    attempts = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.SET_NULL, related_name="+")
    """The message in the officer's own chat with the page."""

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="planned"), name="alert_notice_due"),
            models.Index(fields=["officer", "matter", "created_at"], name="alert_notice_joined"),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk} {self.channel} {self.state}"


class OfficerZalo(models.Model):
    """An officer's own Zalo, linked by a one-time code the officer sent to the unit's page."""

    officer = models.OneToOneField(Officer, on_delete=models.CASCADE, related_name="zalo")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="+")
    """None while the code was not sent yet."""
    code_hash = models.CharField(max_length=64, default="", db_index=True)
    code_expires_at = models.DateTimeField(null=True)
    linked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Zalo of officer {self.officer_id}"
