"""Rows of the core: counts of what was refused or ignored, so that nothing is dropped in silence."""

from django.db import models


class DailyCount(models.Model):
    """How often something happened on one day, without a word about who (G13)."""

    day = models.DateField()
    unit_key = models.BigIntegerField(default=0)
    """Key of the unit, 0 for the whole installation."""
    name = models.CharField(max_length=100)
    """Dotted, from the code only, never from outside text: "hooks.refused.bad_signature"."""
    count = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_key", "day", "name"], name="one_count_per_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.name} {self.count}"
