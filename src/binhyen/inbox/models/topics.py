"""A unit's list of topics, and which conversation is about which."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.core.text import fold
from binhyen.units.models import Unit


class Topic(models.Model):
    """A word a unit sorts its conversations by: "Chợ đêm", "Mất điện". Nothing about a person (G29, G30)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    folded = models.CharField(max_length=60, editable=False)
    is_retired = models.BooleanField(default=False)
    """No longer offered; conversations keep it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "folded"], name="one_topic_per_name")]

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the search form beside the name: a fact of this row."""
        self.folded = fold(self.name)[:60]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def __str__(self) -> str:
        return self.name


class ConversationTopic(models.Model):
    """One topic of one conversation."""

    conversation = models.ForeignKey("inbox.Conversation", on_delete=models.CASCADE, related_name="topic_labels")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    labelled_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "topic"], name="one_topic_once")]
        indexes = [models.Index(fields=["topic", "conversation"], name="topic_conversations")]

    def __str__(self) -> str:
        return f"topic {self.topic_id} of {self.conversation_id}"
