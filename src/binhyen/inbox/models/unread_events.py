"""What the channel sent and nobody could read."""

from django.db import models

from binhyen.channels.models import Account


class UnreadEvent(models.Model):
    """A webhook of a kind never seen before, kept raw and sealed for an operator to look at."""

    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    reason = models.CharField(max_length=100)
    sealed_body = models.BinaryField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
