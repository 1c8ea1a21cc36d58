"""Threads, and whose turn it is in them."""

from django.db import models

from binhyen.channels.models import Account
from binhyen.core.ids import new_public_id
from binhyen.inbox.models.contacts import Contact
from binhyen.units.models import Officer, Unit


class ConversationState(models.TextChoices):
    """Whose turn it is."""

    ANSWERED = "answered"
    """The machine or an officer answered; nobody waits."""
    WAITING = "waiting"
    """A resident waits for an officer."""
    CLOSED = "closed"


class Urgency(models.IntegerChoices):
    """Order of the queue; set by what was written, never by who wrote (G31)."""

    NORMAL = 0
    URGENT = 1
    DANGER = 2


class Conversation(models.Model):
    """One thread with one contact."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="conversation")
    number = models.BigIntegerField()
    """Counts from 1 within the unit, for people to say aloud: #4827."""
    state = models.CharField(max_length=10, choices=ConversationState, default=ConversationState.ANSWERED)
    urgency = models.IntegerField(choices=Urgency, default=Urgency.NORMAL)
    kind = models.CharField(max_length=20, default="")  # of the latest inbound message, see `binhyen.language`
    procedure = models.CharField(max_length=60, default="")
    """Procedure just discussed, so that "thế lệ phí bao nhiêu?" has a meaning."""
    procedure_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    waiting_since = models.DateTimeField(null=True)
    """Arrival of the first message no officer has answered."""
    welcomed_at = models.DateTimeField(null=True)
    hinted_at = models.DateTimeField(null=True)
    """Last neutral private hint for a report-like message (G15)."""
    last_message_at = models.DateTimeField()
    last_inbound_at = models.DateTimeField(null=True)
    preview = models.CharField(max_length=160, default="")
    """Start of the latest message, personal data redacted."""
    unread_count = models.IntegerField(default=0)
    changed_at = models.DateTimeField()
    """Moves with every change; live updates follow it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="one_conversation_number")]
        indexes = [
            models.Index(fields=["unit", "state", "-urgency", "waiting_since"], name="conversation_queue"),
            models.Index(fields=["unit", "-last_message_at"], name="conversation_recent"),
            models.Index(fields=["unit", "changed_at"], name="conversation_changed"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"
