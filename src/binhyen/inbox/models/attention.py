"""Rows about attention: what comes back later, who looks now."""

from django.db import models

from binhyen.units.models import Officer


class Snooze(models.Model):
    """The conversation leaves the queue until a time, or until its resident writes again."""

    conversation = models.OneToOneField("inbox.Conversation", on_delete=models.CASCADE, related_name="snooze")
    officer = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    until = models.DateTimeField(db_index=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"until {self.until}"


class Viewing(models.Model):
    """An officer had the conversation open a moment ago, so that two do not answer at once."""

    conversation = models.ForeignKey("inbox.Conversation", on_delete=models.CASCADE, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "officer"], name="one_viewing")]

    def __str__(self) -> str:
        return f"viewing {self.pk}"
