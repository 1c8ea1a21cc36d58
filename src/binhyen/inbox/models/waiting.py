"""How long a unit lets a resident wait, and which conversations were raised because that time was over."""

from django.db import models

from binhyen.units.models import Unit


class WaitLimit(models.Model):
    """The unit's own limit for a first answer, in office time."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="+")
    minutes = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.minutes} minutes"


class RaisedThread(models.Model):
    """A conversation that was raised to the leaders, once for each wait."""

    conversation = models.OneToOneField("inbox.Conversation", on_delete=models.CASCADE, related_name="raised")
    waiting_since = models.DateTimeField()
    """Beginning of the wait that was raised; a new wait may be raised again."""
    raised_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"raised {self.conversation_id}"
