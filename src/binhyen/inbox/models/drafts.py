"""Words an officer has not sent yet."""

from django.db import models

from binhyen.inbox.models.conversations import Conversation
from binhyen.units.models import Officer


class Draft(models.Model):
    """An officer's unsent words in one conversation, so that nothing typed is lost."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    is_note = models.BooleanField(default=False)
    text = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "officer", "is_note"], name="one_draft")]

    def __str__(self) -> str:
        return f"draft {self.pk}"
