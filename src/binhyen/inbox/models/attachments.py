"""What came or goes along with a message."""

from django.db import models

from binhyen.inbox.models.messages import Message
from binhyen.units.models import Unit
from binhyen.vault.models import StoredFile


class AttachmentState(models.TextChoices):
    """What became of an announced attachment."""

    ANNOUNCED = "announced"
    STORED = "stored"
    QUARANTINED = "quarantine"
    """Kept sealed, shown to nobody, until the scanner answers (G51)."""
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
