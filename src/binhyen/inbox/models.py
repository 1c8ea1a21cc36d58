"""Contacts, conversations, messages, attachments and deliveries."""

from django.db import models

from binhyen.channels.models import Account
from binhyen.core.ids import new_public_id
from binhyen.inbox.tombstones import Tombstone  # noqa: F401 - its table belongs to this room
from binhyen.units.models import Officer, Unit
from binhyen.vault.models import StoredFile


class Contact(models.Model):
    """Somebody who wrote, known by the channel's own id only. No field may describe the person (G29)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="contacts")
    external_id = models.CharField(max_length=128)
    """user_id of the page; a keyed hash for portal and desk."""
    display_name = models.CharField(max_length=100, default="")
    """Fetched from the platform only when an officer opens the conversation."""
    folded_name = models.CharField(max_length=100, default="")  # search form of the name
    name_fetched_at = models.DateTimeField(null=True)
    last_interaction_at = models.DateTimeField(null=True)
    """Opens the reply window (zalo section 4)."""
    is_following = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "external_id"], name="one_contact")]

    def __str__(self) -> str:
        return f"contact {self.pk}"


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
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.pk}"


class AttachmentState(models.TextChoices):
    """What became of an announced attachment."""

    ANNOUNCED = "announced"
    STORED = "stored"
    REFUSED = "refused"
    """`reason` says why; shown to the officer, never silent."""
    LINK_ONLY = "link_only"
    """Nothing to fetch: sticker, location, link, contact card."""


class Attachment(models.Model):
    """A picture, voice, file, place or link that came or goes with a message."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=20)
    url = models.TextField(default="")
    name = models.CharField(max_length=120, default="")
    description = models.CharField(max_length=500, default="")
    state = models.CharField(max_length=10, choices=AttachmentState, default=AttachmentState.ANNOUNCED)
    reason = models.CharField(max_length=60, default="")
    original = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    shown = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    """Cleaned copy an officer may look at (G10)."""

    class Meta:
        indexes = [models.Index(fields=["state"], condition=models.Q(state="announced"), name="attachment_to_fetch")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


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


class Draft(models.Model):
    """An officer's unsent words in one conversation, so that nothing typed is lost."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    is_note = models.BooleanField(default=False)
    text = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "officer", "is_note"], name="one_draft")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class LabelledExample(models.Model):
    """An officer's "this is about ...", redacted; a row of the next training. No link to a person."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    kind = models.CharField(max_length=20)
    procedure = models.CharField(max_length=60, default="")
    created_on = models.DateField()

    def __str__(self) -> str:
        return f"example {self.pk}"


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


class UnreadEvent(models.Model):
    """A webhook of a kind never seen before, kept raw and sealed for an operator to look at."""

    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    reason = models.CharField(max_length=100)
    sealed_body = models.BinaryField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
