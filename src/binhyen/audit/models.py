"""Append-only rows of who did what; each hash covers the row before (G16, G17)."""

from django.db import models


class AuditRow(models.Model):
    """One act. Ids and codes only: no content, no name of a resident."""

    unit_key = models.BigIntegerField()
    sequence = models.BigIntegerField()
    """1, 2, 3 ... within the unit, without gaps."""
    at = models.DateTimeField()
    actor_key = models.BigIntegerField(null=True)
    """Officer, or None for the system itself."""
    action = models.CharField(max_length=60)
    """Dotted verb: "conversation.reply"."""
    subject = models.CharField(max_length=80, default="")
    """Public id of what was acted on."""
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    row_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_key", "sequence"], name="one_audit_sequence")]
        indexes = [models.Index(fields=["unit_key", "-at"], name="audit_by_time")]

    def __str__(self) -> str:
        return f"{self.unit_key}/{self.sequence} {self.action}"
