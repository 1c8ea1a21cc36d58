"""The undo journal: what one act changed in each conversation."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.inbox.models.topics import Topic
from binhyen.units.models import Officer, Unit


class BulkKind(models.TextChoices):
    """What can be done to many conversations at once."""

    ASSIGN = "assign"
    TOPIC = "topic"
    CLOSE = "close"
    REPLY = "reply"
    MERGE = "merge"
    MACRO = "macro"


class BulkAct(models.Model):
    """One act of one officer on many conversations of one unit."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    officer = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=10, choices=BulkKind)
    done_count = models.IntegerField()
    skipped_count = models.IntegerField()
    made_at = models.DateTimeField()
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "-made_at"], name="bulk_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class BulkChange(models.Model):
    """One conversation of an act: its fields before and after, as text and ids, never words of a resident."""

    act = models.ForeignKey(BulkAct, on_delete=models.CASCADE, related_name="changes")
    conversation = models.ForeignKey("inbox.Conversation", on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    """Set when the act labelled the conversation with it and it was not there before."""
    delivery = models.ForeignKey("inbox.Delivery", null=True, on_delete=models.SET_NULL, related_name="+")
    """The reply planned by the act."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "conversation"], name="one_change_per_conversation")]

    def __str__(self) -> str:
        return f"change {self.pk}"
