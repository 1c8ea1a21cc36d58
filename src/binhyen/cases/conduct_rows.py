"""Feedback on how officers treat people: rows that lead to nobody (G13, G31)."""

from django.db import models

from binhyen.units.models import Unit


class ConductFeedback(models.Model):
    """How officers of a unit treated somebody: one or two marks, the day; no link to a person, officer or case."""

    about_unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    read_by_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    """The superior unit; None while it is not here, then no words are taken."""
    day = models.DateField()
    manners = models.IntegerField()
    """1 (very unhappy) to 5 (very happy)."""
    guidance = models.IntegerField(null=True)
    """The same for clear guidance; None when only the first question was answered."""
    wrapped_key = models.BinaryField(default=b"")
    sealed_words = models.BinaryField(default=b"")

    class Meta:
        indexes = [models.Index(fields=["about_unit", "day"], name="conduct_by_day")]

    def __str__(self) -> str:
        return f"conduct {self.day}"
