"""Rows of opening an identity: who asked, who agreed, for which case, until when (G3)."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.units.models import Officer, Unit
from binhyen.vault.models import IdentityKey


class OpeningState(models.TextChoices):
    """Life of one opening."""

    ASKED = "asked"
    """Waits for custodians."""
    OPEN = "open"
    """Two custodians agreed; it shows for 30 minutes."""
    ENDED = "ended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    """Nobody agreed in time."""


class OpeningPurpose(models.TextChoices):
    """What the two custodians' shares are brought together for."""

    IDENTITY = "identity"
    REHEARSAL = "rehearsal"
    """Nothing real is opened: a made-up name proves that the key works."""
    SHARE_AGAIN = "share_again"
    """New shares for the custodians of today."""


class Opening(models.Model):
    """One request to bring two shares together."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=OpeningPurpose)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.CASCADE, related_name="openings")
    identity_key = models.ForeignKey(IdentityKey, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=OpeningState, default=OpeningState.ASKED)
    ground = models.CharField(max_length=30, default="")
    """A key of `grounds.GROUNDS`."""
    sealed_reason = models.BinaryField(default=b"")
    requester = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    """Who agreed or refused last; never the requester."""
    asked_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    viewing_key = models.BinaryField(default=b"")
    """Public half of a key pair whose private half lies only in the requester's browser."""
    sealed_view = models.BinaryField(default=b"")
    """The identity sealed to `viewing_key`; emptied when the time is over."""
    delayed_until = models.DateField(null=True)
    """The reporter is told from this day on; needs a ground of delay (G5)."""
    delay_ground = models.CharField(max_length=30, default="")

    class Meta:
        indexes = [models.Index(fields=["unit", "state"], name="opening_by_state")]

    def __str__(self) -> str:
        return f"opening {self.public_id}"


class OpeningShare(models.Model):
    """A share given for one opening, until the second one comes: sealed under the ring, then destroyed."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="given")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    sealed_share = models.BinaryField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opening", "officer"], name="one_share_given")]

    def __str__(self) -> str:
        return f"given share {self.pk}"
