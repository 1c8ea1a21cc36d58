"""Versions of procedures: what units say for themselves, and the national records as they came with each upgrade."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.units.models import Officer, Unit


class VersionState(models.TextChoices):
    """Life of a version; an approved one is never changed again."""

    DRAFT = "draft"
    WAITING = "waiting"
    """Sent for approval by a second person."""
    APPROVED = "approved"


class ProcedureVersion(models.Model):
    """Everything one unit changes in one procedure, from a day on. The newest valid one counts."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    procedure = models.CharField(max_length=60)
    """Id of the catalogue."""
    number = models.IntegerField(null=True)
    """1, 2, 3 ... of the unit's approved versions of the procedure."""
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    changes = models.JSONField(default=dict)
    """Keys of `record.OVERRIDABLE` with their new values; empty says "as above"."""
    above = models.JSONField(default=dict)
    """The record from above in canonical form when this was last edited, so that later changes there are seen."""
    valid_from = models.DateField(null=True)
    """First day; None in a draft is the day of approval."""
    valid_to = models.DateField(null=True)
    """Last day; None is without end."""
    drafted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    """Who edited it last."""
    editors = models.JSONField(default=list)
    """Keys of everybody who edited it: none of them may approve it."""
    drafted_at = models.DateTimeField()
    edit_number = models.IntegerField(default=1)
    """Grows with every save, so that two editors notice each other."""
    return_reason = models.CharField(max_length=500, default="")
    approved_by = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "procedure"], condition=~models.Q(state="approved"), name="one_open_version"
            ),
            models.UniqueConstraint(fields=["unit", "procedure", "number"], name="one_version_number"),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("drafted_by")),
                name="approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved")
                | models.Q(approved_by__isnull=False, approved_at__isnull=False, valid_from__isnull=False),
                name="approved_versions_are_whole",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "procedure", "valid_from"], name="version_in_force")]

    def __str__(self) -> str:
        return f"{self.procedure} {self.state} {self.number or ''}"


class NationalRecord(models.Model):
    """A record of the package as it was answered from a day on; kept so that the past can be looked up."""

    procedure = models.CharField(max_length=60)
    record = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    valid_from = models.DateField()
    """Day on which this installation first ran with it."""
    valid_to = models.DateField(null=True)
    """Last day; None while it is the present one."""

    class Meta:
        indexes = [models.Index(fields=["procedure", "valid_from"], name="national_record_by_day")]

    def __str__(self) -> str:
        return f"{self.procedure} {self.valid_from}"
