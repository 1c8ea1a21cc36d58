"""Office hours of a unit and dates that differ."""

from django.db import models

from binhyen.units.models.units import Unit


class OfficeHours(models.Model):
    """One stretch of one weekday. A unit without any row works standard hours."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="hours")
    weekday = models.SmallIntegerField()
    """0 is Monday."""
    start_min = models.SmallIntegerField()
    """Minutes since midnight, included."""
    end_min = models.SmallIntegerField()
    """Minutes since midnight, not included; at most 1440."""

    class Meta:
        ordering = ["weekday", "start_min"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "weekday", "start_min"], name="one_stretch_per_start"),
            models.CheckConstraint(
                condition=models.Q(start_min__gte=0, end_min__lte=1440, end_min__gt=models.F("start_min")),
                name="stretch_within_a_day",
            ),
            models.CheckConstraint(condition=models.Q(weekday__range=(0, 6)), name="weekday_of_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.start_min}-{self.end_min}"


class CalendarDay(models.Model):
    """A date that differs for a unit and everything below it: a swapped day, Tết as announced, a closed day."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="calendar_days")
    day = models.DateField()
    is_working_day = models.BooleanField()
    """Whether it counts in limits of working days."""
    periods = models.JSONField(null=True)
    """Office hours of that date as pairs of minutes since midnight; None: as on other days of that sort."""
    note = models.CharField(max_length=120, default="", blank=True)
    """Why, in words for residents."""

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="one_exception_per_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.is_working_day}"
