"""A group of conversations with one lead. No message moves, so that a merge can be undone at any time."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.units.models import Officer, Unit


class ThreadGroup(models.Model):
    """Conversations about one matter. While the lead waits, the others stand behind it in the queue."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    lead = models.OneToOneField("inbox.Conversation", on_delete=models.CASCADE, related_name="led_group")
    made_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"group {self.public_id}"


class GroupedThread(models.Model):
    """One conversation of a group, the lead included."""

    group = models.ForeignKey(ThreadGroup, on_delete=models.CASCADE, related_name="members")
    conversation = models.OneToOneField("inbox.Conversation", on_delete=models.CASCADE, related_name="grouped")

    def __str__(self) -> str:
        return f"conversation {self.conversation_id} in {self.group_id}"
