"""Roll-ups: what happened in a unit and all units below it, by day and by month; areas by month."""

from django.db import models

from binhyen.units.models import Area, Unit


class DayFigures(models.Model):
    """Counts of one unit and everything below it on one day."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    counts = models.JSONField(default=dict)
    """Measure code -> count; measures with a spread -> {bucket: count}. Zeros are left out."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="one_day_of_figures")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"


class MonthFigures(models.Model):
    """The days of one month together: flows added up, levels as of the last day counted."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    """Its first day."""
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="one_month_of_figures")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m}"


class AreaFigures(models.Model):
    """Levels of one area at the end of one month."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "month"], name="one_month_of_an_area")]
        indexes = [models.Index(fields=["unit", "month"], name="area_figures_of_unit")]

    def __str__(self) -> str:
        return f"area {self.area_id} {self.month:%Y-%m}"


class BroughtIn(models.Model):
    """A total from before this system, published or kept on paper, that no row of a room stands behind."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    code = models.CharField(max_length=40)
    """A measure that is added up (`MeasureKind.FLOW`)."""
    count = models.IntegerField()
    source = models.CharField(max_length=200)
    """Where it was read, for whoever doubts it."""
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day", "code", "source"], name="one_figure_brought_in"),
        ]
        indexes = [models.Index(fields=["day"], name="brought_in_of_day")]

    def __str__(self) -> str:
        return f"{self.code} {self.count} on {self.day}"


class WaitingCount(models.Model):
    """How many residents waited for an officer in one unit at the end of a day; threads themselves keep no past."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    waiting = models.IntegerField()
    waiting_long = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "unit"], name="one_count_of_waiting")]

    def __str__(self) -> str:
        return f"{self.waiting} waiting on {self.day}"


class RollUp(models.Model):
    """When the roll-ups were last written; a single row."""

    written_at = models.DateTimeField()
    """Everything that was stored before this moment is counted."""
    first_day = models.DateField()
    """The first day with figures."""

    def __str__(self) -> str:
        return f"counted until {self.written_at}"
