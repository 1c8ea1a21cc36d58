"""Rows about reports of one event. None holds a word of a report or knows who sent it."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.units.models import Officer, Unit


class ComparisonDue(models.Model):
    """A report that has not been compared with the others of its unit yet."""

    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"compare {self.case_id}"


class IncidentSuggestion(models.Model):
    """Two reports that may tell of one event: a pair and how alike, never the words (ADR 17)."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    """The later one."""
    other = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    alike_percent = models.SmallIntegerField()
    made_at = models.DateTimeField()
    refused_at = models.DateTimeField(null=True)
    """An officer said that these are two events."""
    refused_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "other"], name="one_incident_suggestion")]

    def __str__(self) -> str:
        return f"{self.case_id} like {self.other_id}"


class Incident(models.Model):
    """One event that several reports tell of. Each report stays a case with its own clocks and its own answer."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"incident {self.public_id}"


class IncidentMember(models.Model):
    """One report of an incident."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="members")
    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="incident_member")
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"case {self.case_id} in {self.incident_id}"


class ReportSwarm(models.Model):
    """Many people telling of one event within minutes; gone after a day."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    count = models.IntegerField()
    """Different senders so far."""
    wrapped_key = models.BinaryField()
    sealed_card = models.BinaryField()
    """Place and first words, for officers who work cases."""
    told_hashes = models.JSONField(default=list)
    """Keyed hashes of the reports and messages in it, so that one swarm rings once; they lead back to none."""
    first_hash = models.CharField(max_length=64)
    excluded_officer_ids = models.JSONField(default=list)
    """Officers named in one of them: they never see it (G7)."""
    shown_to = models.JSONField(default=list)
    """Officers who have seen the card; each first look is a row of the record (G16)."""
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "first_hash"], name="one_swarm_per_beginning")]
        indexes = [models.Index(fields=["unit", "-made_at"], name="swarm_by_time")]

    def __str__(self) -> str:
        return f"swarm {self.public_id}"
