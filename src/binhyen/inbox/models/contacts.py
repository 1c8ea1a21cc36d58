"""Who wrote."""

from django.db import models

from binhyen.channels.models import Account
from binhyen.units.models import Unit


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
