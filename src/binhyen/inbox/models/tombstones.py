"""What is left of a person who withdrew: a keyed hash that keeps repeated old calls from bringing them back."""

from django.db import models

from binhyen.channels.models import Account
from binhyen.units.models import Unit


class Tombstone(models.Model):
    """One erasure. The hash tells nothing outside this installation; officers see the day and the count only."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    person_hash = models.CharField(max_length=64)
    """Keyed hash of account and person."""
    withdrawn_at = models.DateTimeField()
    """Events up to this time, by the platform's clock, are not taken in again."""
    erased_on = models.DateField()
    message_count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "person_hash"], name="one_tombstone")]
        indexes = [models.Index(fields=["unit", "erased_on"], name="tombstone_by_day")]

    def __str__(self) -> str:
        return f"tombstone {self.pk}"
