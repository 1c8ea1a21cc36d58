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
        indexes = [
            models.Index(fields=["unit_key", "-at"], name="audit_by_time"),
            models.Index(fields=["unit_key", "actor_key", "-at"], name="audit_by_actor"),
            models.Index(fields=["subject", "-sequence"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_key}/{self.sequence} {self.action}"


class AuditHead(models.Model):
    """The last row of each chain, kept by the database itself at every insert; so a cut end shows."""

    unit_key = models.BigIntegerField(primary_key=True)
    sequence = models.BigIntegerField()
    row_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.unit_key}/{self.sequence}"


class AuditSegment(models.Model):
    """Where a chain begins after its oldest part was aged out: the last row that went."""

    unit_key = models.BigIntegerField(primary_key=True)
    last_sequence = models.BigIntegerField()
    last_hash = models.CharField(max_length=64)
    aged_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.unit_key} to {self.last_sequence}"


class AuditAnchor(models.Model):
    """The heads of all chains on one day, made to be kept outside the machine (G18)."""

    day = models.DateField(primary_key=True)
    made_at = models.DateTimeField()
    heads = models.JSONField()
    """[unit key, sequence, row hash] of every chain."""
    digest = models.CharField(max_length=64)
    """SHA-256 over the heads."""
    is_sound = models.BooleanField()
    """Whether every chain was whole when it was made."""
    mailed_at = models.DateTimeField(null=True)
    """When it left by mail, where that is set up."""

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:12]}"


class Hold(models.Model):
    """Something retention may not take yet, by an officer's word."""

    unit_key = models.BigIntegerField()
    subject = models.CharField(max_length=80)
    """Public id of a conversation or a case."""
    ground = models.CharField(max_length=20, default="")
    """Code of the ground in law; "" for holds placed before grounds were asked for."""
    reason = models.TextField()
    placed_by_key = models.BigIntegerField()
    placed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_key", "subject"], condition=models.Q(ended_at=None), name="one_hold_per_subject"
            )
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class ErasureMark(models.Model):
    """How far this database has carried out the journal of erasures (G26)."""

    position = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.position)
