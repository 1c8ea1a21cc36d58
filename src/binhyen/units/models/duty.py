"""Who has duty when, and what was handed over at the change of shift."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.units.models.officers import Officer
from binhyen.units.models.units import Unit


class Shift(models.Model):
    """One stretch of duty at a unit's desk."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="shifts")
    second = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="second_shifts")
    """Rings next when the first does not answer."""
    taken_at = models.DateTimeField(null=True)
    """When the officer took the shift over by name."""

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["unit", "ends_at"], name="shift_now")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="shift_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.starts_at:%d/%m %H:%M}"


class HandOver(models.Model):
    """The note at a change of shift: what is open, and why."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="hand_overs")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.TextField(default="", blank=True)
    """Why things are open, in the officer's words; no names of residents."""
    open_counts = models.JSONField(default=dict)
    """Counts at that moment, by the names of the Today page."""
    open_lines = models.JSONField(default=list)
    """What was open and why, gravest first: rows of number, public id, why and time; no words of residents."""
    taken_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["unit", "-at"], name="hand_over_latest")]

    def __str__(self) -> str:
        return f"hand-over {self.public_id}"
