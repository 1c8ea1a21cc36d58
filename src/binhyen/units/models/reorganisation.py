"""What was merged, divided or renamed, so that it can be shown and taken back."""

from django.db import models

from binhyen.core.ids import new_public_id


class Reorganisation(models.Model):
    """One carried-out change of the tree, with what is needed to undo it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    kind = models.CharField(max_length=10)
    """merge, split or rename."""
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    """Keys and values before the change: ids of units, names and addresses. Nothing about persons but roles added."""
    report = models.JSONField(default=list)
    """What was done, line by line."""
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
