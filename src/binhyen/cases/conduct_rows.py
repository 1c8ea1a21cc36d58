"""Feedback on how officers treat people: rows that lead to nobody (G13, G31)."""

from django.db import models

from binhyen.units.models import Unit


class ConductFeedback(models.Model):
    """How officers of a unit treated somebody: two marks and the day. No link to a person, officer or case (G31)."""

    about_unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    read_by_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    """The superior unit; None while it is not here, then no words are taken."""
    day = models.DateField()
    manners = models.IntegerField()
    """1 (very unhappy) to 5 (very happy)."""
    guidance = models.IntegerField()
    wrapped_key = models.BinaryField(default=b"")
    sealed_words = models.BinaryField(default=b"")

    class Meta:
        indexes = [models.Index(fields=["about_unit", "day"], name="conduct_by_day")]

    def __str__(self) -> str:
        return f"conduct {self.day}"
