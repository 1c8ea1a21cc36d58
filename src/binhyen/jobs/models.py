"""The table that keeps background work when no cluster does."""

from django.db import models


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting"
    DONE = "done"
    BURIED = "buried"


class JobRow(models.Model):
    """One job; a finished one keeps only its key, until it is aged out."""

    queue = models.CharField(max_length=20)
    key = models.CharField(max_length=128)
    kind = models.CharField(max_length=60)
    lane = models.CharField(max_length=128, default="")
    unit_key = models.BigIntegerField(default=0)
    body = models.BinaryField()
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    attempts = models.IntegerField(default=0)
    run_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    why = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["queue", "key"], name="one_job_per_key")]
        indexes = [
            models.Index(fields=["queue", "id"], condition=models.Q(state="waiting"), name="jobs_waiting"),
            models.Index(fields=["queue", "lane", "id"], condition=models.Q(state="waiting"), name="jobs_lane"),
            models.Index(fields=["created_at"], condition=models.Q(state="done"), name="jobs_done_age"),
        ]

    def __str__(self) -> str:
        return f"{self.queue} {self.kind} {self.id}"
