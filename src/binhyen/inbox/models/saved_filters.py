"""Filters an officer keeps under a name, for oneself or for the whole unit."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.units.models import Officer, Unit


class SavedFilter(models.Model):
    """A state of the queue's address under a name. It names no person and holds no search words."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=300)
    """Query string as `filters.rules.QueueFilter.query` writes it."""
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "officer", "name"], name="one_filter_per_name")]

    def __str__(self) -> str:
        return self.name
